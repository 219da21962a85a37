"""What one question earned: the `Mark`, the cut-offs that turn a fraction into a state, and the few steps of reading a
response that several kinds share. A rule that belongs to one kind lives with that kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

State: TypeAlias = Literal["right", "partial", "wrong", "unanswered", "invalid"]

WRONG_BELOW = 0.000001  # both cut-offs are Moodle core's (question/engine/states.php)
RIGHT_ABOVE = 0.999999
LONGEST = 10_000  # characters in one response, this project's design choice


@dataclass(frozen=True, slots=True)
class Mark:
    """What one response earned.

    `fraction` is unrounded, 0 to 1; `problem` is a key or None; `keys` name the prepared texts to show, in order;
    `figures` are numbers to show among them, by name.
    """

    fraction: float
    state: State
    problem: str | None
    keys: tuple[str, ...]
    figures: Mapping[str, float] = field(default_factory=dict)


UNANSWERED = Mark(0.0, "unanswered", "unanswered", ())


def award(fraction: float, keys: Iterable[str]) -> Mark:
    """Return the mark for a usable response that earned `fraction`, 0 to 1. The cut-offs are Moodle core's."""
    if fraction < WRONG_BELOW:
        return Mark(fraction, "wrong", None, tuple(keys))
    return Mark(fraction, "right" if fraction > RIGHT_ABOVE else "partial", None, tuple(keys))


def reject(problem: str) -> Mark:
    """Return the mark for a response that cannot be used: it earns nothing and costs nothing."""
    return Mark(0.0, "invalid", problem, ())


def split_pairs(values: Sequence[str]) -> dict[str, str] | None:
    """Read values written `name=value` into a dict; None if one has no `=` or a name comes twice."""
    pairs = dict(value.split("=", 1) for value in values if "=" in value)
    return pairs if len(pairs) == len(values) else None
