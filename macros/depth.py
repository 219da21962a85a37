"""How long and how deep Markdown may be before its reader gives up or takes for ever. What authors write comes nowhere near."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 6_000
"""Characters in one paragraph. The longest of this site is half of that."""
DEEPEST = 6
"""Lists, quotations or square brackets inside each other."""
WIDEST = 60
"""Spaces at the start of a line."""
HUGE = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")
"""A reference to a character that there is not: Python will not read so long a number."""
NESTED = re.compile(rf"[ \t]*+(?:(?:>|(?:[-*+]|\d{{1,9}}\.)[ \t])[ \t]*+){{{DEEPEST + 1},}}")
BRACKET = re.compile(r"\\.|[\[\]]")


def problems(text: str) -> Iterator[tuple[int, str]]:
    """The first line of each paragraph that is too much, counted from 1, and why."""
    first = 1
    for paragraph in re.split(r"\n[ \t]*+(?=\n)", text):
        words = _paragraph(paragraph)
        if words:
            yield first + len(paragraph) - len(paragraph.lstrip("\n")), words
        first += paragraph.count("\n") + 1


def _paragraph(text: str) -> str | None:
    lines = text.split("\n")
    if len(text) > LONGEST:
        return f"this paragraph has {len(text)} characters; allowed: at most {LONGEST}"
    if found := HUGE.search(text):
        return f"found `{found[0][:12]}…`, a reference to a character that there is not"
    if any(NESTED.match(line) for line in lines):
        return f"lists and quotations are inside each other more than {DEEPEST} deep"
    if any(len(line) - len(line.lstrip()) > WIDEST for line in lines):
        return f"a line here starts with more than {WIDEST} spaces"
    if _brackets(text) > DEEPEST:
        return f"more than {DEEPEST} square brackets are open inside each other; close them, or write \\[ to mean one"
    return None


def _brackets(text: str) -> int:
    depth = most = 0
    for found in BRACKET.finditer(text):
        depth = max(0, depth + {"[": 1, "]": -1}.get(found[0], 0))
        most = max(most, depth)
    return most
