"""`licences.txt` of the built site: what goes along with other people's software, as their licences ask: who made it, on which terms, and
where its source is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros import software
from macros.software import Shipped

NAME = "licences.txt"
OPENING = """\
This site holds software and a typeface made by other people. Each is listed here with who made it and its licence; the text of every
licence follows. What this project made itself has its own licences, on the page "Licence".
"""
RULE = "-" * 80


def write(site: Path, root: Path) -> None:
    """Write the notices of what the built site holds."""
    things = software.held(site, software.shipped(root))
    text = "\n".join([OPENING, *map(_notice, things), *_texts(things)])
    (site / NAME).write_text(text, encoding="utf-8")


def _notice(thing: Shipped) -> str:
    lines = [f"{thing.name} {thing.version}".strip(), thing.copyright, f"Licence: {thing.licence}. Home: {thing.home}"]
    if thing.inside:
        lines.append(f"Part of {thing.inside}.")
    if thing.source:
        lines.append(f"Its source code, under the same licence and free of charge: {thing.source}")
    return "\n".join(lines) + "\n"


def _texts(things: list[Shipped]) -> Iterator[str]:
    for licence in sorted({thing.licence for thing in things}, key=str.lower):
        text = (software.HERE / "texts" / f"{licence}.txt").read_text(encoding="utf-8")
        yield f"{RULE}\n{licence}\n{RULE}\n\n{text}"
