"""What the search looks through: `search/index.json`, made from the built pages, their heads and the words people use for one thing.

A place is a page or a part of one under a heading. Entries of the glossary and the catalogue are places of their own; the index of
a source document is none, as it says again what the page says. Each paragraph, item or cell is a line, so that a sentence can be
told from the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml.html import HtmlElement
from markupsafe import Markup

from macros import prose
from macros.facts import address
from macros.library import Library

Places = list[tuple[str, str, str]]
"""The places of a page: each with its heading and its words."""

WRITTEN = "search/index.json"
AGAIN = "where-each-point-is-in-the-document"
ENTRIES = {"about/glossary/", "tools/catalogue/#the-catalogue"}
"""Where the entries stand that are places of their own."""
BLOCKS = {"p", "li", "td", "th", "dt", "dd", "tr", "div", "section", "figcaption", "caption", "br", "summary", "blockquote"}
UNSAID = {"form", "nav", "script", "style", "svg"}
AROUND = {"contents", "exit-note", "notice--dated", "page-foot", "term__meaning"}
"""What stands on a page and is not what the page says, by class."""
KINDS = (
    ("guidance/worried-about-a-child/", "urgent"),
    ("briefings/poster-", "poster"),
    ("briefings/", "briefing"),
    ("tools/catalogue/", "catalogue"),
    ("tools/", "tool"),
    ("training/", "module"),
    ("guidance/", "guidance"),
    ("strategies/", "document"),
    ("contribute/", "editors"),
    ("about/", "about"),
)


def read(page: HtmlElement) -> Places:
    """What a page says."""
    article = page.find(".//article")
    return [] if article is None else list(_Said(article).places())


def write(site: Path, library: Library, said: Mapping[str, Places]) -> None:
    """Write the index of the built site. `said` is what its pages say, by their paths."""
    pages = {address(path): head for path, head in library.pages.items()}
    numbers = {url: number for number, url in enumerate(pages)}
    index = {
        "pages": [[url, head.title, head.description, _kind(url)] for url, head in pages.items()],
        "places": [[numbers[url], *place] for url, *place in _places(said, pages, library)],
        "same": [[numbers[address(group.page)] if group.page else None, group.words] for group in library.search],
    }
    (site / WRITTEN).parent.mkdir(exist_ok=True)
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (site / WRITTEN).write_text(text, encoding="utf-8")


def _kind(url: str) -> str:
    if url.count("/") < 2:
        return "index"
    return next((kind for start, kind in KINDS if url.startswith(start)), "index")


def _places(said: Mapping[str, Places], pages: Iterable[str], library: Library) -> Iterator[tuple[str, str, str, str]]:
    """The page, the place on it, its heading and its words."""
    for url in pages:
        for place, heading, words in said[f"{url}index.html"]:
            if place != f"#{AGAIN}" and url + place not in ENTRIES:
                yield url, place, heading, words
    for term in library.glossary:
        words = ", ".join([term.term, *term.also, *term.everyday])
        yield "about/glossary/", f"#{term.id}", words, Markup(prose.phrase(term.meaning)).striptags()
    for system in library.systems:
        yield "tools/catalogue/", f"#system-{system.id}", system.name, Markup(prose.phrase(system.what_for)).striptags()


class _Said:
    """What the article of a page says, part by part."""

    def __init__(self, article: HtmlElement) -> None:
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.in_heading = False
        self._say(article.text)
        for child in article:
            self._read(child)

    def _read(self, element: HtmlElement) -> None:
        comment = not isinstance(element.tag, str)
        left_out = comment or element.tag in UNSAID or "data-search-exclude" in element.attrib
        if not left_out and not AROUND & {*element.get("class", "").split()}:
            self._within(element, element.tag)
        self._say(element.tail)

    def _within(self, element: HtmlElement, tag: str) -> None:
        heading = tag in ("h1", "h2", "h3")
        if heading and tag != "h1":
            self.parts.append((f"#{element.get('id')}" if element.get("id") else "", [], []))
        self.in_heading = heading or self.in_heading
        self._say("\n" if tag in BLOCKS else "", element.text)
        for child in element:
            self._read(child)
        self.in_heading = self.in_heading and not heading
        self._say("\n" if tag in BLOCKS else "")

    def _say(self, *words: str | None) -> None:
        _, heading, said = self.parts[-1]
        (heading if self.in_heading else said).extend(filter(None, words))

    def places(self) -> Iterator[tuple[str, str, str]]:
        """Each part: its place, its heading and its words, a line for each block."""
        for place, heading, words in self.parts:
            lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
            yield place, " ".join("".join(heading).split()) if place else "", "\n".join(line for line in lines if line)
