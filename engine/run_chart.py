"""An indicator of the data profile as a picture: a point for each quarter, the median, and brackets under a shift or a trend. Its twin says
each quarter in figures and words; areas have a table alone."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine import quarters
from engine.charts import Drawing, Shape, Text
from engine.profile import Point, Series, figure, percent
from engine.runs import Signal

LEFT, TOP, FLOOR, HEIGHT, RIGHT = 64, 14, 214, 268, 10  # FLOOR is where nothing would be drawn
BRACKETS = {"shift": 12, "trend": 24}  # below the floor
RADIUS = 5


def draw(found: tuple[Series, ...], width: int) -> dict[str, Drawing]:
    """Return for each indicator its chart, under its id, and for one with areas a table of them, under its id and `:areas`."""
    charts = {series.id: _chart(series, width) for series in found}
    return charts | {f"{series.id}:areas": _areas(series, width) for series in found if series.areas}


def _chart(series: Series, width: int) -> Drawing:
    values = [series.value(point) for point in series.points]
    top = _above(max((value for value in values if value is not None), default=0))
    step = (width - LEFT - RIGHT) / max(1, len(values) - 1)

    def x(place: int) -> float:
        return round(LEFT + step * place if len(values) > 1 else (LEFT + width) / 2, 1)

    def y(value: float) -> float:
        return round(FLOOR - (FLOOR - TOP) * value / top, 1)

    shapes = [*_frame(series, top, width)]
    if series.run:
        middle = y(series.run.median)
        shapes.append(Shape("line", "median", {"x1": x(series.begins), "y1": middle, "x2": x(series.last), "y2": middle}))
        shapes += [_bracket(signal, x(series.begins + signal.first), x(series.begins + signal.last)) for signal in series.run.signals]
    path = [(x(place), y(value)) if value is not None else None for place, value in enumerate(values)]
    shapes.append(Shape("path", "line", {"d": _joined(path)}))
    for place, point in zip(path, series.points, strict=True):
        if place:
            look = "point chart__point--told" if point.note == "small" else "point"
            shapes.append(Shape("circle", look, {"cx": place[0], "cy": place[1], "r": RADIUS}))
    return Drawing(width, HEIGHT, tuple(shapes), _head(series), tuple(_rows(series)))


def _above(value: float) -> float:
    """The top of the scale: the next 1, 2 or 5 of its size, so that the figure at it is a round one."""
    if value <= 0:
        return 1
    size = 10.0 ** math.floor(math.log10(value))
    return next(top for top in (size, 2 * size, 5 * size, 10 * size) if top >= value * (1 - 1e-9))


def _frame(series: Series, top: float, width: int) -> Iterator[Shape]:
    for height, value in ((TOP, top), (FLOOR, 0)):
        yield Shape("line", "axis", {"x1": LEFT, "y1": height, "x2": width, "y2": height})
        yield Shape("text", "small chart__small--end", {"x": LEFT - 8, "y": height + 5}, Text(text=figure(value, series.drawn)))
    first, last = (quarters.first_day(point.quarter).isoformat() for point in (series.points[0], series.points[-1]))
    yield Shape("text", "small", {"x": 0, "y": HEIGHT - 6}, Text(day=first))
    if first != last:
        yield Shape("text", "small chart__small--end", {"x": width, "y": HEIGHT - 6}, Text(day=last))


def _bracket(signal: Signal, start: float, end: float) -> Shape:
    height = FLOOR + BRACKETS[signal.kind]
    return Shape("path", f"bracket chart__bracket--{signal.kind}", {"d": f"M{start} {height - 6}V{height}H{end}V{height - 6}"})


def _joined(path: list[tuple[float, float] | None]) -> str:
    """A line through the points, broken where a quarter is missing."""
    pen, words = "M", []
    for place in path:
        words += [f"{pen}{place[0]} {place[1]}"] if place else []
        pen = "L" if place else "M"
    return "".join(words)


def _has_whole(series: Series) -> bool:
    return any(point.whole is not None for point in series.points)


def _head(series: Series) -> tuple[Text, ...]:
    keys = ["quarter", "count", *(("whole", "share") if _has_whole(series) else ()), "year", "three-years"]
    return tuple(map(Text, [*keys, *(("side", "shift", "trend") if series.run else ()), "note"]))


def _rows(series: Series) -> Iterator[tuple[Text, ...]]:
    for place, point in enumerate(series.points):
        parts = [_number(point.whole), _share(point)] if _has_whole(series) else []
        signals = [*_signals(series, place)] if series.run else []
        sums = [_number(point.year), _number(point.three_years)]
        yield (_day(point), _number(point.count), *parts, *sums, *signals, Text(f"note:{point.note}") if point.note else Text())


def _signals(series: Series, place: int) -> Iterator[Text]:
    """On which side of the median a point lies, and the shift and the trend that it is in."""
    assert series.run
    value = series.value(series.points[place])
    if value is None or not series.begins <= place <= series.last:
        yield from (Text(), Text(), Text())
        return
    yield Text("side:on" if value == series.run.median else "side:above" if value > series.run.median else "side:below")
    for kind in BRACKETS:
        inside = [one for one in series.run.signals if one.kind == kind and one.first <= place - series.begins <= one.last]
        yield Text(f"run:{kind}-{inside[-1].way}") if inside else Text()


def _areas(series: Series, width: int) -> Drawing:
    """The areas in the last quarter, beside the part each has of all areas together."""
    last = series.points[-1]
    head = ("area", "count", *(("whole", "share") if _has_whole(series) else ()), "part", "year", "three-years", "note")
    rows = [_area(series, name, points[-1], last) for name, points in series.areas.items()]
    return Drawing(width, 1, (), tuple(map(Text, head)), tuple(rows))


def _area(series: Series, name: str, point: Point, last: Point) -> tuple[Text, ...]:
    parts = [_number(point.whole), _share(point)] if _has_whole(series) else []
    part = Text(text=percent(point.count / last.count)) if point.count is not None and last.count else Text()
    note = Text(f"note:{point.note}") if point.note else Text()
    return Text(text=name), _number(point.count), *parts, part, _number(point.year), _number(point.three_years), note


def _day(point: Point) -> Text:
    return Text(day=quarters.first_day(point.quarter).isoformat())


def _number(value: int | None) -> Text:
    return Text() if value is None else Text(text=f"{value:,}")


def _share(point: Point) -> Text:
    return Text() if point.share is None else Text(text=percent(point.share))
