"""What may stand in `quizzes/tools/care-picture.yml`. A partnership may change words, make a cut-off stricter and add to the ages at which
a child is always vulnerable; a weaker rule is refused here and again by the engine."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from macros.schema.base import Figure, Found, Line, Slug, Strict, repeated_ids, rows
from macros.schema.tool import NOTE, STEPS, Age, AgeBand, Frame, Graded, Titled

Four = Field(min_length=4, max_length=4)
FIELDS = ("age", "cannot-tell")
"""What the fields of the care picture that are not items are called in its form."""


class Level(Strict):
    """A step of the common scale, which is always shown in words."""

    value: Annotated[int, Field(ge=0, le=3)]
    text: Line


class CutOffs(Strict):
    """Where the care picture's rule turns."""

    coverage: Annotated[Figure, Field(ge=0.75, le=1)]
    serious_item: Annotated[int, Field(ge=1, le=3)]
    high_area: Annotated[int, Field(ge=1, le=2)]
    several_areas: Annotated[int, Field(ge=1, le=3)]
    note: NOTE


class Item(Graded):
    ages: dict[Age, Line] = {}


class Area(Strict):
    """A need of the child: four items, one grade, the worst."""

    id: Slug
    title: Line
    covers: Line
    items: Annotated[list[Item], Four]
    results: Annotated[list[Line], Four]
    supervision: Annotated[list[Line], Field(min_length=2, max_length=3)]


class Prompts(Strict):
    """What to do next, by the first rule that fits."""

    a: Titled
    b: Titled
    c: Titled
    d: Titled
    nothing: Titled


class CarePicture(Frame):
    rule: Literal["care-picture"]
    scale: Annotated[list[Level], Four]
    ages: Annotated[list[AgeBand], Field(min_length=5, max_length=5)]
    vulnerable_ages: list[Age]
    cannot_tell: Line
    cut_offs: CutOffs
    areas: Annotated[list[Area], Field(min_length=7, max_length=7)]
    prompts: Prompts

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from repeated_ids(data, "areas")
        yield from repeated_ids(data, "ages")
        yield from _names(data)
        values = [str(row.get("value")) for _, row in rows(data, "scale")]
        if len(values) == 4 and set(values) <= set("0123") and values != list("0123"):
            yield ("scale",), "the values have to be 0, 1, 2, 3 in that order; the words may change, the scale may not"
        vulnerable = data.get("vulnerable_ages")
        for age in ("unborn", "under-2"):
            if isinstance(vulnerable, list) and age not in vulnerable:
                yield ("vulnerable_ages",), f"`{age}` has to stay: a partnership may add ages here, never drop one"


def _names(data: dict[str, Any]) -> Found:
    """Areas are steps of one page, and items fields of one form."""
    seen = dict.fromkeys(FIELDS, "this form")
    for index, area in rows(data, "areas"):
        if area.get("id") in STEPS:
            yield ("areas", index, "id"), f"found '{area['id']}', which is the name of another step of the tool; use another"
        for at, item in rows(area, "items"):
            name = str(item.get("id"))
            if name in seen and "id" in item:
                place = ("areas", index, "items", at, "id")
                yield place, f"`{name}` is used in {seen[name]} too; an id names one thing"
            seen[name] = f"`{area.get('id')}`"
