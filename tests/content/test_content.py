"""Every real source, fact, list, module, tool and page: that all of it checks, and that ids keep to their pattern."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from statistics import median

import pytest
from jinja2 import Environment, nodes

from macros import check, coverage, load, plain
from macros.library import Library
from macros.schema.question import Question
from tests.project import ROOT

PAGES = sorted((ROOT / "docs").rglob("*.md"))
WRITTEN = sorted([*PAGES, *(ROOT / "docs/_facts").rglob("*.yml"), *(ROOT / "quizzes").rglob("*.yml")])
PHONE = re.compile(r"\b0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}\b|\b0\d{10}\b")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def library() -> Library:
    return check.everything(ROOT)[0]


@pytest.fixture(scope="module")
def calls() -> dict[str, list[nodes.Call]]:
    """The macro calls of each page."""
    environment = Environment(autoescape=True)
    return {_name(page): list(environment.parse(page.read_text(encoding="utf-8")).find_all(nodes.Call)) for page in PAGES}


def _given(call: nodes.Call) -> list[str]:
    return [part.as_const() for part in [*call.args, *(pair.value for pair in call.kwargs)]]


def test_everything_checks() -> None:
    library, complaints = check.everything(ROOT)
    assert complaints == []
    assert library.facts
    assert library.modules
    assert library.tools
    assert PAGES


def test_fact_ids_begin_as_their_source_does(library: Library) -> None:
    """One beginning for each of the five source documents, and `x-` for what is known from elsewhere."""
    beginnings = {name: {fact.id.partition("-")[0] for fact in source.facts} for name, source in library.sources.items()}
    assert {name: found for name, found in beginnings.items() if len(found) > 1} == {}
    own = Counter(beginning for found in beginnings.values() for beginning in found if beginning != "x")
    assert set(own.values()) == {1}, own


def test_what_is_not_from_the_source_documents_is_marked_unverified(library: Library) -> None:
    unmarked = [name for name, (_, fact) in library.facts.items() if name.startswith("x-") and fact.status is None]
    assert unmarked == []


def test_sources_have_a_place_for_citations_to_lead_to(library: Library, calls: dict[str, list[nodes.Call]]) -> None:
    """`sections(…)` of each cited source stands on the page that the source names, once, and nowhere else but as an example."""
    indexed = [
        (_given(call)[0], name)
        for name, found in calls.items()
        for call in found
        if isinstance(call.node, nodes.Name) and call.node.name == "sections" and name != "docs/contribute/macros.md"
    ]
    assert dict(indexed) == {name: f"docs/{library.sources[name].page}" for name, _ in indexed}
    assert len(indexed) == len(dict(indexed))
    assert {name for name, source in library.sources.items() if source.facts} <= dict(indexed).keys()


def test_each_module_and_tool_has_one_page_of_its_own(library: Library, calls: dict[str, list[nodes.Call]]) -> None:
    placed = Counter(
        (call.node.name, _given(call)[0])
        for found in calls.values()
        for call in found
        if isinstance(call.node, nodes.Name) and call.node.name in ("module", "tool")
    )
    wanted = {("module", name) for name in library.modules} | {("tool", name) for name in library.tools}
    assert placed == dict.fromkeys(wanted, 1)


def test_no_page_uses_an_id_for_two_places(calls: dict[str, list[nodes.Call]]) -> None:
    for name, found in calls.items():
        blocks = Counter((str(call.node), *_given(call)) for call in found if getattr(call.node, "name", "cite") != "cite")
        assert set(blocks.values()) <= {1}, name


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_page_has_one_title_and_no_telephone_number(page: Path) -> None:
    _, _, body = page.read_text(encoding="utf-8").split("---\n", 2)
    assert len(re.findall(r"^# ", body, re.MULTILINE)) == 1
    assert not PHONE.search(body)


@pytest.mark.parametrize("file", WRITTEN, ids=_name)
def test_files_are_tidy(file: Path) -> None:
    raw = file.read_bytes()
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert b"\t" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")


@pytest.fixture(scope="module")
def site() -> Path:
    """The built site that `make test` names."""
    return Path(os.environ["BUILT_SITE"])


def test_no_fact_is_uncited_no_conflict_untold_and_no_system_missing(library: Library, site: Path) -> None:
    assert list(coverage.missing(library, site)) == []


def test_the_catalogue_and_the_references_are_whole(library: Library) -> None:
    """As many as the five source documents name. A shorter list has lost something."""
    assert len(library.systems) >= 75
    assert len(library.references) >= 71
    assert len(library.conflicts) >= 36
    assert len([name for name in library.facts if not name.startswith("x-")]) >= 722


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_sentences_are_short(page: Path) -> None:
    _, _, body = page.read_text(encoding="utf-8").split("---\n", 2)
    lengths = [len(text.split()) for _, text in plain.sentences(body)]
    assert max(lengths, default=0) <= plain.LONGEST
    assert median(lengths) <= plain.TYPICAL


def test_every_page_is_in_the_navigation(library: Library) -> None:
    named = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]))
    assert named == set(library.pages)


def test_ids_in_modules_are_never_positions(library: Library) -> None:
    for module in library.modules.values():
        for question in module.questions:
            for key in ("options", "choices", "stems", "items"):
                for part in getattr(question, key, []):
                    assert not part.id.isdecimal(), f"{question.id} {part.id}"


def test_beliefs_have_one_name_each(library: Library) -> None:
    """Two names that differ only in hyphens or an s would be counted apart."""
    names = {name for module in library.modules.values() for question in module.questions for name in _beliefs(question)}
    assert len({name.replace("-", "").rstrip("s") for name in names}) == len(names)


def _beliefs(question: Question) -> set[str]:
    parts = [question, *getattr(question, "options", []), *getattr(question, "mistakes", [])]
    return {part.misconception for part in parts if getattr(part, "misconception", None)}


def test_definitions_quote_nothing_unchecked(library: Library) -> None:
    assert library.definitions
    for edition in library.definitions.editions:
        assert not edition.statutory_text or (edition.checked_by and edition.checked_on)


def test_yaml_lines_are_where_the_words_are() -> None:
    """The line kept for every fact id is the line it is written on."""
    for path in sorted((ROOT / "docs/_facts/sources").glob("*.yml")):
        document = load.read(path, ROOT)
        lines = document.text.splitlines()
        for index, fact in enumerate(document.data["facts"]):
            assert fact["id"] in lines[document.line(("facts", index, "id")) - 1]
