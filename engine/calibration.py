"""How sure somebody was, beside how often they were right. Shown, and never part of a mark.

The figures are those of Moodle core's certainty-based marking (`question_cbm`, `deferredcbm`), after Gardner-Medwin. One rule is this
project's: a partly right answer counts as not right wherever somebody was more than guessing, so that being sure and a little
right is not rewarded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.marks import RIGHT_ABOVE
from engine.reading import Definition, read_choice

Level: TypeAlias = Literal["guess", "think", "sure"]
Word: TypeAlias = Literal["over", "slightly-over", "well", "slightly-under", "under", "none"]

LEVELS: tuple[Level, ...] = ("guess", "think", "sure")
RIGHT = {"guess": 1, "think": 2, "sure": 3}
WRONG = {"guess": 0, "think": -2, "sure": -6}
BANDS = {"guess": (0.0, 2 / 3), "think": (2 / 3, 0.8), "sure": (0.8, 1.0)}
"""The share of right answers at which each level is the best one to choose: the break-evens of the two tables above."""
CLEARLY = 0.5  # (distance outside the band) squared times answers, from which it is more than slight
BONUS = 0.1
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its weight, the fraction it earned (0 where blank), and how sure somebody said they were, if they did."""

    weight: float
    fraction: float
    level: Level | None


@dataclass(frozen=True, slots=True)
class LevelResult:
    """One level: how many answers, how many of them right, and what that says."""

    level: Level
    count: int
    right: int
    word: Word


@dataclass(frozen=True, slots=True)
class Calibration:
    """The levels from least to most sure; accuracy 0 to 1; the average certainty-based mark; the best that this accuracy could have
    had at one level; and what being well judged adds."""

    levels: tuple[LevelResult, ...]
    accuracy: float
    average: float
    expected: float
    bonus: float


def read_level(row: Definition, key: str) -> Level | None:
    """Return how sure somebody said they were, under `key`; None where they did not say. Raises Refused for another word."""
    if row.get(key) is None:
        return None
    name = read_choice(row, key, LEVELS)
    return next(level for level in LEVELS if level == name)


def calibrate(answers: Sequence[Answer]) -> Calibration:
    """Return the calibration of some answers: none gives zeros. No level chosen counts as a guess in the figures and in no level."""
    total = math.fsum(answer.weight for answer in answers)
    accuracy = math.fsum(answer.weight * answer.fraction for answer in answers) / total if total else 0.0
    average = math.fsum(answer.weight * _mark(answer) for answer in answers) / total if total else 0.0
    expected = max(accuracy * RIGHT[level] + (1 - accuracy) * WRONG[level] for level in LEVELS)
    levels = tuple(_level(level, [answer for answer in answers if answer.level == level]) for level in LEVELS)
    return Calibration(levels, accuracy, average, expected, BONUS * (average - expected))


def _mark(answer: Answer) -> float:
    level = answer.level or "guess"
    if answer.fraction > RIGHT_ABOVE:
        return RIGHT[level]
    return answer.fraction if level == "guess" else WRONG[level]


def _level(level: Level, answers: Iterable[Answer]) -> LevelResult:
    rights = [answer.fraction > RIGHT_ABOVE for answer in answers]
    return judge(level, sum(rights), len(rights))


def judge(level: Level, right: int, count: int) -> LevelResult:
    """Return what it says that `right` of `count` answers at one level were right."""
    return LevelResult(level, count, right, _word(level, right, count))


def _word(level: Level, right: int, count: int) -> Word:
    """Whether the share of right answers lies outside the level's band, and by enough to say so plainly."""
    if not count:
        return "none"
    low, high = BANDS[level]
    share = right / count
    if share < low - NEAR:
        return "over" if (share - low) ** 2 * count > CLEARLY else "slightly-over"
    if share > high + NEAR:
        return "under" if (share - high) ** 2 * count > CLEARLY else "slightly-under"
    return "well"
