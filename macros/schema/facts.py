"""What may stand in `docs/_facts/`: sources and their facts, and the lists that are built on them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, ValidationInfo, model_validator

from macros.schema.base import Day, FactId, Line, Page, Prose, Slug, SourceId, Strict, repeated_ids, section_complaint
from macros.schema.words import wrong

Facts = Annotated[list[FactId], Field(min_length=1)]


class Section(Strict):
    """A part of a source, named as the source names it."""

    id: Line
    title: Line


class Fact(Strict):
    """One thing a source says, in our own words."""

    id: Slug
    topic: Slug
    section: Line
    claim: Prose
    status: Literal["unverified"] | None = None
    note: Prose | None = None


class Source(Strict):
    """A document, its sections and what it says: `docs/_facts/sources/<id>.yml`."""

    id: Slug
    short: Line
    title: Line
    publisher: Line
    published: Line
    period: Line | None = None
    area: Line | None = None
    status: Literal["historical", "official", "law", "research"]
    page: Page
    url: Annotated[str, StringConstraints(pattern=r"^https://")] | None = None
    note: Prose | None = None
    sections: Annotated[list[Section], Field(min_length=1)]
    facts: list[Fact]

    @model_validator(mode="after")
    def _own_sections(self) -> Source:
        found = [*repeated_ids("sections", self.sections), *repeated_ids("facts", self.facts)]
        names = {section.id for section in self.sections}
        for index, fact in enumerate(self.facts):
            if fact.section not in names:
                found.append((("facts", index, "section"), f"`{self.id}` has no section `{fact.section}`; add it under `sections`"))
        if found:
            raise wrong(*found)
        return self


class Spot(Strict):
    """A place in a source."""

    source: SourceId
    section: Line

    @model_validator(mode="after")
    def _known_section(self, info: ValidationInfo) -> Spot:
        complaint = section_complaint(self.source, self.section, info)
        if complaint:
            raise wrong((("section",), complaint))
        return self


class Position(Spot):
    """What one source says where sources differ."""

    says: Prose


class Reference(Strict):
    """A publication that a source refers to."""

    id: Slug
    title: Line
    by: Line | None = None
    year: Line | None = None
    url: Line | None = None
    cited_in: Annotated[list[Spot], Field(min_length=1)]
    note: Prose | None = None


class Conflict(Strict):
    """Where sources differ, are out of date or look mistaken."""

    id: Slug
    kind: Literal[
        "apparent-error", "dating", "definition", "emphasis", "extraction", "internal-inconsistency", "licensing", "measures",
        "out-of-date", "overlap", "practice", "sensitivity", "statistics", "terminology", "toolkit",
    ]  # fmt: skip
    issue: Prose
    positions: list[Position]
    note: Prose


class Limb(Strict):
    """One limb of the statutory definition, in our own words."""

    id: Slug
    title: Line
    text: Prose
    everyday: Prose


class Edition(Strict):
    """An edition of the statutory guidance and the limbs its definition has."""

    id: Slug
    title: Line
    published: Line
    status: Literal["historical", "superseded", "not-read"]
    limbs: list[Slug]
    change: Prose
    url: Annotated[str, StringConstraints(pattern=r"^https://")] | None = None
    facts: list[FactId]
    statutory_text: str = ""
    checked_by: str = ""
    checked_on: Day | Literal[""] = ""

    @model_validator(mode="after")
    def _text_was_checked(self) -> Edition:
        if self.statutory_text and not (self.checked_by and self.checked_on):
            raise wrong((("statutory_text",), "the official wording may be shown only with `checked_by` and `checked_on`"))
        return self


class LocalDefinition(Strict):
    """How one local document defines neglect, in our own words."""

    source: SourceId
    says: Prose
    differs: Prose
    facts: Facts


class Factor(Strict):
    """A risk, vulnerability, protective factor or root cause."""

    id: Slug
    kind: Literal["risk", "vulnerability", "protective", "root-cause"]
    about: Literal["parent", "child", "family", "surroundings", "help"]
    title: Line
    says: Prose
    take_care: Prose
    facts: Facts


class Indicator(Strict):
    """An observable sign that a need is not being met."""

    id: Slug
    need: Literal["food", "home", "clothing", "health", "supervision", "emotional", "learning"]
    title: Line
    look_like: Prose
    ages: Annotated[list[Literal["baby", "young-child", "school-age", "teenager"]], Field(min_length=1)]
    ask: Line
    facts: Facts


class Principle(Strict):
    """One principle and what it asks of a practitioner."""

    id: Slug
    title: Line
    text: Prose
    what_it_means: Prose
    facts: Facts


class PrincipleGroup(Strict):
    """The principles of one source."""

    source: SourceId
    title: Line
    intro: Prose | None = None
    intro_facts: list[FactId] = []
    items: Annotated[list[Principle], Field(min_length=1)]


class Term(Strict):
    """A word practitioners meet, explained."""

    id: Slug
    term: Line
    also: list[Line] = []
    meaning: Prose
    facts: list[FactId] = []


class Helpline(Strict):
    """A national line that anyone may call."""

    name: Line
    number: Annotated[str, StringConstraints(pattern=r"^[0-9 ]{3,14}$")]
    who: Line
    when: Line


class FrontDoor(Strict):
    """The publishing partnership's own contacts. Empty until the partnership fills and dates them."""

    name: Line | None = None
    number: Annotated[str, StringConstraints(pattern=r"^[0-9 ]{3,14}$")] | None = None
    out_of_hours: Annotated[str, StringConstraints(pattern=r"^[0-9 ]{3,14}$")] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https://")] | None = None
    checked_on: Day | None = None

    @model_validator(mode="after")
    def _dated(self) -> FrontDoor:
        if (self.number or self.url or self.out_of_hours) and not self.checked_on:
            raise wrong((("checked_on",), "contacts are shown only with the date somebody checked them: fill in `checked_on`"))
        return self


class Local(Strict):
    """What makes the site one partnership's own: `docs/_facts/local.yml`."""

    partnership: Line | None = None
    front_door: FrontDoor
    helplines: Annotated[list[Helpline], Field(min_length=1)]


class Listed(Strict):
    """A file that holds one list of things with ids, under one key."""

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        (key,) = type(self).model_fields
        found = list(repeated_ids(key, getattr(self, key)))
        if found:
            raise wrong(*found)
        return self


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


class Principles(Strict):
    """The principles, a group for each source that has some."""

    principles: list[PrincipleGroup]

    @model_validator(mode="after")
    def _ids_differ(self) -> Principles:
        found = [
            (("principles", index, *place), text)
            for index, group in enumerate(self.principles)
            for place, text in repeated_ids("items", group.items)
        ]
        if found:
            raise wrong(*found)
        return self


class Definitions(Strict):
    """The statutory definition by limb and edition, and local definitions."""

    limbs: Annotated[list[Limb], Field(min_length=1)]
    editions: Annotated[list[Edition], Field(min_length=1)]
    local: list[LocalDefinition]

    @model_validator(mode="after")
    def _limbs_exist(self) -> Definitions:
        found = [*repeated_ids("limbs", self.limbs), *repeated_ids("editions", self.editions)]
        names = {limb.id for limb in self.limbs}
        for index, edition in enumerate(self.editions):
            for at, name in enumerate(edition.limbs):
                if name not in names:
                    found.append((("editions", index, "limbs", at), f"there is no limb `{name}`; allowed: {', '.join(sorted(names))}"))
        if found:
            raise wrong(*found)
        return self
