"""What may stand in `quizzes/tools/` for the tools that follow a plan, practise grading or score nothing, and which model belongs to
which rule."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from macros.schema import care_picture, tools
from macros.schema.base import Found, Line, Phrase, Prose, Slug, Strict, repeated_ids, rows
from macros.schema.tool import NOTE, Choice, Flag, Frame, exactly, holding
from macros.schema.tools import Eight, Four


class Barrier(Choice):
    """Something that may stand in the way, and what helps."""

    help: Line


class Statuses(Strict):
    worse: Flag
    not_started: Annotated[Flag, Field(alias="not-started")]
    not_known: Annotated[Flag, Field(alias="not-known")]
    no_difference: Annotated[Flag, Field(alias="no-difference")]
    part_done: Annotated[Flag, Field(alias="part-done")]
    reported: Flag
    effect_not_known: Annotated[Flag, Field(alias="effect-not-known")]
    early: Flag
    kept_up: Annotated[Flag, Field(alias="kept-up")]


class ChangeFlags(Strict):
    activity_without_change: Annotated[Flag, Field(alias="activity-without-change")]
    our_delay: Annotated[Flag, Field(alias="our-delay")]
    someone_afraid: Annotated[Flag, Field(alias="someone-afraid")]


class IsItChanging(Frame):
    rule: Literal["is-it-changing"]
    types: Annotated[list[Choice], Field(min_length=2, max_length=2)]
    done: Annotated[list[Choice], Four]
    known: Annotated[list[Choice], Four]
    effects: Annotated[list[Choice], Four]
    barriers: Annotated[list[Barrier], Field(min_length=6, max_length=8)]
    weeks: Annotated[int, Field(ge=12, le=52)]
    statuses: Statuses
    flags: ChangeFlags
    label_words: Phrase

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from exactly(data, "types", ("attends", "gets"))
        yield from exactly(data, "done", ("no", "partly", "yes", "not-known"))
        yield from exactly(data, "effects", ("better", "same", "worse", "not-known"))
        yield from holding(data, "known", ("carer",))
        yield from holding(data, "barriers", ("delay",))


class GradedLine(Strict):
    """One line of a scene to grade, with the key's grade and why."""

    id: Slug
    text: Line
    key: Annotated[int, Field(ge=0, le=3)]
    why: Phrase


class Vignette(Strict):
    """An invented scene, and ten to twelve lines to grade it by."""

    id: Slug
    title: Line
    text: Prose
    items: Annotated[list[GradedLine], Field(min_length=10, max_length=12)]


class GradeTogether(Frame):
    rule: Literal["grade-together"]
    vignettes: Annotated[list[Vignette], Field(min_length=1, max_length=6)]
    key_words: Phrase
    close: Flag
    not_close: Annotated[Flag, Field(alias="not-close")]
    safety: Phrase

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from repeated_ids(data, "vignettes")
        seen: dict[str, str] = {"vignette": "this form"}
        for index, scene in rows(data, "vignettes"):
            for at, item in rows(scene, "items"):
                name = str(item.get("id"))
                if name in seen and "id" in item:
                    yield ("vignettes", index, "items", at, "id"), f"`{name}` is used in {seen[name]} too; an id names one thing"
                seen[name] = f"`{scene.get('id')}`"


class Block(Strict):
    """A part of the day, with what to ask about it."""

    id: Slug
    title: Line
    prompts: Annotated[list[Line], Field(min_length=2, max_length=4)]


class Counts(Strict):
    told: Line
    saw: Line
    guess: Line
    unknown: Line


class ChildsDay(Frame):
    rule: Literal["childs-day"]
    blocks: Annotated[list[Block], Field(min_length=6, max_length=6)]
    known: Annotated[list[Choice], Four]
    counts: Counts
    ask: Annotated[list[Line], Field(min_length=2, max_length=3)]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from repeated_ids(data, "blocks")
        yield from exactly(data, "known", ("told", "saw", "guess", "unknown"))


class Prompt(Strict):
    """A question to answer in words of one's own, and the words that lead into the answer."""

    id: Slug
    title: Line
    ask: Line
    help: Phrase
    lead: Line


class SayTheConcern(Frame):
    rule: Literal["say-the-concern"]
    warning: Phrase
    prompts: Annotated[list[Prompt], Field(min_length=6, max_length=12)]
    after: Prose

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from repeated_ids(data, "prompts")


class DriftCutOffs(Strict):
    change_days: Annotated[int, Field(ge=1, le=183)]
    restarts: Annotated[int, Field(ge=1, le=2)]
    note: NOTE


class DriftFlags(Strict):
    past_interval: Annotated[Flag, Field(alias="past-interval")]
    alone_past_interval: Annotated[Flag, Field(alias="alone-past-interval")]
    no_change: Annotated[Flag, Field(alias="no-change")]
    review_overdue: Annotated[Flag, Field(alias="review-overdue")]
    restarts: Flag
    not_known: Annotated[Flag, Field(alias="not-known")]


class CheckForDrift(Frame):
    rule: Literal["check-for-drift"]
    dates: Annotated[list[Choice], Field(min_length=5, max_length=5)]
    restarts: Line
    interval: Line
    cut_offs: DriftCutOffs
    flags: DriftFlags
    none: Flag

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from exactly(data, "dates", ("seen", "alone", "change", "review", "next"))


class Part(Strict):
    """A part of what a partnership needs, what it looks like, what would show it and what to ask."""

    id: Slug
    title: Line
    looks_like: Annotated[list[Line], Field(min_length=2, max_length=3)]
    evidence: Line
    ask: Line


class AnswersSay(Strict):
    none: Line
    partly: Line
    yes: Line
    not_known: Annotated[Line, Field(alias="not-known")]


class InPlace(Frame):
    rule: Literal["in-place"]
    parts: Annotated[list[Part], Eight]
    answers: Annotated[list[Choice], Four]
    answers_say: AnswersSay
    last_year: Prose

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from repeated_ids(data, "parts")
        yield from exactly(data, "answers", ("none", "partly", "yes", "not-known"))


MODELS: dict[str, type[Frame]] = {
    "care-picture": care_picture.CarePicture,
    "home-check": tools.HomeCheck,
    "resilience-matrix": tools.ResilienceMatrix,
    "where-are-we-now": tools.WhereAreWeNow,
    "pattern-finder": tools.PatternFinder,
    "was-not-brought": tools.WasNotBrought,
    "is-it-changing": IsItChanging,
    "grade-together": GradeTogether,
    "childs-day": ChildsDay,
    "say-the-concern": SayTheConcern,
    "check-for-drift": CheckForDrift,
    "in-place": InPlace,
}

