"""What a report needs of one person's record, and no more: short values that the page holds while it reads the next files. Making them from
records, and reading them back.

Of each module a tally has how often and in which modes it was taken, the scores that a gain is worked out from, and which attempt was the
very first: only its answers count, as later ones have met the questions. Of the person it has the ids of the attempts.

Most answers are like somebody else's, so what is told of one is made once, and people's answers name it by its letter. An answer to a
question that has been changed since tells nothing. Of a response it has only which of the offered options were chosen, so nothing that
somebody typed is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from engine.attempts import Answer
from engine.calibration import LEVELS, Level
from engine.forms import MODES
from engine.marks import RIGHT_ABOVE
from engine.reading import Refused, read_id, read_list, read_object, read_text
from engine.shared import Row, check_answers

TOLD = re.compile(rf"([a-z0-9-]+),([0-9.e-]+),([a-z0-9+-]*),({'|'.join(LEVELS)}|),([a-z0-9+-]*)")
BELIEF = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST = 5_000
SURE: Mapping[str, tuple[str, str]] = {level: (level[0], level[0].upper()) for level in LEVELS}
"""The letters of a level of sureness: where an answer was not right, and where it was."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A question as it is now: its revision, the options it offers (none where they are no options), the one that is right where only one
    may be chosen."""

    revision: str
    options: tuple[str, ...]
    right: str | None


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """The first answer to a question: what it earned, and the options chosen. The same answer of many people is one value, and only
    itself."""

    question: str
    mark: float
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """One module of those who took it, each in the same place of both lists: how many attempts they made, and in which modes. By place,
    `scores` are of those who began with `before`: of their first, of the first `after` since, and of the first of each `follow_up` (`1`,
    `2`, `3`) since."""

    attempts: Sequence[int]
    modes: Sequence[frozenset[str]]
    scores: Mapping[int, Mapping[str, float]]


Answered: TypeAlias = Mapping[str, First]
"""One person's answers to questions of a module."""


@dataclass(frozen=True, slots=True)
class Person:
    """One record over all modules: the ids of its attempts, for each level of sureness that was chosen how many answers there were and how
    many of them right, and each belief with a question that it lay behind the answer to."""

    ids: tuple[str, ...]
    sure: Mapping[Level, tuple[int, int]]
    held: frozenset[tuple[str, str]]


class Told(NamedTuple):
    """What is told of an answer: that it was the first to its question, how sure somebody was and whether it was right (a letter of `SURE`,
    blank where they did not say), and the beliefs behind it."""

    first: First
    sure: str
    held: frozenset[tuple[str, str]]


Questions: TypeAlias = Mapping[str, Offered]
Modules: TypeAlias = Mapping[str, Questions]


def read_modules(value: object) -> dict[str, dict[str, Offered]]:
    """Return the modules there are now from `{id: {question: {revision, options, right}}}`. Raises Refused."""
    return {read_id({"id": name}): read_questions(questions) for name, questions in read_object(value, "modules").items()}


def read_questions(value: object) -> dict[str, Offered]:
    """Return the questions of a module from `{question: {revision, options, right}}`. Raises Refused."""
    return {read_id({"id": key}): _read_question(row) for key, row in read_object(value, "questions").items()}


def _read_question(value: object) -> Offered:
    row = read_object(value, "questions")
    options = tuple(read_id({"id": option}) for option in read_list(row, "options"))
    return Offered(read_text(row, "revision"), options, read_id(row, "right") if "right" in row else None)


def tell(name: str, answer: Answer, questions: Questions) -> str:
    """Return what is told of an answer to the question `name`, as `question,mark,chosen,sure,beliefs` with `+` between several; nothing
    where the question is not asked today as it was then. `questions` are those of all modules: no two share one."""
    question = questions.get(name)
    if question is None or question.revision != answer.revision:
        return ""
    chosen = "+".join([option for option in question.options if option in answer.response])
    beliefs = "+".join(sorted(set(filter(BELIEF.fullmatch, answer.misconceptions))))
    return f"{name},{answer.first:.9g},{chosen},{answer.certainty or ''},{beliefs}"


def write(rows: Sequence[Row], modules: Modules, unusable: Mapping[str, Refused]) -> dict[str, object]:
    """Return the tally of a record as plain JSON: `{ids, modules}`, where `row` is the place in the file of the first attempt at a module.
    `rows` are in the order of their days. Raises Refused under `damaged` where an answer of a first attempt is `unusable`."""
    taken: dict[str, list[Row]] = {}
    for row in rows:
        taken.setdefault(row.kind.module, []).append(row)
    for own in taken.values():
        check_answers(own[0], unusable)
    return {
        "ids": " ".join([row.id for row in rows if row.kind.module in modules]),
        "modules": {name: _write_taken(own) for name, own in taken.items() if name in modules},
    }


def _write_taken(rows: Sequence[Row]) -> dict[str, object]:
    modes = " ".join(sorted({row.kind.mode for row in rows}))
    return {"row": rows[0].number - 1, "attempts": len(rows), "modes": modes, "scores": _scores(rows)}


def _scores(rows: Sequence[Row]) -> dict[str, float]:
    """First attempts that can be matched: a look back counts from the after questions, and those from the before ones."""
    found: dict[str, float] = {}
    for row in rows:
        mode = row.kind.mode
        if mode == "before" or (mode == "after" and "before" in found) or (mode == "follow_up" and "after" in found):
            found.setdefault(str(row.kind.part or 1) if mode == "follow_up" else mode, row.score)
    return found


