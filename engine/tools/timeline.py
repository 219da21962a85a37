"""The pattern finder's rows as a picture: a lane for each need, a mark for each row, and the patterns marked on them. Its twin says each
row in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.charts import Drawing, Shape, Text
from engine.tools.chronology import CONCERN, IMPROVEMENT, Pattern, Result, Row

LANE, EDGE, TOP = 64, 14, 26
MARKED = ("repeating", "slipping-back")


def draw(result: Result, width: int) -> dict[str, Drawing]:
    """Return the timeline of a result, from its first row to the review date."""
    needs = list(dict.fromkeys(row.need for row in sorted(result.rows, key=lambda row: row.need)))
    first, last = result.rows[0].when, max(result.review, result.rows[-1].when)
    days = max(1, (last - first).days)

    def place(when: date) -> float:
        return round(EDGE + (width - 2 * EDGE) * (when - first).days / days, 1)

    height = TOP + LANE * len(needs)
    shapes = [
        Shape("text", "small", {"x": 0, "y": 16}, Text(day=first.isoformat())),
        Shape("text", "small chart__small--end", {"x": width, "y": 16}, Text(day=last.isoformat())),
    ]
    for pattern in result.patterns:
        if pattern.flag == "quiet-gap":
            start, end = place(pattern.rows[0].when), place(date.fromisoformat(pattern.about))
            shapes.append(Shape("rect", "gap", {"x": start, "y": TOP, "width": round(end - start, 1), "height": height - TOP}))
    for lane, need in enumerate(needs):
        top = TOP + LANE * lane
        shapes.append(Shape("text", "label", {"x": 0, "y": top + 18}, Text(f"need:{need}")))
        shapes.append(Shape("line", "axis", {"x1": EDGE, "y1": top + 40, "x2": width - EDGE, "y2": top + 40}))
        shapes += [_mark(row, place(row.when), top + 40) for row in result.rows if row.need == need]
        shapes += [_bracket(pattern, place, top + 56) for pattern in result.patterns if pattern.flag in MARKED and pattern.about == need]
    head = tuple(map(Text, ("date", "need", "kind", "effect", "source")))
    return {"timeline": Drawing(width, height, tuple(shapes), head, tuple(map(_twin, result.rows)))}


def _mark(row: Row, x: float, y: float) -> Shape:
    """A circle that grows with the effect for a concern, a triangle for an improvement, a square for a contact."""
    if row.kind == CONCERN:
        effect = row.effect or 0
        return Shape("circle", f"concern chart__concern--{effect}", {"cx": x, "cy": y, "r": 5 + 2 * effect})
    if row.kind == IMPROVEMENT:
        return Shape("path", "improvement", {"d": f"M{x - 7} {y + 6}L{x} {y - 7}L{x + 7} {y + 6}Z"})
    return Shape("rect", "contact", {"x": round(x - 5, 1), "y": y - 5, "width": 10, "height": 10})


def _bracket(pattern: Pattern, place: Callable[[date], float], y: float) -> Shape:
    start, end = place(pattern.rows[0].when), place(pattern.rows[-1].when)
    return Shape("path", f"bracket chart__bracket--{pattern.flag}", {"d": f"M{start} {y - 5}V{y}H{end}V{y - 5}"})


def _twin(row: Row) -> tuple[Text, ...]:
    words = (f"need:{row.need}", f"kind:{row.kind}", f"effect:{'none' if row.effect is None else row.effect}", f"source:{row.source}")
    return Text(day=row.when.isoformat()), *map(Text, words)

