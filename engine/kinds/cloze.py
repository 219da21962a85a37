"""Words with gaps, each to choose from a list or to type. What such a question is, and what a filled text earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.marks import UNANSWERED, Mark, award, reject, split_pairs
from engine.reading import Definition, Refused, read_flag, read_id, read_ids, read_rows, read_texts
from engine.spelling import LONGEST, find, fold


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: the option ids and the right one among `answers`, or no options and the folded answers to type."""

    id: str
    options: tuple[str, ...]
    answers: tuple[str, ...]
    typos: bool


@dataclass(frozen=True, slots=True)
class Question:
    """The gaps in the author's order."""

    gaps: tuple[Gap, ...]


def read(definition: Definition) -> Question:
    """Return the question from `gaps: [{id, options: [{id, correct}]} or {id, answers, typos}]`."""
    rows = read_rows(definition, "gaps")
    read_ids(rows, "gaps", 1)
    return Question(tuple(_read_gap(row) for row in rows))


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return right gaps over all gaps; a blank gap is wrong and all blank is unanswered (as Moodle core's gap select).

    `values` are texts `gap=option` or `gap=typed words`, `gap=` for blank. A gap twice, a gap or an option nobody offered,
    is invalid; so is a typed text over 500 characters.
    """
    pairs = split_pairs(values)
    if pairs is None or not pairs.keys() <= {gap.id for gap in question.gaps}:
        return reject("unknown_value")
    given = [(gap, pairs.get(gap.id, "").strip()) for gap in question.gaps]
    if any(gap.options and text and text not in gap.options for gap, text in given):
        return reject("unknown_value")
    if any(len(text) > LONGEST for _, text in given):
        return reject("too_long")
    if not any(text for _, text in given):
        return UNANSWERED
    found = parts(question, values)
    return award(sum(found) / len(found), [_name(gap, text, hit) for (gap, text), hit in zip(given, found, strict=True)])


def chance(question: Question) -> float:
    """Return what choosing at random earns on average; a gap to type in earns nothing by chance."""
    return sum(1 / len(gap.options) if gap.options else 0 for gap in question.gaps) / len(question.gaps)


def parts(question: Question, values: Sequence[str]) -> tuple[bool, ...]:
    """Return which gaps are filled rightly, in the author's order."""
    pairs = split_pairs(values) or {}
    return tuple(_is_right(gap, pairs.get(gap.id, "").strip()) for gap in question.gaps)


def _read_gap(row: Definition) -> Gap:
    choices = read_rows(row, "options")
    if not choices:
        answers = tuple(fold(text) for text in read_texts(row, "answers"))
        if not all(answers):
            raise Refused("“answers” must hold more than a full stop.")
        return Gap(read_id(row), (), answers, read_flag(row, "typos"))
    options = read_ids(choices, "options")
    right = tuple(option for option, choice in zip(options, choices, strict=True) if read_flag(choice, "correct"))
    if len(right) != 1:
        raise Refused("exactly one option of a gap must be correct.")
    return Gap(read_id(row), options, right, False)


def _is_right(gap: Gap, text: str) -> bool:
    return text in gap.answers if gap.options else bool(text) and find(gap.answers, gap.typos, fold(text))


def _name(gap: Gap, text: str, hit: bool) -> str:
    if gap.options and text:
        return f"chosen:{gap.id}:{text}"
    return f"{'answer' if hit else 'other' if text else 'blank'}:{gap.id}"
