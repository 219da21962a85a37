"""What is done to the built pages: words explained, the feed, the search index, and the report of what is due."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from macros import check, plain, qr, stale
from macros.finish import feed, words
from macros.library import Library
from macros.schema.facts import Term
from tests import project as projects

TERMS = [
    Term(id="mash", term="Multi-agency safeguarding hub", also=["MASH"], meaning="A **team**."),
    Term(id="genogram", term="Genogram", meaning="A drawing."),
    Term(id="sign", term="Indicator", everyday=["sign"], meaning="What you see."),
    Term(id="quiet", term="Supervision", marked=False, meaning="Two things."),
]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    found, complaints = check.everything(project)
    assert not complaints
    return found


@pytest.mark.parametrize(
    ("article", "marked"),
    [
        ("<p>Ask MASH. Ask MASH again.</p>", ["MASH"]),
        ("<p>Draw genograms, or a genogram.</p>", ["genograms"]),
        ("<h2>Genogram</h2><p>A Genogram.</p>", ["Genogram"]),
        ("<p>mash, a sign, a monogenogram, supervision</p>", []),
        ("<p><a href='x'>genogram</a> and <code>MASH</code></p>", []),
        ("<ul><li>An <em>indicator</em><br>here</li></ul>", ["indicator"]),
        ("<div>MASH</div><table><tr><th>MASH</th><td>MASH</td></tr></table>", ["MASH"]),
        ('<p><span class="cite">MASH</span> then <span>MASH</span></p>', ["MASH"]),
        ("<form><p>MASH</p></form><details><p>MASH</p></details>", []),
    ],
)
def test_a_word_is_explained_where_it_first_stands(tmp_path: Path, article: str, marked: list[str]) -> None:
    (tmp_path / "guidance/x").mkdir(parents=True)
    page = tmp_path / "guidance/x/index.html"
    page.write_text(f"<html><p>MASH</p><article class='a'>{article}</article><p>MASH</p></html>", encoding="utf-8")
    words.explain(tmp_path, TERMS)
    html = page.read_text(encoding="utf-8")
    assert re.findall(r'<a class="term" href="../../about/glossary/#\w+" data-term="word-\w+">([^<]+)</a>', html) == marked
    ids = re.findall(r'id="(word-[^"]+)" popover', html)
    assert len(ids) == len(set(ids)) == len(marked)


def test_the_feed_tells_the_changes(built: Path, library: Library) -> None:
    tree = ET.parse(built / "feed.xml").getroot()
    entries = tree.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [change.title for change in library.changes]
    assert tree.findtext(f"{ATOM}updated") == "2026-11-22T00:00:00Z"
    assert "<strong>it</strong>" in (entries[0].findtext(f"{ATOM}content") or "")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


def test_the_feed_leads_to_the_address_of_the_site(tmp_path: Path, library: Library) -> None:
    assert library.local
    local = library.local.model_copy(update={"address": "https://neglect.example.org/"})
    feed.write(tmp_path, Library(library.root, changes=library.changes, local=local))
    text = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    assert 'href="https://neglect.example.org/feed.xml"' in text
    assert "https://neglect.example.org/about/what-has-changed/#newer" in text


def test_the_search_index_has_pages_places_and_words(built: Path) -> None:
    index = json.loads((built / "search/index.json").read_text(encoding="utf-8"))
    urls = [page[0] for page in index["pages"]]
    assert {"guidance/", "about/glossary/", "tools/catalogue/"} <= set(urls)
    assert not (built / "search/search_index.json").exists()
    kinds = {page[0]: page[3] for page in index["pages"]}
    assert (kinds["tools/care-picture/"], kinds["training/every-kind/"], kinds["briefings/example/"]) == ("tool", "module", "briefing")
    entries = {place[1] for place in index["places"] if urls[place[0]] == "tools/catalogue/"}
    assert "#system-example-tool" in entries
    assert index["same"] == [[urls.index("guidance/"), ["example", "sample"]], [None, ["word", "term"]]]
    assert not [place for place in index["places"] if re.search(r"<\w|&\w+;", place[3])]


def test_the_foot_of_a_page_names_its_sources_and_where_to_suggest(built: Path) -> None:
    html = (built / "guidance/index.html").read_text(encoding="utf-8")
    foot = html[html.index('class="page-foot"') :]
    assert '<a href="../about/sources/">Example 2019</a>' in foot
    assert 'href="../about/how-it-is-kept-current/#suggest-a-change"' in foot


@pytest.mark.parametrize(("epoch", "hidden"), [("1795910400", True), ("1811808000", False)])
def test_a_page_overdue_on_the_day_of_the_build_says_so(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, hidden: bool
) -> None:
    """1795910400 is 28 November 2026 and 1811808000 is 1 June 2027; the page is due on 22 May 2027."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = projects.run(project, "macros.build", "--site", str(tmp_path / "site"))
    assert done.returncode == 0, done.stdout
    html = (tmp_path / "site/guidance/index.html").read_text(encoding="utf-8")
    found = re.search(r'data-due="2027-05-22"( hidden)?>', html)
    assert found
    assert bool(found[1]) is hidden


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (date(2027, 5, 22), ["docs/b.md: due in 0 days (2027-05-22), Editor", "0 of 2 overdue on 2027-05-22, 1 more due within 60 days"]),
        (
            date(2027, 5, 23),
            ["docs/b.md: 1 day overdue (was due 2027-05-22), Editor", "1 of 2 overdue on 2027-05-23, 0 more due within 60 days"],
        ),
        (
            date(2028, 1, 1),
            [
                "docs/b.md: 224 days overdue (was due 2027-05-22), Editor",
                "docs/a.md: due in 1 day (2028-01-02), Lead",
                "1 of 2 overdue on 2028-01-01, 1 more due within 60 days",
            ],
        ),
    ],
)
def test_what_is_due_is_told_by_day(day: date, lines: list[str]) -> None:
    rows = [(date(2027, 5, 22), "docs/b.md", "Editor"), (date(2028, 1, 2), "docs/a.md", "Lead")]
    assert list(stale.report(rows, day)) == lines


def test_everything_with_a_day_is_reported(library: Library) -> None:
    files = {file for _, file, _ in stale.due(library)}
    assert {"docs/guidance/index.md", "quizzes/modules/every-kind.yml", "quizzes/tools/care-picture.yml"} <= files


def test_a_build_date_that_is_none_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = projects.run(project, "macros.stale")
    assert done.returncode == 1
    assert done.stderr == "SOURCE_DATE_EPOCH is yesterday; it has to be a number of seconds since 1970\n"


def test_a_code_is_black_squares_in_a_white_edge() -> None:
    found = qr.squares("https://example.org/")
    assert found.size == 25 + 2 * qr.QUIET
    assert found.path.startswith("M4 4h1v1h-1z")
    places = {tuple(map(int, place)) for place in re.findall(r"M(\d+) (\d+)", found.path)}
    assert all(qr.QUIET <= part < found.size - qr.QUIET for place in places for part in place)


@pytest.mark.parametrize(
    ("body", "lengths"),
    [
        ("# Title\n\nOne two three. Four five!", [3, 2]),
        ("- An item with [a link](x.md). {{ cite(\"x\") }} Another one.\n", [5, 2]),
        ("| Head one | Head two |\n| --- | --- |\n| A cell here | And this one |", [2, 2, 3, 3]),
        ("Dr. no", [2]),
    ],
)
def test_sentences_are_counted_as_a_reader_meets_them(body: str, lengths: list[int]) -> None:
    assert [len(text.split()) for _, text in plain.sentences(body)] == lengths
