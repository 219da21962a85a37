"""Markdown of authors' YAML as HTML: no raw HTML, no address that is not safe, and page links that work where they are shown."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from macros import facts
from macros.schema.base import SAFE

_PLAIN = re.compile(r"(?:[^\W\d_]|[‘“£])(?:[^\W_]|[ ,.;:?'\"()%/£–—‘’“”…-])*(?<! )")
"""Words that are the same in Markdown as in HTML, as most are: no mark of either in them, and nothing that a list could start with."""
_BLOCKS = ("hashheader", "setextheader", "hr", "olist", "ulist", "quote", "code", "indent", "table")


class _Quiet(Extension):
    """No raw HTML; for a phrase no lists, headings, quotations or tables either: `16. Call` is not the start of a list."""

    def __init__(self, base: str, phrase: bool) -> None:
        super().__init__()
        self.base = base
        self.phrase = phrase

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Links(self.base), "page_links", 0)
        for name in _BLOCKS if self.phrase else ():
            md.parser.blockprocessors.deregister(name, strict=False)


class _Links(Treeprocessor):
    """Links to pages work from the page they are shown on; links to anything unsafe are no links."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            href = link.get("href", "")
            safe = SAFE.fullmatch(href)
            if not safe:
                link.attrib.pop("href", None)
            elif safe["page"]:
                page, mark, place = href.partition("#")
                link.set("href", f"{self.base}{facts.address(page)}{mark}{place}" or "./")


@cache
def _markdown(base: str, phrase: bool) -> markdown.Markdown:
    return markdown.Markdown(extensions=["tables", "sane_lists", _Quiet(base, phrase)])


@cache
def prose(text: str, base: str = "") -> Markup:
    """Markdown of an author's YAML as HTML. Raw HTML in it is shown as the text it is."""
    return Markup(f"<p>{text}</p>" if _PLAIN.fullmatch(text) else _markdown(base, False).reset().convert(text))


@cache
def phrase(text: str, base: str = "") -> Markup:
    """The same for words inside a sentence, a label or a table: no paragraph around them, and no blocks in them."""
    if _PLAIN.fullmatch(text):
        return Markup(text)
    html = _markdown(base, True).reset().convert(text)
    return Markup(html.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "<br>"))
