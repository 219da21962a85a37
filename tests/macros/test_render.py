"""Every macro renders, nothing an author writes becomes markup, and every macro and kind is documented."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from macros import check, exercises, render
from macros.library import Library
from macros.prose import phrase, prose
from tests.macros import hostile
from tests.project import ROOT

CALLS: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = {
    "cite": [(("ex-one", "ex-three"), {})],
    "facts": [((), {"topic": "signs"}), ((), {"source": "example-2019", "section": "No"})],
    "sections": [(("example-2019",), {}), (("law-1989",), {})],
    "definition": [((), {}), (("2018",), {}), (("2026",), {})],
    "local_definitions": [((), {})],
    "factors": [((), {}), *(((kind,), {}) for kind in render.FACTOR_KINDS)],
    "indicators": [((), {})],
    "principles": [(("example-2019",), {})],
    "glossary": [((), {})],
    "currency": [(("example-2019",), {}), (("law-1989",), {})],
    "contacts": [((), {})],
    "england": [((), {})],
    "conflict": [(("example-conflict",), {})],
    "diagram": [(("two-axes",), {}), (("factor-or-indicator",), {})],
    "module": [(("every-kind",), {})],
    "tool": [(("care-picture",), {})],
    "tools": [(("care-picture",), {})],
    "local": [((part,), {}) for part in ("thresholds", "escalation", "training", "licensed", "contacts", "signing")],
    "packages": [((), {})],
    "paths": [((), {})],
    "where_to_start": [((), {})],
    "my_learning": [((), {})],
    "keep_a_copy": [((), {})],
    "data_profile": [((), {})],
    "training_report": [((), {})],
    "catalogue": [((), {})],
    "comparison": [((), {})],
    "references": [((), {})],
    "open_checks": [((), {})],
    "changes": [((), {})],
    "poster": [(("example",), {}), (("young",), {})],
    "team_record": [((), {})],
    "software": [(("site",), {}), (("python",), {}), (("node",), {})],
}
ALL = [(name, values, named) for name, calls in CALLS.items() for values, named in calls]
VOID = {"br", "img", "input", "hr", "meta", "link", "path", "rect", "circle", "line"}


class _Html(HTMLParser):
    """What elements there are, that they are closed in order, and what the scripts that hold data hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.data: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.data.append(data)


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    found, complaints = check.everything(project)
    assert not complaints
    return found


def test_every_macro_is_tried() -> None:
    assert CALLS.keys() == render.MACROS.keys()


@pytest.mark.parametrize(("name", "values", "named"), ALL)
def test_each_macro_renders(library: Library, name: str, values: tuple[str, ...], named: dict[str, str]) -> None:
    html = render.MACROS[name](library, "../", *values, **named)
    found = _Html(html)
    assert found.elements
    assert not found.wrong, html
    assert not found.open, html
    assert "\n\n" not in html, "Markdown would end the HTML block at an empty line"
    assert html.startswith("<"), "a block starts at the left edge"
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not [name for _, attributes in found.elements for name in attributes if name.startswith("on") or name == "style"]


@pytest.mark.parametrize(("name", "values", "named"), ALL)
def test_labels_and_references_lead_somewhere(
    library: Library, name: str, values: tuple[str, ...], named: dict[str, str]
) -> None:
    found = _Html(render.MACROS[name](library, "../", *values, **named))
    ids = {attributes.get("id") for _, attributes in found.elements}
    for _, attributes in found.elements:
        for key in ("for", "aria-labelledby", "aria-describedby"):
            assert set((attributes.get(key) or "").split()) <= ids, (key, attributes)


def test_addresses_are_relative_to_the_page(library: Library) -> None:
    assert 'href="../about/sources/#example-2019--1"' in render.cite(library, "../", "ex-one")
    assert 'href="about/sources/#example-2019--1"' in render.cite(library, "", "ex-one")
    assert '<a href="../../about/sources/">' in render.list_facts(library, "../../", source="example-2019")


def test_the_way_up_is_asked_for_at_each_call(library: Library) -> None:
    ways = iter(["", "../"])
    macros = render.page_macros(library, lambda: next(ways))
    assert 'href="about/' in macros["cite"]("ex-one")
    assert 'href="../about/' in macros["cite"]("ex-one")


