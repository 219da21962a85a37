"""Built pages as trees of elements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml.html import HtmlElement, HTMLParser, document_fromstring


def pages(site: Path) -> Iterator[tuple[str, HtmlElement]]:
    """Every page under `site` by its path, one after the other: a tree takes much room."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), read(path)


def read(page: Path) -> HtmlElement:
    """The `<html>` of a page."""
    return document_fromstring(page.read_bytes(), parser=HTMLParser(encoding="utf-8"))
