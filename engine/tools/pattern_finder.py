"""The pattern finder: rows of a chronology, each a day, a need, a kind, an effect on the child and whose account it is. Which patterns they
hold. Windows and counts are this project's design choice, not validated; no flag does not mean no pattern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine import dates
from engine.charts import Drawing, Text
from engine.reading import Definition, Refused, Responses, read_ids, read_object, read_rows, read_whole
from engine.tools import tables, timeline
from engine.tools.chronology import CONCERN, CONTACT, IMPROVEMENT, Pattern, Result, Row
from engine.tools.result import GRADES, Given, Line, Problem, day
from engine.tools.windows import spread, together

REVIEW = "review"
CHILD = "child"
WINDOWS = {"days": 365, "repeating": 3, "spreading": 3, "relapse": 183, "cycles": 2, "gap": 183}
STRICTER = {"days": 1, "repeating": -1, "spreading": -1, "relapse": 1, "cycles": -1, "gap": -1}
"""Which way a window may be moved by a partnership: a longer window and a lower count find more."""


@dataclass(frozen=True, slots=True)
class Tool:
    """The needs, kinds and sources there are, and the windows in days and counts."""

    needs: tuple[str, ...]
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    windows: dict[str, int]


def read(definition: Definition) -> Tool:
    """Return the tool from `needs`, `kinds` and `sources` (`[{id}]`) and `windows`. Raises Refused, also for a window that finds less than
    this module's own."""
    needs, kinds, sources = (read_ids(read_rows(definition, key), key) for key in ("needs", "kinds", "sources"))
    if not {CONCERN, IMPROVEMENT, CONTACT} <= set(kinds) or CHILD not in sources:
        raise Refused("“kinds” must hold concern, improvement and contact, and “sources” the child.")
    return Tool(needs, kinds, sources, read_windows(definition, WINDOWS, STRICTER))


def read_windows(definition: Definition, own: dict[str, int], stricter: dict[str, int]) -> dict[str, int]:
    """Return the windows of a definition, each as `own` has it or moved the way that finds more. Raises Refused."""
    given = read_object(definition.get("windows", {}), "windows")
    found = {name: read_whole(given, name, 1, 1_000, usual) for name, usual in own.items()}
    for name, usual in own.items():
        if (found[name] - usual) * stricter[name] < 0:
            least = "at least" if stricter[name] > 0 else "at most"
            raise Refused(f"“{name}” must be {least} {usual}: a window may find more, never less.")
    return found


def columns(tool: Tool) -> dict[str, tuple[str, ...]]:
    """The columns of the table but the date, and what each offers."""
    return {"need": tool.needs, "kind": tool.kinds, "effect": GRADES, "source": tool.sources}


def may_stay_blank(row: Responses) -> tuple[str, ...]:
    """Only a concern has to say what it meant for the child."""
    return ("effect",) if row.get("kind", ())[:1] in ((IMPROVEMENT,), (CONTACT,)) else ()


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return what is missing or is no date, in the rows and the review date. Raises Refused for what the form does not offer."""
    if not given.responses.keys() <= {REVIEW}:
        raise Refused("The responses hold something this form does not offer.", "bad_responses")
    late = tables.later(given.rows, dates.parse(given.one(REVIEW)), "after_review")
    found = [*tables.problems(given.rows, columns(tool), may_stay_blank), *late]
    if all(map(tables.is_blank, given.rows)):
        found.append(Problem("rows", "nothing"))
    if not given.one(REVIEW).strip():
        found.append(Problem(REVIEW, "unanswered"))
    elif dates.parse(given.one(REVIEW)) is None:
        found.append(Problem(REVIEW, "not_a_date"))
    return tuple(found)


def score(tool: Tool, given: Given) -> Result:
    """Return the patterns in the rows, whatever their order in the form. `given` has no problems."""
    filled = [_row(row) for row in given.rows if not tables.is_blank(row)]
    rows = tuple(sorted(filled, key=lambda row: (row.when, row.need, row.kind, row.effect or 0, row.source)))
    review = dates.parse(given.one(REVIEW)) or rows[-1].when
    patterns = tuple(_patterns(tool, rows, review))
    keys = dict.fromkeys([f"flag:{pattern.flag}" for pattern in patterns] or ["no-flag"])
    return Result(rows, review, patterns, tuple(keys), tuple(map(_line, patterns)))


def draw(result: Result, width: int) -> dict[str, Drawing]:
    """Return the rows as a timeline."""
    return timeline.draw(result, width)


def _row(row: Responses) -> Row:
    when = tables.read_day(row)
    assert when
    effect = next((int(value) for value in row.get("effect", ()) if value), None)
    return Row(when, row["need"][0], row["kind"][0], effect, row["source"][0])


def _when(row: Row) -> date:
    return row.when


def _patterns(tool: Tool, rows: Sequence[Row], review: date) -> Iterator[Pattern]:
    concerns = [row for row in rows if row.counts]
    windows = tool.windows
    for need in tool.needs:
        run = together([row for row in concerns if row.need == need], _when, windows["days"], windows["repeating"])
        if run:
            yield Pattern("repeating", need, tuple(run), len(run))
    run = spread(concerns, _when, lambda row: row.need, windows["days"], windows["spreading"])
    if run:
        yield Pattern("spreading", "", tuple(run), len({row.need for row in run}))
    for need in tool.needs:
        cycles = list(_cycles([row for row in rows if row.need == need], windows["relapse"]))
        if len(cycles) >= windows["cycles"]:
            yield Pattern("slipping-back", need, tuple(row for cycle in cycles for row in cycle), len(cycles))
    serious = tuple(row for row in rows if row.effect == 3)
    if serious:
        yield Pattern("serious", "", serious, len(serious))
    sources = {row.source for row in concerns}
    if len(concerns) > 1 and len(sources) == 1:
        yield Pattern("one-agency", sources.pop(), tuple(concerns), len(concerns))
    if all(row.source != CHILD for row in rows):
        yield Pattern("no-child-voice", "", (), 0)
    yield from _gaps(rows, review, windows["gap"])


def _cycles(rows: Sequence[Row], days: int) -> Iterator[tuple[Row, Row]]:
    """Each improvement with the first concern of the same need that follows it within `days`."""
    for at, row in enumerate(rows):
        if row.kind != IMPROVEMENT:
            continue
        back = next((later for later in rows[at + 1 :] if later.counts and (later.when - row.when).days <= days), None)
        before = next((later for later in rows[at + 1 :] if later.kind == IMPROVEMENT), None)
        if back and (before is None or before.when >= back.when):
            yield row, back


def _gaps(rows: Sequence[Row], review: date, days: int) -> Iterator[Pattern]:
    """Each time that more than `days` pass after a concern with no row at all, up to the next row or the review."""
    ends = [*(row.when for row in rows[1:]), review]
    for row, end in zip(rows, ends, strict=True):
        same_day = any(other.counts and other.when == row.when for other in rows)
        if same_day and (end - row.when).days > days:
            yield Pattern("quiet-gap", end.isoformat(), (row,), (end - row.when).days)


def _line(pattern: Pattern) -> Line:
    about = "need" if pattern.flag in ("repeating", "slipping-back") else "source"
    slots = {"count": Text(text=str(pattern.count))}
    if pattern.rows:
        slots |= {"from": day(pattern.rows[0].when), "to": day(pattern.rows[-1].when)}
    if pattern.flag == "quiet-gap":
        slots["to"] = Text(day=pattern.about)
    elif pattern.about:
        slots[about] = Text(f"{about}:{pattern.about}")
    return Line(pattern.flag, slots)


