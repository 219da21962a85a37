"""Every link, picture and script of the built site leads to a file of the site, and every `#place` to something there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from macros.finish import tree

OUTSIDE = ("https", "http", "mailto", "tel", "data")
"""Addresses that leave the site, and pictures inside a page. Anything else is a mistake or runs something."""

LEADS = "//@href | //@src"
PLACES = "//@id | //@data-step"
"""A step of a module or a tool is shown by its #name."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page leads, each once, and the places it has."""

    links: set[str]
    places: set[str]


def read(page: HtmlElement) -> Page:
    """What matters here of a page."""
    return Page({*page.xpath(LEADS, smart_strings=False)}, {"", "top", *page.xpath(PLACES, smart_strings=False)})


def broken(site: Path, pages: Mapping[str, Page], absent: tuple[str, ...] = ()) -> Iterator[str]:
    """A line `page:line: …` for every link inside the site that leads nowhere. What is `absent` was not built this time."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for name, page in pages.items():
        wrong = {link: words for link in page.links if (words := _wrong(name, link, pages, files, absent))}
        for link in tree.read(site / name).xpath(LEADS) if wrong else []:
            if link in wrong:
                yield f"{name}:{link.getparent().sourceline}: the link `{link}` {wrong[link]}"


def _wrong(name: str, link: str, pages: Mapping[str, Page], files: AbstractSet[str], absent: tuple[str, ...]) -> str | None:
    """What is wrong with a link of the page called `name`."""
    parts = urlsplit(link)
    if parts.scheme and parts.scheme not in OUTSIDE:
        return f"is of a sort that is not allowed; allowed: {', '.join(OUTSIDE)}"
    target = _target(name, parts.path)
    if parts.scheme or parts.netloc or target.startswith(absent):
        return None
    if target not in files:
        return "leads to no file"
    lost = target in pages and parts.fragment and unquote(parts.fragment) not in pages[target].places
    return "leads to a page that has no such place" if lost else None


def _target(page: str, path: str) -> str:
    """The file a path leads to from a page: a folder is its `index.html`. A path from `/` starts at the top of the site."""
    if not path:
        return page
    start = "" if path.startswith("/") else posixpath.dirname(page)
    joined = posixpath.normpath(posixpath.join(start, unquote(path).removeprefix("/")))
    joined = "" if joined == "." else joined
    return posixpath.join(joined, "index.html") if path.endswith(("/", "..", ".")) or not joined else joined
