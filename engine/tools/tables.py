"""Rows of a tool's table, filled in by hand or pasted from a spreadsheet: reading them, and saying of each row what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine import dates, spreadsheet
from engine.reading import Refused, Responses
from engine.tools.result import MOST_ROWS, Problem

DATE = "date"
HEADS = {
    "when": "date", "day": "date", "area": "need", "type": "kind", "impact": "effect", "severity": "effect", "agency": "source",
    "who": "source", "result": "outcome", "attendance": "outcome", "priority": "importance", "urgency": "importance",
}  # fmt: skip
"""Other names of columns that people use."""

Offered = Mapping[str, Mapping[str, Sequence[str]]]
"""For each column but the date: what the form offers, and the words people write for it."""
Optional = Callable[[Responses], Sequence[str]]
"""The columns that may stay blank in a row, by what else it holds."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read from pasted text: the rows that are good, the rows that are not with why, the columns left unread, and a text of the
    bad rows to mend and paste again, with the columns that are read alone."""

    rows: tuple[Mapping[str, tuple[str, ...]], ...]
    problems: tuple[PastedProblem, ...]
    dropped: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class PastedProblem:
    """One row that cannot be used: its number in what was pasted (from 1), the column, why, and what was found."""

    row: int
    column: str
    key: str
    found: str


def read_day(row: Responses) -> date | None:
    """The day of a row, None where it has none or it cannot be read."""
    return dates.parse(next(iter(row.get(DATE, ())), ""))


def is_blank(row: Responses) -> bool:
    """Whether nothing is filled in: such a row is passed over."""
    return not any(value.strip() for values in row.values() for value in values)


def _nothing(row: Responses) -> tuple[str, ...]:
    return ()


def problems(rows: Sequence[Responses], offered: Mapping[str, Sequence[str]], optional: Optional = _nothing) -> Iterator[Problem]:
    """What is wrong with the rows that are not blank. Raises Refused for a column or a value that the form does not offer."""
    for number, row in enumerate(rows):
        if is_blank(row):
            continue
        for name, values in row.items():
            if name != DATE and (name not in offered or not {*values} <= {"", *offered[name]}):
                raise Refused("The rows hold something this form does not offer.", "bad_responses")
        written = next(iter(row.get(DATE, ())), "").strip()
        if not written:
            yield Problem(DATE, "unanswered", number)
        elif dates.parse(written) is None:
            yield Problem(DATE, "not_a_date", number)
        yield from (Problem(name, "unanswered", number) for name in offered if name not in optional(row) and not any(row.get(name, ())))


def later(rows: Sequence[Responses], bound: date | None, key: str) -> Iterator[Problem]:
    """A problem for each row of after `bound`: it would fall out of every window unseen."""
    days = ((number, read_day(row)) for number, row in enumerate(rows))
    return (Problem(DATE, key, number) for number, when in days if bound and when and when > bound)


def read_pasted(text: str, offered: Offered, optional: Optional = _nothing) -> Pasted:
    """Return the rows of text copied from a spreadsheet (tabs) or a CSV file: a line of headings, then a row a line.

    Only the date and the columns in `offered` are read; the names of the others are told and their cells are not looked at. Raises
    Refused under `no_heading` where there is no line of headings with a date, and `too_long` past the limits.
    """
    table = spreadsheet.read(text, lambda cell: _head(cell, offered), (DATE,), MOST_ROWS)
    found: list[Mapping[str, tuple[str, ...]]] = []
    wrong: list[PastedProblem] = []
    left: list[Sequence[str]] = []
    columns = (DATE, *offered)
    for number, (_, cells) in enumerate(table.rows, 2):
        row, complaints = _read_row(number, {name: cells.get(name, "") for name in columns}, offered, optional)
        wrong += complaints
        found += [] if complaints else [row]
        left += [[" ".join(cells.get(name, "").split()) for name in columns]] if complaints else []
    rest = "\n".join("\t".join(cells) for cells in [columns, *left]) if left else ""
    return Pasted(tuple(found), tuple(wrong), table.dropped, rest)


def _head(cell: str, offered: Offered) -> str:
    """The column that a heading means, "" for one that is not read."""
    words = cell.casefold().replace("_", " ").split()
    names = [HEADS.get(word, word) for word in words]
    return next((name for name in names if name == DATE or name in offered), "")


def _read_row(
    number: int, cells: Mapping[str, str], offered: Offered, optional: Optional
) -> tuple[Mapping[str, tuple[str, ...]], list[PastedProblem]]:
    values = {name: _read_day(text) if name == DATE else _match(text, offered[name]) for name, text in cells.items()}
    row = {name: (value,) for name, value in values.items() if value}
    may_be_blank = optional(row)
    wrong = []
    for name, text in cells.items():
        if name not in row and (text or name not in may_be_blank):
            key = "unanswered" if not text else "not_a_date" if name == DATE else "not_offered"
            wrong.append(PastedProblem(number, name, key, text[:60]))
    return row, wrong


def _read_day(text: str) -> str:
    found = dates.parse(text)
    return f"{found.day}/{found.month}/{found.year}" if found else ""


def _match(text: str, choices: Mapping[str, Sequence[str]]) -> str:
    """The choice that a cell means: by its id, by one of its words, or by their beginning."""
    plain = " ".join(text.casefold().replace("-", " ").split())
    for choice, words in choices.items():
        known = [word.casefold().replace("-", " ") for word in (choice, *words)]
        if plain and any(plain == word or (len(plain) >= 4 and word.startswith(plain)) for word in known):
            return choice
    return ""
