"""What may stand at the head of a page in `docs/`: who keeps it, when it was written and when it is due."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from macros.schema.base import Kept, Line


class Head(Kept):
    """The front matter of a page."""

    title: Line
    description: Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True)]
    """One plain sentence for search results."""
    applies_to: Literal["England", "United Kingdom"]
    """Where the page holds: English law means England."""
    exit: bool = False
    """Whether the page shows the button that leaves it quickly."""
