"""A described scene to grade, item by item, against a panel's key. What such a question is, what a set of grades earns, and
how near it comes to the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.marks import UNANSWERED, Mark, State, reject, split_pairs
from engine.reading import Definition, Refused, read_ids, read_number, read_rows

GRADES = ("0", "1", "2", "3")
CLOSE = 0.75  # of the points, and no safety miss: this project's design choice
ENOUGH = 10  # items, for exact agreement and kappa to be shown
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Question:
    """The item ids in the author's order, and beside each the panel's grade, 0 to 3."""

    items: tuple[str, ...]
    key: tuple[int, ...]


def read(definition: Definition) -> Question:
    """Return the question from `items: [{id, key}]`, each key 0, 1, 2 or 3."""
    rows = read_rows(definition, "items")
    items = read_ids(rows, "items")
    key = tuple(read_number(row, "key") for row in rows)
    if any(grade not in (0, 1, 2, 3) for grade in key):
        raise Refused("“key” must be 0, 1, 2 or 3.")
    return Question(items, tuple(int(grade) for grade in key))


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return points over the most there are: 2 for the panel's grade, 1 for one beside it.

    `values` are texts `item=grade`, one for every item; fewer is invalid with the problem `incomplete`. A safety miss is a
    grade two or more below a key of 2 or 3. Close to the key, which counts as right, is 75% of the points and no safety
    miss. `figures` hold exact agreement and the linear weighted kappa (Cohen 1968) where there are ten items or more.
    """
    given = split_pairs(values)
    if given is None or not given.keys() <= set(question.items) or not set(given.values()) <= {"", *GRADES}:
        return reject("unknown_value")
    grades = [given.get(item, "") for item in question.items]
    if not all(grades):
        return reject("incomplete") if any(grades) else UNANSWERED
    return _compare(question, [int(grade) for grade in grades])


def chance(question: Question) -> float:
    """Return what grading every item at random earns on average."""
    points = (max(0, 2 - abs(grade - key)) for key in question.key for grade in range(len(GRADES)))
    return sum(points) / (2 * len(GRADES) * len(question.key))


def _compare(question: Question, grades: Sequence[int]) -> Mark:
    pairs = list(zip(question.items, grades, question.key, strict=True))
    fraction = sum(max(0, 2 - abs(grade - key)) for _, grade, key in pairs) / (2 * len(pairs))
    misses = [item for item, grade, key in pairs if key >= 2 and grade <= key - 2]
    close = fraction >= CLOSE - NEAR and not misses
    keys = [f"{_nearness(grade - key)}:{item}" for item, grade, key in pairs]
    keys += [f"safety:{item}" for item in misses] + ["safety"] * bool(misses) + ["close" if close else "not-close"]
    figures = _figures(grades, question.key) if len(pairs) >= ENOUGH else {}
    if figures and "kappa" not in figures:
        keys.append("no-kappa")
    state: State = "right" if close else "partial" if fraction else "wrong"
    return Mark(fraction, state, None, tuple(keys), figures)


def _nearness(difference: int) -> str:
    if difference == 0:
        return "same"
    return ("far" if abs(difference) > 1 else "near") + ("-above" if difference > 0 else "-below")


def _figures(grades: Sequence[int], key: Sequence[int]) -> dict[str, float]:
    """Exact agreement, and linear weighted kappa where it can be worked out: 1 − Σd/n ÷ Σ(all pairs) d/n², d in thirds."""
    count = len(grades)
    figures = {"exact": sum(grade == right for grade, right in zip(grades, key, strict=True)) / count}
    apart = sum(abs(grade - right) for grade, right in zip(grades, key, strict=True)) / count
    mine, theirs = Counter(grades), Counter(key)
    chance = sum(abs(a - b) * n * m for a, n in mine.items() for b, m in theirs.items()) / count**2
    return figures | ({"kappa": 1 - apart / chance} if chance else {})
