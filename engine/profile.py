"""The data profile: what a partnership's own quarterly counts come to, indicator by indicator. Reading them belongs in `counts.py`, the
rules of a run chart in `runs.py`, uncertainty in `change.py`, drawing in `run_chart.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine import change, quarters, runs, spreadsheet
from engine.change import Change
from engine.charts import Text
from engine.counts import SHARE, Count, Indicator
from engine.tools.result import Line

SMALL = 5  # a count below it, or the rest of what it is a part of, may point to a person
WINDOWS = {"year": quarters.YEAR, "three-years": quarters.THREE_YEARS}
SAVED = (
    "indicator", "area", "period", "from", "to", "count", "denominator", "share percent", "sum 12 months", "sum 3 years", "median",
    "change ratio", "change low", "change high", "note",
)  # fmt: skip

Kept = Mapping[tuple[str, int, str], Count]
"""Good rows by indicator, quarter and area."""


@dataclass(frozen=True, slots=True)
class Point:
    """One quarter of an indicator, or of one of its areas. `note` is `missing`, `partial` (an area has no row), `over` (more than what
    it is a part of), `small`, or ""."""

    quarter: int
    count: int | None
    whole: int | None
    note: str
    year: int | None = None
    three_years: int | None = None

    @property
    def share(self) -> float | None:
        """The count as a share of what it is a part of."""
        return self.count / self.whole if self.count is not None and self.whole else None


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator: its quarters without a gap between first and last, its areas, what is drawn (`count` or `share`), where the last
    unbroken row of points begins, and what a run chart and a year's change come to."""

    id: str
    points: tuple[Point, ...]
    areas: Mapping[str, tuple[Point, ...]]
    drawn: str
    begins: int
    run: runs.Run | None
    changes: Mapping[str, Change]

    def value(self, point: Point) -> float | None:
        """What is drawn of a point."""
        return point.share if self.drawn == SHARE else point.count

    @property
    def last(self) -> int:
        """The place of the last point with a value."""
        return max((place for place, point in enumerate(self.points) if self.value(point) is not None), default=-1)


def work_out(counts: Sequence[Count], indicators: Sequence[Indicator]) -> tuple[Series, ...]:
    """Return what the counts come to, for each indicator that has any, in the order of the indicators."""
    kept = {(row.indicator, row.quarter, row.area): row for row in counts}
    return tuple(_series(one, kept) for one in indicators if any(name == one.id for name, _, _ in kept))


def _series(indicator: Indicator, kept: Kept) -> Series:
    mine = [row for row in kept.values() if row.indicator == indicator.id]
    first, last = min(row.quarter for row in mine), max(row.quarter for row in mine)
    names = sorted({row.area for row in mine})
    areas = {name: _summed([_point(indicator, kept, quarter, name) for quarter in range(first, last + 1)]) for name in names}
    points = areas[""] if names == [""] else _summed([_total(column) for column in zip(*areas.values(), strict=True)])
    drawn = SHARE if indicator.unit == SHARE and any(point.share is not None for point in points) else "count"
    bare = Series(indicator.id, points, {} if names == [""] else areas, drawn, 0, None, {})
    end = bare.last + 1
    gaps = [place for place, point in enumerate(points[:end]) if bare.value(point) is None]
    begins = gaps[-1] + 1 if gaps else 0
    run = runs.find([value for point in points[begins:end] if (value := bare.value(point)) is not None])
    return Series(bare.id, points, bare.areas, drawn, begins, run, dict(_changes(indicator, bare)))


def _point(indicator: Indicator, kept: Kept, quarter: int, area: str) -> Point:
    row = kept.get((indicator.id, quarter, area))
    if row is None:
        return Point(quarter, None, None, "missing")
    whole = row.whole if row.whole is not None else _counted(indicator.share_of, kept, quarter, area)
    over = whole is not None and whole < row.count
    return Point(quarter, row.count, None if over else whole, "over" if over else _care(row.count, whole))


