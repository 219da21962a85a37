"""What every file in `quizzes/tools/` has: when to use a tool and when not, its rule in words, its flags. What each rule adds is in
`macros/schema/tools.py`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from macros.schema.base import FactId, Found, Kept, Line, Page, Phrase, Prose, Slug, Strict, repeated_ids, rows

STEPS = ("start", "check", "result")
"""What the other steps of a tool are called on the page."""
NOTE = Literal["design choice, not validated"]
LONGEST = 10
"""Minutes for one child, from opening the page to the result."""
Age = Literal["unborn", "under-2", "2-4", "5-10", "11-17"]
Few = Annotated[list[Line], Field(min_length=2, max_length=4)]


class Choice(Strict):
    """Something to choose, as the form offers it."""

    id: Slug
    text: Line


class Titled(Strict):
    """A title and what to say under it."""

    title: Line
    text: Prose


class Flag(Titled):
    """What a result says: what it means, whom to talk to, and questions for supervision."""

    ask: Annotated[list[Line], Field(min_length=1, max_length=3)]
    urgent: bool = False


class Graded(Strict):
    """One thing to grade, with what each level looks like for the child."""

    id: Slug
    title: Line
    ask: Line
    levels: Annotated[list[Line], Field(min_length=4, max_length=4)]


class AgeBand(Strict):
    """An age a child may have, as the form offers it."""

    id: Age
    text: Line


class Frame(Kept):
    """What every tool says of itself."""

    id: Slug
    """The same as the file's name."""
    rule: str
    title: Line
    minutes: Annotated[int, Field(ge=1, le=LONGEST)]
    """For one child, from opening the page to the result."""
    purpose: Phrase
    use_when: Few
    not_when: Few
    who: Phrase
    not_this: Phrase
    """What the tool is not."""
    safety_words: Phrase
    rule_in_words: Prose
    """How the result comes about, so that anybody can follow it."""
    guidance: Annotated[list[Page], Field(min_length=2, max_length=4)]
    facts: Annotated[list[FactId], Field(min_length=1, max_length=6)]


def exactly(data: dict[str, Any], key: str, wanted: tuple[str, ...], what: str = "id") -> Found:
    """A complaint where the ids of a list are not those that the rule knows: their words may change, they may not."""
    yield from repeated_ids(data, key, what)
    found = [str(row.get(what)) for _, row in rows(data, key)]
    if found and set(found) != set(wanted):
        yield (key,), f"found {', '.join(found)}; the rule needs exactly {', '.join(wanted)}, in words of your own"


def holding(data: dict[str, Any], key: str, wanted: tuple[str, ...]) -> Found:
    """A complaint where an id that the rule looks for is not in a list."""
    yield from repeated_ids(data, key)
    found = [str(row.get("id")) for _, row in rows(data, key)]
    for name in wanted:
        if found and name not in found:
            yield (key,), f"`{name}` is missing; the rule looks for it"
