"""Stems to be given a choice each: one select a stem. What such a question is, and what a set of pairs earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.marks import UNANSWERED, Mark, award, reject, split_pairs
from engine.reading import Definition, read_choice, read_ids, read_rows


@dataclass(frozen=True, slots=True)
class Question:
    """The choice ids, the stem ids in the author's order, and beside each stem its right choice."""

    choices: tuple[str, ...]
    stems: tuple[str, ...]
    right: tuple[str, ...]


def read(definition: Definition) -> Question:
    """Return the question from `choices: [{id}]` and `stems: [{id, choice}]`. Choices nobody needs are allowed."""
    choices = read_ids(read_rows(definition, "choices"), "choices")
    rows = read_rows(definition, "stems")
    right = tuple(read_choice(row, "choice", choices) for row in rows)
    return Question(choices, read_ids(rows, "stems"), right)


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return right stems over all stems; a blank stem is wrong and all blank is unanswered (Moodle core's match).

    `values` are texts `stem=choice`, `stem=` for blank. A stem twice, or one nobody offered, is invalid.
    """
    pairs = split_pairs(values)
    if pairs is None or not _offered(question, pairs):
        return reject("unknown_value")
    if not any(pairs.values()):
        return UNANSWERED
    found = parts(question, values)
    keys = [f"{'right' if hit else 'wrong'}:{stem}" for stem, hit in zip(question.stems, found, strict=True)]
    return award(sum(found) / len(found), keys)


def chance(question: Question) -> float:
    """Return what giving each stem a choice at random earns on average."""
    return 1 / len(question.choices)


def parts(question: Question, values: Sequence[str]) -> tuple[bool, ...]:
    """Return which stems have their right choice, in the author's order."""
    pairs = split_pairs(values) or {}
    return tuple(pairs.get(stem) == choice for stem, choice in zip(question.stems, question.right, strict=True))


def _offered(question: Question, pairs: dict[str, str]) -> bool:
    return pairs.keys() <= set(question.stems) and set(pairs.values()) <= {"", *question.choices}
