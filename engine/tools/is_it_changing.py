"""Is it changing for the child? One to eight agreed changes, each with how far it is done, how that is known and what it did for the child.
The status of each and of the whole plan, which is its worst. Twelve weeks is this project's design choice, not evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.charts import Text
from engine.reading import Definition, Refused, Responses, read_ids, read_rows, read_whole
from engine.tools.result import NOT_KNOWN, Given, Line, Problem, offered

ORDER = ("worse", "not-started", "not-known", "no-difference", "part-done", "reported", "effect-not-known", "early", "kept-up")
"""The statuses, the worst first."""
ATTENDS, GETS = "attends", "gets"
DONE = ("no", "partly", "yes", NOT_KNOWN)
EFFECTS = ("better", "same", "worse", NOT_KNOWN)
CARER, DELAY, CONTROL = "carer", "delay", "control"
COLUMNS = ("type", "done", "known", "effect", "weeks", "barriers")
MOST, WEEKS, MOST_WEEKS = 8, 12, 520


@dataclass(frozen=True, slots=True)
class Tool:
    """How a change may be known, what may stand in its way, and the weeks from which it counts as kept up."""

    known: tuple[str, ...]
    barriers: tuple[str, ...]
    weeks: int


@dataclass(frozen=True, slots=True)
class Change:
    """One agreed change: its place in the form (from 1), its sort, its status, and what stands in its way."""

    place: int
    type: str
    status: str
    barriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Each change, the status of the plan, the flags, and the keys and lines of the prepared texts."""

    changes: tuple[Change, ...]
    plan: str
    flags: tuple[str, ...]
    keys: tuple[str, ...]
    lines: tuple[Line, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `known` and `barriers` (`[{id}]`) and `weeks` (12 or more). Raises Refused."""
    known, barriers = (read_ids(read_rows(definition, key), key) for key in ("known", "barriers"))
    if CARER not in known or not {DELAY, CONTROL} <= set(barriers):
        raise Refused(f"“known” must hold {CARER}, and “barriers” {CONTROL} and {DELAY}.")
    return Tool(known, barriers, read_whole(definition, "weeks", WEEKS, MOST_WEEKS, WEEKS))


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return what is missing or no number of weeks. Raises Refused for what the form does not offer and for more than eight changes."""
    rows = _filled(given)
    if len(rows) > MOST or given.responses:
        raise Refused(f"The form holds at most {MOST} changes and nothing else.", "bad_responses")
    found = [] if rows else [Problem("rows", "nothing")]
    allowed = {"type": (ATTENDS, GETS), "done": DONE, "known": tool.known, "effect": EFFECTS, "barriers": tool.barriers}
    for number, row in rows:
        offered({name: values for name, values in row.items() if name != "weeks"}, allowed, ("known", "barriers"))
        found += [Problem(name, "unanswered", number) for name in ("type", "done", "effect") if not any(row.get(name, ()))]
        if _weeks(row) is None:
            found.append(Problem("weeks", "not_a_number", number))
    return tuple(found)


def score(tool: Tool, given: Given) -> Result:
    """Return the status of each change and of the plan. `given` has no problems."""
    rows = [row for _, row in _filled(given)]
    changes = tuple(Change(place, row["type"][0], _status(tool, row), _values(row, "barriers")) for place, row in enumerate(rows, 1))
    plan = min((change.status for change in changes), key=ORDER.index)
    flags = tuple(_flags(rows))
    barriers = dict.fromkeys(barrier for change in changes for barrier in change.barriers)
    keys = [f"plan:{plan}", *(f"flag:{flag}" for flag in flags), *(() if flags else ("no-flag",))]
    keys += [*dict.fromkeys(f"status:{change.status}" for change in changes), *(f"barrier:{name}" for name in barriers)]
    return Result(changes, plan, flags, (*keys, *(["barriers"] if barriers else [])), tuple(map(_line, changes)))


def _line(change: Change) -> Line:
    words = {"type": Text(f"type:{change.type}"), "status": Text(f"status:{change.status}")}
    return Line("change", {"place": Text(text=str(change.place)), **words})


def _filled(given: Given) -> list[tuple[int, Responses]]:
    return [(number, row) for number, row in enumerate(given.rows) if any(value for values in row.values() for value in values)]


def _values(row: Responses, name: str) -> tuple[str, ...]:
    return tuple(value for value in row.get(name, ()) if value)


def _status(tool: Tool, row: Responses) -> str:
    """The first that fits."""
    done, effect = row["done"][0], row["effect"][0]
    if effect == "worse":
        return "worse"
    if done != "yes":
        return {NOT_KNOWN: "not-known", "no": "not-started", "partly": "part-done"}[done]
    if set(_values(row, "known")) <= {CARER}:
        return "reported"
    if effect != "better":
        return {NOT_KNOWN: "effect-not-known", "same": "no-difference"}[effect]
    return "kept-up" if (_weeks(row) or 0) >= tool.weeks else "early"


def _weeks(row: Responses) -> int | None:
    """Weeks kept up: none where it is blank, None where it is no whole number."""
    text = next(iter(row.get("weeks", ())), "").strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST_WEEKS else None


def _flags(rows: Sequence[Responses]) -> Iterator[str]:
    done = [row for row in rows if row["done"][0] == "yes"]
    if done and all(row["type"][0] == ATTENDS and row["effect"][0] != "better" for row in done):
        yield "activity-without-change"
    if any(CONTROL in _values(row, "barriers") for row in rows):
        yield "someone-afraid"
    if any(DELAY in _values(row, "barriers") for row in rows):
        yield "our-delay"
