"""What may stand in `quizzes/modules/`: a bitesize module, its outcomes, its teaching screens and its questions."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from macros.schema.base import Figure, Found, Kept, Line, Page, Prose, Slug, Strict, names, repeated_ids, rows
from macros.schema.composed import AnyQuestion
from macros.schema.question import Facts
from macros.schema.words import nearest

STEPS = ("start", "worked", "result")
"""What the steps of a module that are no screen and no question are called on the page."""
LONGEST = 10
"""Minutes for reading the screens and answering five questions."""


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


class WorkedStep(Strict):
    """One step of somebody's thinking: what they fix on, what they think, what they do."""

    notice: Line
    think: Line
    do: Line


class Worked(Strict):
    """A scene worked through aloud, for somebody new to this."""

    scene: Prose
    steps: Annotated[list[WorkedStep], Field(min_length=3, max_length=4)]
    end: Prose
    facts: Facts


class Module(Kept):
    """A bitesize module: `quizzes/modules/<slug>.yml`."""

    id: Slug
    """The same as the file's name. Never change it once it is published."""
    title: Line
    outcome: Line
    """What a learner can do afterwards, in one line."""
    minutes: Annotated[int, Field(ge=1, le=LONGEST)]
    """For the screens and five questions."""
    idea: Prose
    """The one idea to take away."""
    content_note: Line | None = None
    """What may be hard to read, said beforehand."""
    passing: Annotated[Figure, Field(ge=0.8, le=1, alias="pass")] = 0.8
    """The share of marks that passes Check yourself."""
    outcomes: Annotated[list[Outcome], Field(min_length=3, max_length=4)]
    guidance: Annotated[list[Page], Field(min_length=1, max_length=3)]
    """Pages that say more, by their files, like guidance/thresholds.md."""
    worked: Worked
    screens: Annotated[list[Screen], Field(min_length=3, max_length=6)]
    questions: Annotated[list[AnyQuestion], Field(min_length=1, max_length=20)]
    next_week: Prose
    """One thing to do at work next week."""
    discussion: Annotated[list[Line], Field(min_length=2, max_length=5)]
    """Questions for a team, one in each line."""

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        for key in ("outcomes", "screens", "questions"):
            yield from repeated_ids(data, key)
        yield from _steps(data)
        yield from _outcomes(data)


def _steps(data: dict[str, Any]) -> Found:
    """Screens and questions are places on one page."""
    screens = names(data, "screens")
    for key, taken in (("screens", STEPS), ("questions", (*STEPS, *screens))):
        for index, row in rows(data, key):
            if row.get("id") in taken:
                yield (key, index, "id"), f"found '{row['id']}', which is the name of another step of the module; use another"


def _outcomes(data: dict[str, Any]) -> Found:
    """Every question has an outcome that exists, and every outcome a question. Silent of the second until the first is so."""
    known = names(data, "outcomes")
    asked = [row.get("outcome") for _, row in rows(data, "questions")]
    for index, row in rows(data, "questions"):
        name = row.get("outcome")
        if known and isinstance(name, str) and name not in known:
            text = f"there is no outcome `{name}`{nearest(name, known)}; allowed: {', '.join(known)}"
            yield ("questions", index, "outcome"), text
    if asked and all(name in known for name in asked):
        for index, row in rows(data, "outcomes"):
            if row.get("id") not in asked:
                yield ("outcomes", index), f"no question asks about `{row.get('id')}`; write one or drop the outcome"
