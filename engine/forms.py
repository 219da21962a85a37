"""Which questions of a module are asked together: the forms. Each is drawn from the pool by a seed that comes with the message,
so the same seed gets the same form on every machine, and nobody has to keep it.

All sizes and rules are this project's design choice, as `docs/contribute/question-kinds.md` tells authors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, Protocol, TypeAlias

from engine.reading import Definition, Refused, read_choice
from engine.shuffling import scatter

Mode: TypeAlias = Literal["practice", "check", "before", "after", "follow_up"]
Form: TypeAlias = tuple[str, ...]

MODES: tuple[Mode, ...] = ("practice", "check", "before", "after", "follow_up")
ONE_TRY = ("check", "before", "after", "follow_up")
SHORT, LONG = 5, 10  # questions in a form, and in a check
FOLLOW_UPS = 3  # at 6 to 8 weeks, 6 months and 12 months
LARGEST_SEED = 2**32 - 1


class Asked(Protocol):
    """What a draw looks at in a question."""

    @property
    def id(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def critical(self) -> bool: ...
    @property
    def long(self) -> bool: ...


def read_mode(message: Definition) -> Mode:
    """Return the mode under `mode`. Raises Refused for one nobody knows."""
    name = read_choice(message, "mode", MODES)
    return next(mode for mode in MODES if mode == name)


def draw(questions: Iterable[Asked], mode: Mode, seed: int, part: int = 1) -> Form:
    """Return the ids of one form, in the order to ask them. Raises Refused where the pool is too small for it.

    `before`, `after` and each `follow_up` (`part` 1 to 3) hold five questions, at least one an outcome and one critical, and at
    most one long one where the pool allows; `before` and `after` of one seed share none. A `follow_up` takes first what neither
    of them asked. `check` holds ten and every critical question. `practice` is the whole pool, what the two leave over first.
    """
    pool = tuple(questions)
    before, after = _pair(pool, seed)
    used = {*before, *after}
    match mode:
        case "before":
            return before
        case "after":
            return after
        case "check":
            return _check(pool, f"{seed} check")
        case "follow_up":
            return _pick(pool, _outcomes(pool), f"{seed} follow-up {part}", used)
        case "practice":
            return tuple(one.id for one in sorted(_ranked(pool, f"{seed} practice"), key=lambda one: one.id in used))


@lru_cache(16)
def _pair(pool: tuple[Asked, ...], seed: int) -> tuple[Form, Form]:
    """The forms `before` and `after` of a seed, which the other modes go round."""
    before = _pick(pool, _outcomes(pool), f"{seed} before")
    return before, _pick([one for one in pool if one.id not in before], _outcomes(pool), f"{seed} after")


def _outcomes(pool: Iterable[Asked]) -> set[str]:
    return {one.outcome for one in pool}


def _pick(pool: Sequence[Asked], outcomes: Collection[str], text: str, later: Collection[str] = ()) -> Form:
    """A form: one critical question, then one for each outcome still without, then any that is not the last of its outcome; those in
    `later` only when nothing else fits."""
    ranked = sorted(_ranked(pool, text), key=lambda one: one.id in later)
    groups = _by_outcome(ranked)
    taken = [one for one in ranked if one.critical][:1]
    if not taken or len(groups) < len(outcomes) or len(ranked) < SHORT:
        raise Refused(f"Two forms of {SHORT} need a critical question each, one for each outcome, and {2 * SHORT} questions in all.")
    for group in sorted(groups.values(), key=len):
        if not any(one in taken for one in group):
            taken.append(min(group, key=lambda one: _cost(one, taken)))
    while len(taken) < SHORT:
        rest = [one for one in ranked if one not in taken]
        left = Counter(one.outcome for one in rest)
        taken.append(min(rest, key=lambda one: (left[one.outcome] < 2, *_cost(one, taken))))
    return _in_order(taken, text)


def _check(pool: Sequence[Asked], text: str) -> Form:
    """Every critical question, one for each outcome still without, and any until there are ten (or the pool is used up)."""
    ranked = _ranked(pool, text)
    taken = [one for one in ranked if one.critical]
    for group in _by_outcome(ranked).values():
        if not any(one in taken for one in group):
            taken.append(group[0])
    taken += [one for one in ranked if one not in taken][: max(0, LONG - len(taken))]
    return _in_order(taken, text)


def _cost(one: Asked, taken: Sequence[Asked]) -> tuple[bool, bool]:
    """Critical questions are kept for other forms, and one long question is enough; ties go to the earlier in rank."""
    return one.critical, one.long and any(other.long for other in taken)


def _by_outcome(ranked: Iterable[Asked]) -> Mapping[str, list[Asked]]:
    groups: dict[str, list[Asked]] = {}
    for one in ranked:
        groups.setdefault(one.outcome, []).append(one)
    return groups


def _ranked(pool: Iterable[Asked], text: str) -> list[Asked]:
    return sorted(pool, key=lambda one: (scatter(f"{text} {one.id}"), one.id))


def _in_order(taken: Sequence[Asked], text: str) -> Form:
    """Long questions stand last, so that nobody meets the longest first."""
    return tuple(one.id for one in sorted(_ranked(taken, text), key=lambda one: one.long))
