"""Parts of the theme that are made from facts, written before the site builder starts: the helplines of every page, and what the
foot of a page says of its sources and of how to suggest a change."""

from __future__ import annotations

import html
import json
from datetime import date
from pathlib import Path
from urllib.parse import quote

from macros import facts, overlay, render
from macros.library import Library

GENERATED = "overrides/generated"
HOW_TO_SUGGEST = "about/how-it-is-kept-current/#suggest-a-change"


def write(root: Path, library: Library, today: date) -> None:
    """Write the generated partials, for a build of the day `today`."""
    folder = root / GENERATED
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "helplines.html").write_text(inert(render.helplines(library)), encoding="utf-8")
    (folder / "known.html").write_text(known(library, today), encoding="utf-8")


def inert(text: str) -> str:
    """HTML that the theme may include as a template: braces in an author's words are characters, never instructions."""
    return text.replace("{", "&#123;")


def known(library: Library, today: date) -> str:
    """A template that sets `sources`, the sources of each page by its address, `suggest`, where suggestions go, `edits` and `built`."""
    sources = {page: _sources(library, ids) for page, ids in library.citing.items()}
    assert library.local
    inbox = library.local.suggestions
    suggest = inbox if inbox and inbox.startswith("https:") else f"mailto:{quote(inbox, safe='@')}" if inbox else None
    told = {"sources": sources, "suggest": suggest or HOW_TO_SUGGEST, "edits": _edits(library), "built": str(today)}
    return "".join(f"{{% set {name} = {json.dumps(value)} %}}\n" for name, value in told.items())


def _edits(library: Library) -> dict[str, str]:
    """Where each page's file is edited, by the page's address: nowhere without a repository."""
    repository = library.local and library.local.repository
    return {facts.address(page): repository.edit(file) for page, file in overlay.pages(library.root).items()} if repository else {}


def _sources(library: Library, ids: list[str]) -> list[list[str]]:
    found = {library.facts[name][0].id: library.facts[name][0] for name in ids}
    return [[html.escape(source.short), facts.address(source.page)] for source in found.values()]
