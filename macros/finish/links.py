"""Every link, picture and script of the built site leads to a file of the site, and every `#place` to something there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

OUTSIDE = ("https", "http", "mailto", "tel", "data")
"""Addresses that leave the site, and pictures inside a page. Anything else is a mistake or runs something."""


class _Page(HTMLParser):
    """Collects where a page leads and the places it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[int, str]] = []
        self.places: set[str] = {"", "top"}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.append((self.getpos()[0], value))
            elif name in ("id", "data-step") and value:  # a step of a module or tool is shown by its #name
                self.places.add(value)


def broken(site: Path, absent: tuple[str, ...] = ()) -> Iterator[str]:
    """A line `page:line: …` for every link inside the site that leads nowhere. What is `absent` was not built this time."""
    pages = {path.relative_to(site).as_posix(): _read(path) for path in sorted(site.rglob("*.html"))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for name, page in pages.items():
        for line, link in page.links:
            parts = urlsplit(link)
            if parts.scheme and parts.scheme not in OUTSIDE:
                allowed = ", ".join(OUTSIDE)
                yield f"{name}:{line}: the link `{link}` is of a sort that is not allowed; allowed: {allowed}"
            if parts.scheme or parts.netloc:
                continue
            target = _target(name, parts.path)
            if target.startswith(absent):
                continue
            if target not in files:
                yield f"{name}:{line}: the link `{link}` leads to no file"
            elif target in pages and parts.fragment and unquote(parts.fragment) not in pages[target].places:
                yield f"{name}:{line}: the link `{link}` leads to a page that has no such place"


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _target(page: str, path: str) -> str:
    """The file a path leads to from a page: a folder is its `index.html`. A path from `/` starts at the top of the site."""
    if not path:
        return page
    start = "" if path.startswith("/") else posixpath.dirname(page)
    joined = posixpath.normpath(posixpath.join(start, unquote(path).removeprefix("/")))
    joined = "" if joined == "." else joined
    return posixpath.join(joined, "index.html") if path.endswith(("/", "..", ".")) or not joined else joined
