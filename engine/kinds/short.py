"""A word or a few words typed into a box. What such a question is, and what a text earns. How spellings are compared is
`engine/spelling.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.marks import Mark, award, reject
from engine.reading import Definition, Refused, read_flag, read_rows, read_texts
from engine.spelling import LONGEST, fold, is_near


@dataclass(frozen=True, slots=True)
class Question:
    """The accepted answers and each foreseen mistake's wordings, all folded by the same rule as a response."""

    answers: tuple[str, ...]
    mistakes: tuple[tuple[str, ...], ...]
    typos: bool


def read(definition: Definition) -> Question:
    """Return the question from `answers: [texts]`, `mistakes: [{answers}]` and `typos`. Raises Refused if none is left
    once folded."""
    mistakes = tuple(_read_answers(row) for row in read_rows(definition, "mistakes"))
    return Question(_read_answers(definition), mistakes, read_flag(definition, "typos"))


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return 1 for an accepted answer and 0 for another text; more than 500 characters is invalid.

    A foreseen mistake spelt exactly is a mistake even where a typing slip would have turned it into an answer.
    """
    if len(values) != 1:
        return reject("unknown_value")
    if len(values[0]) > LONGEST:
        return reject("too_long")
    key = _find(question, fold(values[0]))
    return award(float(key == "answer"), [key])


def chance(question: Question) -> float:
    """Return 0: nobody types the answer by chance."""
    return 0.0


def _find(question: Question, given: str) -> str:
    if given in question.answers:
        return "answer"
    for index, wordings in enumerate(question.mistakes):
        if given in wordings:
            return f"mistake:{index}"
    near = question.typos and any(is_near(answer, given) for answer in question.answers)
    return "answer" if near else "other"


def _read_answers(definition: Definition) -> tuple[str, ...]:
    answers = tuple(fold(text) for text in read_texts(definition, "answers"))
    if not all(answers):
        raise Refused("“answers” must hold more than a full stop.")
    return answers
