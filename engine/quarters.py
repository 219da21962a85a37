"""Quarters of a year as people in the United Kingdom write them: `2025-Q1` and `Q1 2025` begin in January, `2025/26 Q1` is of the financial
year and begins in April; `Jan to Mar 2025`, or any day of the quarter. A quarter is one whole number, so that the next is one more."""

from __future__ import annotations

import re
from datetime import date, timedelta

from engine import dates

YEAR, THREE_YEARS = 4, 12  # quarters
_CALENDAR = re.compile(r"(?P<year>\d{4})[ -]?q(?P<part>[1-4])|q(?P<part2>[1-4])[ -]?(?P<year2>\d{4})")
_FINANCIAL = re.compile(
    r"(?P<year>\d{4})[/-](?P<next>\d{4}|\d{2})[ -]?q(?P<part>[1-4])|q(?P<part2>[1-4])[ -]?(?P<year2>\d{4})[/-](?P<next2>\d{4}|\d{2})"
)
_MONTHS = re.compile(r"([a-z]{3,9}) ?(?:-|to) ?([a-z]{3,9}) (\d{4})")


def parse(text: str) -> int | None:
    """Return the quarter that a text says, or None."""
    plain = " ".join(re.sub("[\u2010-\u2015]", "-", text.casefold()).replace(",", " ").split()).replace("quarter ", "q")
    if found := _CALENDAR.fullmatch(plain):
        return _make(found["year"] or found["year2"], int(found["part"] or found["part2"]) - 1)
    if found := _FINANCIAL.fullmatch(plain):
        year, following = found["year"] or found["year2"], found["next"] or found["next2"]
        return _make(year, int(found["part"] or found["part2"])) if str(int(year) + 1).endswith(following) else None
    if found := _MONTHS.fullmatch(plain):
        first, last = dates.MONTHS.get(found[1], 0), dates.MONTHS.get(found[2], 0)
        return _make(found[3], (first - 1) // 3) if first % 3 == 1 and last == first + 2 else None
    day = dates.parse(text)
    return day.year * YEAR + (day.month - 1) // 3 if day else None


def _make(year: str, part: int) -> int | None:
    return int(year) * YEAR + part if dates.EARLIEST <= int(year) < dates.LATEST else None


def first_day(quarter: int) -> date:
    """The day a quarter begins."""
    return date(quarter // YEAR, quarter % YEAR * 3 + 1, 1)


def last_day(quarter: int) -> date:
    """The day a quarter ends."""
    return first_day(quarter + 1) - timedelta(days=1)


def name(quarter: int) -> str:
    """A quarter as a file says it, by the calendar year: `2025-Q1`."""
    return f"{quarter // YEAR}-Q{quarter % YEAR + 1}"
