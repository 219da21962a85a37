"""How far a group came between two measurements of the same people: the mean before and after, the normalised gain and the size of the
effect. Scores are 0 to 1. A person's own normalised change is `engine/learning.py`'s."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.item_statistics import NOTHING, variance
from engine.learning import change
from engine.suppression import is_split


@dataclass(frozen=True, slots=True)
class Gain:
    """What a group came to. `gain` is None where the mean before is full marks; `effect` where nobody differs; `change` where the people it
    leaves out, or those it is about, are too few to show."""

    learners: int
    before: float
    after: float
    gain: float | None
    effect: float | None
    change: float | None


def compare(before: Sequence[float], after: Sequence[float]) -> Gain:
    """Return what the same people, in the same order, came to.

    The gain is the class average normalised gain (Hake 1998): of what there was left to gain, how much the group did. The effect is
    Cohen's d with the pooled spread √((s²before + s²after)/2). The change is the mean normalised change (Marx and Cummings 2007) of
    those who have one: whoever had nothing, or everything, both times has none.
    """
    first, second = (math.fsum(scores) / len(scores) for scores in (before, after))
    pooled = math.sqrt((variance(before) + variance(after)) / 2)
    changes = [one for pair in zip(before, after, strict=True) if (one := change(*pair)) is not None]
    telling = bool(changes) and is_split(len(changes), len(before))
    return Gain(
        learners=len(before),
        before=first,
        after=second,
        gain=(second - first) / (1 - first) if 1 - first > NOTHING else None,
        effect=(second - first) / pooled if pooled > NOTHING else None,
        change=math.fsum(changes) / len(changes) if telling else None,
    )
