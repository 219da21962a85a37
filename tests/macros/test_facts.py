"""Citations, the places they lead to, and what is cited."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import coverage, facts
from macros.facts import Citation
from macros.library import Library, read
from tests.project import changed


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    found, problems = read(project)
    assert not problems
    return found


def test_facts_of_one_section_share_a_citation(library: Library) -> None:
    assert facts.citations(library, ["ex-one", "ex-two", "ex-one"]) == [
        Citation("Example 2019 §1", "about/sources/#example-2019--1", True),
        Citation("Example 2019, No", "about/sources/#example-2019--no", True),
    ]


def test_a_citation_of_an_unverified_fact_is_not_checked(library: Library) -> None:
    assert [link.checked for link in facts.citations(library, ["ex-three", "ex-one"])] == [False, True]


@pytest.mark.parametrize(
    ("section", "place"),
    [("1", "s--1"), ("Appendix C – 3 Direct work", "s--appendix-c-3-direct-work"), ("Foreword (Task & Finish)", "s--foreword-task-finish")],
)
def test_anchors(section: str, place: str) -> None:
    assert facts.anchor("s", section) == place


@pytest.mark.parametrize(
    ("page", "address"),
    [("index.md", ""), ("guidance/index.md", "guidance/"), ("guidance/types.md", "guidance/types/"), ("the-index.md", "the-index/")],
)
def test_addresses(page: str, address: str) -> None:
    assert facts.address(page) == address


def test_lists_leave_out_contact_details(library: Library) -> None:
    shown = [fact.id for _, fact in facts.listed(library, None, "example-2019", None)]
    assert shown == ["ex-one", "ex-two", "ex-three"]
    assert [fact.id for _, fact in facts.listed(library, "signs", None, None)] == ["ex-two", "ex-three"]
    assert facts.CONTACT.search("Ring 023 8083 3336 or write to someone@example.org")
    assert not facts.CONTACT.search("In 2019 there were 1,234 children in 0.5 per cent of homes")


def test_only_a_citation_counts_as_citing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text('<p><span class="cite" data-fact="ex-one ex-three">(…)</span><br></p>', encoding="utf-8")
    (tmp_path / "index.html").write_text('<li data-listed="ex-two">data-fact="ex-two"</li>', encoding="utf-8")
    assert coverage.told(tmp_path) == {"fact": {"ex-one", "ex-three"}}
    uncited = [line for line in coverage.missing(library, tmp_path) if "cites" in line]
    assert uncited == ["example-2019: no page cites `ex-two`", "example-2019: no page cites `ex-four`"]


def test_coverage_says_what_no_page_tells(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setattr("sys.argv", ["coverage", str(tmp_path)])
    assert coverage.main() == 1
    assert "there is no built site" in capsys.readouterr().err
    told = 'data-fact="ex-one" data-conflict="example-conflict" data-system="example-tool" data-reference="example-report"'
    (tmp_path / "index.html").write_text(f"<span {told}></span>", encoding="utf-8")
    excused = b"uncited:\n  - {fact: ex-two, why: It says what another says.}\n  - {fact: ex-one, why: Needless.}\n"
    with changed(project / "docs/_facts/uncited.yml", excused):
        assert coverage.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "example-2019: no page cites `ex-three`",
        "example-2019: no page cites `ex-four`",
        "`ex-one` is excused in docs/_facts/uncited.yml, though a page cites it",
        "no page tells the system `bare-tool`",
        "no page tells the reference `smallest`",
        "2 of 4 facts uncited (2 excused), 0 of 1 conflicts untold, 1 of 2 systems missing",
    ]
