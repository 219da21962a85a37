"""What a report needs of one person's record, and no more: short texts that the page holds while it reads the next files. Making one from a
record, and reading it back.

Of each module a tally has how often and in which modes it was taken, the scores that a gain is worked out from, and the answers of the very
first attempt: later ones have met the questions. An answer to a question that has been changed since is left out. Of a response it
has only which of the offered options were chosen, so nothing that somebody typed is in it. Of the person it has the ids of the attempts,
and over all modules how often each level of sureness was chosen, and which beliefs lay behind the answers to which questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from engine.attempts import Answer
from engine.calibration import LEVELS, Level
from engine.marks import RIGHT_ABOVE
from engine.reading import Refused, read_id, read_list, read_object, read_text, read_whole
from engine.shared import Answers, Once, Row, blame, read_places

FORMAT = re.compile(r"[a-z0-9-]+,[0-9.e-]+,[a-z0-9+-]*")
HELD = re.compile(r"[a-z0-9-]+:[a-z0-9-]+")
MOST = 5_000


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

    mark: float
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """One module of one person's. `scores` are those of the first `before`, of the first `after` since, and of the first of each
    `follow_up` (`1`, `2`, `3`) since."""

    attempts: int
    modes: frozenset[str]
    scores: Mapping[str, float]
    answers: Mapping[str, First]


@dataclass(frozen=True, slots=True)
class Person:
    """One record over all modules: the ids of its attempts, for each level of sureness that was chosen how many answers there were and how
    many of them right, and each belief with a question that it lay behind the answer to."""

    ids: tuple[str, ...]
    sure: Mapping[Level, tuple[int, int]]
    held: tuple[tuple[str, str], ...]


class Told(NamedTuple):
    """What a tally tells of an answer: its text, how sure somebody was, whether it was right, and each belief with the question."""

    text: str
    sure: tuple[Level | None, bool]
    held: tuple[str, ...]


Questions: TypeAlias = Mapping[str, Offered]
Modules: TypeAlias = Mapping[str, Questions]
Telling: TypeAlias = Mapping[str, Mapping[int, Told | None]]


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


def telling(answers: Answers, modules: Modules) -> Telling:
    """Return what is told of the shared answers to the questions of each module, by place: None for one that asks something else today."""

    def of_module(name: str) -> Mapping[int, Told | None]:
        questions = modules.get(name, {})
        return Once(lambda place: _tell(*answers[place], questions))

    return Once(of_module)


def _tell(name: str, answer: Answer, questions: Questions) -> Told | None:
    question = questions.get(name)
    return None if question is None or question.revision != answer.revision else _tell_of(name, answer, question)


@lru_cache(1 << 15)
def _tell_of(name: str, answer: Answer, question: Offered) -> Told:
    chosen = "+".join(option for option in question.options if option in answer.response)
    beliefs = sorted({belief for belief in answer.misconceptions if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", belief)})
    held = tuple(f"{belief}:{name}" for belief in beliefs)
    mark = f"{answer.first:.9g}"
    return Told(f"{name},{mark},{chosen}", (answer.certainty, float(mark) > RIGHT_ABOVE), held)


def write(rows: Sequence[Row], modules: Modules, telling: Telling) -> dict[str, object]:
    """Return the tally of a record as plain JSON: `{ids, sure, held, modules}`. `rows` are in the order of their days. Raises Refused under
    `damaged` where the answers of a first attempt cannot be used."""
    taken: dict[str, list[Row]] = {}
    for row in rows:
        taken.setdefault(row.kind.module, []).append(row)
    firsts = {name: _first(own[0], telling) for name, own in taken.items()}
    told = [one for answers in firsts.values() for one in answers]
    counts = Counter([one.sure for one in told])
    return {
        "ids": " ".join(row.id for row in rows if row.kind.module in modules),
        "sure": {level: [counts[level, False] + right, right] for level in LEVELS for right in [counts[level, True]]},
        "held": " ".join(sorted(set().union(*[one.held for one in told]))),
        "modules": {name: _write_taken(own, firsts[name]) for name, own in taken.items() if name in modules},
    }


def _first(row: Row, telling: Telling) -> list[Told]:
    """What is told of an attempt: of the answers to questions that ask today what they asked then."""
    try:
        return [told for told in map(telling[row.kind.module].__getitem__, read_places(row)) if told]
    except Refused as refused:
        raise blame(row.number, refused) from None


def _write_taken(rows: Sequence[Row], told: Sequence[Told]) -> dict[str, object]:
    modes = " ".join(sorted({row.kind.mode for row in rows}))
    return {"attempts": len(rows), "modes": modes, "scores": _scores(rows), "answers": ";".join([one.text for one in told])}


def _scores(rows: Sequence[Row]) -> dict[str, float]:
    """First attempts that can be matched: a look back counts from the after questions, and those from the before ones."""
    found: dict[str, float] = {}
    for row in rows:
        mode = row.kind.mode
        if mode == "before" or (mode == "after" and "before" in found) or (mode == "follow_up" and "after" in found):
            found.setdefault(str(row.kind.part or 1) if mode == "follow_up" else mode, row.score)
    return found


def read_person(value: object) -> Person:
    """Return the part of a tally that is about all modules. Raises Refused for anything that `write` did not make."""
    row = read_object(value, "tally")
    sure = read_object(row.get("sure"), "tally")
    held = row.get("held")
    if not isinstance(held, str):
        raise Refused("A tally's beliefs must be a text.")
    levels = {level: _read_counts(sure, level) for level in LEVELS if level in sure}
    return Person(tuple(read_text(row, "ids").split()), levels, tuple(map(_read_held, held.split())))


def _read_counts(sure: Mapping[str, object], level: Level) -> tuple[int, int]:
    counts = dict(zip(("answers", "right"), read_list(sure, level), strict=False))
    answers = read_whole(counts, "answers", 0, MOST * MOST)
    return answers, read_whole(counts, "right", 0, answers)


@lru_cache(1 << 14)
def _read_held(text: str) -> tuple[str, str]:
    if not HELD.fullmatch(text):
        raise Refused("A tally's beliefs are not in their form.")
    belief, _, question = text.partition(":")
    return belief, question


def read_taken(value: object) -> Taken:
    """Return one module of a tally. Raises Refused for anything that `write` did not make."""
    row = read_object(value, "tally")
    scores = {}
    for key, score in read_object(row.get("scores"), "tally").items():
        if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 1:
            raise Refused("A tally's scores must be numbers from 0 to 1.")
        scores[key] = float(score)
    if scores and "before" not in scores:
        raise Refused("A tally's scores must begin with the one before.")
    answers = row.get("answers")
    if not isinstance(answers, str):
        raise Refused("A tally's answers must be a text.")
    firsts = dict(map(_read_first, answers.split(";"))) if answers else {}
    return Taken(read_whole(row, "attempts", 1, MOST), frozenset(read_text(row, "modes").split()), scores, firsts)


@lru_cache(1 << 14)
def _read_first(text: str) -> tuple[str, First]:
    """Read once for the many people who gave the same answer."""
    if not FORMAT.fullmatch(text):
        raise Refused("A tally's answers are not in their form.")
    name, mark, chosen = text.split(",")
    return name, First(_read_mark(mark), tuple(chosen.split("+")) if chosen else ())


def _read_mark(text: str) -> float:
    try:
        mark = float(text)
    except ValueError:
        mark = -1.0
    if not 0 <= mark <= 1:
        raise Refused("A tally's marks must be from 0 to 1.")
    return mark
