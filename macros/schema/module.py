"""What may stand in `quizzes/modules/`: a bitesize module, its teaching screens and its questions of every kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from macros.schema.base import Day, FactId, Line, Prose, Slug, Strict, repeated_ids
from macros.schema.words import Place, nearest, wrong

Facts = Annotated[list[FactId], Field(min_length=1, max_length=6)]
Found = Iterator[tuple[Place, str]]


class Outcome(Strict):
    """Something a learner can do afterwards, that questions can show."""

    id: Slug
    text: Line


class Screen(Strict):
    """A short piece of teaching."""

    id: Slug
    title: Line
    text: Prose
    facts: Facts


class Option(Strict):
    """An answer to choose, and what to say to the person who chose it."""

    id: Slug
    text: Line
    why: Prose
    correct: bool = False
    misconception: Slug | None = None


class WeightedOption(Option):
    weight: Annotated[float, Field(ge=-1, le=1, strict=False)] | None = None


class Question(Strict):
    """What every question has."""

    id: Slug
    outcome: Slug
    level: Literal["recognise", "apply", "judge"]
    critical: bool = False
    stem: Prose
    content_note: Line | None = None
    explain: Prose
    facts: Facts
    supersedes: Slug | None = None
    note: Prose | None = None

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
        yield from repeated_ids("options", self.options)
        right = sum(option.correct for option in self.options)
        if right != 1:
            yield ("options",), f"options: found {right} correct; a `single` question has exactly one (several: use `multi`)"


class TrueFalse(Question):
    """A statement that is true or false."""

    kind: Literal["truefalse"]
    answer: bool
    why_true: Prose
    why_false: Prose
    misconception: Slug | None = None


class Multi(Question):
    """Every answer that applies."""

    kind: Literal["multi"]
    score: Literal["balanced", "plusminus", "exact", "weights"] = "balanced"
    options: Annotated[list[WeightedOption], Field(min_length=4, max_length=8)]

    def found(self) -> Found:
        yield from repeated_ids("options", self.options)
        right = sum(option.correct for option in self.options)
        if right < 2:
            yield ("options",), f"options: found {right} correct; a `multi` question has at least two (one: use `single`)"
        if right == len(self.options):
            yield ("options",), "options: all are correct; at least one has to be wrong, or ticking everything earns full marks"
        for index, option in enumerate(self.options):
            if (option.weight is not None) != (self.score == "weights"):
                rule = "needs a `weight`" if self.score == "weights" else "has a `weight`, which only `score: weights` uses"
                yield ("options", index), f"options[{index + 1}]: this option {rule}"


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
        yield from repeated_ids("choices", self.choices)
        yield from repeated_ids("stems", self.stems)
        names = [choice.id for choice in self.choices]
        for index, stem in enumerate(self.stems):
            if stem.choice not in names:
                allowed = f"allowed: {', '.join(names)}"
                yield ("stems", index, "choice"), f"stems[{index + 1}].choice: there is no choice `{stem.choice}`; {allowed}"


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
        yield from repeated_ids("items", self.items)
        names = [item.id for item in self.items]
        for index, group in enumerate(self.equal):
            places = sorted(names.index(name) for name in group if name in names)
            if len(places) < len(group) or places != list(range(places[0], places[0] + len(group))):
                yield ("equal", index), f"equal[{index + 1}]: a group has to be items that stand next to each other; found {', '.join(group)}"


class ShortMistake(Strict):
    """Answers that people give by mistake, and what to say to them."""

    answers: Annotated[list[Line], Field(min_length=1)]
    why: Prose
    misconception: Slug | None = None


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
                yield ("answers", index), f"answers[{index + 1}]: found {answer!r} with `typos: true`; one typing slip turns section 17 into section 47"


class NumberMistake(Strict):
    """Numbers that people give by mistake, and what to say to them."""

    range: Annotated[list[Annotated[float, Field(strict=False)]], Field(min_length=2, max_length=2)]
    why: Prose
    misconception: Slug | None = None


class Number(Question):
    """A figure, typed."""

    kind: Literal["number"]
    answer: Annotated[float, Field(strict=False)] | None = None
    tolerance: Annotated[float, Field(ge=0, strict=False)] = 0
    range: Annotated[list[Annotated[float, Field(strict=False)]], Field(min_length=2, max_length=2)] | None = None
    unit: Line
    why: Prose
    mistakes: list[NumberMistake] = []
    why_other: Prose

    def found(self) -> Found:
        if (self.answer is None) == (self.range is None):
            yield (), "a `number` question has either an `answer` (and a `tolerance`) or a `range`"
        for place, pair in [(("range",), self.range), *((("mistakes", i, "range"), m.range) for i, m in enumerate(self.mistakes))]:
            if pair and pair[0] > pair[1]:
                yield place, f"{place[-1]}: found {pair[0]:g} to {pair[1]:g}; the smaller number comes first"


AnyQuestion = Annotated[Single | TrueFalse | Multi | Match | Order | Short | Number, Field(discriminator="kind")]


class Module(Strict):
    """A bitesize module: `quizzes/modules/<slug>.yml`."""

    id: Slug
    title: Line
    outcome: Line
    minutes: Annotated[int, Field(ge=1, le=20)]
    idea: Prose
    content_note: Line | None = None
    owner: Line
    reviewer: Line | None = None
    reviewed: Day | None = None
    drafted: Day
    review_by: Day
    passing: Annotated[float, Field(ge=0.8, le=1, strict=False, alias="pass")] = 0.8
    outcomes: Annotated[list[Outcome], Field(min_length=3, max_length=4)]
    screens: Annotated[list[Screen], Field(min_length=3, max_length=6)]
    questions: Annotated[list[AnyQuestion], Field(min_length=1, max_length=20)]
    next_week: Prose
    discussion: Annotated[list[Line], Field(min_length=2, max_length=5)]

    @model_validator(mode="after")
    def _whole(self) -> Module:
        found = [place for key in ("outcomes", "screens", "questions") for place in repeated_ids(key, getattr(self, key))]
        found.extend(self._outcomes_and_questions())
        if found:
            raise wrong(*found)
        return self

    def _outcomes_and_questions(self) -> Found:
        names = [outcome.id for outcome in self.outcomes]
        asked = {question.outcome for question in self.questions}
        for index, question in enumerate(self.questions):
            if question.outcome not in names:
                text = f"there is no outcome `{question.outcome}`{nearest(question.outcome, names)}; allowed: {', '.join(names)}"
                yield ("questions", index, "outcome"), f"questions[{index + 1}].outcome: {text}"
        for index, name in enumerate(names):
            if name not in asked:
                yield ("outcomes", index), f"outcomes[{index + 1}]: no question asks about `{name}`; write one or drop the outcome"
