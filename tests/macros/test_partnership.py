"""A partnership's own copy: what it has to fill in, being asked for it, its own pages laid over the others, and what publishing refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros import check, overlay, partnership
from macros.schema.local import Repository
from tests.attack.mutate import NASTY
from tests.macros.test_cases import JARGON
from tests.project import ROOT, changed, run

CASES = ROOT / "tests/cases/partnerships"
WHOLE = (CASES / "whole.yml").read_bytes()
WORDS = ["A name", "https://a.example.org/", "https://github.com/a/b", "a@example.org", "01632 960000", "2026-11-28", "One; two", "yes"]
LOCAL = "docs/_facts/local.yml"
HEAD = """---
title: {title}
description: One plain sentence.
owner: Editor
drafted: 2026-11-22
review_by: 2027-05-22
applies_to: England
---
# {title}

"""
OWN = HEAD.format(title="Our guidance") + "What we do here. {{ cite(\"ex-one\") }}\n\n## What next\n\nAsk.\n"
NEW = HEAD.format(title="Our hubs") + "Where they are.\n"
EXAMPLES = {
    "a page replaced and one added to": {
        "guidance/index.md": OWN,
        "guidance/worried-about-a-child.add.md": "## In our area\n\nRing us first.\n",
    },
    "a new page and an addition at the end": {"about/our-hubs.md": NEW, "about/glossary.add.md": "## Our own words\n\nHub: a building.\n"},
}


@contextmanager
def _laid_over(project: Path, pages: dict[str, str]) -> Iterator[None]:
    with ExitStack() as stack:
        for name, text in pages.items():
            path = project / overlay.OVERLAY / name
            path.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(changed(path, text.encode()))
        yield


def test_publishing_refuses_with_everything_that_is_missing(project: Path) -> None:
    bare = b"partnership: null\nfront_door:\n  number: null\nhelplines:\n  - {name: One, number: '999', who: anyone, when: any time}\n"
    with changed(project / LOCAL, bare):
        done = run(project, "macros.publish", "--site", "published")
    assert done.returncode == 1
    told = done.stdout.splitlines()
    assert {line.split(": ")[1] for line in told} == {*partnership.NEEDED}
    assert f"{LOCAL}:1: partnership: this is missing; fill in the partnership's name" in told
    assert f"{LOCAL}:3: front_door.number: this is missing; {_what('front_door.number')}" in told
    assert not (project / "published").exists()


def _what(place: str) -> str:
    return f"fill in {partnership.NEEDED[place]}"


@pytest.mark.parametrize("place", partnership.NEEDED)
def test_each_missing_thing_alone_stops_publishing(project: Path, place: str) -> None:
    data = yaml.safe_load(WHOLE)
    *outer, name = place.split(".")
    for inner in (data[outer[0]],) if outer else (data,):
        del inner[name]
        if name == "checked_on":
            inner.pop("number", None), inner.pop("out_of_hours", None), inner.pop("url", None)
    with changed(project / LOCAL, yaml.safe_dump(data, sort_keys=False).encode()):
        library, problems = check.library.read(project)
        assert not problems and library.local
        found = [str(problem) for problem in partnership.missing(library.local, "")]
    assert any(text.startswith(f"{LOCAL}:1: {place}: this is missing") for text in found)
    assert len(found) == (3 if name == "checked_on" else 1)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_whole_partnership_publishes_its_own_site(project: Path, name: str, tmp_path: Path) -> None:
    pages = EXAMPLES[name]
    with changed(project / LOCAL, WHOLE), _laid_over(project, pages):
        done = run(project, "macros.publish", "--site", str(tmp_path / "site"))
    assert done.returncode == 0, done.stdout + done.stderr
    for page, text in pages.items():
        html = _built(tmp_path / "site", page.replace(".add.md", ".md"))
        for line in re.findall(r"^(?:## )?([A-Z][\w ]+\.?)$", text, re.MULTILINE):
            assert line.removesuffix(".") in html, (page, line)
    worried = _built(tmp_path / "site", "guidance/worried-about-a-child.md")
    assert "01632 960000" in worried
    assert 'href="https://github.com/example/neglect/edit/main/docs/guidance/worried-about-a-child.md"' in worried
    if "guidance/index.md" in pages:
        index = _built(tmp_path / "site", "guidance/index.md")
        assert "edit/main/local/pages/guidance/index.md" in index
        assert worried.index("Ring us first") < worried.index("What next")


def _built(site: Path, page: str) -> str:
    path = page.removesuffix(".md")
    folder = site if path == "index" else site / path.removesuffix("/index")
    return (folder / "index.html").read_text("utf-8")


def test_a_mistake_in_a_page_of_its_own_is_told_with_its_own_file_and_line(project: Path) -> None:
    pages = {
        "guidance/index.md": OWN.replace("ex-one", "ex-oen"),
        "about/glossary.add.md": "Fine.\n\n{{ cite(\"ex-oen\") }}\n",
        "about/nowhere.add.md": "Fine.\n",
    }
    with _laid_over(project, pages):
        _, complaints = check.everything(project)
    assert [line.partition(" ")[0] for line in complaints] == [
        "local/pages/about/glossary.add.md:3:", "local/pages/about/nowhere.add.md:1:", "local/pages/guidance/index.md:11:"
    ]  # fmt: skip
    assert "there is no page `about/nowhere.md` to add this to" in complaints[1]


def test_a_new_page_has_a_place_in_the_navigation(tmp_path: Path) -> None:
    (tmp_path / "docs/_facts").mkdir(parents=True)
    (tmp_path / "local/pages").mkdir(parents=True)
    (tmp_path / LOCAL).write_bytes(WHOLE)
    (tmp_path / "docs/index.md").write_text(NEW, "utf-8")
    (tmp_path / "local/pages/hubs.md").write_text(NEW, "utf-8")
    (tmp_path / "mkdocs.yml").write_text("nav:\n- Home: index.md\n- Contribute: index.md\n", "utf-8")
    made = yaml.safe_load((tmp_path / overlay.settings(tmp_path)).read_text("utf-8"))
    assert made["nav"] == [{"Home": "index.md"}, {"Exampleshire": ["hubs.md"]}, {"Contribute": "index.md"}]


def test_a_licensed_tool_has_to_be_in_the_catalogue(project: Path) -> None:
    with changed(project / LOCAL, WHOLE.replace(b"example-tool", b"exampel-tool")):
        _, complaints = check.everything(project)
    assert complaints == [f"{LOCAL}:23: there is no `exampel-tool` in the catalogue (did you mean `example-tool`?)"]


@pytest.mark.parametrize(("url", "wanted"), [
    ("https://github.com/a/b", "https://github.com/a/b/edit/main/docs/x.md"),
    ("https://github.com/a/b.git", "https://github.com/a/b/edit/main/docs/x.md"),
    ("https://gitlab.example.org/a/b/", "https://gitlab.example.org/a/b/-/edit/main/docs/x.md"),
])  # fmt: skip
def test_where_a_page_is_edited(url: str, wanted: str) -> None:
    assert Repository(url=url).edit("docs/x.md") == wanted


def _replies(given: dict[str, str]) -> Iterator[str]:
    yield from (given.get(place, "") for place, _ in partnership.QUESTIONS)


def test_a_new_partnership_is_asked_and_what_it_says_is_written(project: Path) -> None:
    given = {
        "partnership": "New Partnership", "area": "Newshire", "address": "https://new.example.org/", "suggestions": "a@example.org",
        "signing.editor": "An editor", "signing.professional": "A nurse", "thresholds.title": "Levels", "thresholds.url": "https://new.example.org/t",
        "thresholds.checked_on": "2026-11-28", "escalation.steps": "Talk today; Tell a manager", "escalation.url": "https://new.example.org/e",
        "escalation.checked_on": "2026-11-28", "front_door.url": "-",
    }  # fmt: skip
    asked = []
    with changed(project / LOCAL, (project / LOCAL).read_bytes()):
        replies = _replies(given)
        wrong = partnership.ask(project, lambda question: asked.append(question) or next(replies), lambda _: None)  # type: ignore[func-returns-value]
        library, problems = check.library.read(project)
    assert wrong == [] and not problems and library.local
    assert any("Example front door" in question for question in asked), "what stands already is not shown"
    assert library.local.front_door.number == "01632 960000" and library.local.front_door.url is None
    assert library.local.escalation and library.local.escalation.steps == ["Talk today", "Tell a manager"]
    assert len(library.local.helplines) == 2


def test_what_cannot_be_right_is_asked_again_with_what_belongs_to_it(project: Path) -> None:
    given = {"address": "neglect.example.org", "repository.url": "https://github.com/us", "training.title": "Ours"}
    again = ["https://neglect.example.org/", "-", "", "https://example.org/t", "2026-11-28"]
    said: list[str] = []
    with changed(project / LOCAL, (project / LOCAL).read_bytes()):
        replies = iter(["a\u202eb", *_replies(given), *again])
        partnership.ask(project, lambda _: next(replies), said.append)
        library, problems = check.library.read(project)
    assert not problems and library.local and library.local.training and not library.local.repository
    assert [words.partition(":")[0] for words in said[2:]] == ["address", "repository.url", "training.url", "training.checked_on"]
    assert "does not show" in said[1]
    assert said[2] == "address: found 'neglect.example.org'; allowed: an address that starts with https://"


PIECES = st.sampled_from(["", "", "", "-", *WORDS, *WORDS, *NASTY]) | st.text(max_size=12)


@given(st.lists(PIECES, max_size=50), st.sampled_from([EOFError(), KeyboardInterrupt(), None]))
@settings(max_examples=100, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_asked_again_or_written_as_allowed(project: Path, typed: list[str], end: BaseException | None) -> None:
    """Whoever types it then gives up, or takes out whatever is asked about again."""
    said: list[str] = []
    replies = iter(typed)

    def reply(_: str) -> str:
        for text in replies:
            return text
        if end:
            raise end
        return "-"

    before = (project / LOCAL).read_bytes()
    with changed(project / LOCAL, before):
        try:
            partnership.ask(project, reply, said.append)
        except (EOFError, KeyboardInterrupt):
            assert (project / LOCAL).read_bytes() == before
        else:
            assert [problem for problem in check.library.read(project)[1] if problem.file == LOCAL] == []
    assert all(words.isprintable() and not JARGON.search(words) for words in said)


def test_a_file_that_cannot_be_read_is_told_before_anything_is_asked(project: Path) -> None:
    for broken in (b"", b"- a\n", b"partnership: [\n", b"\xff", b"helplines: 1\n", None):
        with changed(project / LOCAL, broken):
            wrong = partnership.ask(project, pytest.fail, pytest.fail)
        assert wrong and all(re.match(rf"{LOCAL}:\d+: \S", words) for words in wrong)


def test_stopping_half_way_leaves_the_file_as_it_was(project: Path) -> None:
    before = (project / LOCAL).read_bytes()
    done = run(project, "macros.partnership")
    assert done.returncode == 1 and "is as it was" in done.stderr
    assert (project / LOCAL).read_bytes() == before


@pytest.mark.parametrize(("text", "said"), [
    (b"partnership: One\n\tarea: Two\n", f"{LOCAL}:2: this cannot be read as YAML: found a tab; indent with spaces"),
    (b"area: One\narea: Two\n", f"{LOCAL}:2: area: this key is given twice; keep one"),
    (b"", f"{LOCAL}:1: the file is empty"),
    (b"- One\n", f"{LOCAL}:1: "),
])  # fmt: skip
def test_nothing_is_asked_of_a_file_that_cannot_be_read(project: Path, text: bytes, said: str) -> None:
    with changed(project / LOCAL, text):
        wrong = partnership.ask(project, lambda question: pytest.fail(question), lambda _: None)
        assert (project / LOCAL).read_bytes() == text
    assert any(line.startswith(said) for line in wrong), wrong
