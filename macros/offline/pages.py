"""What a page and a style of the saved copy have to be for a browser to open them from a folder, without a server."""

from __future__ import annotations

import html
import posixpath
import re
from urllib.parse import unquote, urlsplit

TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
LINK = re.compile(r'(?P<before>\s(?:href|src)=)"(?P<link>[^"]*)"')
AHEAD = re.compile(r'\s*<link rel="(?:modulepreload|preload)"[^>]*>')
"""Fetching ahead is done with the rights of an address, which a file has not: the browser would only complain."""
SCRIPTED = 'class="no-js"'
STYLES = {"@media (scripting: none)": ":where(.no-js)", "@media (scripting: enabled)": ":where(html:not(.no-js))"}
"""A browser that could run scripts but got none is told by neither. `:where` keeps the weight of the rules inside."""
FROM_FILES = re.compile(r"((?:style|img|font)-src) 'self'")
"""Browsers differ on whether a file counts as coming from the page's own place."""


def page(name: str, text: str, names: set[str], told: str, read_me: str) -> str:
    """A page that opens from a folder and says from which day it is. Links to what is not among `names` become plain words.

    Raises ValueError where the page lacks a place that this rests on.
    """
    text = AHEAD.sub("", text)
    text = TAG.sub(lambda tag: LINK.sub(lambda found: _link(name, found, names), tag[0]), text)
    text = text.replace("<noscript>", '<div class="no-js-only">').replace("</noscript>", "</div>")
    text = FROM_FILES.sub(r"\1 'self' file:", text, count=3)
    up = posixpath.relpath(read_me, posixpath.dirname(name) or ".")
    lines = (("<article", _notice(told, up) + "<article"), ('class="page-foot__print print-only">', f'\\g<0> Saved copy from {told}.'))
    for place, put in lines:
        text, count = re.subn(re.escape(place), put, text, count=1)
        if not count:
            raise ValueError(f"`{place}` is not in this page, so the saved copy cannot say its day there")
    if SCRIPTED not in text:
        raise ValueError(f"`{SCRIPTED}` is not in this page, so the saved copy cannot look as it does without scripts")
    return text


def style(text: str) -> str:
    """A style sheet that goes by whether a script has run, not by whether the browser could run one."""
    for asked, found in STYLES.items():
        text = text.replace(asked, found)
    return text


def _link(page: str, found: re.Match[str], names: set[str]) -> str:
    """The attribute with the file that a link leads to, or nothing where that is not in the copy. Other sites stay as they are."""
    link = html.unescape(found["link"])
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return found[0]
    path = parts.path if not parts.path.startswith("/") else posixpath.relpath(parts.path, "/" + posixpath.dirname(page))
    if parts.path.endswith(("/", ".")):
        path = posixpath.join(path, "index.html")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    place = f"#{parts.fragment}" if parts.fragment else ""
    return f'{found["before"]}"{html.escape(path + place)}"' if target in names else ""


def _notice(told: str, read_me: str) -> str:
    return (
        f'<p class="notice screen-only" role="note">Saved copy from {told}.'
        ' <span class="no-js-only">You can read and print every page. Marking and search start with <code>python3 serve.py</code>:'
        f' see <a href="{read_me}">Read me first</a>.</span></p>'
    )
