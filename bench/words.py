"""Tables, units and targets for the page: how figures are put into words, and what they are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

Figures = dict[str, Any]


class Target(NamedTuple):
    """A target: its key, what is measured, the most (or least) it may be, what was found, and whether that reaches it."""

    key: str
    what: str
    most: str
    found: str
    reached: bool | None


RATIO = 0.25
WIRE = 4_000_000
MARKING = 5.0
CONTENT = 1.15
BUILD = 1.5


def table(heads: Iterable[str], rows: Iterable[Iterable[object]], empty: str) -> str:
    """A table in Markdown; the sentence `empty` where there is no row."""
    heads, rows = list(heads), [list(map(str, row)) for row in rows]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n" if rows else empty


def milliseconds(value: float | None) -> str:
    """Milliseconds as people say them: 850 ms, 2.4 s."""
    if value is None:
        return "not measured"
    return f"{value / 1000:,.1f} s" if value >= 1000 else f"{value:,.0f} ms"


def kilobytes(value: int) -> str:
    """Bytes as kB or MB of a thousand each."""
    return f"{value / 1_000_000:,.2f} MB" if value >= 1_000_000 else f"{value / 1000:,.1f} kB"


def share(one: float, other: float) -> str:
    """One figure as a share of another."""
    return f"{one / other:.2f}"


def verdict(name: str, figures: Figures | None) -> Iterator[Target]:
    """The targets of a part. Without figures each is not measured."""
    if name == "start":
        yield from _starts(figures)
    elif name == "wire":
        yield _one("wire", "Bytes for a first marked answer, in brotli", WIRE, figures and figures["ours"]["all"]["brotli"], kilobytes)
    elif name == "content":
        yield _one("content", "Bytes of a page of guidance, beside plain Material", CONTENT, figures and figures["ratio"]["most"], _plain)
    elif name == "build":
        for step in (
            figures["steps"] if figures else [{"pages": 100, "ours": None, "plain": None}, {"pages": 1000, "ours": None, "plain": None}]
        ):
            if not figures or step["plain"]:
                found = step["ours"]["seconds"] / step["plain"]["seconds"] if figures else None
                yield _one("build", f"Time of a build of {step['pages']:,} pages, beside plain Material", BUILD, found, _plain)


def _starts(figures: Figures | None) -> Iterator[Target]:
    for browser in ("chromium", "firefox"):
        for visit, words in (("cold", "first visit"), ("warm", "second visit")):
            times = (figures or {}).get("starts", {}).get(browser, {}).get(visit, {})
            found = times["ours"]["median"] / times["bare"]["median"] if {"ours", "bare"} <= times.keys() else None
            yield _one("start", f"Start beside bare Pyodide, {browser.capitalize()}, {words}", RATIO, found, _plain)
    for browser in ("chromium", "firefox"):
        trips = (figures or {}).get("trips", {}).get(browser)
        found = trips and trips["p95"]
        yield _one("marking", f"Marking, 95 of 100 asks, {browser.capitalize()}", MARKING, found, lambda value: f"{value:.1f} ms")


def _plain(value: float) -> str:
    return f"{value:.2f}"


def _one(key: str, what: str, most: float, found: float | None, say: Any) -> Target:
    return Target(key, what, f"at most {say(most)}", "" if found is None else say(found), None if found is None else found <= most)
