"""The kinds of question that are made of parts of their own: words with gaps, a story that forks, a scene to grade."""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.schema.base import Belief, Figure, Found, Given, Line, Phrase, Prose, Slug, Strict
from macros.schema.question import Match, Multi, Number, Option, Order, Question, Short, Single, TrueFalse, repeated
from macros.schema.words import nearest, wrong

GAP = re.compile(r"\{([a-z0-9-]+)\}")
FEWEST_DECISIONS = 3
FEWEST_ENDINGS = 3


class Gap(Strict):
    """A gap: a list to choose from, or an answer to type."""

    id: Slug
    options: Annotated[list[Option], Field(min_length=2, max_length=5)] = []
    answers: list[Line] = []
    typos: bool = False
    why: Annotated[Prose | None, Given] = None
    why_other: Annotated[Prose | None, Given] = None

    @model_validator(mode="after")
    def _one_sort(self) -> Gap:
        found = list(self._found())
        if found:
            raise wrong(*found)
        return self

    def _found(self) -> Found:
        typed = bool(self.answers)
        if typed == bool(self.options):
            both = "both `options` and `answers`" if typed else "neither `options` nor `answers`"
            yield (), f"found {both}; a gap has one of them"
        elif typed and not (self.why and self.why_other):
            yield (), "a gap to type in needs `why` (for the right answer) and `why_other` (for anything else)"
        elif not typed:
            yield from repeated("options", self.options)
            right = sum(option.correct for option in self.options)
            if right != 1:
                yield ("options",), f"found {right} correct; a gap has exactly one"
        if self.typos and any(re.search(r"\d", answer) for answer in self.answers):
            yield ("typos",), "an answer here holds a digit; one slip turns section 17 into section 47, so drop `typos`"


class Cloze(Question):
    """Words with gaps to fill."""

    kind: Literal["cloze"]
    text: Phrase
    gaps: Annotated[list[Gap], Field(min_length=1, max_length=6)]

    def found(self) -> Found:
        yield from repeated("gaps", self.gaps)
        places = Counter(GAP.findall(self.text))
        known = [gap.id for gap in self.gaps]
        for name, times in places.items():
            if name not in known:
                yield ("text",), f"there is no gap `{name}`{nearest(name, known)}; allowed: {', '.join(known)}"
            elif times > 1:
                yield ("text",), f"found {{{name}}} {times} times; a gap stands in the text once"
        for index, name in enumerate(known):
            if name not in places:
                yield ("gaps", index, "id"), f"the text has no {{{name}}}; write it where the gap is"


class Decision(Strict):
    """Something to do in a scene, what it is worth and where it leads."""

    id: Slug
    text: Line
    value: Annotated[Figure, Field(ge=0, le=1)]
    to: Slug
    why: Prose
    harm: Annotated[Literal["critical"] | None, Given] = None
    misconception: Belief | None = None


class Scene(Strict):
    """A moment of the story: a decision to make, or an ending."""

    id: Slug
    text: Prose
    ask: Annotated[Line | None, Given] = None
    options: Annotated[list[Decision], Field(max_length=4)] = []
    ending: Annotated[Literal["good", "mixed", "poor"] | None, Given] = None

    @model_validator(mode="after")
    def _decision_or_ending(self) -> Scene:
        if self.ending and (self.options or self.ask):
            raise wrong((("ending",), "an ending has no `ask` and no `options`"))
        if not self.ending and not (self.ask and len(self.options) > 1):
            raise wrong(((), "a scene has `ask` and at least two `options`, or it is an `ending`"))
        return self


