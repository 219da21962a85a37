"""What a question may be: what every question has, and what each kind that stands on one form adds. The kinds that are
made of parts of their own (`cloze`, `case`, `grade`) are in `macros/schema/composed.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Annotated, Literal, Protocol, Self

from pydantic import Field, model_validator

from macros.schema.base import Belief, FactId, Figure, Found, Given, Line, Prose, Slug, Strict, repeated_ids
from macros.schema.words import nearest, wrong

Facts = Annotated[list[FactId], Field(min_length=1, max_length=6)]
Range = Annotated[list[Figure], Field(min_length=2, max_length=2)]


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


class Option(Strict):
    """An answer to choose, and what to say to the person who chose it."""

    id: Slug
    text: Line
    why: Prose
    """What to say to somebody who chose it."""
    correct: bool = False
    misconception: Belief | None = None
    """The belief behind a wrong answer, by its id in Misconceptions."""


class WeightedOption(Option):
    weight: Annotated[Annotated[Figure, Field(ge=-1, le=1)] | None, Given] = None


class Question(Strict):
    """What every question has."""

    id: Slug
    """Never change it once the question is published: answers are kept under it."""
    outcome: Slug
    """The id of the outcome it asks about."""
    level: Literal["recognise", "apply", "judge"]
    critical: bool = False
    """Whoever gets it wrong has not passed."""
    stem: Prose
    """The scene and the question."""
    content_note: Line | None = None
    certainty: bool = False
    """Ask how sure the learner is as well."""
    hints: Annotated[list[Line], Field(max_length=3)] = []
    penalty: Annotated[Figure, Field(ge=0, le=1)] = 1 / 3
    """What a further try costs, from 0 to 1."""
    explain: Prose
    """What everybody reads afterwards."""
    facts: Facts
    supersedes: Slug | None = None
    """The id of the published question it takes the place of."""
    note: Prose | None = None
    """For editors: nobody else sees it."""

    def found(self) -> Found:
        """What is wrong with the question as a whole: place below it, sentence."""
        yield from ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        found = list(self.found())
        if found:
            raise wrong(*found)
        return self


class Single(Question):
    """One answer of several."""

    kind: Literal["single"]
    options: Annotated[list[Option], Field(min_length=3, max_length=5)]

    def found(self) -> Found:
        yield from repeated("options", self.options)
        right = sum(option.correct for option in self.options)
        if right != 1:
            yield ("options",), f"found {right} correct; a `single` question has exactly one (for several use `multi`)"


class TrueFalse(Question):
    """A statement that is true or false."""

    kind: Literal["truefalse"]
    answer: bool
    why_true: Prose
    why_false: Prose
    misconception: Belief | None = None


class Multi(Question):
    """Every answer that applies."""

    kind: Literal["multi"]
    score: Literal["balanced", "plusminus", "exact", "weights"] = "balanced"
    options: Annotated[list[WeightedOption], Field(min_length=4, max_length=8)]

    def found(self) -> Found:
        yield from repeated("options", self.options)
        right = [option for option in self.options if option.correct]
        if len(right) < 2:
            yield ("options",), f"found {len(right)} correct; a `multi` question has at least two (for one use `single`)"
        if len(right) == len(self.options):
            yield ("options",), "all are correct; at least one has to be wrong, or ticking everything earns full marks"
        yield from self._weights(right)

    def _weights(self, right: list[WeightedOption]) -> Found:
        weights = [option.weight for option in self.options]
        if self.score != "weights":
            for index, weight in enumerate(weights):
                if weight is not None:
                    yield ("options", index, "weight"), "only a question with `score: weights` uses this; drop it"
            return
        for index, weight in enumerate(weights):
            if weight is None:
                yield ("options", index, "weight"), "this is missing; `score: weights` needs one for every option"
        total = sum(option.weight or 0 for option in right)
        if None not in weights and abs(total - 1) > 1e-9:
            yield ("options",), f"the weights of the correct options add up to {total:g}; they have to add up to 1"


class Choice(Strict):
    """What a stem may be matched with."""

    id: Slug
    text: Line


class Stem(Strict):
    """Something to match, and why it goes with its choice."""

    id: Slug
    text: Line
    choice: Slug
    why: Prose


class Match(Question):
    """Pairs."""

    kind: Literal["match"]
    choices: Annotated[list[Choice], Field(min_length=3, max_length=7)]
    stems: Annotated[list[Stem], Field(min_length=3, max_length=6)]

    def found(self) -> Found:
        yield from repeated("choices", self.choices)
        yield from repeated("stems", self.stems)
        known = [choice.id for choice in self.choices]
        for index, stem in enumerate(self.stems):
            if stem.choice not in known:
                text = f"there is no choice `{stem.choice}`{nearest(stem.choice, known)}; allowed: {', '.join(known)}"
                yield ("stems", index, "choice"), text


class Step(Strict):
    """One thing to put in order, and why it stands where it does."""

    id: Slug
    text: Line
    why: Prose


class Order(Question):
    """Steps, listed in the right order."""

    kind: Literal["order"]
    score: Literal["adjacent", "pairwise", "exact"] = "adjacent"
    items: Annotated[list[Step], Field(min_length=3, max_length=7)]
    equal: list[Annotated[list[Slug], Field(min_length=2, max_length=4)]] = []

    def found(self) -> Found:
        yield from repeated("items", self.items)
        known = [item.id for item in self.items]
        for index, group in enumerate(self.equal):
            before = list(chain(*self.equal[:index]))
            complaint = _group_complaint(group, known, before)
            if complaint:
                yield ("equal", index), complaint


def _group_complaint(group: list[str], known: list[str], before: list[str]) -> str | None:
    """What is wrong with a group of items that may change places, if anything. `before` are in groups already."""
    unknown = [name for name in group if name not in known]
    if unknown:
        return f"there is no item `{unknown[0]}`{nearest(unknown[0], known)}; allowed: {', '.join(known)}"
    again = [name for index, name in enumerate(group) if name in [*before, *group[:index]]]
    if again:
        return f"found `{again[0]}` again; an item may stand in one group, once"
    places = sorted(known.index(name) for name in group)
    if places != list(range(places[0], places[0] + len(group))):
        return f"found {', '.join(group)}; the items of a group have to stand next to each other"
    if len(group) == len(known):
        return "every item is in this group, so any order would be right; leave at least one out"
    return None


class ShortMistake(Strict):
    """Answers that people give by mistake, and what to say to them."""

    answers: Annotated[list[Line], Field(min_length=1)]
    why: Prose
    misconception: Belief | None = None


class Short(Question):
    """A word or a few, typed."""

    kind: Literal["short"]
    answers: Annotated[list[Line], Field(min_length=1)]
    typos: bool = False
    why: Prose
    mistakes: list[ShortMistake] = []
    why_other: Prose

    def found(self) -> Found:
        for index, answer in enumerate(self.answers):
            if self.typos and re.search(r"\d", answer):
                text = f"found '{answer}' with `typos: true`; one slip turns section 17 into section 47, so drop `typos`"
                yield ("answers", index), text
            if not re.search(r"\w", answer):
                yield ("answers", index), f"found '{answer}'; an answer needs a letter or a digit"
        for index, mistake in enumerate(self.mistakes):
            for at, answer in enumerate(mistake.answers):
                if not re.search(r"\w", answer):
                    yield ("mistakes", index, "answers", at), f"found '{answer}'; an answer needs a letter or a digit"


class NumberMistake(Strict):
    """Numbers that people give by mistake, and what to say to them."""

    range: Range
    why: Prose
    misconception: Belief | None = None


class Number(Question):
    """A figure, typed."""

    kind: Literal["number"]
    answer: Annotated[Figure | None, Given] = None
    tolerance: Annotated[Figure, Field(ge=0)] = 0
    range: Annotated[Range | None, Given] = None
    unit: Line
    why: Prose
    mistakes: list[NumberMistake] = []
    why_other: Prose

    def found(self) -> Found:
        if (self.answer is None) == (self.range is None):
            both = "both an `answer` and a `range`" if self.range else "neither an `answer` nor a `range`"
            yield (), f"found {both}; a `number` question has one of them"
        elif self.range and self.tolerance:
            yield ("tolerance",), "only a question with an `answer` uses this; a `range` says how far off is right"
        if self.range:
            yield from _upside_down(self.range)
        for index, mistake in enumerate(self.mistakes):
            for place, text in _upside_down(mistake.range):
                yield ("mistakes", index, *place), text


def _upside_down(pair: list[float]) -> Found:
    if pair[0] > pair[1]:
        yield ("range",), f"found {pair[0]:g} to {pair[1]:g}; the smaller number comes first"


def repeated(key: str, items: Sequence[Named]) -> Found:
    """A complaint for every item whose id an earlier one has."""
    yield from repeated_ids({key: [{"id": item.id} for item in items]}, key)
