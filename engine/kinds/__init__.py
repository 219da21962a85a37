"""The kinds of question, by name, and the one door to them: which kinds there are, and what happens to every response
before its own kind looks at it. Each kind is a module with `read`, `mark` and `chance`, and one whose parts are marked apart
has `parts`; nothing about one kind belongs here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from engine.kinds import case, cloze, grade, match, multi, number, order, short, single, truefalse
from engine.marks import LONGEST, UNANSWERED, Mark, reject
from engine.reading import Definition, read_choice


class Kind(Protocol):
    """What a kind's module offers. Each has a frozen `Question` of its own, which only that module looks into."""

    def read(self, definition: Definition) -> object:
        """Return the kind's own question, or raise Refused."""

    def mark(self, question: Any, values: Sequence[str]) -> Mark:
        """Return the mark of `values`, at least one of them and none blank."""

    def chance(self, question: Any) -> float:
        """Return the fraction that a random guesser would earn on average."""


KINDS: dict[str, Kind] = {
    "single": single,
    "truefalse": truefalse,
    "multi": multi,
    "match": match,
    "order": order,
    "short": short,
    "number": number,
    "cloze": cloze,
    "case": case,
    "grade": grade,
}


def read(definition: Definition) -> object:
    """Return the question of whichever kind `definition["kind"]` names. Raises Refused if there is no such kind."""
    return KINDS[read_choice(definition, "kind", KINDS)].read(definition)


def chance(kind: str, question: object) -> float:
    """Return the fraction, 0 to 1, that a random guesser would earn on average."""
    return KINDS[kind].chance(question)


def parts(kind: str, question: object, values: Sequence[str]) -> tuple[bool, ...]:
    """Return which parts of a usable response are right; empty for a kind that is marked as a whole."""
    split = getattr(KINDS[kind], "parts", None)
    return split(question, values) if split else ()


def mark(kind: str, question: object, values: Sequence[str]) -> Mark:
    """Return the mark of one response.

    `values` are texts as a form sends them. Blank ones are left out; none left is unanswered; one over 10,000
    characters makes the response invalid (both this project's design choice). Never raises for any texts.
    """
    if any(len(value) > LONGEST for value in values):
        return reject("too_long")
    filled = tuple(value for value in values if value.strip())
    return KINDS[kind].mark(question, filled) if filled else UNANSWERED
