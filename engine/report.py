"""The training report: what many people's records say of each module, its questions and the training as a whole, with nothing in it that so
few people did that one could be told by it. The counting is here; the formulas are in `engine/item_statistics.py` and `engine/gain.py`, and
the rules of hiding in `engine/suppression.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine import item_statistics, suppression
from engine.calibration import LEVELS, Level, LevelResult, Word, judge
from engine.forms import FOLLOW_UPS, MODES
from engine.gain import Gain, compare
from engine.marks import RIGHT_ABOVE
from engine.suppression import is_split, shown
from engine.tallies import First, Modules, Offered, Taken, Tally, people

Bound: TypeAlias = Literal["high", "low"]
Answered: TypeAlias = Mapping[str, First]

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
    """One module: the people who took it and their attempts, the people in each mode, its questions, and what was gained."""

    module: str
    learners: int | None
    attempts: int | None
    modes: Mapping[str, int | None]
    questions: tuple[Question, ...]
    together: Together | None
    gains: tuple[Step, ...]


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
class Report:
    """Everything. `learners` is None where they are too few for any figure; `attempts` are those at the modules that show theirs.
    `duplicates` are the places of the tallies that are left out, as another holds the same person's attempts."""

    learners: int | None
    attempts: int | None
    modules: tuple[ModuleReport, ...]
    sureness: tuple[Sureness, ...]
    beliefs: Mapping[str, int]
    hidden_beliefs: int
    duplicates: tuple[int, ...]


def report(tallies: Sequence[Tally], modules: Modules) -> Report:
    """Return the report on some records, each by its tally; their order makes no difference. Below five people it holds no figure."""
    found, duplicates = people(tallies)
    if shown(len(found)) is None or not found:
        return Report(None, None, (), (), {}, 0, tuple(duplicates))
    beliefs, hidden = _beliefs(found)
    rows = tuple(_module(name, questions, [tally.modules.get(name) for tally in found]) for name, questions in modules.items())
    return Report(
        learners=len(found),
        attempts=sum(row.attempts or 0 for row in rows),
        modules=rows,
        sureness=tuple(_sureness(level, found) for level in LEVELS),
        beliefs=beliefs,
        hidden_beliefs=hidden,
        duplicates=tuple(duplicates),
    )


def _module(name: str, questions: Mapping[str, Offered], rows: Sequence[Taken | None]) -> ModuleReport:
    taken = [row for row in rows if row]
    if not taken or shown(len(taken)) is None:
        return ModuleReport(name, shown(len(taken)), 0 if not taken else None, {}, (), None, ())
    answered = [row.answers for row in taken]
    return ModuleReport(
        module=name,
        learners=len(taken),
        attempts=sum(row.attempts for row in taken),
        modes=suppression.cover({mode: [at for at, row in enumerate(taken) if mode in row.modes] for mode in MODES}, len(taken)),
        questions=tuple(_question(key, offered, [one for one in answered if key in one]) for key, offered in questions.items()),
        together=_together(answered),
        gains=tuple(_gains(taken)),
    )


def _question(name: str, offered: Offered, answered: Sequence[Answered]) -> Question:
    of = len(answered)
    right = sum(_is_right(answers[name]) for answers in answered)
    if not is_split(right, of):
        return _hidden(name, of, right)
    marks = [answers[name].mark for answers in answered]
    facility = item_statistics.facility(marks)
    low, high = item_statistics.interval(facility * of, of)
    pairs = [(answers[name].mark, item_statistics.rest(_marks(answers), name)) for answers in answered if len(answers) > 1]
    enough = len(pairs) >= ENOUGH
    counts, of_halves = _options(name, offered, answered)
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


def _hidden(name: str, of: int, right: int) -> Question:
    """A question of which no share may be shown: from ten people on, one that all but a few got right, or did not, can be called so."""
    bound: Bound | None = None
    if of >= 2 * suppression.FEW:
        bound = "high" if 2 * right > of else "low"
    return Question(name, shown(of), None, None, None, bound, None, None, None, None, (), ())


