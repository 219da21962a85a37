"""What the first tries of many people say about the questions: how hard one is, how well it goes with the rest, and how well a set of them
hangs together. Plain numbers in, plain numbers out; who may see them is `engine/suppression.py`.

The formulas are those of Moodle's quiz statistics (`question/classes/statistics/questions/calculator.php` and
`mod/quiz/report/statistics/classes/calculator.php`), with sample variances, and are percentages as there. Where people were asked different
questions, the rest of somebody's marks is the mean of the others they were asked, not the sum.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

Pairs: TypeAlias = Counter[tuple[float, float]]
"""How many people have each pair: the mark of one question, and the mean mark of the others they were asked."""

Z = 1.959963984540054  # of a 95% interval
NOTHING = 1e-12  # a variance below this is none


@dataclass(frozen=True, slots=True)
class Consistency:
    """Cronbach's alpha as a percentage; the share of the spread that is error, as one; and the standard error of a total, in marks.
    The last two are None where alpha is below 0."""

    alpha: float
    error_ratio: float | None
    standard_error: float | None


def facility(marks: Counter[float]) -> float:
    """Return the mean of marks 0 to 1, from how many people have each. There must be one."""
    return math.fsum(mark * count for mark, count in marks.items()) / marks.total()


def interval(right: float, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927): `right`, which may be a sum of part marks, of one or more."""
    share = right / of
    middle = share + Z * Z / (2 * of)
    half = Z * math.sqrt(max(0.0, share * (1 - share)) / of + Z * Z / (4 * of * of))
    scale = 1 + Z * Z / of
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def rest(total: float, mark: float, count: int) -> float:
    """Return the mean mark of the others of `count` questions that somebody was asked, from their total and the mark of one. It is rounded
    so that equals stay equal. There must be two questions."""
    return round((total - mark) / (count - 1), 12)


def discrimination(pairs: Pairs) -> float | None:
    """Return the discrimination index, −100 to 100; None for fewer than two people or where one side does not vary."""
    spread = _covariance(pairs, 0, 0) * _covariance(pairs, 1, 1)
    return 100 * _covariance(pairs) / math.sqrt(spread) if spread > NOTHING else None


def efficiency(pairs: Pairs) -> float | None:
    """Return the discriminative efficiency, at most 100: the index beside the best that these marks could have had."""
    best = _covariance(_in_order(pairs))
    return 100 * _covariance(pairs) / best if best > NOTHING else None


def _in_order(pairs: Pairs) -> Pairs:
    """How many people would have each pair if the least value of one side went with the least of the other, and so on to the greatest."""
    sides = [_one_side(pairs, side) for side in (0, 1)]
    ends = [list(accumulate(count for _, count in side)) for side in sides]
    found: Pairs = Counter()
    below = 0
    for end in sorted({*ends[0], *ends[1]}):
        one, other = (side[bisect_left(last, end)][0] for side, last in zip(sides, ends, strict=True))
        found[one, other] += end - below
        below = end
    return found


def _one_side(pairs: Pairs, side: int) -> list[tuple[float, int]]:
    """The values of one side, the least first, and how many people have each."""
    counts: Counter[float] = Counter()
    for pair, count in pairs.items():
        counts[pair[side]] += count
    return sorted(counts.items())


def consistency(rows: Sequence[Sequence[float]]) -> Consistency | None:
    """Return how a set of questions hangs together, from each person's marks for all of them. None for two people or fewer, for one
    question, or for totals that do not vary."""
    count = len(rows[0]) if rows else 0
    if len(rows) <= 2 or count <= 1:
        return None
    spread = variance([math.fsum(row) for row in rows])
    if spread <= NOTHING:
        return None
    inside = math.fsum(variance(column) for column in zip(*rows, strict=True))
    alpha = min(100.0, 100 * count / (count - 1) * (1 - inside / spread))
    if alpha < 0:
        return Consistency(alpha, None, None)
    ratio = 100 * math.sqrt(1 - alpha / 100)
    return Consistency(alpha, ratio, ratio * math.sqrt(spread) / 100)


def halves(rests: Counter[float]) -> float | None:
    """Return the least rest that belongs to the top half, from how many people have each: the cut nearest to the middle that keeps equals
    together, and of two as near the lower. None where all are equal."""
    ordered = sorted(rests.items())
    below = accumulate(count for _, count in ordered[:-1])
    cuts = [(abs(rests.total() - 2 * place), value) for place, (value, _) in zip(below, ordered[1:], strict=True)]
    return min(cuts)[1] if cuts else None


def variance(values: Iterable[float]) -> float:
    """Return the sample variance; 0 for fewer than two values."""
    return _covariance(Counter({(value, value): count for value, count in Counter(values).items()}))


def _covariance(cells: Pairs, one: int = 0, other: int = 1) -> float:
    """From how many people have each pair: of the one side with the other, or of a side with itself."""
    people = cells.total()
    if people < 2:
        return 0.0
    first, second = (math.fsum([pair[side] * count for pair, count in cells.items()]) / people for side in (one, other))
    return math.fsum([(pair[one] - first) * (pair[other] - second) * count for pair, count in cells.items()]) / (people - 1)
