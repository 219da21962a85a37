"""The resilience and vulnerability matrix: eight statements about a child and eight about the world around them, each from strongly untrue
(-2) to strongly true (2). Which quadrant they place the child in, and which edge it is near. The concept is Daniel and Wassell's; the
rule is this project's design choice, not validated. A result holds no sum and no coordinate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.charts import Drawing, Shape, Text
from engine.reading import Definition, Refused, read_ids, read_rows
from engine.tools.result import NOT_KNOWN, Given, Problem, blank, offered

ChildSide: TypeAlias = Literal["resilient", "vulnerable", "not-enough"]
WorldSide: TypeAlias = Literal["protective", "adverse", "not-enough"]

AGE = "age"
VALUES = ("-2", "-1", "0", "1", "2")
ANSWERED, LINE, CLOSE = 6, 2, (1, 4)
"""Answers a side needs; the sum it has to pass; the sums, ends included, that are close to the line."""
ALWAYS_VULNERABLE = ("unborn", "under-2")


@dataclass(frozen=True, slots=True)
class Tool:
    """The ages, and the ids of the statements of each side."""

    ages: tuple[str, ...]
    child: tuple[str, ...]
    environment: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Each side, the quadrant (None where a side is not enough known), the sides that are close to the line, the statements that are
    strongly untrue, those not known, and the keys of the prepared texts."""

    child: ChildSide
    environment: WorldSide
    quadrant: str | None
    close: tuple[str, ...]
    strongly_untrue: tuple[str, ...]
    gaps: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: whether enough is known, whether it is on the good side of the line, how that was decided, and if it is close."""

    known: bool
    good: bool
    decided: bool
    close: bool


def read(definition: Definition) -> Tool:
    """Return the tool from `ages`, `child: [{id}]` and `environment: [{id}]`. Raises Refused."""
    child, environment = (read_ids(read_rows(definition, key), key, ANSWERED) for key in ("child", "environment"))
    if len({AGE, *child, *environment}) < 1 + len(child) + len(environment):
        raise Refused(f"Statements must differ in their ids, and from “{AGE}”.")
    return Tool(read_ids(read_rows(definition, "ages"), "ages"), child, environment)


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return what has no answer yet. Raises Refused for a name or a value the form does not offer."""
    statements = (*tool.child, *tool.environment)
    offered(given.responses, {AGE: tool.ages, **dict.fromkeys(statements, (*VALUES, NOT_KNOWN))})
    return blank(given, (AGE, *statements))


def score(tool: Tool, given: Given) -> Result:
    """Return the quadrant: a side with a strongly untrue statement is decided by it, however few are answered; an unborn child and one
    under 2 are always vulnerable; else a side needs six answers and a sum above 2 to be the good one."""
    always = given.one(AGE) in ALWAYS_VULNERABLE
    child, world = _side(tool.child, given), _side(tool.environment, given)
    child_side: ChildSide = "vulnerable" if always else _name(child, "resilient", "vulnerable")  # type: ignore[assignment]
    world_side: WorldSide = _name(world, "protective", "adverse")  # type: ignore[assignment]
    whole = "not-enough" not in (child_side, world_side)
    quadrant = f"{child_side}-{world_side}" if whole else None
    close = (*(("child",) if child.close and not always else ()), *(("environment",) if world.close else ()))
    untrue = tuple(name for name in (*tool.child, *tool.environment) if given.one(name) == "-2")
    gaps = tuple(name for name in (*tool.child, *tool.environment) if given.one(name) == NOT_KNOWN)
    says = {
        "child-not-enough": child_side == "not-enough",
        "environment-not-enough": world_side == "not-enough",
        "always-vulnerable": always,
        "child-decided": child.decided,
        "environment-decided": world.decided,
        "child-close": "child" in close,
        "environment-close": "environment" in close,
    }
    keys = [*([f"quadrant:{quadrant}"] if quadrant else ["no-quadrant"]), *(f"says:{name}" for name, said in says.items() if said)]
    keys += [*(f"untrue:{name}" for name in untrue), *(["untrue", "decided"] if untrue else [])]
    keys += [*(f"gap:{name}" for name in gaps), "gaps" if gaps else "no-gaps"]
    return Result(child_side, world_side, quadrant, close, untrue, gaps, tuple(keys))


def _side(statements: Sequence[str], given: Given) -> _Side:
    values = [int(given.one(name)) for name in statements if given.one(name) in VALUES]
    if -2 in values:
        return _Side(True, False, True, False)
    if len(values) < ANSWERED:
        return _Side(False, False, False, False)
    return _Side(True, sum(values) > LINE, False, CLOSE[0] <= sum(values) <= CLOSE[1])


def _name(side: _Side, good: str, bad: str) -> str:
    return (good if side.good else bad) if side.known else "not-enough"


def draw(result: Result, width: int) -> dict[str, Drawing]:
    """Return the matrix with its quadrant marked, at its edge where a side is close to the line."""
    return {"matrix": _matrix(result, min(width, 520))} if result.quadrant else {}


def _line(result: Result, side: str, placed: str) -> Text:
    return Text("near" if side in result.close else "not-worked-out" if placed == "not-enough" else "not-near")


def _matrix(result: Result, width: int) -> Drawing:
    half, top = width // 2, 28
    height = 2 * 110
    shapes = [
        Shape("text", "label", {"x": 0, "y": 18}, Text("side:adverse")),
        Shape("text", "label chart__label--end", {"x": width, "y": 18}, Text("side:protective")),
    ]
    for row, child in enumerate(("resilient", "vulnerable")):
        for column, world in enumerate(("adverse", "protective")):
            here = result.quadrant == f"{child}-{world}"
            at = {"x": column * half + 1, "y": top + row * 110 + 1, "width": half - 2, "height": 108}
            shapes.append(Shape("rect", "cell chart__cell--here" if here else "cell", dict(at)))
            words = Text(f"side:{child}")
            shapes.append(Shape("text", "small", {"x": column * half + 10, "y": top + row * 110 + 24}, words))
    if result.quadrant:
        shapes.append(_mark(result, half, top))
    rows = (
        (Text("child"), Text(f"side:{result.child}"), _line(result, "child", result.child)),
        (Text("environment"), Text(f"side:{result.environment}"), _line(result, "environment", result.environment)),
    )
    return Drawing(width, height + top, tuple(shapes), (Text("side"), Text("placed"), Text("line")), rows)


def _mark(result: Result, half: int, top: int) -> Shape:
    """The point in its quadrant: in the middle, or by the line that it is near."""
    across = half * (1.5 if result.environment == "protective" else 0.5)
    down = top + 110 * (0.5 if result.child == "resilient" else 1.5)
    if "environment" in result.close:
        across = half + (18 if result.environment == "protective" else -18)
    if "child" in result.close:
        down = top + 110 + (-18 if result.child == "resilient" else 18)
    return Shape("circle", "point", {"cx": round(across, 1), "cy": round(down, 1), "r": 11})
