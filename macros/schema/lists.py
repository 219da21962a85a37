"""What may stand in `docs/_facts/` for whole pages and for the site itself: the catalogue, the comparison, the posters, the changes,
the words to take care with, the words people search for and the facts that no page needs to cite."""

from __future__ import annotations

import re
import warnings
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from macros.schema.base import (
    Day,
    FactId,
    Found,
    Given,
    Line,
    Page,
    Phrase,
    Prose,
    Slug,
    SourceId,
    Strict,
    Url,
    repeated_ids,
    rows,
)
from macros.schema.facts import Facts, Listed

Pages = Annotated[list[Page], Field(min_length=1)]


class System(Strict):
    """A tool, form, process or service that a source names."""

    id: Slug
    name: Line
    kind: Literal["assessment-tool", "practice-method", "guide", "framework", "process", "service", "training", "measure"]
    purposes: Annotated[
        list[Literal["notice", "assess", "plan", "hear", "reflect", "work-together", "learn", "measure"]], Field(min_length=1)
    ]
    users: Annotated[
        list[Literal["everyone", "social-care", "early-help", "health", "schools", "police", "leads", "families"]],
        Field(min_length=1),
    ]
    what_for: Phrase
    reported: Phrase
    whose: Phrase
    rights: Phrase
    find: Phrase
    here: list[Page] = []
    facts: Facts


class Systems(Listed):
    systems: list[System]


class Cell(Strict):
    """What one source says to a question; `says` may be left out where it says nothing."""

    source: SourceId
    says: Annotated[Phrase, Given] | None = None
    facts: list[FactId] = []


class Row(Strict):
    """One question put to every source."""

    id: Slug
    title: Line
    cells: Annotated[list[Cell], Field(min_length=1)]


class Comparison(Listed):
    """The source documents side by side."""

    comparison: Annotated[list[Row], Field(min_length=1)]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        first = next((row for _, row in rows(data, "comparison")), {})
        order = [cell.get("source") for _, cell in rows(first, "cells")]
        for index, row in rows(data, "comparison"):
            given = [cell.get("source") for _, cell in rows(row, "cells")]
            if given != order:
                text = f"found {_list(given)}; every row has the sources of the first, in its order: {_list(order)}"
                yield ("comparison", index, "cells"), text
            for at, cell in rows(row, "cells"):
                if bool(cell.get("says")) != bool(cell.get("facts")):
                    missing = "facts" if cell.get("says") else "says"
                    text = f"`{missing}` is missing: what a source says goes with the facts that show it"
                    yield ("comparison", index, "cells", at), text


def _list(names: list[Any]) -> str:
    return ", ".join(map(str, names)) or "none"


class Change(Strict):
    """Something readers or staff would want to know has changed."""

    id: Slug
    date: Day
    kind: Literal["new", "changed", "corrected", "removed"]
    title: Line
    text: Prose
    pages: list[Page] = []


class Changes(Listed):
    """What has changed, newest first."""

    changes: Annotated[list[Change], Field(min_length=1)]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        days = [str(row.get("date")) for _, row in rows(data, "changes")]
        for index, (newer, older) in enumerate(pairwise(days)):
            if older > newer:
                yield ("changes", index + 1, "date"), f"found {older} below {newer}; the newest comes first"


class Excused(Strict):
    """A fact that no page cites, and why an editor agrees."""

    fact: FactId
    why: Phrase


class Uncited(Listed):
    """The facts that no page cites on purpose."""

    uncited: list[Excused]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from repeated_ids(data, "uncited", "fact")


SLOW = re.compile(r"[*+}]\)+(?:[*+{])")
"""Something repeated that is repeated as a whole: such a pattern can take for ever."""


def spaced(pattern: str) -> re.Pattern[str]:
    """The pattern, in which a space is any white space."""
    return re.compile(pattern.replace(" ", r"\s+"))


def _pattern(text: str) -> str:
    if SLOW.search(text):
        raise ValueError(f"found `{text}`, in which something repeated is repeated again; such a pattern can take for ever")
    try:
        with warnings.catch_warnings(action="error"):
            found = spaced(text)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        raise ValueError(f"found `{text}`, which is not a pattern: {error}") from error
    if found.search(""):
        raise ValueError(f"found `{text}`, which is found everywhere; a pattern needs at least one letter")
    return text


class Allowed(Strict):
    """A file that may use the words, and why."""

    file: Line
    why: Phrase


class Stale(Strict):
    """Words that have gone out of date or that do harm, and what to say instead."""

    id: Slug
    pattern: Annotated[Line, AfterValidator(_pattern)]
    instead: Phrase
    allowed: list[Allowed] = []


class Terms(Listed):
    terms: list[Stale]


class Synonyms(Strict):
    """Words that people use for one thing: who types any of them is looking for all of them, and first for the page about it."""

    id: Slug
    words: Annotated[list[Line], Field(min_length=2)]
    page: Annotated[Page, Given] | None = None


class Search(Listed):
    search: list[Synonyms]


class Point(Strict):
    """One point of a poster: a letter or number to find it by, and few words."""

    mark: Annotated[str, StringConstraints(min_length=1, max_length=2)]
    title: Line
    text: Phrase


class Elsewhere(Strict):
    """Where a poster's code leads while the site has no address of its own."""

    url: Url
    name: Line


class Poster(Strict):
    """An A4 sheet to print: few words, the helplines, and a code that leads to a page."""

    id: Slug
    title: Line
    lead: Phrase
    points: Annotated[list[Point], Field(min_length=3, max_length=10)]
    foot: Phrase | None = None
    contacts: Literal["children", "adults"]
    leads_to: Page
    until_then: Elsewhere
    facts: Facts


class Posters(Listed):
    posters: list[Poster]
