"""Citations: which source and section a fact comes from, and where that is on the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from macros.library import Library
from macros.schema.source import Fact, Source
from macros.schema.words import nearest

MOST_IN_A_CITATION = 4
UNLISTED = {"lived-experience", "contacts"}
"""Topics that no list shows: a child's own story, and contact details of the year they were printed."""
CONTACT = re.compile(r"[\w.]+@[\w.]+|\b0\d{2,4} \d{3,4} ?\d{3,4}\b")
"""An email address or a telephone number: a fact that prints one is in no list either."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A link to a section of a source."""

    text: str
    href: str
    checked: bool


def fact(library: Library, name: str) -> tuple[Source, Fact]:
    """The fact called `name` and its source; ValueError naming the nearest id when there is none."""
    if name not in library.facts:
        raise ValueError(f"there is no fact `{name}`{nearest(name, library.facts)}")
    return library.facts[name]


def source(library: Library, name: str) -> Source:
    """The source called `name`; ValueError naming the nearest id when there is none."""
    if name not in library.sources:
        allowed = ", ".join(library.sources)
        raise ValueError(f"there is no source `{name}`{nearest(name, library.sources)}; allowed: {allowed}")
    return library.sources[name]


def citations(library: Library, names: Iterable[str]) -> list[Citation]:
    """One link for each section that the facts come from, in the order given."""
    places: dict[tuple[str, str], bool] = {}
    for origin, found in [fact(library, name) for name in names]:
        key = (origin.id, found.section)
        places[key] = places.get(key, True) and found.status is None
    return [_citation(library.sources[origin], section, checked) for (origin, section), checked in places.items()]


def _citation(origin: Source, section: str, checked: bool) -> Citation:
    whole = section.lower() == "whole"
    part = "" if whole else f" §{section}" if section[:1].isdigit() else f", {section}"
    return Citation(origin.short + part, f"{address(origin.page)}#{anchor(origin.id, section)}", checked)


def anchor(origin: str, section: str) -> str:
    """The id of a section on the page of its source."""
    return f"{origin}--{re.sub(r'[^a-z0-9]+', '-', section.lower()).strip('-')}"


def address(page: str) -> str:
    """The address of a page of `docs/`, from the top of the site: `guidance/types.md` is `guidance/types/`."""
    path = page.removesuffix(".md")
    return path.removesuffix("index") if path == "index" or path.endswith("/index") else f"{path}/"


def listed(library: Library, topic: str | None, origin: str | None, section: str | None) -> list[tuple[Source, Fact]]:
    """The facts of a topic, a source or a section that lists may show."""
    if (topic is None) == (origin is None):
        raise ValueError('give either topic="…" or source="…"')
    if section is not None and origin is None:
        raise ValueError('section="…" goes with source="…"')
    if origin is not None:
        place = source(library, origin)
        if section is not None and section not in {part.id for part in place.sections}:
            known = [part.id for part in place.sections]
            allowed = ", ".join(known)
            raise ValueError(f"`{origin}` has no section `{section}`{nearest(section, known)}; allowed: {allowed}")
    found = [
        (where, what)
        for where, what in library.facts.values()
        if topic in (None, what.topic) and origin in (None, where.id) and section in (None, what.section)
    ]
    if topic is not None and not found:
        topics = sorted({what.topic for _, what in library.facts.values()})
        raise ValueError(f"no fact has the topic `{topic}`{nearest(topic, topics)}; allowed: {', '.join(topics)}")
    return [(where, what) for where, what in found if what.topic not in UNLISTED and not CONTACT.search(what.claim)]
