"""What may stand in `docs/_facts/` beside the sources: the lists that are built on their facts."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from macros.schema.base import (
    Day,
    FactId,
    File,
    Found,
    Line,
    Phrase,
    Printed,
    Prose,
    Slug,
    SourceId,
    Strict,
    Url,
    names,
    repeated_ids,
    rows,
)
from macros.schema.source import Spot
from macros.schema.words import nearest, wrong

Facts = Annotated[list[FactId], Field(min_length=1)]
Value = TypeVar("Value")
Later = Annotated[Value | None, BeforeValidator(lambda value: None if value == "" else value)]
"""Something to fill in one day: `""` until then."""


class Position(Spot):
    """What one source says where sources differ."""

    says: Phrase


class Reference(Strict):
    """A publication that a source refers to."""

    id: Slug
    title: Line
    by: Line | None = None
    year: Line | None = None
    url: Printed | None = None
    cited_in: Annotated[list[Spot], Field(min_length=1)]
    cited_for: Phrase
    now: Phrase
    note: Prose | None = None


class Conflict(Strict):
    """Where sources differ, are out of date or look mistaken."""

    id: Slug
    kind: Literal[
        "apparent-error", "dating", "definition", "emphasis", "extraction", "internal-inconsistency", "licensing", "measures",
        "out-of-date", "overlap", "practice", "sensitivity", "statistics", "terminology", "toolkit",
    ]  # fmt: skip
    issue: Phrase
    positions: list[Position] = []
    note: Prose


class Limb(Strict):
    """One limb of the statutory definition, in our own words."""

    id: Slug
    title: Line
    text: Phrase
    everyday: Phrase


class Edition(Strict):
    """An edition of the statutory guidance and the limbs its definition has."""

    id: Slug
    title: Line
    published: Line
    status: Literal["historical", "superseded", "not-read"]
    limbs: list[Slug] = []
    change: Phrase
    url: Url | None = None
    facts: list[FactId] = []
    statutory_text: Later[Prose] = None
    checked_by: Later[Line] = None
    checked_on: Later[Day] = None

    @model_validator(mode="after")
    def _text_was_checked(self) -> Edition:
        if self.statutory_text and not (self.checked_by and self.checked_on):
            text = "the official wording may be shown only once `checked_by` and `checked_on` say who compared it and when"
            raise wrong((("statutory_text",), text))
        return self


class LocalDefinition(Strict):
    """How one local document defines neglect, in our own words."""

    source: SourceId
    says: Phrase
    differs: Phrase
    facts: Facts


class Factor(Strict):
    """A risk, vulnerability, protective factor or root cause."""

    id: Slug
    kind: Literal["risk", "vulnerability", "protective", "root-cause"]
    about: Literal["parent", "child", "family", "surroundings", "help"]
    title: Line
    says: Phrase
    take_care: Phrase
    facts: Facts


class Indicator(Strict):
    """An observable sign that a need is not being met."""

    id: Slug
    need: Literal["food", "home", "clothing", "health", "supervision", "emotional", "learning"]
    title: Line
    look_like: Phrase
    ages: Annotated[list[Literal["baby", "young-child", "school-age", "teenager"]], Field(min_length=1)]
    ask: Line
    facts: Facts


class Principle(Strict):
    """One principle and what it asks of a practitioner."""

    id: Slug
    title: Line
    text: Phrase
    what_it_means: Phrase
    facts: Facts


class PrincipleGroup(Strict):
    """The principles of one source."""

    source: SourceId
    title: Line
    intro: Prose | None = None
    intro_facts: list[FactId] = []
    items: Annotated[list[Principle], Field(min_length=1)]


class Term(Strict):
    """A word practitioners meet, explained. Pages explain it, and what is in `also`, where they first use it, unless `marked` says
    not to; other words for it that everyday English uses as well stand in `everyday` and are never marked."""

    id: Slug
    term: Line
    also: list[Line] = []
    everyday: list[Line] = []
    marked: bool = True
    meaning: Prose
    facts: list[FactId] = []


class Listed(File):
    """A file that holds one list of things with ids, under one key."""

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        (key,) = cls.model_fields
        yield from repeated_ids(data, key)


class References(Listed):
    references: list[Reference]


class Conflicts(Listed):
    conflicts: list[Conflict]


class Factors(Listed):
    factors: list[Factor]


class Indicators(Listed):
    indicators: list[Indicator]


class Glossary(Listed):
    glossary: list[Term]


class Principles(File):
    """The principles, a group for each source that has some."""

    principles: list[PrincipleGroup]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from repeated_ids(data, "principles", "source")
        for index, group in rows(data, "principles"):
            for place, text in repeated_ids(group, "items"):
                yield ("principles", index, *place), text


class Definitions(File):
    """The statutory definition by limb and edition, and local definitions."""

    limbs: Annotated[list[Limb], Field(min_length=1)]
    editions: Annotated[list[Edition], Field(min_length=1)]
    local: list[LocalDefinition]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from repeated_ids(data, "limbs")
        yield from repeated_ids(data, "editions")
        limbs = names(data, "limbs")
        for index, edition in rows(data, "editions"):
            given = edition.get("limbs")
            for at, name in enumerate(given if limbs and isinstance(given, list) else []):
                if isinstance(name, str) and name not in limbs:
                    text = f"there is no limb `{name}`{nearest(name, limbs)}; allowed: {', '.join(limbs)}"
                    yield ("editions", index, "limbs", at), text