class Case(Question):
    """A story that forks."""

    kind: Literal["case"]
    start: Slug
    scenes: Annotated[list[Scene], Field(min_length=4, max_length=24)]

    def found(self) -> Found:
        if self.critical:
            yield ("critical",), "a case fails on a `harm: critical` option, and a mistake put right may pass; drop `critical`"
        yield from repeated("scenes", self.scenes)
        known = {scene.id: scene for scene in self.scenes}
        if self.start not in known:
            yield ("start",), f"there is no scene `{self.start}`{nearest(self.start, known)}; allowed: {', '.join(known)}"
        lost = list(self._lost(known))
        yield from lost
        if not lost and self.start in known:
            yield from self._shape(known)

    def _lost(self, known: dict[str, Scene]) -> Found:
        for index, scene in enumerate(self.scenes):
            yield from ((("scenes", index, *place), text) for place, text in repeated("options", scene.options))
            for at, option in enumerate(scene.options):
                if option.value not in (0, 0.5, 1):
                    yield ("scenes", index, "options", at, "value"), f"found {option.value:g}; allowed: 0, 0.5 or 1"
                if option.to not in known:
                    text = f"there is no scene `{option.to}`{nearest(option.to, known)}; allowed: {', '.join(known)}"
                    yield ("scenes", index, "options", at, "to"), text

    def _shape(self, known: dict[str, Scene]) -> Found:
        met = _met(known, self.start)
        if met is None:
            yield ("scenes",), "a path leads back to a scene it has been in; a story goes on to an ending"
            return
        for index, scene in enumerate(self.scenes):
            if scene.id not in met:
                yield ("scenes", index, "id"), f"nothing leads to `{scene.id}`"
        shortest = _shortest(known, met)[self.start]
        if len(shortest) - 1 < FEWEST_DECISIONS:
            yield ("scenes",), f"the path {' → '.join(shortest)} has {len(shortest) - 1} decisions; each has {FEWEST_DECISIONS} or more"
        endings = sum(not known[scene].options for scene in met)
        if endings < FEWEST_ENDINGS:
            yield ("scenes",), f"found {endings} endings; a case has {FEWEST_ENDINGS} or more"
        best, flawed = _worth(known, met)[self.start]
        if flawed >= best:
            text = f"a path with a mistake in it is worth {flawed:g}, as much as the best; make what puts a mistake right worth 0.5"
            yield ("scenes",), text


def _met(known: dict[str, Scene], start: str) -> list[str] | None:
    """Every scene that a path from `start` can come to, what follows before what leads there; None where one comes round again."""
    met: list[str] = []
    under_way: set[str] = set()

    def visit(scene: str) -> bool:
        if scene in under_way:
            return False
        if scene in met:
            return True
        under_way.add(scene)
        ends = all(visit(option.to) for option in known[scene].options)
        under_way.discard(scene)
        met.append(scene)
        return ends

    return met if visit(start) else None


def _shortest(known: dict[str, Scene], met: list[str]) -> dict[str, list[str]]:
    """The shortest way on from each scene, as scene ids."""
    ways: dict[str, list[str]] = {}
    for scene in met:
        ways[scene] = [scene, *min((ways[option.to] for option in known[scene].options), key=len, default=[])]
    return ways


def _worth(known: dict[str, Scene], met: list[str]) -> dict[str, tuple[float, float]]:
    """What the best way on from each scene is worth, and the best one in which some choice was not the best there."""
    worth: dict[str, tuple[float, float]] = {}
    for scene in met:
        options = known[scene].options
        highest = max((option.value for option in options), default=0.0)
        best = max((option.value + worth[option.to][0] for option in options), default=0.0)
        flawed = (option.value + worth[option.to][option.value == highest] for option in options)
        worth[scene] = best, max(flawed, default=float("-inf"))
    return worth


class Item(Strict):
    """One thing to grade, the panel's grade, and why."""

    id: Slug
    text: Line
    key: Annotated[int, Field(ge=0, le=3)]
    why: Prose


class Grade(Question):
    """A described scene to grade against a panel's key."""

    kind: Literal["grade"]
    items: Annotated[list[Item], Field(min_length=10, max_length=14)]

    def found(self) -> Found:
        yield from repeated("items", self.items)


AnyQuestion = Annotated[
    Single | TrueFalse | Multi | Match | Order | Short | Number | Cloze | Case | Grade, Field(discriminator="kind")
]
