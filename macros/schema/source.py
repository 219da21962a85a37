"""What may stand in `docs/_facts/sources/`: a source, its sections and what it says."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, model_validator

from macros.schema.base import (
    File,
    Found,
    Line,
    Page,
    Phrase,
    Prose,
    Slug,
    SourceId,
    Strict,
    Url,
    names,
    repeated_ids,
    rows,
    section_complaint,
)
from macros.schema.words import nearest, wrong


class Section(Strict):
    """A part of a source, named as the source names it."""

    id: Line
    title: Line


class Fact(Strict):
    """One thing a source says, in our own words."""

    id: Slug
    topic: Slug
    section: Line
    claim: Phrase
    status: Literal["unverified"] | None = None
    note: Prose | None = None


class Source(File):
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
    url: Url | None = None
    note: Prose | None = None
    sections: Annotated[list[Section], Field(min_length=1)]
    facts: list[Fact]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from repeated_ids(data, "sections")
        yield from repeated_ids(data, "facts")
        sections = names(data, "sections")
        for index, fact in rows(data, "facts"):
            section = fact.get("section")
            if sections and isinstance(section, str) and section not in sections:
                text = f"there is no section `{section}`{nearest(section, sections)}; add it under `sections`"
                yield ("facts", index, "section"), text


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
