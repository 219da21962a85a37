"""What the search looks through: `search/index.json`, made from the site builder's own index, the heads of the pages and the words
people use for one thing. The builder's index is taken away: nothing reads it.

A place is a page or a part of one. Entries of the glossary and the catalogue are places of their own; the index of a source
document is none, as it says again what the page says.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros import prose
from macros.facts import address
from macros.library import Library

BUILT = "search/search_index.json"
WRITTEN = "search/index.json"
AGAIN = "#where-each-point-is-in-the-document"
ENTRIES = {"about/glossary/", "tools/catalogue/#the-catalogue"}
"""Where the entries stand that are places of their own."""
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


def write(site: Path, library: Library) -> None:
    """Write the index of the built site."""
    built = json.loads((site / BUILT).read_text(encoding="utf-8"))["docs"]
    pages = {address(path): head for path, head in library.pages.items()}
    numbers = {url: number for number, url in enumerate(pages)}
    index = {
        "pages": [[url, head.title, head.description, _kind(url)] for url, head in pages.items()],
        "places": [[numbers[url], *place] for url, *place in _places(built, library) if url in numbers],
        "same": [[numbers[address(group.page)] if group.page else None, group.words] for group in library.search],
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (site / WRITTEN).write_text(text, encoding="utf-8")
    (site / BUILT).unlink()


def _kind(url: str) -> str:
    if url.count("/") < 2:
        return "index"
    return next((kind for start, kind in KINDS if url.startswith(start)), "index")


def _places(built: list[dict[str, Any]], library: Library) -> Iterator[tuple[str, str, str, str]]:
    """The page, the place on it, its heading and its words."""
    for doc in built:
        url, mark, place = doc["location"].partition("#")
        if mark + place == AGAIN or doc["location"] in ENTRIES:
            continue
        yield url, mark + place, _plain(doc["title"]) if mark else "", _plain(doc["text"])
    for term in library.glossary:
        words = ", ".join([term.term, *term.also, *term.everyday])
        yield "about/glossary/", f"#{term.id}", words, _plain(prose.phrase(term.meaning))
    for system in library.systems:
        yield "tools/catalogue/", f"#system-{system.id}", system.name, _plain(prose.phrase(system.what_for))


def _plain(text: str) -> str:
    """Words without markup. The end of a paragraph is told apart, so that a sentence can be shown."""
    broken = re.sub(r"</(?:p|li|h\d|td|th|dt|dd|tr)>", "\n", text)
    words = html.unescape(re.sub(r"<[^>]+>", " ", broken))
    lines = (re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(line.split())) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)