def test_words_that_other_readers_of_yaml_would_change(library: Library) -> None:
    html = exercises.module(library, "", "every-kind")
    for words in (">No</label>", ">12:30</label>", ">2026-11-22</label>", ">0o14</label>", ">1_000</label>", ">yes</option>"):
        assert words in html


def test_what_travels_to_the_engine_has_no_prose(library: Library) -> None:
    definition = json.loads(_Html(exercises.module(library, "", "every-kind")).data[0])
    assert definition["questions"][0]["id"] == "ek-single"
    text = json.dumps(definition)
    assert not re.search(r"Because|A scene|It matters|hungry", text)
    assert definition["questions"][0]["options"] == [
        {"id": "a", "misconception": "a-belief"}, {"id": "b", "correct": True}, {"id": "c", "misconception": "a-belief"},
    ]  # fmt: skip
    assert next(row["hints"] for row in definition["questions"] if row["id"] == "ek-case") == [0, 0]


@pytest.fixture(scope="module")
def poisoned(project: Path) -> Iterator[Library]:
    with hostile.poisoned(project):
        found, complaints = check.everything(project)
        assert not complaints
        yield found


@pytest.mark.parametrize(("name", "values", "named"), ALL)
def test_markup_in_words_is_shown_and_never_run(
    poisoned: Library, library: Library, name: str, values: tuple[str, ...], named: dict[str, str]
) -> None:
    clean, html = (_Html(render.MACROS[name](found, "../", *values, **named)) for found in (library, poisoned))
    assert [tag for tag, _ in html.elements] == [tag for tag, _ in clean.elements]
    assert not html.wrong
    assert not html.open
    assert [attributes.keys() for _, attributes in html.elements] == [attributes.keys() for _, attributes in clean.elements]
    assert all(json.loads(text) for text in html.data)


def test_a_definition_cannot_end_its_script(poisoned: Library) -> None:
    html = exercises.module(poisoned, "", "every-kind")
    definition = html.partition("data-definition>")[2].partition("</script>")[0]
    short = next(row for row in json.loads(definition)["questions"] if row["kind"] == "short")
    assert short["answers"][0] == f"was not brought {hostile.WORDS}"
    assert "<" not in definition


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:alert(1))", "[x](JavaScript:alert(1))", "[x][1]\n\n[1]: javascript:alert(1)", "[x](&#106;avascript:alert(1))",
     "<javascript:alert(1)>", "[x](data:text/html,x)", "[x](//example.org)", "[x](http://example.org)", "<http://example.org>"],
)  # fmt: skip
def test_an_unsafe_address_is_no_link(text: str) -> None:
    for html in (prose(text), phrase(text)):
        assert not [attributes for _, attributes in _Html(html).elements if attributes.get("href")]


def test_safe_links_work_where_they_are_shown() -> None:
    assert prose("[x](guidance/types.md#a)", "../") == '<p><a href="../guidance/types/#a">x</a></p>'
    assert prose("[x](index.md)", "") == '<p><a href="./">x</a></p>'
    assert phrase("[x](https://example.org/)") == '<a href="https://example.org/">x</a>'


@pytest.mark.parametrize("text", ["16. Call them", "- one", "# Act now", "> so", "    four", "a | b\n--|--\n1 | 2", "---", "=== x"])
def test_a_phrase_holds_no_block(text: str) -> None:
    assert [tag for tag, _ in _Html(phrase(text)).elements] == []


def test_every_macro_is_documented_and_in_use() -> None:
    manual = (ROOT / "docs/contribute/macros.md").read_text(encoding="utf-8")
    shown = "".join(re.findall(r"\{% raw %\}(.*?)\{% endraw %\}", manual, re.DOTALL))
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    live = re.sub(r"\{% raw %\}.*?\{% endraw %\}", "", "\n".join(pages), flags=re.DOTALL)
    for name in render.MACROS:
        assert f"{{{{ {name}(" in shown, f"{name} is not documented on docs/contribute/macros.md"
        assert f"{{{{ {name}(" in live, f"{name} has no live example"
