"""Many people's files as the training report's page hands them over: what is alike in them comes once, so it is read once too. What an
attempt must be is `engine/attempts.py`'s to say; nothing here is laxer.

A record is as in a file, but for its attempts there are six texts, each with a space between two attempts: the places of their kinds, then
`attempt`, `started`, `finished` and `score`, then their answers. Each different answer has a character of its own, its letter, so that the
answers of an attempt are a word. A text is read many times as quickly as a list is. Where a file has something that cannot stand in such a
text, a question mark does, which is as wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import count
from typing import NamedTuple, TypeAlias

from engine.attempts import Answer, Kind, are_own, read_answer, read_kind, read_own, read_record, refuse_many
from engine.reading import Refused, read_object


class Row(NamedTuple):
    """An attempt: when it was finished, its id, its number in the file, what it has alike with others, its score, and the letters of its
    answers."""

    finished: str
    id: str
    number: int
    kind: Kind
    score: float
    answers: str


Kinds: TypeAlias = Callable[[str], Kind]

NONE = "?"
"""What stands where a file has something else."""


def read_kinds(values: list[object]) -> Kinds:
    """Return what attempts have alike, by place. It raises Refused at a place for what cannot be used."""
    places = {str(place): value for place, value in enumerate(values)}
    return cache(lambda place: read_kind(read_object(places.get(place), "attempt")))


def read_shared_answer(value: object) -> tuple[str, Answer]:
    """Return the question and the answer from `{question: answer}`. Raises Refused."""
    named = read_object(value, "answers")
    if len(named) != 1:
        raise Refused("A shared answer must be to one question.")
    return read_answer(next(iter(named.items())))


def read_rows(value: object, kinds: Kinds) -> list[Row]:
    """Return the attempts of a record, the earliest first and each once. Raises Refused as `engine.attempts.read_record` does, and under
    `damaged` where an attempt cannot be used."""
    found: dict[str, Row] = {}
    for row in _read_columns(read_record(value), kinds):
        found.setdefault(row.id, row)
    return sorted(found.values())


def _read_columns(values: list[object], kinds: Kinds) -> list[Row]:
    texts = [text for text in values if isinstance(text, str)]
    columns = [refuse_many(text.split(" ")) for text in texts]
    if not values:
        return []
    if len(columns) != 6 or len(values) != 6 or len(set(map(len, columns))) > 1:
        raise Refused("The attempts must be six texts, alike in length.", "damaged")
    places, names, _, finished, scores, answers = columns
    try:
        marks = list(map(float, scores))
        if are_own(texts[1], f"{texts[2]} {texts[3]}", marks):
            return list(map(Row, finished, names, count(1), map(kinds, places), marks, answers))
    except (Refused, ValueError):
        pass
    return [_read_row(number, row, kinds) for number, row in enumerate(zip(*columns, strict=True), 1)]


def _read_row(number: int, row: Sequence[str], kinds: Kinds) -> Row:
    """The same, one attempt after the other, so that the one at fault can be named."""
    place, name, started, finished, score, answers = row
    try:
        kind = kinds(place)
        one = read_own({"attempt": name, "started": started, "finished": finished, "score": _read_number(score)})
    except Refused as refused:
        raise _blame(number, refused) from None
    return Row(one.finished, one.id, number, kind, one.score, answers)


def _read_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def check_answers(row: Row, unusable: Mapping[str, Refused]) -> None:
    """Raise Refused under `damaged` where an attempt has no answers, or one of them is `unusable`, by its letter."""
    if row.answers == NONE:
        raise _blame(row.number, Refused("The answers must be an object with named keys."))
    for letter in row.answers if unusable else "":
        if letter in unusable:
            raise _blame(row.number, unusable[letter])


def _blame(number: int, refused: Refused) -> Refused:
    return Refused(f"Attempt {number}: {refused.text}", "damaged")
