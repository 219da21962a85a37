"""The training report over all modules: who is counted, how sure people were and which beliefs lay behind their answers, with nothing in it
that so few people did that one could be told by it. One module is `engine/report.py`'s."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine import suppression
from engine.calibration import LEVELS, Level, LevelResult, Word, judge
from engine.suppression import is_split, shown
from engine.tallies import Person


@dataclass(frozen=True, slots=True)
class Sureness:
    """One level of sureness: the people who chose it, their answers with it, how many of those were right, and what that says; None and
    `none` where hidden."""

    level: Level
    learners: int | None
    answers: int | None
    right: int | None
    word: Word


@dataclass(frozen=True, slots=True)
class Everybody:
    """All people together. `learners` is None where they are too few for any figure. `duplicates` are the places of the tallies to leave
    out of every module, as another holds the same person's attempts."""

    learners: int | None
    sureness: tuple[Sureness, ...]
    beliefs: Mapping[str, int]
    hidden_beliefs: int
    duplicates: tuple[int, ...]


def report(everybody: Sequence[Person]) -> Everybody:
    """Return the report over all modules; the order of people makes no difference. Below five of them it holds no figure."""
    duplicates = repeated([person.ids for person in everybody])
    found = [person for place, person in enumerate(everybody) if place not in duplicates]
    if not found or shown(len(found)) is None:
        return Everybody(None, (), {}, 0, tuple(sorted(duplicates)))
    beliefs, hidden = _beliefs(found)
    return Everybody(len(found), tuple(_sureness(level, found) for level in LEVELS), beliefs, hidden, tuple(sorted(duplicates)))


def repeated(everybody: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the places of those who are counted elsewhere, from the ids of everybody's attempts. Records that share an attempt, directly
    or through a third, are one person's, and the fullest counts."""
    owners: dict[str, int] = {}
    group = list(range(len(everybody)))

    def find(place: int) -> int:
        while group[place] != place:
            group[place] = place = group[group[place]]
        return place

    for place, ids in enumerate(everybody):
        for name in ids:
            owner = owners.setdefault(name, place)
            if owner != place:
                group[find(place)] = find(owner)
    groups: dict[int, list[int]] = {}
    for place in range(len(everybody)):
        groups.setdefault(find(place), []).append(place)
    kept = {min(places, key=lambda place: (-len(everybody[place]), sorted(everybody[place]))) for places in groups.values()}
    return frozenset(range(len(everybody))) - kept


def _sureness(level: Level, found: Sequence[Person]) -> Sureness:
    chosen = [person.sure[level] for person in found if level in person.sure]
    counts = [(answers, right) for answers, right in chosen if answers]
    some = len(counts)
    knowing, missing = sum(right > 0 for _, right in counts), sum(answers > right for answers, right in counts)
    if some < suppression.FEW or shown(knowing) is None or shown(missing) is None:
        return Sureness(level, shown(some), None, None, "none")
    judged: LevelResult = judge(level, sum(right for _, right in counts), sum(answers for answers, _ in counts))
    return Sureness(level, some, judged.count, judged.right, judged.word)


def _beliefs(found: Sequence[Person]) -> tuple[dict[str, int], int]:
    """How many people chose an answer behind which each belief lies, the commonest first, and how many beliefs are hidden. One that lies
    behind the answers to a single question is that question's row of options over again, which may be hidden, so it is left out."""
    holders: Counter[str] = Counter()
    behind: set[tuple[str, str]] = set()
    for person in found:
        holders.update({belief for belief, _ in person.held})
        behind.update(person.held)
    questions = Counter(belief for belief, _ in behind)
    wide = {belief: count for belief, count in holders.items() if questions[belief] > 1}
    open_ = {belief: count for belief, count in sorted(wide.items(), key=lambda row: (-row[1], row[0])) if is_split(count, len(found))}
    return open_, len(wide) - len(open_)
