"""Many people's files as the training report's page hands them over: what is alike in them comes once, and is named by its place. So it is
read once too, when it is first met. What an attempt must be is `engine/attempts.py`'s to say; nothing here is laxer.

`shared` is `{kinds, answers}`, each a list of JSON texts: what attempts have alike, and answers as `{question: answer}`. A record is as in
a file, but each of its attempts is a row: the place of its kind, then `attempt`, `started`, `finished` and `score`, then the places of its
answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from engine.attempts import Answer, Kind, read_answer, read_kind, read_own, read_record
from engine.reading import Refused, parse, read_list, read_object

Key = TypeVar("Key")
Value = TypeVar("Value")


class Once(dict[Key, Value], Generic[Key, Value]):
    """Values by key, each made when it is first asked for."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        self.make = make

    def __missing__(self, key: Key) -> Value:
        self[key] = made = self.make(key)
        return made


class Row(NamedTuple):
    """An attempt: when it was finished, its id, its number in the file, what it has alike with others, its score, and the places of its
    answers, not looked at yet."""

    finished: str
    id: str
    number: int
    kind: Kind
    score: float
    answers: object


Kinds = Mapping[int, Kind]
Answers = Mapping[int, tuple[str, Answer]]


def read(value: object) -> tuple[Kinds, Answers]:
    """Return what attempts share, by place. Raises Refused, now for what is no such thing, and at a place for what cannot be used."""
    shared = read_object(value, "shared")
    kinds, answers = read_list(shared, "kinds"), read_list(shared, "answers")
    return Once(lambda place: _read_kind(_at(kinds, place))), Once(lambda place: _read_answer(_at(answers, place)))


def _at(values: list[object], place: int) -> str:
    value = values[place] if 0 <= place < len(values) else None
    if not isinstance(value, str):
        raise Refused("A place must be of a text that is shared.")
    return value


@lru_cache(1 << 10)
def _read_kind(text: str) -> Kind:
    return read_kind(read_object(parse(text), "attempt"))


@lru_cache(1 << 15)
def _read_answer(text: str) -> tuple[str, Answer]:
    """Most are met again with the next people's files."""
    named = read_object(parse(text), "answers")
    if len(named) != 1:
        raise Refused("A shared answer must be to one question.")
    return read_answer(next(iter(named.items())))


def read_rows(value: object, kinds: Kinds) -> list[Row]:
    """Return the attempts of a record, the earliest first and each once. Raises Refused as `engine.attempts.read_record` does, and under
    `damaged` where an attempt cannot be used."""
    found: dict[str, Row] = {}
    for number, values in enumerate(read_record(value), 1):
        try:
            row = _read_row(number, values, kinds)
        except Refused as refused:
            raise blame(number, refused) from None
        found.setdefault(row.id, row)
    return sorted(found.values())


def blame(number: int, refused: Refused) -> Refused:
    """Return a refusal that says which attempt of a file is at fault."""
    return Refused(f"Attempt {number}: {refused.text}", "damaged")


def _read_row(number: int, values: object, kinds: Kinds) -> Row:
    if not isinstance(values, list) or len(values) != 6:
        raise Refused("An attempt must be a row.")
    place, name, started, finished, score, answers = values
    if type(place) is not int:  # neither a truth value
        raise Refused("A place must be a whole number.")
    kind = kinds[place]
    one = read_own({"attempt": name, "started": started, "finished": finished, "score": score})
    return Row(one.finished, one.id, number, kind, one.score, answers)


def read_places(row: Row) -> list[int]:
    """Return the places of the answers of an attempt. Raises Refused where there are none to read."""
    if not isinstance(row.answers, list):
        raise Refused("The answers must be an object with named keys.")
    if not set(map(type, row.answers)) <= {int}:
        raise Refused("A place must be a whole number.")
    return row.answers
