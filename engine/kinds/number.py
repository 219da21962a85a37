"""A number typed into a box with its unit beside it. What such a question is, which ways of writing a number are read,
and when a number is near enough."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.marks import Mark, award, reject
from engine.reading import Definition, Refused, read_number, read_range, read_rows, read_text

Range: TypeAlias = tuple[float, float]

SLACK = 1e-9  # so that 0.3 with tolerance 0.1 takes 0.4; Moodle core widens its tolerance in the same way

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
_MINUSES = dict.fromkeys(map(ord, "−–‐‑﹣-"), "-")
_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)"
_NUMBER = re.compile(rf"[+-]?(?:{_WHOLE}(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Question:
    """The range that is right, both ends in it; each foreseen mistake's range; the unit, folded, "" for none."""

    right: Range
    mistakes: tuple[Range, ...]
    unit: str


def read(definition: Definition) -> Question:
    """Return the question from `answer` with `tolerance` (0 if absent), or from `range: [low, high]`; and from `unit`
    and `mistakes: [{range}]`. Raises Refused where there are both an answer and a range, or neither."""
    if ("answer" in definition) == ("range" in definition):
        raise Refused("give either “answer” or “range”.")
    right = read_range(definition, "range") if "range" in definition else _read_nominal(definition)
    mistakes = tuple(read_range(row, "range") for row in read_rows(definition, "mistakes"))
    unit = read_text(definition, "unit").strip().casefold() if "unit" in definition else ""
    return Question(right, mistakes, unit)


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return 1 inside the right range, its ends included, and 0 outside it.

    Commas or spaces between thousands and the unit after the number are read; other text is invalid, costing nothing.
    """
    if len(values) != 1:
        return reject("unknown_value")
    number = _parse(values[0], question.unit)
    if number is None:
        return reject("not_a_number")
    key = _find(question, number)
    return award(float(key == "answer"), [key])


def chance(question: Question) -> float:
    """Return 0: nobody types the figure by chance."""
    return 0.0


def _read_nominal(definition: Definition) -> Range:
    """The answer give or take its tolerance, widened a little as Moodle core's numerical question does."""
    answer, tolerance = read_number(definition, "answer"), read_number(definition, "tolerance", 0)
    if tolerance < 0:
        raise Refused("“tolerance” must not be below 0.")
    reach = tolerance + SLACK * max(1.0, abs(answer))
    return answer - reach, answer + reach


def _find(question: Question, number: float) -> str:
    if _holds(question.right, number):
        return "answer"
    for index, mistake in enumerate(question.mistakes):
        if _holds(mistake, number):
            return f"mistake:{index}"
    return "other"


def _holds(ends: Range, number: float) -> bool:
    return ends[0] <= number <= ends[1]


def _parse(text: str, unit: str) -> float | None:
    """Read a finite number as people write one, or return None."""
    plain = text.translate(_SPACES | _MINUSES).strip().casefold()
    plain = plain.removesuffix(unit).rstrip()
    if not _NUMBER.fullmatch(plain):
        return None
    number = float(plain.replace(",", "").replace(" ", ""))
    return number if math.isfinite(number) else None
