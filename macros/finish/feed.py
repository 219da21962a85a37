"""The feed of changes: `feed.xml`, in Atom (RFC 4287). Its days come from what authors wrote, so the same content gives the same feed."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from markupsafe import escape

from macros import facts, prose
from macros.library import Library
from macros.schema.lists import Change

NAME = "http://www.w3.org/2005/Atom"
NOWHERE = "urn:noticing-neglect"
"""The name of a site that has no address of its own yet: it identifies, and leads nowhere."""


def write(site: Path, library: Library, title: str = "Noticing Neglect: what has changed") -> None:
    """Write the feed beside the pages."""
    ET.register_namespace("", NAME)
    assert library.local
    address = (library.local.address or "").rstrip("/")
    feed = ET.Element(f"{{{NAME}}}feed", {"xml:lang": "en-GB"})
    _put(feed, "title", title)
    _put(feed, "id", f"{address}/feed.xml" if address else NOWHERE)
    _put(feed, "updated", f"{library.changes[0].date}T00:00:00Z")
    _put(ET.SubElement(feed, f"{{{NAME}}}author"), "name", library.local.partnership or "Noticing Neglect")
    if address:
        ET.SubElement(feed, f"{{{NAME}}}link", rel="self", href=f"{address}/feed.xml")
    for change in library.changes:
        _entry(feed, change, address)
    ET.indent(feed)
    ET.ElementTree(feed).write(site / "feed.xml", encoding="utf-8", xml_declaration=True)


def _entry(feed: ET.Element, change: Change, address: str) -> None:
    entry = ET.SubElement(feed, f"{{{NAME}}}entry")
    page = facts.address("about/what-has-changed.md")
    _put(entry, "title", change.title)
    _put(entry, "id", f"{address}/{page}#{change.id}" if address else f"{NOWHERE}:{change.id}")
    _put(entry, "updated", f"{change.date}T00:00:00Z")
    if address:
        ET.SubElement(entry, f"{{{NAME}}}link", href=f"{address}/{page}#{change.id}")
        links = "".join(f'<li><a href="{address}/{facts.address(path)}">{escape(path)}</a></li>' for path in change.pages)
    else:
        links = ""
    _put(entry, "content", f"{prose.prose(change.text)}{f'<ul>{links}</ul>' if links else ''}", type="html")


def _put(parent: ET.Element, name: str, words: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{NAME}}}{name}", attributes).text = words
