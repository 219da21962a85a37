"""Many people's files as the training report's page hands them over: what is alike in them comes once, and is named by its place. So it is
read once too, when it is first met. What an attempt must be is `engine/attempts.py`'s to say; nothing here is laxer.

`shared` is `{kinds, answers}`: what attempts have alike, and answers as `{question: answer}`. A record is as in a file, but each of its
attempts is a row: the place of its kind, then `attempt`, `started`, `finished` and `score`, then the places of its answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, NamedTuple, TypeVar

from engine.attempts import Answer, Kind, Own, read_answer, read_kind, read_own, read_record
from engine.reading import Refused, read_list, read_object

Key = TypeVar("Key")
Value = TypeVar("Value")

OWN = ("attempt", "started", "finished", "score")


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
    return (
        Once(lambda place: read_kind(read_object(_at(kinds, place), "attempt"))),
        Once(lambda place: read_answer(_read_only(_at(answers, place)))),
    )


def _at(values: list[object], place: int) -> object:
    if not 0 <= place < len(values):
        raise Refused("A place must be of something that is shared.")
    return values[place]


def _read_only(value: object) -> tuple[str, object]:
    named = read_object(value, "answers")
    if len(named) != 1:
        raise Refused("A shared answer must be to one question.")
    return next(iter(named.items()))


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
    if not isinstance(values, list) or len(values) != len(OWN) + 2:
        raise Refused("An attempt must be a row.")
    place, *own, answers = values
    kind = kinds[_read_place(place)]
    one: Own = read_own(dict(zip(OWN, own, strict=True)))
    return Row(one.finished, one.id, number, kind, one.score, answers)


def _read_place(value: object) -> int:
    if type(value) is not int:  # neither a truth value
        raise Refused("A place must be a whole number.")
    return value


def read_places(row: Row) -> list[int]:
    """Return the places of the answers of an attempt. Raises Refused where there are none to read."""
    if not isinstance(row.answers, list):
        raise Refused("The answers must be an object with named keys.")
    return list(map(_read_place, row.answers))
