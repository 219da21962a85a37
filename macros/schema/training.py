"""What may stand in `quizzes/` beside modules and tools: the beliefs behind wrong answers, where to start, and what was published."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from macros.schema.base import File, Found, Kept, Line, ModuleId, Page, Prose, Slug, Strict, repeated_ids, rows
from macros.schema.facts import Listed
from macros.schema.question import Facts, Option

Stamp = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
"""The first digits of what a text hashes to."""


class Misconception(Strict):
    """A belief behind wrong answers, as a colleague would put it, and what to do instead."""

    id: Slug
    idea: Annotated[Line, StringConstraints(max_length=110)]
    instead: Line


class Misconceptions(Listed):
    """`quizzes/misconceptions.yml`."""

    misconceptions: list[Misconception]


class Published(File):
    """`quizzes/published.yml`: what each published question asked, and what it rested on when it was last checked."""

    questions: dict[Slug, Annotated[list[Stamp], Field(min_length=1)]]
    facts: dict[Slug, Stamp]
    pages: dict[Page, Stamp]


class Role(Strict):
    """A sort of work, and the modules to begin with, in order."""

    id: Slug
    text: Line
    modules: Annotated[list[ModuleId], Field(min_length=2)]


class FirstQuestion(Strict):
    """One scene of the pre-check: `single`, with the module to begin with for whoever does not get it right."""

    id: Slug
    kind: Literal["single"]
    module: ModuleId
    level: Literal["recognise", "apply", "judge"]
    content_note: Line | None = None
    stem: Prose
    options: Annotated[list[Option], Field(min_length=3, max_length=5)]
    explain: Prose
    facts: Facts


class WhereToStart(Kept):
    """`quizzes/where-to-start.yml`: the paths by role, and the questions that suggest a way to take them."""

    id: Slug
    roles: Annotated[list[Role], Field(min_length=2)]
    questions: Annotated[list[FirstQuestion], Field(min_length=4, max_length=10)]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        for key in ("roles", "questions"):
            yield from repeated_ids(data, key)
        for index, question in rows(data, "questions"):
            right = sum(row.get("correct") is True for _, row in rows(question, "options"))
            if right != 1:
                yield ("questions", index, "options"), f"found {right} correct; there is exactly one"
            for place, text in repeated_ids(question, "options"):
                yield ("questions", index, *place), text
