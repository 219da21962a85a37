"""Days as people in the United Kingdom write them: `1/3/2025`, `1.3.25`, `1 March 2025`, `1 Mar 25`, and as files do: `2025-03-01`."""

from __future__ import annotations

import re
from datetime import date

WHOLE = "january february march april may june july august september october november december".split()
MONTHS = {name: number for number, whole in enumerate(WHOLE, 1) for name in (whole, whole[:3])} | {"sept": 9}
EARLIEST, LATEST = 1990, 2099
_FIGURES = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-]+([a-z]{3,9})\.?,?[\s\-]+(\d{4}|\d{2})")
_FILE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")


def parse(text: str) -> date | None:
    """Return the day that a text says, day before month, or None. A year of two figures is one of this century."""
    plain = " ".join(text.casefold().split())
    if found := _FILE.fullmatch(plain):
        return _make(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(plain):
        return _make(_year(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(plain):
        return _make(_year(found[3]), MONTHS.get(found[2], 0), int(found[1]))
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
