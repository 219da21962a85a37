"""Days in a row of events: which of them lie together inside a window. Shared by the tools that read dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

Event = TypeVar("Event")


def together(events: Sequence[Event], when: Callable[[Event], date], days: int, least: int) -> list[Event]:
    """Return the longest run of events, given in the order of their days, whose last day is less than `days` after its first; nothing
    where no run has `least`. Of runs as long as each other, the latest."""
    best: list[Event] = []
    for run in _runs(events, when, days):
        if len(run) >= max(least, len(best)):
            best = run
    return best


def _runs(events: Sequence[Event], when: Callable[[Event], date], days: int) -> Iterator[list[Event]]:
    start = 0
    for end, event in enumerate(events):
        while (when(event) - when(events[start])).days >= days:
            start += 1
        yield list(events[start : end + 1])


def spread(events: Sequence[Event], when: Callable[[Event], date], what: Callable[[Event], str], days: int, least: int) -> list[Event]:
    """Return the run inside `days` with the most different sorts by `what`; nothing where no run has `least` of them."""
    best: list[Event] = []
    for run in _runs(events, when, days):
        sorts = len(set(map(what, run)))
        if sorts >= max(least, _sorts(best, what)):
            best = run
    return best


def _sorts(events: Iterable[Event], what: Callable[[Event], str]) -> int:
    return len({what(event) for event in events})
