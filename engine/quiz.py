"""What a module is to the engine, how the responses of one attempt are marked, and how the marks are summed up. What a
response to one question earns belongs in that question's kind."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine import kinds
from engine.marks import Mark
from engine.reading import (
    Definition,
    Refused,
    Responses,
    read_flag,
    read_id,
    read_ids,
    read_number,
    read_rows,
    read_text,
)

PASS = 0.8  # this project's design choice
HEAVIEST = 100  # weight of a question, where the usual one is 1
NEAR = 1e-9  # scores this close are the same


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of a module: its place in the whole, and in `question` what its own kind made of it."""

    id: str
    kind: str
    weight: float
    critical: bool
    question: object


@dataclass(frozen=True, slots=True)
class Module:
    """The questions by id in the author's order, and the score from 0 to 1 that passes."""

    entries: Mapping[str, Entry]
    threshold: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What an attempt comes to: counts of questions, the unrounded score 0 to 1, the critical ones not right, and the
    keys of the prepared texts to show."""

    of: int
    answered: int
    right: int
    score: float
    passed: bool
    critical_missed: tuple[str, ...]
    keys: tuple[str, ...]


def read(definition: Definition) -> Module:
    """Return the module from `questions` and `pass` (0.8 if absent). Raises Refused, naming the question at fault."""
    rows = read_rows(definition, "questions")
    ids = read_ids(rows, "questions", 1)
    threshold = read_number(definition, "pass", PASS)
    if not 0 < threshold <= 1:
        raise Refused("“pass” must be above 0 and at most 1.")
    return Module({id_: read_entry(row) for id_, row in zip(ids, rows, strict=True)}, threshold)


def read_entry(definition: Definition) -> Entry:
    """Return one question with its `weight` (1 if absent) and `critical`. Raises Refused, naming it."""
    id_ = read_id(definition)
    try:
        weight = read_number(definition, "weight", 1)
        if not 0 < weight <= HEAVIEST:
            raise Refused(f"“weight” must be above 0 and at most {HEAVIEST}.")
        question = kinds.read(definition)
        return Entry(id_, read_text(definition, "kind"), weight, read_flag(definition, "critical"), question)
    except Refused as refused:
        raise Refused(f"Question {id_}: {refused.text}", refused.key) from None


def mark(module: Module, responses: Responses) -> dict[str, Mark]:
    """Return a mark for exactly the questions in `responses`. Raises Refused for one the module does not hold."""
    if not responses.keys() <= module.entries.keys():
        raise Refused("The responses name a question this module does not hold.", "bad_responses")
    asked = (entry for entry in module.entries.values() if entry.id in responses)
    return {entry.id: kinds.mark(entry.kind, entry.question, responses[entry.id]) for entry in asked}


def score(module: Module, marks: Mapping[str, Mark]) -> Summary:
    """Return the summary over the questions that were presented, which are those in `marks`.

    score = Σ w·f / Σ w, an unanswered question counting 0. Passed is a score at the threshold or above and every
    critical question right, with no option chosen that leaves a child in danger. All are this project's design choice.
    """
    asked = [module.entries[id_] for id_ in marks]
    total = math.fsum(entry.weight for entry in asked)
    earned = math.fsum(entry.weight * marks[entry.id].fraction for entry in asked)
    reached = earned / total if total else 0.0
    missed = tuple(entry.id for entry in asked if _misses(entry, marks[entry.id]))
    states = [mark.state for mark in marks.values()]
    answered = len(states) - states.count("unanswered") - states.count("invalid")
    passed = reached >= module.threshold - NEAR and not missed
    return Summary(
        of=len(states),
        answered=answered,
        right=states.count("right"),
        score=reached,
        passed=passed,
        critical_missed=missed,
        keys=tuple(_name_keys(passed, missed, answered < len(states))),
    )


def _misses(entry: Entry, mark: Mark) -> bool:
    """Whether an answer alone keeps the attempt from passing: a critical question not right, or a choice that does harm."""
    return (entry.critical and mark.state != "right") or "harm" in mark.keys


def _name_keys(passed: bool, missed: Sequence[str], some_left: bool) -> Iterator[str]:
    yield "passed" if passed else "not-passed"
    yield from (f"critical:{id_}" for id_ in missed)
    if missed:
        yield "critical-missed"
    if some_left:
        yield "unanswered"
