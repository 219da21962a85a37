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
    """The number or name by which the source itself calls this part."""
    title: Line


class Fact(Strict):
    """One thing a source says, in our own words."""

    id: Slug
    """A short name that no other fact has. Never change it once a page cites it."""
    topic: Slug
    """What it is about, in one or two words with hyphens."""
    section: Line
    """The id of the section of the source that says it."""
    claim: Phrase
    """One statement, in your own words, that the section supports as it stands."""
    status: Literal["unverified"] | None = None
    """Leave it as unverified until somebody has compared the claim with the original."""
    note: Prose | None = None


class Source(File):
    """A document, its sections and what it says: `docs/_facts/sources/<id>.yml`."""

    id: Slug
    """The same as the file's name."""
    short: Line
    """What citations call it."""
    title: Line
    publisher: Line
    published: Line
    period: Line | None = None
    """What time it speaks of."""
    area: Line | None = None
    status: Literal["historical", "official", "law", "research"]
    page: Page
    """The page that readers are led to."""
    url: Url | None = None
    note: Prose | None = None
    """For editors: what to know about this source."""
    sections: Annotated[list[Section], Field(min_length=1)]
    facts: list[Fact] = []

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
