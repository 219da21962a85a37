"""A built page as a tree of elements."""

from __future__ import annotations

from lxml.html import HtmlElement, HTMLParser, document_fromstring


def read(page: bytes) -> HtmlElement:
    """The `<html>` of a page."""
    return document_fromstring(page, parser=HTMLParser(encoding="utf-8"))
