"""One style sheet for the whole site, made of those it is written in: a browser shows nothing before it has them all, and asks for one
sooner than for ten."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

FOLDER = "assets/stylesheets"
SHEET = f"{FOLDER}/site.css"
LINKED = re.compile(rf'(?:<link rel="stylesheet" href="(?P<way>[^"]*){FOLDER}/[\w-]+\.css">\s*)+')
NAME = re.compile(rf"{FOLDER}/[\w-]+\.css")


def write(site: Path) -> None:
    """Put the style sheets that pages under `site` name, the same ones in all of them, into one in their order, and name it instead. Its
    address ends in a hash, so that no page is shown with another build's looks. Those it is made of go."""
    pages = sorted(site.rglob("*.html"))
    found = LINKED.search(pages[0].read_text(encoding="utf-8"))
    if not found:
        return
    names = NAME.findall(found[0])
    sheet = b"\n".join((site / name).read_bytes() for name in names)
    for name in names:
        (site / name).unlink()
    (site / SHEET).write_bytes(sheet)
    link = rf'<link rel="stylesheet" href="\g<way>{SHEET}?v={hashlib.sha256(sheet).hexdigest()[:12]}">\n'
    for page in pages:
        page.write_text(LINKED.sub(link, page.read_text(encoding="utf-8")), encoding="utf-8")
