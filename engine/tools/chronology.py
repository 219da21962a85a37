"""Rows of a chronology and the patterns found in them, as plain values: what the pattern finder works out and the timeline draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.tools.result import Line

CONCERN, IMPROVEMENT, CONTACT = "concern", "improvement", "contact"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the chronology."""

    when: date
    need: str
    kind: str
    effect: int | None
    source: str

    @property
    def counts(self) -> bool:
        """Whether it is a concern with an effect on the child."""
        return self.kind == CONCERN and (self.effect or 0) >= 1


@dataclass(frozen=True, slots=True)
class Pattern:
    """A flag that is raised: which, for which need or source where it has one, over which rows, and how often."""

    flag: str
    about: str
    rows: tuple[Row, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """The rows in the order of their days, the patterns in them, and the keys and lines of the prepared texts. No total."""

    rows: tuple[Row, ...]
    review: date
    patterns: tuple[Pattern, ...]
    keys: tuple[str, ...]
    lines: tuple[Line, ...]