def _counted(name: str, kept: Kept, quarter: int, area: str) -> int | None:
    """The count of the indicator that another is a share of; for all areas together their sum, where each has a row."""
    areas = {split for other, _, split in kept if other == name and split} if not area else set()
    rows = [kept.get((name, quarter, one)) for one in areas or {area}]
    found = [row.count for row in rows if row]
    return sum(found) if len(found) == len(rows) else None


def _care(count: int, whole: int | None) -> str:
    return "small" if count < SMALL or (whole is not None and whole - count < SMALL) else ""


def _total(column: Sequence[Point]) -> Point:
    """All areas of a quarter together: only when every area has a row, because a part would look like a fall."""
    quarter = column[0].quarter
    counts = [point.count for point in column if point.count is not None]
    if len(counts) < len(column):
        return Point(quarter, None, None, "partial" if counts else "missing")
    wholes = [point.whole for point in column if point.whole is not None]
    count, whole = sum(counts), sum(wholes) if len(wholes) == len(column) else None
    return Point(quarter, count, whole, "over" if any(point.note == "over" for point in column) else _care(count, whole))


def _summed(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points with the sums of the 12 months and the three years that end with each."""
    counts = [point.count for point in points]

    def ending(place: int, length: int) -> int | None:
        window = [count for count in counts[max(0, place - length + 1) : place + 1] if count is not None]
        return sum(window) if len(window) == length else None

    return tuple(
        Point(point.quarter, point.count, point.whole, point.note, ending(place, quarters.YEAR), ending(place, quarters.THREE_YEARS))
        for place, point in enumerate(points)
    )


def _changes(indicator: Indicator, series: Series) -> Iterator[tuple[str, Change]]:
    """The change from the same quarter a year before, of the count and, where it can be had, of the share: `no-earlier` without one."""
    now, then = year_apart(series)
    if indicator.unit != SHARE:
        known = now.count is not None and then is not None and then.count is not None
        yield "count", change.of_counts(now.count or 0, (then and then.count) or 0) if known else Change("no-earlier")
    if then is not None and now.share is not None and then.share is not None:
        yield "share", change.of_shares(now.count or 0, now.whole or 0, then.count or 0, then.whole or 0)
    elif indicator.unit == SHARE:
        yield "share", Change("no-earlier" if now.share is not None else "no-share")


def year_apart(series: Series) -> tuple[Point, Point | None]:
    """The last quarter with a value, and the same quarter of the year before if it is there."""
    place = series.last
    return series.points[place], series.points[place - quarters.YEAR] if place >= quarters.YEAR else None


def lines(series: Series) -> Iterator[Line]:
    """What is said of an indicator: keys of sentences that the page has, with what goes into their gaps."""
    known = [point for point in series.points if point.count is not None]
    span = {"first": _from(series.points[0]), "last": _to(series.points[-1])}
    yield Line("total", {**span, "quarters": _text(len(known)), "total": _text(sum(point.count or 0 for point in known))})
    for note in ("missing", "partial", "over"):
        yield from (Line(note, {"first": _from(point)}) for point in series.points if point.note == note)
    yield from (_window(series.points, name, length) for name, length in WINDOWS.items())
    yield from (_change(series, what, found) for what, found in series.changes.items())
    yield from _run(series)
    rows = [*series.points, *(point for points in series.areas.values() for point in points)]
    small = sum(point.note == "small" for point in rows)
    yield from [Line("small", {"number": _text(small)})] if small else []


def _window(points: Sequence[Point], name: str, length: int) -> Line:
    last = points[-1]
    total = last.year if name == "year" else last.three_years
    if total is None:
        return Line(f"{name}:short", {})
    wholes = [point.whole for point in points[-length:] if point.whole is not None]
    if len(wholes) < length or not sum(wholes):
        return Line(name, {"total": _text(total), "last": _to(last)})
    share = Text(text=percent(total / sum(wholes)))
    return Line(f"{name}:share", {"total": _text(total), "whole": _text(sum(wholes)), "share": share, "last": _to(last)})


def _change(series: Series, what: str, found: Change) -> Line:
    now, then = year_apart(series)
    slots = {"what": Text(f"what:{what}"), "first": _from(now), "now": _figure(now, what), "then": _figure(then, what) if then else Text()}
    if found.ratio is None or found.low is None or found.high is None:
        return Line(f"change:{found.key}", slots)
    figures = {name: Text(text=ratio(value)) for name, value in (("ratio", found.ratio), ("low", found.low), ("high", found.high))}
    rough = min(point.count or 0 for point in (now, then) if point) < change.ROUGH
    return Line(f"change:{found.key}", {**slots, **figures, "rough": Text("rough" if rough else "")})


def _run(series: Series) -> Iterator[Line]:
    stretch = series.points[series.begins : series.last + 1]
    if series.run is None:
        yield Line("run:few", {"points": _text(len(stretch))})
        return
    span = {"first": _from(stretch[0]), "last": _to(stretch[-1]), "points": _text(len(stretch))}
    yield Line("run:median", {**span, "median": Text(text=figure(series.run.median, series.drawn))})
    for signal in series.run.signals:
        where = {"first": _from(stretch[signal.first]), "last": _to(stretch[signal.last]), "points": _text(signal.points)}
        yield Line(f"run:{signal.kind}-{signal.way}", where)
    if not series.run.signals:
        yield Line("run:none", {})


def _from(point: Point) -> Text:
    return Text(day=quarters.first_day(point.quarter).isoformat())


def _to(point: Point) -> Text:
    return Text(day=quarters.last_day(point.quarter).isoformat())


def _text(number: int) -> Text:
    return Text(text=f"{number:,}")


def _figure(point: Point, what: str) -> Text:
    if what == SHARE and point.share is not None:
        return Text(text=f"{point.count:,}/{point.whole:,} ({percent(point.share)})")
    return Text(text=f"{point.count or 0:,}")


def figure(value: float, drawn: str) -> str:
    """A count, or a median between two, or a share as a percentage."""
    return percent(value) if drawn == SHARE else f"{value:,.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """A share to three figures: `12.5%`, `0.03%`."""
    return f"{100 * share:.3g}%" if share >= 0.00001 or not share else "<0.001%"


def ratio(value: float) -> str:
    """A ratio to two places, or to two figures where that would show nothing."""
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def save(found: Sequence[Series]) -> str:
    """Return the results as a CSV file: a row for each quarter of each indicator, and of each of its areas."""
    return spreadsheet.write([SAVED, *(row for series in found for row in _saved(series))])


def _saved(series: Series) -> Iterator[list[str]]:
    found = series.changes.get(series.drawn)
    for place, point in enumerate(series.points):
        inside = series.run is not None and series.begins <= place <= series.last
        middle = f"{series.run.median * (100 if series.drawn == SHARE else 1):.6g}" if series.run and inside else ""
        values = (found.ratio, found.low, found.high) if found and place == series.last else (None, None, None)
        extra = [middle, *("" if value is None else ratio(value) for value in values)]
        yield _cells(series.id, "All areas" if series.areas else "", point, extra)
    for area, points in series.areas.items():
        yield from (_cells(series.id, area, point, [""] * 4) for point in points)


def _cells(name: str, area: str, point: Point, extra: Sequence[str]) -> list[str]:
    span = (quarters.name(point.quarter), quarters.first_day(point.quarter).isoformat(), quarters.last_day(point.quarter).isoformat())
    numbers = ["" if value is None else str(value) for value in (point.count, point.whole)]
    share = "" if point.share is None else f"{100 * point.share:.3g}"
    sums = ["" if value is None else str(value) for value in (point.year, point.three_years)]
    return [name, area, *span, *numbers, share, *sums, *extra, point.note]
