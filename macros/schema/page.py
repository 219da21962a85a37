"""What may stand at the head of a page in `docs/`: who keeps it, when it was written and when it is due."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from macros.schema.base import Day, Line, Strict
from macros.schema.words import wrong


class Head(Strict):
    """The front matter of a page."""

    title: Line
    description: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    owner: Line
    drafted: Day
    review_by: Day
    reviewed: Day | None = None
    reviewer: Line | None = None
    applies_to: Literal["England", "United Kingdom"]
    exit: bool = False

    @model_validator(mode="after")
    def _dates(self) -> Head:
        found = []
        if self.review_by <= self.drafted:
            found.append((("review_by",), f"review_by: {self.review_by} is not after `drafted` ({self.drafted})"))
        if bool(self.reviewed) != bool(self.reviewer):
            found.append((("reviewed",), "`reviewed` (a date) and `reviewer` (a safeguarding professional's role) go together"))
        if found:
            raise wrong(*found)
        return self