def _options(name: str, offered: Offered, answered: Sequence[Answered]) -> tuple[tuple[Option, ...], tuple[int | None, int | None]]:
    """The options of a question with their counts, and the sizes of the two halves; no halves where any count in them has to be hidden."""
    if not offered.options:
        return (), (None, None)
    whole = _count(name, offered, answered)
    top, bottom = _halves(name, answered)
    parts = [(_count(name, offered, half), len(half)) for half in (top, bottom)]
    show = all(_is_open(offered, counts, size) for counts, size in parts)
    hidden = _hide(offered, whole, len(answered))
    tops, bottoms = (counts for counts, _ in parts)
    rows = tuple(
        Option(key, None if key in hidden else whole[key], tops[key] if show else None, bottoms[key] if show else None) for key in whole
    )
    return rows, (len(top), len(bottom)) if show else (None, None)


def _count(name: str, offered: Offered, answered: Iterable[Answered]) -> dict[str, int]:
    """How many chose each option; where only one may be chosen, how many chose none is counted too, so that the row adds up."""
    chosen = [answers[name].chosen for answers in answered]
    counts = {option: sum(option in one for one in chosen) for option in offered.options}
    return counts | {"": sum(not one for one in chosen)} if offered.right else counts


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


def _halves(name: str, answered: Sequence[Answered]) -> tuple[list[Answered], list[Answered]]:
    """The people in the top half and in the bottom half, by what they earned with the other questions."""
    rests = [(item_statistics.rest(_marks(answers), name), answers) for answers in answered if len(answers) > 1]
    cut = item_statistics.halves([one for one, _ in rests])
    if cut is None or len(rests) < len(answered):
        return [], []
    return [answers for one, answers in rests if one >= cut], [answers for one, answers in rests if one < cut]


def _together(answered: Sequence[Answered]) -> Together | None:
    """From the largest group that was asked exactly the same questions; of equals, that whose names come first."""
    forms = Counter(tuple(sorted(answers)) for answers in answered if answers)
    if not forms:
        return None
    form, size = min(forms.items(), key=lambda pair: (-pair[1], pair[0]))
    figures = item_statistics.consistency([[one[key].mark for key in form] for one in answered if tuple(sorted(one)) == form])
    return Together(size, len(form), figures) if figures and size >= ENOUGH else None


def _gains(taken: Sequence[Taken]) -> Iterator[Step]:
    steps = ("after", *(str(part) for part in range(1, FOLLOW_UPS + 1)))
    groups = [[place for place, row in enumerate(taken) if step in row.scores] for step in steps]
    for step, group, show in zip(steps, groups, suppression.apart(groups), strict=True):
        before, after = ([taken[place].scores[key] for place in group] for key in ("before", step))
        yield Step(step, compare(before, after) if show else None)


def _sureness(level: Level, tallies: Sequence[Tally]) -> Sureness:
    answers = [[one for one in _answers(tally) if one.level == level] for tally in tallies]
    right = [sum(map(_is_right, own)) for own in answers]
    total = sum(map(len, answers))
    some = sum(map(bool, answers))
    missed = sum(len(own) > hits for own, hits in zip(answers, right, strict=True))
    if some < suppression.FEW or not all(shown(count) is not None for count in (sum(map(bool, right)), missed)):
        return Sureness(level, shown(some), None, None, "none")
    found: LevelResult = judge(level, sum(right), total)
    return Sureness(level, some, total, found.right, found.word)


def _beliefs(tallies: Sequence[Tally]) -> tuple[dict[str, int], int]:
    """How many people chose an answer behind which each belief lies, the commonest first, and how many beliefs are hidden. One that lies
    behind the answers to a single question is that question's row of options over again, which may be hidden, so it is left out."""
    holders: Counter[str] = Counter()
    questions: dict[str, set[str]] = {}
    for tally in tallies:
        held = [(belief, key) for taken in tally.modules.values() for key, one in taken.answers.items() for belief in one.beliefs]
        holders.update({belief for belief, _ in held})
        for belief, key in held:
            questions.setdefault(belief, set()).add(key)
    wide = {belief: count for belief, count in holders.items() if len(questions[belief]) > 1}
    open_ = {belief: count for belief, count in sorted(wide.items(), key=lambda row: (-row[1], row[0])) if is_split(count, len(tallies))}
    return open_, len(wide) - len(open_)


def _answers(tally: Tally) -> Iterator[First]:
    return (answer for taken in tally.modules.values() for answer in taken.answers.values())


def _marks(answers: Answered) -> dict[str, float]:
    return {key: answer.mark for key, answer in answers.items()}


def _is_right(answer: First) -> bool:
    return answer.mark > RIGHT_ABOVE
