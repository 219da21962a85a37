"""What several tries at one question earn, while somebody practises. The rule is Moodle core's interactive behaviour; where a kind is
marked part by part, it is that of its match (`compute_final_grade`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine import kinds
from engine.marks import Mark
from engine.quiz import Entry
from engine.reading import Refused


@dataclass(frozen=True, slots=True)
class Tries:
    """How many tries were made and are left; what the first one earned, and the beliefs behind it: figures use the first."""

    used: int
    left: int
    first: float
    misconceptions: tuple[str, ...]


def mark(entry: Entry, tries: Sequence[Sequence[str]]) -> tuple[Mark, Tries]:
    """Return the mark of the last of `tries`, each earlier one taken off by the question's penalty, and how the tries stand.

    max(0, raw - earlier tries x penalty) for a question marked as a whole. Part by part: a part that ends right earns
    max(0, 1 - (its last wrong try, counted from 1) x penalty), another nothing, and the parts are averaged. A try that is blank or
    cannot be used costs nothing. Raises Refused under `bad_responses` for more tries than the question has.
    """
    marks = [kinds.mark(entry.kind, entry.question, values) for values in tries]
    usable = [(one, values) for one, values in zip(marks, tries, strict=True) if one.problem is None]
    last = marks[-1]
    if len(usable) > entry.tries:
        raise Refused("The responses hold more tries than this question allows.", "bad_responses")
    first = usable[0][0] if usable else last
    left = 0 if last.state == "right" else entry.tries - len(usable)
    if last.problem is None:
        last = replace(last, fraction=_earned(entry, last, [values for _, values in usable]))
    return last, Tries(len(usable), left, first.fraction, entry.beliefs_of(first))


def _earned(entry: Entry, last: Mark, tries: Sequence[Sequence[str]]) -> float:
    found = [kinds.parts(entry.kind, entry.question, values) for values in tries]
    if not found[0]:
        return max(0.0, last.fraction - (len(tries) - 1) * entry.penalty)
    earned = [_part(states, entry.penalty) for states in zip(*found, strict=True)]
    return sum(earned) / len(earned)


def _part(states: Sequence[bool], penalty: float) -> float:
    """What one part earns over the tries: nothing unless it ends right."""
    wrong = max((number for number, right in enumerate(states, 1) if not right), default=0)
    return max(0.0, 1 - wrong * penalty) if states[-1] else 0.0
