"""The care picture: seven areas of four items, graded by what the child experiences. What the tool is, what one set of
responses shows, and what changed between two. Every rule and cut-off is this project's design choice, not validated:
the worst answer is the area's grade, nothing is added up or averaged, and not known never counts as good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from engine.charts import Drawing, Text, draw_visits
from engine.reading import Definition, Refused, read_ids, read_number, read_object, read_rows, read_texts
from engine.tools.result import GRADES, NOT_KNOWN, Given, Line, Problem, blank, offered

Status: TypeAlias = Literal["graded", "at_least", "not_enough_known", "not_known", "does_not_apply"]
Prompt: TypeAlias = Literal["a", "b", "c", "d", "nothing"]
Direction: TypeAlias = Literal["worse", "better", "mixed", "same", "left_out"]
Answers: TypeAlias = Mapping[str, str]

AGE, CANNOT_TELL = "age", "cannot-tell"
DOES_NOT_APPLY = "does-not-apply"

COVERAGE, SERIOUS_ITEM, HIGH_AREA, SEVERAL_AREAS = 0.75, 3, 2, 3  # a tool may be more careful than these, never less
ALWAYS_VULNERABLE = frozenset({"unborn", "under-2"})
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Area:
    """An area's id and the ids of its items, in the author's order."""

    id: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """The areas, the age bands, those at which a child is always vulnerable, and the four cut-offs."""

    areas: tuple[Area, ...]
    ages: tuple[str, ...]
    vulnerable_ages: frozenset[str]
    coverage: float
    serious_item: int
    high_area: int
    several_areas: int


@dataclass(frozen=True, slots=True)
class AreaResult:
    """One area: its status, its grade 0 to 3 (None where none may be shown), and how many items are not known."""

    id: str
    status: Status
    grade: int | None
    not_known: int


@dataclass(frozen=True, slots=True)
class Result:
    """All areas in order, the items not known, the one prompt, and the keys of the prepared texts to show."""

    areas: tuple[AreaResult, ...]
    gaps: tuple[str, ...]
    prompt: Prompt
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One area: which way it went, and its grade each time."""

    id: str
    change: Direction
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """All areas in order, those left out because too little is known, and the keys of the prepared texts to show."""

    areas: tuple[AreaChange, ...]
    left_out: tuple[str, ...]
    keys: tuple[str, ...]
    lines: tuple[Line, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `areas: [{id, items: [{id}]}]`, `ages`, `vulnerable_ages` and `cut_offs`.

    Raises Refused for ids that repeat and for a cut-off or a list of vulnerable ages weaker than this module's own.
    """
    rows = read_rows(definition, "areas")
    ids = read_ids(rows, "areas", 1)
    items = [read_ids(read_rows(row, "items"), "items", 1) for row in rows]
    if len({*chain(*items), AGE, CANNOT_TELL}) < len([*chain(*items)]) + 2:
        raise Refused(f"item ids must differ from each other and from “{AGE}” and “{CANNOT_TELL}”.")
    ages = read_ids(read_rows(definition, "ages"), "ages")
    cut_offs = read_object(definition.get("cut_offs", {}), "cut-offs")
    return Tool(
        areas=tuple(Area(*pair) for pair in zip(ids, items, strict=True)),
        ages=ages,
        vulnerable_ages=_read_vulnerable(definition, ages),
        coverage=_read_coverage(cut_offs),
        serious_item=_read_limit(cut_offs, "serious_item", SERIOUS_ITEM),
        high_area=_read_limit(cut_offs, "high_area", HIGH_AREA),
        several_areas=_read_limit(cut_offs, "several_areas", SEVERAL_AREAS),
    )


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return what has no answer yet: `age` and items, in order. The tick may stay blank.

    Raises Refused under `bad_responses` for a name or a value the form does not offer.
    """
    items = dict.fromkeys(_items(tool), (*GRADES, NOT_KNOWN, DOES_NOT_APPLY))
    offered(given.responses, {AGE: tool.ages, CANNOT_TELL: ("yes",), **items})
    return blank(given, (AGE, *_items(tool)))


def score(tool: Tool, given: Given) -> Result:
    """Return the result of one filled-in form: `{item id: ("0".."3" | "not-known" | "does-not-apply",)}` and `age`.

    `given` has an answer everywhere. No total, mean or percentage.
    """
    answers = _answers(given)
    areas = tuple(_score_area(tool, area, answers) for area in tool.areas)
    gaps = tuple(item for item in _items(tool) if answers[item] == NOT_KNOWN)
    serious = tuple(item for item in _items(tool) if answers[item] in GRADES[tool.serious_item :])
    vulnerable = answers[AGE] in tool.vulnerable_ages or bool(given.one(CANNOT_TELL))
    prompt = _choose_prompt(tool, areas, vulnerable, bool(serious), bool(gaps))
    return Result(areas, gaps, prompt, tuple(_name_keys(areas, gaps, serious, prompt)))


def compare(tool: Tool, visits: Sequence[tuple[str, Given]]) -> Change:
    """Return which way each area went between the last two of `(day, form)`, the earliest first.

    Only areas known well enough both times are compared; the others are named in `left_out`.
    """
    was, now = (_answers(given) for _, given in visits[-2:])
    areas = tuple(_compare_area(tool, area, was, now) for area in tool.areas)
    left_out = tuple(area.id for area in areas if area.change == "left_out")
    keys = [f"change:{area.id}:{area.change}" for area in areas]
    first, last = (Text(day=when) for when, _ in visits[-2:])
    lines = (Line("compared", {"first": first, "last": last}),)
    return Change(areas, left_out, (*keys, "left-out" if left_out else "none-left-out"), lines)


def draw_change(tool: Tool, visits: Sequence[tuple[str, Given]], width: int) -> dict[str, Drawing]:
    """Return each area's grade at every visit, side by side; where none may be shown, the place is struck through."""
    results = [score(tool, given).areas for _, given in visits]
    rows = [(Text(f"area:{area.id}"), [areas[place].grade for areas in results]) for place, area in enumerate(tool.areas)]
    least = {(row, column) for column, areas in enumerate(results) for row, area in enumerate(areas) if area.status == "at_least"}
    return {"visits": draw_visits([when for when, _ in visits], rows, width, least)}


def _read_vulnerable(definition: Definition, ages: Sequence[str]) -> frozenset[str]:
    vulnerable = frozenset(read_texts(definition, "vulnerable_ages"))
    if not ALWAYS_VULNERABLE <= vulnerable <= frozenset(ages):
        raise Refused("“vulnerable_ages” must be among the ages and hold unborn and under-2.")
    return vulnerable


def _read_coverage(cut_offs: Definition) -> float:
    coverage = read_number(cut_offs, "coverage", COVERAGE)
    if not COVERAGE <= coverage <= 1:
        raise Refused(f"“coverage” must be from {COVERAGE} to 1.")
    return coverage


def _read_limit(cut_offs: Definition, key: str, loosest: int) -> int:
    limit = read_number(cut_offs, key, loosest)
    if limit not in range(1, loosest + 1):
        raise Refused(f"“{key}” must be a whole number from 1 to {loosest}.")
    return int(limit)


def _answers(given: Given) -> Answers:
    return {name: values[0] for name, values in given.responses.items() if any(values)}


def _items(tool: Tool) -> tuple[str, ...]:
    return tuple(chain(*(area.items for area in tool.areas)))


def _grades(area: Area, given: Answers) -> list[int]:
    return [int(given[item]) for item in area.items if given[item] in GRADES]


def _is_covered(tool: Tool, answered: int, not_known: int) -> bool:
    return answered > 0 and answered >= tool.coverage * (answered + not_known) - NEAR


def _score_area(tool: Tool, area: Area, given: Answers) -> AreaResult:
    grades = _grades(area, given)
    not_known = [given[item] for item in area.items].count(NOT_KNOWN)
    if not grades:
        return AreaResult(area.id, "not_known" if not_known else "does_not_apply", None, not_known)
    if max(grades) > 1 or _is_covered(tool, len(grades), not_known):
        return AreaResult(area.id, "graded", max(grades), not_known)
    if max(grades) == 1:
        return AreaResult(area.id, "at_least", 1, not_known)
    return AreaResult(area.id, "not_enough_known", None, not_known)


def _choose_prompt(tool: Tool, areas: Sequence[AreaResult], vulnerable: bool, serious: bool, gaps: bool) -> Prompt:
    grades = [area.grade for area in areas if area.grade is not None]
    high = any(grade >= tool.high_area for grade in grades)
    concerns = sum(grade >= 1 for grade in grades)
    if serious or (high and vulnerable):
        return "a"
    if high or concerns >= tool.several_areas:
        return "b"
    if concerns or gaps:
        return "c"
    return "d" if grades else "nothing"


def _name_keys(areas: Sequence[AreaResult], gaps: Sequence[str], serious: Sequence[str], prompt: str) -> Iterator[str]:
    yield f"prompt:{prompt}"
    for area in areas:
        yield f"area:{area.id}:{area.status}"
        if area.grade is not None:
            yield f"area:{area.id}:{area.status}:{area.grade}"
    yield from (f"gap:{item}" for item in gaps)
    if gaps or prompt != "nothing":
        yield "gaps" if gaps else "no-gaps"
    yield from (f"serious:{item}" for item in serious)
    if serious:
        yield "serious"
    yield from (f"supervision:{area.id}" for area in areas if area.grade or area.not_known)


def _compare_area(tool: Tool, area: Area, was: Answers, now: Answers) -> AreaChange:
    first, second = _score_area(tool, area, was), _score_area(tool, area, now)
    known = all(
        _is_covered(tool, len(_grades(area, given)), result.not_known)
        for given, result in ((was, first), (now, second))
    )
    change = _name_change(area, was, now) if known else "left_out"
    return AreaChange(area.id, change, first.grade, second.grade)


def _name_change(area: Area, was: Answers, now: Answers) -> Direction:
    before, after = max(_grades(area, was)), max(_grades(area, now))
    both = [item for item in area.items if was[item] in GRADES and now[item] in GRADES]
    if after > before:
        return "worse"
    if any(now[item] > was[item] for item in both):
        return "mixed"
    if after == before:
        return "same"
    # Not known never counts as good: if the item that set the grade is no longer known, the fall was not seen.
    unseen = [was[item] for item in area.items if now[item] == NOT_KNOWN]
    return "left_out" if str(before) in unseen else "better"
