"""The rules of a run chart: when a row of points is longer than chance would often make it. They are the shift and the trend of
Perla, Provost and Murray, "The run chart" (BMJ Quality and Safety, 2011). What is counted belongs elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

LEAST, SHIFT, TREND = 10, 6, 5  # points: for a run chart at all, for a shift, for a trend


@dataclass(frozen=True, slots=True)
class Signal:
    """A `shift` (`above` or `below` the median) or a `trend` (`up` or `down`): the places of its first and last point, how many count."""

    kind: str
    way: str
    first: int
    last: int
    points: int


@dataclass(frozen=True, slots=True)
class Run:
    """The median of all points, and what stands out."""

    median: float
    signals: tuple[Signal, ...]


def find(values: Sequence[float]) -> Run | None:
    """Return the median and the signals of points in the order of time, or None where there are too few for a run chart."""
    if len(values) < LEAST:
        return None
    middle = middle_of(values)
    return Run(middle, (*_shifts(values, middle), *_trends(values)))


def middle_of(values: Sequence[float]) -> float:
    """The median: of an even number of values, halfway between the two in the middle."""
    ordered = sorted(values)
    upper = len(ordered) // 2
    return ordered[upper] if len(ordered) % 2 else (ordered[upper - 1] + ordered[upper]) / 2


def _shifts(values: Sequence[float], middle: float) -> Iterator[Signal]:
    """Rows of points on one side. A point on the median is passed over: it neither counts nor ends a row."""
    aside = [(place, value > middle) for place, value in enumerate(values) if value != middle]
    for above, group in groupby(aside, key=lambda point: point[1]):
        places = [place for place, _ in group]
        if len(places) >= SHIFT:
            yield Signal("shift", "above" if above else "below", places[0], places[-1], len(places))


def _trends(values: Sequence[float]) -> Iterator[Signal]:
    """Rows of points that all rise or all fall. A point like the one before it is passed over: it neither counts nor ends a row."""
    places = [place for place, value in enumerate(values) if place == 0 or value != values[place - 1]]
    start = 0
    for at in range(1, len(places)):
        goes_on = at + 1 < len(places) and _rises(values, places, at) == _rises(values, places, at + 1)
        if not goes_on:
            if at - start + 1 >= TREND:
                way = "up" if _rises(values, places, at) else "down"
                yield Signal("trend", way, places[start], places[at], at - start + 1)
            start = at  # the point where it turns belongs to both


def _rises(values: Sequence[float], places: Sequence[int], at: int) -> bool:
    return values[places[at]] > values[places[at - 1]]
