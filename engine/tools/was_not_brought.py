"""Was not brought: rows of appointments, each a day, how important a health practitioner said it was, and what became of it; and, if
wanted, school sessions. Which flags they raise. Windows and counts are this project's design choice, not validated; persistent and severe
absence are the Department for Education's terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from engine import dates
from engine.charts import Text
from engine.reading import Definition, Refused, Responses, read_ids, read_number, read_object, read_rows
from engine.tools import tables
from engine.tools.result import NOT_KNOWN, Given, Line, Problem, day
from engine.tools.windows import together

IMPORTANT, CRITICAL = "important", "critical"
BROUGHT, MOVED = "brought", "moved"
MISSED = ("not-brought", "cancelled")
OUTCOMES = (BROUGHT, *MISSED, MOVED, "service")
POSSIBLE, MISSED_SESSIONS, TODAY = "sessions-possible", "sessions-missed", "today"
MOST_SESSIONS = 2_000
WINDOWS = {"days": 365, "missed": 3, "moved": 3, "persistent": 0.1, "severe": 0.5}
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Tool:
    """How important an appointment may be, what may become of it, and the windows."""

    importance: tuple[str, ...]
    outcomes: tuple[str, ...]
    windows: dict[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One appointment."""

    when: date
    importance: str
    outcome: str

    @property
    def missed(self) -> bool:
        """Whether the child went without it, and nobody made another time."""
        return self.outcome in MISSED


@dataclass(frozen=True, slots=True)
class Result:
    """The appointments in the order of their days; how many were missed of how many possible, always shown together; the flags; and the
    keys and lines of the prepared texts."""

    rows: tuple[Row, ...]
    missed: int
    possible: int
    flags: tuple[str, ...]
    keys: tuple[str, ...]
    lines: tuple[Line, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `importance` and `outcomes` (`[{id}]`) and `windows`. Raises Refused, also for a window that finds less than
    this module's own."""
    importance, outcomes = (read_ids(read_rows(definition, key), key) for key in ("importance", "outcomes"))
    if set(importance) != {"routine", IMPORTANT, CRITICAL, NOT_KNOWN} or set(outcomes) != set(OUTCOMES):
        raise Refused("“importance” and “outcomes” must hold the four and the five that the rule knows.")
    given = read_object(definition.get("windows", {}), "windows")
    windows = {name: read_number(given, name, usual) for name, usual in WINDOWS.items()}
    if windows["days"] < WINDOWS["days"] or any(not 0 < windows[name] <= WINDOWS[name] for name in WINDOWS if name != "days"):
        raise Refused("A window may find more than the usual one, never less.")
    return Tool(importance, outcomes, windows)


def columns(tool: Tool) -> dict[str, tuple[str, ...]]:
    """The columns of the table but the date, and what each offers."""
    return {"importance": tool.importance, "outcome": tool.outcomes}


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return what is missing, no date or no number. Raises Refused for what the form does not offer."""
    if not given.responses.keys() <= {POSSIBLE, MISSED_SESSIONS, TODAY}:
        raise Refused("The responses hold something this form does not offer.", "bad_responses")
    late = tables.later(given.rows, dates.parse(given.one(TODAY)), "in_the_future")
    found = [*tables.problems(given.rows, columns(tool)), *late]
    written = {name: given.one(name).strip() for name in (POSSIBLE, MISSED_SESSIONS)}
    if any(written.values()):
        found += [Problem(name, "unanswered") for name, text in written.items() if not text]
        found += [Problem(name, "not_a_number") for name, text in written.items() if text and _whole(text) is None]
        numbers = [_whole(text) for text in written.values()]
        if numbers[0] == 0:
            found.append(Problem(POSSIBLE, "none_possible"))
        elif None not in numbers and (numbers[1] or 0) > (numbers[0] or 0):
            found.append(Problem(MISSED_SESSIONS, "more_than_possible"))
    elif all(map(tables.is_blank, given.rows)):
        found.append(Problem("rows", "nothing"))
    return tuple(found)


def score(tool: Tool, given: Given) -> Result:
    """Return what the appointments show, whatever their order in the form. `given` has no problems."""
    filled = [_row(row) for row in given.rows if not tables.is_blank(row)]
    rows = tuple(sorted(filled, key=lambda row: (row.when, row.importance, row.outcome)))
    missed = sum(row.missed for row in rows)
    possible = missed + sum(row.outcome == BROUGHT for row in rows)
    flags = tuple(dict.fromkeys([*_flags(tool, rows), *_school(tool, given)]))
    keys = [f"flag:{flag}" for flag in flags] or ["no-flag"]
    keys += [] if possible or not rows else ["none-possible"]
    lines = [Line("missed", {"missed": Text(text=str(missed)), "possible": Text(text=str(possible))})] if possible else []
    if given.one(POSSIBLE).strip():
        sessions = {"missed": Text(text=given.one(MISSED_SESSIONS).strip()), "possible": Text(text=given.one(POSSIBLE).strip())}
        lines.append(Line("sessions", sessions))
    lines += [_line(row) for row in rows if row.missed]
    return Result(rows, missed, possible, flags, tuple(keys), tuple(lines))


def _row(row: Responses) -> Row:
    when = tables.read_day(row)
    assert when
    return Row(when, row["importance"][0], row["outcome"][0])


def _when(row: Row) -> date:
    return row.when


def _flags(tool: Tool, rows: Sequence[Row]) -> Iterator[str]:
    days = int(tool.windows["days"])
    missed = [row for row in rows if row.missed]
    if any(row.importance == CRITICAL for row in missed):
        yield "critical-missed"
    kept = [row for row in rows if row.importance == IMPORTANT and (row.missed or row.outcome == BROUGHT)]
    if any(one.missed and other.missed for one, other in pairwise(kept)):
        yield "two-in-a-row"
    if together(missed, _when, days, int(tool.windows["missed"])):
        yield "three-in-a-year"
    if any(row.importance == NOT_KNOWN for row in missed):
        yield "importance-unknown"
    if together([row for row in rows if row.outcome == MOVED], _when, days, int(tool.windows["moved"])):
        yield "kept-moving"


def _school(tool: Tool, given: Given) -> Iterator[str]:
    possible, missed = _whole(given.one(POSSIBLE).strip()), _whole(given.one(MISSED_SESSIONS).strip())
    if not possible or missed is None:
        return
    for term in ("severe", "persistent"):
        if missed >= tool.windows[term] * possible - NEAR:
            yield f"{term}-absence"
            return


def _whole(text: str) -> int | None:
    """A whole number of sessions as people type it, or None."""
    return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST_SESSIONS else None


def _line(row: Row) -> Line:
    words = {name: Text(f"{name}:{getattr(row, name)}") for name in ("importance", "outcome")}
    return Line("missed-one", {"day": day(row.when), **words})
