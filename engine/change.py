"""How far a count or a share is from another, with the uncertainty that chance alone brings."""

from __future__ import annotations

import math
from dataclasses import dataclass

SURE = 1.959964  # standard errors on either side: 95%
ROUGH = 5  # below this a count makes the interval rough; this project's design choice


@dataclass(frozen=True, slots=True)
class Change:
    """`key` is `up`, `down` or `unclear` (the interval holds 1), or why there is no ratio: `zero` or `whole`."""

    key: str
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


def of_counts(now: int, then: int) -> Change:
    """The ratio of two counts over times of one length. Its interval is the log-normal approximation for two Poisson counts."""
    return _ratio(now / then, 1 / now + 1 / then) if now and then else Change("zero")


def of_shares(now: int, of_now: int, then: int, of_then: int) -> Change:
    """The ratio of two shares. Its interval is the log-normal approximation for two binomial shares (Katz and others, 1978)."""
    if not now or not then:
        return Change("zero")
    if now == of_now and then == of_then:
        return Change("whole")  # everything both times: there is no spread to reckon with
    return _ratio((now / of_now) / (then / of_then), 1 / now - 1 / of_now + 1 / then - 1 / of_then)


def _ratio(ratio: float, variance: float) -> Change:
    spread = SURE * math.sqrt(variance)
    low, high = ratio * math.exp(-spread), ratio * math.exp(spread)
    return Change("up" if low > 1 else "down" if high < 1 else "unclear", ratio, low, high)
