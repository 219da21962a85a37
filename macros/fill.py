"""Filling a partial of `overrides/partials/` with what the library holds: the one place where authors' words become HTML.

The environment is our own, because the theme's does not escape; a name that a partial uses and nothing gives is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel

from macros import facts, prose
from macros.library import Library
from macros.schema.composed import GAP
from macros.schema.words import nearest

Thing = TypeVar("Thing")

FACTOR_KINDS = {
    "risk": "Risk factor",
    "vulnerability": "Vulnerability",
    "protective": "Protective factor",
    "root-cause": "Root cause",
}
NEEDS = {
    "food": "Food and drink",
    "home": "Home, warmth and sleep",
    "clothing": "Clothing and cleanliness",
    "health": "Health, teeth and medicine",
    "supervision": "Supervision and safety",
    "emotional": "Warmth and attention",
    "learning": "Learning and school",
}
GRADES = {
    0: "has what they need",
    1: "sometimes goes without",
    2: "often goes without",
    3: "goes without, or harm or danger now",
}
"""The care picture's scale, which a scene is graded by."""
CERTAINTY = {
    "guess": "Not very: under 67%",
    "think": "Fairly: 67% to 80%",
    "sure": "Very: over 80%",
}
"""How sure somebody is, with the percentages at which each is the one to choose (engine/calibration.py)."""
KEPT_DAYS = 400
"""Days after the last save until what is kept in a browser goes (storage.mjs)."""
AGES = {"baby": "Babies", "young-child": "Young children", "school-age": "School age", "teenager": "Teenagers"}


def cited(library: Library, base: str, names: Iterable[str]) -> list[dict[str, Any]]:
    """The citations of some facts, with their addresses made relative to the page."""
    return [{"text": c.text, "href": base + c.href, "checked": c.checked} for c in facts.citations(library, names)]


@cache
def _environment(root: Path) -> Environment:
    found = Environment(
        loader=FileSystemLoader(root / "overrides" / "partials"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(factor_kinds=FACTOR_KINDS, needs=NEEDS, age_names=AGES, grade_words=GRADES)
    found.globals.update(certainty_words=CERTAINTY, kept_days=KEPT_DAYS)
    found.globals.update(grade_pairs=[(grade, words.capitalize()) for grade, words in GRADES.items()])
    found.filters.update(
        long_date=lambda day: f"{day.day} {day:%B %Y}",
        anchor=lambda section, origin: facts.anchor(origin, section),
        address=facts.address,
        gaps=_gaps,
        pairs=lambda rows: [(row.id, row.text) for row in rows],
        keyed=_keyed,
        place=lambda origin, section: f"{facts.address(origin.page)}#{facts.anchor(origin.id, section)}",
    )
    return found


def _keyed(model: BaseModel) -> dict[str, Any]:
    """What a model holds, by the names in its file, with what is urgent first."""
    found = {field.alias or name: getattr(model, name) for name, field in type(model).model_fields.items()}
    return dict(sorted(found.items(), key=lambda pair: not getattr(pair[1], "urgent", False)))


def _gaps(text: str) -> list[str | dict[str, Any]]:
    """A text with `{gap}` in it as its pieces: words, and for each gap its id and its number."""
    pieces = GAP.split(text)
    gaps = [{"id": name, "number": number} for number, name in enumerate(pieces[1::2], 1)]
    return [piece for pair in zip_longest(pieces[::2], gaps) for piece in pair if piece]


def fill(library: Library, base: str, name: str, **values: Any) -> str:
    """Fill a partial. Blank lines are dropped: Markdown would end the HTML block at them."""
    template = _environment(library.root).get_template(name)
    html = template.render(
        library=library,
        base=base,
        md=partial(prose.prose, base=base),
        phrase=partial(prose.phrase, base=base),
        cited=partial(cited, library, base),
        **values,
    )
    return "\n".join(line for line in html.splitlines() if line.strip())


def one(what: str, name: str, things: Mapping[str, Thing]) -> Thing:
    """The thing called `name`; ValueError naming the nearest and all there are when there is none."""
    if name not in things:
        allowed = ", ".join(things) or "none, because none is written yet"
        raise ValueError(f"there is no {what} `{name}`{nearest(name, things)}; allowed: {allowed}")
    return things[name]
