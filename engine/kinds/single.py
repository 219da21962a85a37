"""One right option among several: radios. What such a question is, and what choosing one option earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.marks import Mark, award, reject
from engine.reading import Definition, Refused, read_flag, read_ids, read_rows


@dataclass(frozen=True, slots=True)
class Question:
    """The option ids in the author's order, and the one that is right."""

    options: tuple[str, ...]
    right: str


def read(definition: Definition) -> Question:
    """Return the question from `options: [{id, correct}]`. Raises Refused unless exactly one is correct."""
    rows = read_rows(definition, "options")
    options = read_ids(rows, "options")
    right = [option for option, row in zip(options, rows, strict=True) if read_flag(row, "correct")]
    if len(right) != 1:
        raise Refused("exactly one option must be correct.")
    return Question(options, right[0])


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return 1 for the right option and 0 for another. `values` is one option id; anything else is invalid."""
    if len(values) != 1 or values[0] not in question.options:
        return reject("unknown_value")
    return award(float(values[0] == question.right), [f"chosen:{values[0]}"])


def chance(question: Question) -> float:
    """Return what choosing an option at random earns on average."""
    return 1 / len(question.options)