def read_told(value: object) -> dict[str, Told]:
    """Return what is told of answers, by letter. Raises Refused for a text that `tell` did not make."""
    told = read_object(value, "told")
    if not set(map(type, told.values())) <= {str} or not set(map(len, told)) <= {1}:
        raise Refused("What is told of an answer must be a text, and the answer be named by one character.")
    return {letter: _read_told(text) for letter, text in told.items()}


@lru_cache(1 << 15)
def _read_told(text: str) -> Told:
    """Read once for all modules together and for its own."""
    found = TOLD.fullmatch(text)
    if not found:
        raise Refused("What is told of an answer is not in its form.")
    name, mark, chosen, level, beliefs = found.groups()
    first = _first(name, mark, chosen)
    sure = SURE[level][first.mark > RIGHT_ABOVE] if level else ""
    return Told(first, sure, frozenset((belief, name) for belief in beliefs.split("+") if belief))


@lru_cache(1 << 14)
def _first(name: str, mark: str, chosen: str) -> First:
    """One value for the many people who gave the same answer, however sure they were."""
    return First(name, _read_mark(mark), tuple(chosen.split("+")) if chosen else ())


def _read_mark(text: str) -> float:
    try:
        mark = float(text)
    except ValueError:
        mark = -1.0
    if not 0 <= mark <= 1:
        raise Refused("A tally's marks must be from 0 to 1.")
    return mark


def read_people(value: object, told: Mapping[str, Told]) -> list[Person]:
    """Return the parts of tallies that are about all modules from `{ids, answers}`, each a list of texts: ids with spaces between them, and
    letters of answers. Letters that nothing is told of are left out. Raises Refused for anything else."""
    rows = read_object(value, "tallies")
    sure = _Letters({ord(letter): one.sure for letter, one in told.items()})
    beliefs = {letter: one.held for letter, one in told.items() if one.held}
    held = _Letters({ord(letter): letter for letter in beliefs})

    def read(ids: str, answers: str) -> Person:
        marks = answers.translate(sure)
        levels = {level: (marks.count(SURE[level][0]) + marks.count(SURE[level][1]), marks.count(SURE[level][1])) for level in LEVELS}
        return Person(tuple(ids.split()), levels, frozenset().union(*map(beliefs.__getitem__, answers.translate(held))))

    ids, answers = _read_texts(rows, "ids"), _read_texts(rows, "answers")
    _check_alike(ids, answers)
    return list(map(read, ids, answers))


def read_taken(value: object) -> Taken:
    """Return one module of tallies from `{attempts, modes, scores}`: two lists, and scores by place. Raises Refused for anything else."""
    rows = read_object(value, "tallies")
    attempts, modes = _read_counts(rows, "attempts"), list(map(_read_modes, _read_texts(rows, "modes")))
    _check_alike(attempts, modes)
    places = {str(place): place for place in range(len(attempts))}
    scores = read_object(rows.get("scores"), "scores")
    if not scores.keys() <= places.keys():
        raise Refused("A tally's scores must be somebody's.")
    return Taken(attempts, modes, {places[place]: _read_scores(row) for place, row in scores.items()})


def _read_counts(rows: Mapping[str, object], key: str) -> list[int]:
    counts = read_list(rows, key)
    if not set(map(type, counts)) <= {int} or not all(1 <= count <= MOST for count in counts):  # type: ignore[operator]
        raise Refused(f"A tally's {key} must be from 1 to {MOST}.")
    return counts  # type: ignore[return-value]


def read_answered(row: Mapping[str, object], told: Mapping[str, Told]) -> list[Answered]:
    """Return everybody's first answers to the questions of one module from the texts under `answered`: their letters. Those that nothing is
    told of are left out. Raises Refused for anything else."""
    firsts = {letter: (one.first.question, one.first) for letter, one in told.items()}
    return [dict(filter(None, map(firsts.get, text))) for text in _read_texts(row, "answered")]


class _Letters(dict[int, str]):
    """What to write for each letter; nothing for one that is not known."""

    def __missing__(self, _: int) -> str:
        return ""


def _check_alike(one: Sequence[object], other: Sequence[object]) -> None:
    if len(one) != len(other):
        raise Refused("The lists of tallies must be alike in length.")


def _read_scores(value: object) -> Mapping[str, float]:
    scores = read_object(value, "tally")
    for score in scores.values():
        if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 1:
            raise Refused("A tally's scores must be numbers from 0 to 1.")
    if "before" not in scores:
        raise Refused("A tally's scores must begin with the one before.")
    return {key: float(score) for key, score in scores.items()}  # type: ignore[arg-type]


@lru_cache(1 << 8)
def _read_modes(text: str) -> frozenset[str]:
    modes = frozenset(text.split())
    if not modes <= set(MODES):
        raise Refused(f"A tally's modes must be among {', '.join(MODES)}.")
    return modes


def _read_texts(row: Mapping[str, object], key: str) -> list[str]:
    texts = read_list(row, key)
    if not set(map(type, texts)) <= {str}:
        raise Refused(f"“{key}” must be a list of texts.")
    return texts  # type: ignore[return-value]
