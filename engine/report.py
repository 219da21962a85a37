"""The training report on one module, and on its questions: what many people's records say of them, with nothing in it that so few people
did that one could be told by it. The counting is here; the formulas are in `engine/item_statistics.py` and `engine/gain.py`, the rules of
hiding in `engine/suppression.py`, and what is over all modules in `engine/people.py`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter, methodcaller
from typing import Literal, TypeAlias, TypeVar

from engine import item_statistics, suppression
from engine.forms import FOLLOW_UPS, MODES
from engine.gain import Gain, compare
from engine.marks import RIGHT_ABOVE
from engine.suppression import is_split, shown
from engine.tallies import Answered, First, Offered, Questions, Taken

Key = TypeVar("Key", bound=Hashable)
Bound: TypeAlias = Literal["high", "low"]
Cells: TypeAlias = Counter[tuple[First, float | None]]
"""How many people gave each answer to a question, by what they earned with their others: their mean, or None where they had none."""

ENOUGH = 30
"""First attempts below which an index of a question or of a set of them says nothing (this project's design choice)."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option and how many people chose it: all of them, those in the top half by their other answers, and those in the bottom half. None
    is hidden. The option "" is of people who chose none."""

    option: str
    learners: int | None
    top: int | None
    bottom: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how many people met it in their first attempt; the mean of what their first try earned with its 95% interval, or
    where that has to be hidden whether all but a few were right (`high`) or not right (`low`); the index and the efficiency of
    discrimination; the sizes of the halves, its options, and those that nobody chose. Facility and interval are 0 to 1, the other two
    percentages."""

    question: str
    learners: int | None
    facility: float | None
    low: float | None
    high: float | None
    bound: Bound | None
    discrimination: float | None
    efficiency: float | None
    top: int | None
    bottom: int | None
    options: tuple[Option, ...]
    unchosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """How a set of questions hangs together, from the people who were asked exactly these."""

    learners: int
    questions: int
    figures: item_statistics.Consistency


@dataclass(frozen=True, slots=True)
class Step:
    """A gain from the before questions to `after`, or to a follow-up (`1`, `2`, `3`). None is hidden or nobody's."""

    to: str
    gain: Gain | None


@dataclass(frozen=True, slots=True)
class ModuleReport:
    """One module: the people who took it and their attempts, the people in each mode, and what was gained."""

    module: str
    learners: int | None
    attempts: int | None
    modes: Mapping[str, int | None]
    gains: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class QuestionsReport:
    """The questions of one module, and how a set of them hangs together."""

    questions: tuple[Question, ...]
    together: Together | None


def report(name: str, taken: Taken) -> ModuleReport:
    """Return the report on a module, from those who took it; their order makes no difference. Below five it holds no figure."""
    people = len(taken.attempts)
    if not people or shown(people) is None:
        return ModuleReport(name, shown(people), None if people else 0, {}, ())
    modes: dict[str, list[int]] = {mode: [] for mode in MODES}
    for place, own in enumerate(taken.modes):
        for mode in own:
            modes[mode].append(place)
    return ModuleReport(name, people, sum(taken.attempts), suppression.cover(modes, people), tuple(_gains(taken.scores)))


def report_questions(questions: Questions, answered: Sequence[Answered]) -> QuestionsReport:
    """Return the report on the questions of a module, from what everybody who took it answered first; their order makes no difference.
    Below five people it holds no figure."""
    if not answered or shown(len(answered)) is None:
        return QuestionsReport((), None)
    cells = _cells(answered)
    return QuestionsReport(tuple(_question(key, offered, cells[key]) for key, offered in questions.items()), _together(answered))


def _cells(answered: Sequence[Answered]) -> dict[str, Cells]:
    """The answers to each question, counted. Everything about a question is worked out from these, which are far fewer than the people."""
    alike: dict[tuple[float, int], list[Answered]] = defaultdict(list)
    for answers in answered:
        alike[math.fsum(map(_MARK, answers.values())), len(answers)].append(answers)
    cells: dict[str, Cells] = defaultdict(Counter)
    for (total, asked), group in alike.items():
        for one, many in Counter(chain.from_iterable(map(_VALUES, group))).items():
            cells[one.question][one, item_statistics.rest(total, one.mark, asked) if asked > 1 else None] += many
    return cells


_MARK, _VALUES = attrgetter("mark"), methodcaller("values")


def _question(name: str, offered: Offered, cells: Cells) -> Question:
    of = cells.total()
    right = sum(count for (one, _), count in cells.items() if one.mark > RIGHT_ABOVE)
    if not is_split(right, of):
        return _hidden(name, of, right)
    facility = item_statistics.facility(_counted((one.mark, count) for (one, _), count in cells.items()))
    low, high = item_statistics.interval(facility * of, of)
    pairs = _counted(((one.mark, rest), count) for (one, rest), count in cells.items() if rest is not None)
    enough = pairs.total() >= ENOUGH
    counts, of_halves = _options(offered, cells)
    return Question(
        question=name,
        learners=of,
        facility=facility,
        low=low,
        high=high,
        bound=None,
        discrimination=item_statistics.discrimination(pairs) if enough else None,
        efficiency=item_statistics.efficiency(pairs) if enough else None,
        top=of_halves[0],
        bottom=of_halves[1],
        options=counts,
        unchosen=tuple(row.option for row in counts if row.learners == 0 and row.option) if of >= ENOUGH else (),
    )


def _counted(rows: Iterable[tuple[Key, int]]) -> Counter[Key]:
    counts: Counter[Key] = Counter()
    for key, count in rows:
        counts[key] += count
    return counts


def _hidden(name: str, of: int, right: int) -> Question:
    """A question of which no share may be shown: from ten people on, one that all but a few got right, or did not, can be called so."""
    bound: Bound | None = None
    if of >= 2 * suppression.FEW:
        bound = "high" if 2 * right > of else "low"
    return Question(name, shown(of), None, None, None, bound, None, None, None, None, (), ())


def _options(offered: Offered, cells: Cells) -> tuple[tuple[Option, ...], tuple[int | None, int | None]]:
    """The options of a question with their counts, and the sizes of the two halves; no halves where any count in them has to be hidden."""
    if not offered.options:
        return (), (None, None)
    whole = _count(offered, cells)
    halves = _halves(cells)
    tops, bottoms = (_count(offered, half) for half in halves)
    top, bottom = (half.total() for half in halves)
    show = _is_open(offered, tops, top) and _is_open(offered, bottoms, bottom)
    hidden = _hide(offered, whole, cells.total())
    rows = tuple(
        Option(key, None if key in hidden else whole[key], tops[key] if show else None, bottoms[key] if show else None) for key in whole
    )
    return rows, (top, bottom) if show else (None, None)


def _count(offered: Offered, cells: Cells) -> dict[str, int]:
    """How many chose each option; where only one may be chosen, how many chose none is counted too, so that the row adds up."""
    counts = dict.fromkeys([*offered.options, *([""] if offered.right else [])], 0)
    for (one, _), count in cells.items():
        for option in one.chosen or ("",):
            if option in counts:
                counts[option] += count
    return counts


def _hide(offered: Offered, counts: Mapping[str, int], of: int) -> frozenset[str]:
    """Options of which one may be chosen add up to what is shown, the right one by its facility, so the others hide each other. Where
    several may be chosen, each is a share of its own."""
    if offered.right:
        return suppression.hide({option: count for option, count in counts.items() if option != offered.right})
    return frozenset(option for option, count in counts.items() if not is_split(count, of))


def _is_open(offered: Offered, counts: Mapping[str, int], size: int) -> bool:
    if offered.right:
        return size > 0 and all(shown(count) is not None for count in counts.values())
    return all(is_split(count, size) for count in counts.values())


def _halves(cells: Cells) -> tuple[Cells, Cells]:
    """The people in the top half and in the bottom half, by what they earned with the other questions."""
    rests = _counted((rest, count) for (_, rest), count in cells.items() if rest is not None)
    cut = item_statistics.halves(rests)
    if cut is None or rests.total() < cells.total():
        return Counter(), Counter()
    tops, bottoms = ({cell: count for cell, count in cells.items() if (cell[1] >= cut) is top} for top in (True, False))  # type: ignore[operator]
    return Counter(tops), Counter(bottoms)


def _together(answered: Sequence[Answered]) -> Together | None:
    """From the largest group that was asked exactly the same questions; of equals, that whose names come first."""
    forms: dict[frozenset[str], list[Answered]] = {}
    for answers in answered:
        if answers:
            forms.setdefault(frozenset(answers), []).append(answers)
    most = max(map(len, forms.values()), default=0)
    if most < ENOUGH:
        return None
    form = min(sorted(form) for form, group in forms.items() if len(group) == most)
    figures = item_statistics.consistency([[answers[key].mark for key in form] for answers in forms[frozenset(form)]])
    return Together(most, len(form), figures) if figures else None


def _gains(scores: Mapping[int, Mapping[str, float]]) -> Iterator[Step]:
    steps = ("after", *(str(part) for part in range(1, FOLLOW_UPS + 1)))
    groups = [[place for place, row in scores.items() if step in row] for step in steps]
    for step, group, show in zip(steps, groups, suppression.apart(groups), strict=True):
        before, after = ([scores[place][key] for place in group] for key in ("before", step))
        yield Step(step, compare(before, after) if show else None)
