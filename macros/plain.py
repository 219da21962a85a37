"""Words as a reader meets them: sentences without markup, and how long one may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 40
"""Words in a sentence; none on the site is longer."""
TYPICAL = 20
"""Words in the median sentence of a page."""
MARKUP = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|^```.*?^```|<!--.*?-->|^[ \t]*\|?[-:| ]+\|[-:| ]*$|<[^>]+>|\{[:#.][^}]*\}",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
BLOCK = re.compile(r"^\s*(?:[-*>]|\d+\.|!!! \w+|:)\s+")
END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(A-Z0-9])")


def lines(body: str) -> Iterator[tuple[int, str]]:
    """Each paragraph, list item or table cell that is not a heading, with its line."""
    text = LINK.sub(r"\1", MARKUP.sub(lambda found: "\n" * found[0].count("\n"), body))
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        parts = line.strip().strip("|").split("|") if line.lstrip().startswith("|") else [line]
        for part in parts:
            plain = re.sub(r"[*_`]+", "", BLOCK.sub("", part)).strip()
            if plain:
                yield number, plain


def sentences(body: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its line."""
    for number, text in lines(body):
        yield from ((number, part) for part in END.split(text) if len(part.split()) > 1)


def words(body: str) -> list[str]:
    """Every word of a page, headings and macro calls apart."""
    return [word for _, text in lines(body) for word in re.findall(r"[\w’'-]+", text)]
