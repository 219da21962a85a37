"""Several right options among more: checkboxes. What such a question is, and the four rules by which ticks earn. Each
rule divides whole numbers once, at the end, so that a third and two thirds come out the same everywhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from engine.marks import RIGHT_ABOVE, Mark, award, reject
from engine.reading import Definition, Refused, read_choice, read_flag, read_ids, read_number, read_rows


@dataclass(frozen=True, slots=True)
class Question:
    """The option ids in the author's order, those that are right, the rule's name, and one weight an option."""

    options: tuple[str, ...]
    right: frozenset[str]
    score: str
    weights: tuple[float, ...]


def read(definition: Definition) -> Question:
    """Return the question from `options: [{id, correct, weight}]` and `score`, which is `balanced` if absent.

    Raises Refused where no option is correct (a blank response would be the right one), and under `weights` where a
    weight lies outside -1 to 1 or those of the correct options do not add up to 1.
    """
    rows = read_rows(definition, "options")
    options = read_ids(rows, "options")
    score = read_choice(definition, "score", RULES, "balanced")
    right = frozenset(option for option, row in zip(options, rows, strict=True) if read_flag(row, "correct"))
    if not right:
        raise Refused("at least one option must be correct.")
    weights = _read_weights(rows) if score == "weights" else ()
    return Question(options, right, score, weights)


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return what the ticked options earn under the question's rule. An option nobody offered is invalid."""
    ticked = set(values)
    if not ticked <= set(question.options):
        return reject("unknown_value")
    keys = [f"chosen:{option}" for option in question.options if option in ticked]
    return award(RULES[question.score](question, ticked), keys)


def chance(question: Question) -> float:
    """Return what ticking at random earns on average, every pattern with at least one tick being as likely as the next."""
    patterns = [set(ticked) for size in range(1, len(question.options) + 1) for ticked in combinations(question.options, size)]
    return math.fsum(RULES[question.score](question, ticked) for ticked in patterns) / len(patterns)


def _read_weights(rows: Sequence[Definition]) -> tuple[float, ...]:
    weights = tuple(read_number(row, "weight") for row in rows)
    if any(abs(weight) > 1 for weight in weights):
        raise Refused("each weight must be from -1 to 1.")
    best = math.fsum(weight for weight, row in zip(weights, rows, strict=True) if read_flag(row, "correct"))
    if best <= RIGHT_ABOVE:
        raise Refused("the weights of the correct options must add up to 1.")
    return weights


def _score_balanced(question: Question, ticked: AbstractSet[str]) -> float:
    """max(0, c/C - w/W), and c/C where W is 0: this project's design choice, Moodle's with +1/C and -1/W."""
    right, wrong = len(question.right), len(question.options) - len(question.right)
    c, w = len(ticked & question.right), len(ticked - question.right)
    return max(0, c * wrong - w * right) / (right * wrong) if wrong else c / right


def _score_plusminus(question: Question, ticked: AbstractSet[str]) -> float:
    """max(0, (c - w)/C), as H5P's Multiple Choice and the Open University's OU multiple response have it."""
    c, w = len(ticked & question.right), len(ticked - question.right)
    return max(0, c - w) / len(question.right)


def _score_exact(question: Question, ticked: AbstractSet[str]) -> float:
    """1 for every right option and no wrong one, else 0: Adapt's default."""
    return float(ticked == question.right)


def _score_weights(question: Question, ticked: AbstractSet[str]) -> float:
    """The chosen options' weights added up and held between 0 and 1: Moodle core's multichoice."""
    chosen = (weight for option, weight in zip(question.options, question.weights, strict=True) if option in ticked)
    return min(1.0, max(0.0, math.fsum(chosen)))


RULES: dict[str, Callable[[Question, AbstractSet[str]], float]] = {
    "balanced": _score_balanced,
    "plusminus": _score_plusminus,
    "exact": _score_exact,
    "weights": _score_weights,
}
