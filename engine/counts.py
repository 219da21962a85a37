"""A partnership's own counts, from the text of a spreadsheet: which rows can be used, and of each of the others what is wrong with it. What
the counts come to belongs in `profile.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine import quarters, spreadsheet
from engine.reading import Definition, Refused, read_choice, read_id, read_ids, read_rows, read_texts

MOST_ROWS = 2_000  # of a text; this project's design choice
MOST_AREAS = 60
LARGEST = 100_000_000  # of a count
COUNT, SHARE = "count", "share"
HEADS = {
    "indicator": ("indicator", "measure", "indicator id", "indicator name"),
    "period": ("period", "quarter", "date"),
    "count": ("count", "number", "numerator"),
    "whole": ("denominator", "out of", "of", "base", "whole"),
    "area": ("area", "locality", "district", "local authority"),
}
"""The columns that are read, and what people head them with."""
NEEDED = ("indicator", "period", "count")
TOGETHER = {"", "all", "all areas", "total", "whole area", "whole partnership", "partnership"}
"""What people write under area for all areas together."""
HIDDEN = {"*", "**", "-", "..", ":", "c", "s", "x", "suppressed"}
"""What stands in published tables for a number too small to show; and `<5` and the like."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something counted each quarter: shown as a `count` or as a `share`; of which other indicator it is a share, if any; and its names."""

    id: str
    unit: str
    share_of: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One good row. `area` is "" for all areas together, `whole` what the count is a part of."""

    line: int
    indicator: str
    quarter: int
    area: str
    count: int
    whole: int | None


@dataclass(frozen=True, slots=True)
class CountProblem:
    """A row that is kept out: its line in the text (from 1), the column, why, and what was found there."""

    line: int
    column: str
    key: str
    found: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a text holds."""

    counts: tuple[Count, ...]
    problems: tuple[CountProblem, ...]
    dropped: tuple[str, ...]


def read_indicators(definition: Definition) -> tuple[Indicator, ...]:
    """Return the indicators of `{indicators: [{id, unit, names, share_of?}]}`. Raises Refused where there are none or one is not whole."""
    rows = read_rows(definition, "indicators")
    ids = read_ids(rows, "indicators", 1)
    return tuple(_indicator(row, ids) for row in rows)


def _indicator(row: Definition, ids: Sequence[str]) -> Indicator:
    share_of = read_choice(row, "share_of", ids) if "share_of" in row else ""
    return Indicator(read_id(row), read_choice(row, "unit", (COUNT, SHARE)), share_of, read_texts(row, "names"))


def read(text: str, indicators: Sequence[Indicator]) -> Read:
    """Return the rows of a text with a line of headings: indicator, period and count, and if wanted denominator and area, in any order.

    Of two rows for one indicator, quarter and area the first counts. Raises Refused under `no_heading` and `too_long`, as
    `spreadsheet.read` does.
    """
    table = spreadsheet.read(text, _head, NEEDED, MOST_ROWS)
    names = {_plain(name): one.id for one in indicators for name in (one.id, *one.names)}
    spelt: dict[str, str] = {}
    rows = [_row(line, cells, names, spelt) for line, cells in table.rows]
    if len(spelt) > MOST_AREAS:
        raise Refused(f"At most {MOST_AREAS} areas can be read at once.", "too_long")
    problems = [row for row in rows if isinstance(row, CountProblem)]
    counts = [row for row in rows if isinstance(row, Count)]
    problems += [*_beside_areas(counts)]
    left_out = {problem.line for problem in problems}
    counts = [row for row in counts if row.line not in left_out]
    problems += [*_repeated(counts)]
    left_out |= {problem.line for problem in problems}
    problems.sort(key=lambda problem: problem.line)
    return Read(tuple(row for row in counts if row.line not in left_out), tuple(problems), table.dropped)


def read_for(text: str, definition: Definition) -> Read:
    """Return the rows of a text for the indicators of a definition. Raises Refused where either cannot be read."""
    return read(text, read_indicators(definition))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[-_\u2010-\u2015]", " ", text.casefold()).split())


def _head(cell: str) -> str:
    plain = _plain(cell)
    return next((name for name, words in HEADS.items() if plain in words), "")


def _row(line: int, cells: Mapping[str, str], names: Mapping[str, str], spelt: dict[str, str]) -> Count | CountProblem:
    """One row, or the first thing that is wrong with it. `spelt` remembers how an area was first written."""

    def wrong(column: str, key: str) -> CountProblem:
        return CountProblem(line, column, key, " ".join(cells.get(column, "").split())[:60])

    for column in NEEDED:
        if not cells.get(column):
            return wrong(column, "blank")
    indicator = names.get(_plain(cells["indicator"]), "")
    if not indicator:
        return wrong("indicator", "unknown_indicator")
    quarter = quarters.parse(cells["period"])
    if quarter is None:
        return wrong("period", "not_a_quarter")
    count, whole = _number(cells["count"]), _number(cells.get("whole", ""))
    if count is None:
        return wrong("count", "hidden" if _is_hidden(cells["count"]) else "not_whole")
    if cells.get("whole") and whole is None:
        return wrong("whole", "hidden" if _is_hidden(cells["whole"]) else "not_whole")
    if whole is not None and whole < count:
        return wrong("whole", "less_than_count")
    area = " ".join(cells.get("area", "").split())[:60]
    plain = _plain(area)
    return Count(line, indicator, quarter, "" if plain in TOGETHER else spelt.setdefault(plain, area), count, whole)


def _number(text: str) -> int | None:
    """A whole number, with or without commas between thousands, or None."""
    plain = re.sub(r"(?<=\d)[, ](?=\d{3}\b)", "", text.strip())
    found = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", plain)
    return int(found[1]) if found and int(found[1]) <= LARGEST else None


def _is_hidden(text: str) -> bool:
    return text.casefold() in HIDDEN or text.startswith("<")


def _beside_areas(counts: Sequence[Count]) -> Iterator[CountProblem]:
    """Rows for all areas together, of an indicator that has rows for areas too: adding both would count twice."""
    split = {row.indicator for row in counts if row.area}
    yield from (CountProblem(row.line, "area", "beside_areas", "") for row in counts if not row.area and row.indicator in split)


def _repeated(counts: Sequence[Count]) -> Iterator[CountProblem]:
    first: dict[tuple[str, int, str], int] = {}
    for row in counts:
        line = first.setdefault((row.indicator, row.quarter, row.area), row.line)
        if line != row.line:
            yield CountProblem(row.line, "period", "repeated", str(line))
