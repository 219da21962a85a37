"""A word or a few words typed into a box. What such a question is, which spellings count as the same, and how near a
slip of the keyboard may come."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from engine.marks import Mark, award, reject
from engine.reading import Definition, Refused, read_flag, read_rows, read_texts

LONGEST = 500  # characters, this project's design choice

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "‘’‛ʼ′´`"), "'")
_TYPOGRAPHY = _HYPHENS | _APOSTROPHES


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
    key = _find(question, _fold(values[0]))
    return award(float(key == "answer"), [key])


def _find(question: Question, given: str) -> str:
    if given in question.answers:
        return "answer"
    for index, wordings in enumerate(question.mistakes):
        if given in wordings:
            return f"mistake:{index}"
    near = question.typos and any(_is_near(answer, given) for answer in question.answers)
    return "answer" if near else "other"


def _read_answers(definition: Definition) -> tuple[str, ...]:
    answers = tuple(_fold(text) for text in read_texts(definition, "answers"))
    if not all(answers):
        raise Refused("“answers” must hold more than a full stop.")
    return answers


def _fold(text: str) -> str:
    """Make spellings alike: width and ligatures (NFKC), case, runs of spaces, curly marks, one last full stop."""
    plain = unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY))
    folded = unicodedata.normalize("NFKC", plain.casefold())
    return " ".join(folded.split()).removesuffix(".").rstrip()


def _is_near(answer: str, given: str) -> bool:
    """Say if `given` is within the slips allowed, as H5P's blanks allow them: 1 above 3 characters, 2 above 9.

    An answer with a digit in it allows none: "section 17" and "section 47" are one slip apart.
    """
    if any(character.isdigit() for character in answer):
        return False
    allowed = (len(answer) > 3) + (len(answer) > 9)
    return abs(len(answer) - len(given)) <= allowed and _distance(answer, given) <= allowed


def _distance(one: str, two: str) -> int:
    """Damerau-Levenshtein distance, the restricted form: add, drop or change a letter, or swap two neighbours."""
    older: list[int] = []
    above = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other in enumerate(two, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                row[j] = min(row[j], older[j - 2] + 1)
        older, above = above, row
    return above[-1]
