"""The home check: nine hazards and eight conditions of one home, by what they mean for the youngest or most vulnerable child. What one
visit shows, and what several do. The worst answer counts, nothing is added up, and not seen is never good; where each band turns is this
project's design choice, not validated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from engine.charts import Drawing, Text, draw_visits
from engine.reading import Definition, Refused, read_ids, read_number, read_object, read_rows, read_texts
from engine.tools.result import GRADES, Given, Line, Problem, blank, offered

Band: TypeAlias = Literal["serious", "widespread", "some", "slight", "not-enough", "nothing"]

STAGE, NOT_SEEN, YES, NO = "stage", "not-seen", "yes", "no"
WIDESPREAD, UNSEEN = 3, 0.2  # twos that are widespread; the share of all items not seen from which too little was
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Tool:
    """The stages; the hazards, each with the stages it matters for most; the conditions; and the two cut-offs."""

    stages: tuple[str, ...]
    hazards: Mapping[str, tuple[str, ...]]
    conditions: tuple[str, ...]
    widespread: int
    unseen: float


@dataclass(frozen=True, slots=True)
class Result:
    """The hazards seen; those for this child's stage that nobody saw; the band of the conditions and whether it is at least that; each
    condition with an effect, and its grade; everything not seen; and the keys of the prepared texts."""

    hazards: tuple[str, ...]
    find_out: tuple[str, ...]
    band: Band
    at_least: bool
    found: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Over visits, the earliest first: the items that slipped back, those worse and those better than at the first visit, in words."""

    slipped_back: tuple[str, ...]
    lines: tuple[Line, ...]
    keys: tuple[str, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `stages`, `hazards: [{id, stages}]`, `conditions: [{id}]` and `cut_offs`. Raises Refused, also for a cut-off
    weaker than this module's own."""
    stages = read_ids(read_rows(definition, "stages"), "stages")
    rows = read_rows(definition, "hazards")
    hazards = dict(zip(read_ids(rows, "hazards", 1), (read_texts(row, "stages") for row in rows), strict=True))
    conditions = read_ids(read_rows(definition, "conditions"), "conditions", 1)
    if len({STAGE, *hazards, *conditions}) < 1 + len(hazards) + len(conditions):
        raise Refused(f"Hazards and conditions must differ in their ids, and from “{STAGE}”.")
    if not {stage for known in hazards.values() for stage in known} <= set(stages):
        raise Refused("The stages of a hazard must be among the stages.")
    cut_offs = read_object(definition.get("cut_offs", {}), "cut-offs")
    widespread, unseen = read_number(cut_offs, "widespread", WIDESPREAD), read_number(cut_offs, "unseen", UNSEEN)
    if widespread not in range(1, WIDESPREAD + 1) or not 0 <= unseen <= UNSEEN:
        raise Refused(f"“widespread” must be 1 to {WIDESPREAD} and “unseen” 0 to {UNSEEN}: a cut-off may be stricter, never weaker.")
    return Tool(stages, hazards, conditions, int(widespread), unseen)


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return what has no answer yet. Raises Refused for a name or a value the form does not offer."""
    hazards = dict.fromkeys(tool.hazards, (YES, NO, NOT_SEEN))
    conditions = dict.fromkeys(tool.conditions, (*GRADES, NOT_SEEN))
    offered(given.responses, {STAGE: tool.stages, **hazards, **conditions})
    return blank(given, (STAGE, *tool.hazards, *tool.conditions))


def score(tool: Tool, given: Given) -> Result:
    """Return what one visit shows. `given` has an answer everywhere. No total, mean or percentage."""
    hazards = tuple(item for item in tool.hazards if given.one(item) == YES)
    gaps = tuple(item for item in (*tool.hazards, *tool.conditions) if given.one(item) == NOT_SEEN)
    stage = given.one(STAGE)
    find_out = tuple(item for item in gaps if item in tool.hazards and stage in tool.hazards[item])
    unseen = len(gaps) > tool.unseen * (len(tool.hazards) + len(tool.conditions)) + NEAR
    grades = [int(given.one(item)) for item in tool.conditions if given.one(item) in GRADES]
    band = _band(tool, grades, unseen)
    found = tuple((item, given.one(item)) for item in tool.conditions if given.one(item) in GRADES[1:])
    at_least = unseen and band in ("some", "slight")
    named = tuple(item for item in gaps if item not in find_out)
    return Result(hazards, find_out, band, at_least, found, gaps, _keys(hazards, find_out, band, at_least, found, named))


def compare(tool: Tool, visits: Sequence[tuple[str, Given]]) -> Change:
    """Return what changed over visits `(day, form)`, the earliest first. An item slipped back when it got better and then worse again. It
    is better or worse only where it was seen at the first and the last visit; grave and not seen at first, it is new."""
    lines = []
    slipped = []
    for item in (*tool.hazards, *tool.conditions):
        levels = [level for _, given in visits if (level := _level(tool, item, given)) is not None]
        falls = [now < was for was, now in pairwise(levels)]
        rises = [now > was for was, now in pairwise(levels)]
        if any(fell and any(rises[at + 1 :]) for at, fell in enumerate(falls)):
            slipped.append(item)
            lines.append(Line("slipped-back", {"item": Text(f"item:{item}")}))
        first, last = (_level(tool, item, given) for _, given in (visits[0], visits[-1]))
        key = _name_change(item in tool.hazards, first, last)
        lines += [Line(key, {"item": Text(f"item:{item}")})] if key else []
    days = tuple(Line("visit", {"day": Text(day=when)}) for when, _ in visits)
    return Change(tuple(slipped), (*days, *lines), tuple(dict.fromkeys(line.key for line in lines)) or ("no-change",))


def _name_change(hazard: bool, first: int | None, last: int | None) -> str:
    """The line an item belongs to, "" for none: its grade at the first and the last visit, 1 for a hazard that was there."""
    gravest = 1 if hazard else 3
    if last == gravest and first is None:
        return "new"
    if first is None or last is None:
        return "" if first is None and last is None else "unseen"
    if first == last:
        return ""
    return ("hazard-" if hazard else "") + ("worse" if last > first else "better")


def draw_change(tool: Tool, visits: Sequence[tuple[str, Given]], width: int) -> dict[str, Drawing]:
    """Return each condition's grade at every visit, side by side."""
    rows = [(Text(f"item:{item}"), [_level(tool, item, given) for _, given in visits]) for item in tool.conditions]
    return {"visits": draw_visits([when for when, _ in visits], rows, width)}


def _level(tool: Tool, item: str, given: Given) -> int | None:
    answer = given.one(item)
    if item in tool.hazards:
        return {YES: 1, NO: 0}.get(answer)
    return int(answer) if answer in GRADES else None


def _band(tool: Tool, grades: Sequence[int], unseen: bool) -> Band:
    """The first that fits."""
    if 3 in grades:
        return "serious"
    if grades.count(2) >= tool.widespread:
        return "widespread"
    if 2 in grades:
        return "some"
    if 1 in grades:
        return "slight"
    return "not-enough" if unseen else "nothing"


def _keys(
    hazards: Sequence[str], find_out: Sequence[str], band: Band, at_least: bool, found: Sequence[tuple[str, str]], gaps: Sequence[str]
) -> tuple[str, ...]:
    return (
        *(("hazard-now",) if hazards else ("no-hazard",)),
        *(f"hazard:{item}" for item in hazards),
        *(("find-out",) if find_out else ()),
        *(f"find-out:{item}" for item in find_out),
        f"band:{band}",
        *(("at-least",) if at_least else ()),
        *(f"found:{grade}:{item}" for item, grade in found),
        *(("gaps",) if gaps else () if find_out else ("no-gaps",)),
        *(f"gap:{item}" for item in gaps),
    )

