"""Check for drift: when the child was last seen, seen alone, better off and reviewed, and how often work began again. Which of these have
gone past the plan's own interval or a limit of this project's choosing, not validated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine import dates
from engine.charts import Text
from engine.reading import Definition, Refused, read_ids, read_object, read_rows, read_whole
from engine.tools.result import NOT_KNOWN, Given, Line, Problem, day, offered

SEEN, ALONE, CHANGE, REVIEW, NEXT = DATES = ("seen", "alone", "change", "review", "next")
TODAY, RESTARTS, INTERVAL = "today", "restarts", "interval"
INSTEAD, NEVER = "instead", "never"
MAY_BE_NEVER = (ALONE, CHANGE)
CUT_OFFS = {"change_days": 183, "restarts": 2}
MOST = {INTERVAL: 365, RESTARTS: 50}


@dataclass(frozen=True, slots=True)
class Tool:
    """The days without a change for the child, and the restarts, from which a flag is raised."""

    change_days: int
    restarts: int


@dataclass(frozen=True, slots=True)
class Result:
    """The flags, the dates not known, and the keys and lines of the prepared texts."""

    flags: tuple[str, ...]
    gaps: tuple[str, ...]
    keys: tuple[str, ...]
    lines: tuple[Line, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `dates: [{id}]` and `cut_offs`. Raises Refused, also for a cut-off that finds less than this module's own."""
    if set(read_ids(read_rows(definition, "dates"), "dates")) != set(DATES):
        raise Refused(f"“dates” must hold {', '.join(DATES)}.")
    given = read_object(definition.get("cut_offs", {}), "cut-offs")
    found = {name: read_whole(given, name, 1, usual, usual) for name, usual in CUT_OFFS.items()}
    return Tool(found["change_days"], found["restarts"])


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return what is missing, no date or no number. `today` comes with the form. Raises Refused for what the form does not offer."""
    instead = {f"{name}-{INSTEAD}": (NOT_KNOWN, *((NEVER,) if name in MAY_BE_NEVER else ())) for name in DATES}
    offered({name: values for name, values in given.responses.items() if name not in (*DATES, TODAY, RESTARTS, INTERVAL)}, instead)
    if dates.parse(given.one(TODAY)) is None:
        raise Refused("The form must come with the day it is filled in on.", "bad_responses")
    return tuple(_problems(given))


def _problems(given: Given) -> Iterator[Problem]:
    today = dates.parse(given.one(TODAY))
    for name in DATES:
        text = given.one(name).strip()
        found = dates.parse(text)
        if bool(text) == bool(_instead(given, name)):
            yield Problem(name, "both" if text else "unanswered")
        elif text and found is None:
            yield Problem(name, "not_a_date")
        elif text and name != NEXT and found and today and found > today:
            yield Problem(name, "in_the_future")
    for name, most in MOST.items():
        text = given.one(name).strip()
        if not text:
            yield Problem(name, "unanswered")
        elif not (text.isascii() and text.isdigit() and int(text) <= most) or (name == INTERVAL and int(text) < 1):
            yield Problem(name, "not_a_number")


def score(tool: Tool, given: Given) -> Result:
    """Return what has drifted. `given` has no problems."""
    found = {name: dates.parse(given.one(name)) for name in DATES}
    today = dates.parse(given.one(TODAY))
    assert today
    gaps = tuple(name for name in DATES if _instead(given, name) == NOT_KNOWN)
    flags = tuple(_flags(tool, given, found, today))
    keys = [*(f"flag:{flag}" for flag in flags), *(() if flags else ("no-flag",)), *(f"gap:{name}" for name in gaps)]
    keys += [f"never:{name}" for name in MAY_BE_NEVER if _instead(given, name) == NEVER]
    return Result(flags, gaps, tuple(keys), tuple(_lines(found, today)))


def _instead(given: Given, name: str) -> str:
    """What is said instead of a date: `not-known`, `never`, or nothing."""
    return given.one(f"{name}-{INSTEAD}")


def _flags(tool: Tool, given: Given, found: dict[str, date | None], today: date) -> Iterator[str]:
    interval = int(given.one(INTERVAL))
    ago = {name: (today - when).days for name, when in found.items() if when}
    if ago.get(SEEN, 0) > interval:
        yield "past-interval"
    if ago.get(ALONE, 0) > interval or _instead(given, ALONE) == NEVER:
        yield "alone-past-interval"
    if ago.get(CHANGE, 0) > tool.change_days or _instead(given, CHANGE) == NEVER:
        yield "no-change"
    if ago.get(NEXT, 0) > 0:
        yield "review-overdue"
    if int(given.one(RESTARTS)) >= tool.restarts:
        yield "restarts"
    if any(_instead(given, name) == NOT_KNOWN for name in DATES):
        yield "not-known"


def _lines(found: dict[str, date | None], today: date) -> Iterator[Line]:
    for name, when in found.items():
        if when:
            days = (today - when).days
            key = "today" if days == 0 else f"{'one-day-' if abs(days) == 1 else ''}{'ahead' if days < 0 else 'ago'}"
            yield Line(key, {"what": Text(f"date:{name}"), "day": day(when), "days": Text(text=str(abs(days)))})
