"""A statement to call true or false: two radios. What such a question is, and what each choice earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.marks import Mark, award, reject
from engine.reading import Definition, Refused, read_flag


@dataclass(frozen=True, slots=True)
class Question:
    """The right choice, `true` or `false`, as the form writes it."""

    right: str


def read(definition: Definition) -> Question:
    """Return the question from `answer: true|false`. Raises Refused where there is no answer."""
    if "answer" not in definition:
        raise Refused("“answer” must be true or false.")
    return Question("true" if read_flag(definition, "answer") else "false")


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return 1 for the right choice and 0 for the other. `values` is `true` or `false`; anything else is invalid."""
    if len(values) != 1 or values[0] not in ("true", "false"):
        return reject("unknown_value")
    return award(float(values[0] == question.right), [f"chosen:{values[0]}"])


def chance(question: Question) -> float:
    """Return what choosing at random earns on average."""
    return 0.5
