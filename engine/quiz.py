"""What a module is to the engine, how the responses of one attempt are marked, and how the marks are summed up. What a
response to one question earns belongs in that question's kind; what several tries at it earn, in `engine/tries.py`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine import beliefs, forms, kinds
from engine.marks import Mark
from engine.reading import (
    Definition,
    Refused,
    Responses,
    read_flag,
    read_id,
    read_ids,
    read_list,
    read_number,
    read_rows,
    read_text,
)

Route: TypeAlias = Literal["worked", "learn", "story"]

PASS = 0.8  # this project's design choice
HEAVIEST = 100  # weight of a question, where the usual one is 1
NEAR = 1e-9  # scores this close are the same
PENALTY = 1 / 3  # what each earlier try costs, as in Moodle core's interactive behaviour
LONG = ("case", "grade")  # kinds that take minutes
SHARED = 2  # answers that come from one belief, for it to be worth a word
NEW, SKILLED = 0.5, 0.8  # scores below which to begin with a worked scene, and from which to go straight to the stories


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One question of a module: its place in the whole, and in `question` what its own kind made of it. It equals only itself.

    `tries` is one more than it has hints; each earlier try costs `penalty`; `beliefs` names what lies behind a wrong choice, by
    the key of the mark that tells of it.
    """

    id: str
    kind: str
    outcome: str
    weight: float
    critical: bool
    tries: int
    penalty: float
    beliefs: Mapping[str, str]
    question: object

    @property
    def long(self) -> bool:
        """Whether answering takes minutes rather than moments."""
        return self.kind in LONG

    def beliefs_of(self, mark: Mark) -> tuple[str, ...]:
        """The beliefs that lie behind what was chosen, each once."""
        return tuple(dict.fromkeys(self.beliefs[key] for key in mark.keys if key in self.beliefs))


@dataclass(frozen=True, slots=True)
class Module:
    """The questions by id in the author's order, and the score from 0 to 1 that passes."""

    entries: Mapping[str, Entry]
    threshold: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What an attempt comes to: counts of questions, the unrounded score 0 to 1, the critical ones not right, the beliefs
    that two or more answers share, each with those questions, the way to begin that the score suggests, and the keys of the
    prepared texts to show."""

    of: int
    answered: int
    right: int
    score: float
    passed: bool
    critical_missed: tuple[str, ...]
    shared: Mapping[str, tuple[str, ...]]
    route: Route
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
        return Entry(
            id=id_,
            kind=read_text(definition, "kind"),
            outcome=read_text(definition, "outcome") if "outcome" in definition else "",
            weight=weight,
            critical=read_flag(definition, "critical"),
            tries=len(read_list(definition, "hints")) + 1,
            penalty=_read_penalty(definition),
            beliefs=beliefs.read(definition),
            question=question,
        )
    except Refused as refused:
        raise Refused(f"Question {id_}: {refused.text}", refused.key) from None


def _read_penalty(definition: Definition) -> float:
    penalty = read_number(definition, "penalty", PENALTY)
    if not 0 <= penalty <= 1:
        raise Refused("“penalty” must be from 0 to 1.")
    return penalty


def chance(entry: Entry) -> float:
    """Return the fraction, 0 to 1, that somebody who only guessed would earn on average."""
    return kinds.chance(entry.kind, entry.question)


def draw_form(module: Module, mode: forms.Mode, seed: int, part: int = 1) -> forms.Form:
    """Return the questions of one form, as `engine.forms.draw` says. Raises Refused where the pool is too small."""
    return forms.draw(module.entries.values(), mode, seed, part)


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
        shared=_shared(asked, marks),
        route=_route(reached),
        keys=tuple(_name_keys(passed, missed, answered < len(states))),
    )


def _route(score: float) -> Route:
    """Worked scenes help whoever is new and hold back whoever is not (after Tetzlaff and others 2025); the cut-offs are this project's."""
    if score < NEW - NEAR:
        return "worked"
    return "story" if score >= SKILLED - NEAR else "learn"


def _shared(asked: Sequence[Entry], marks: Mapping[str, Mark]) -> dict[str, tuple[str, ...]]:
    """The beliefs behind two or more of the answers, the commonest first."""
    found: dict[str, list[str]] = {}
    for entry in asked:
        for belief in entry.beliefs_of(marks[entry.id]):
            found.setdefault(belief, []).append(entry.id)
    often = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return {belief: tuple(ids) for belief, ids in often if len(ids) >= SHARED}


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
