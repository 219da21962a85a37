"""What may stand in `quizzes/tools/`: a scoring tool, its areas and items, its words and its cut-offs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.schema.base import Day, FactId, Line, Prose, Slug, Strict, repeated_ids
from macros.schema.words import wrong

Four = Field(min_length=4, max_length=4)
Age = Literal["unborn", "under-2", "2-4", "5-10", "11-17"]


class Level(Strict):
    """A step of the common scale, which is always shown in words."""

    value: Annotated[int, Field(ge=0, le=3)]
    text: Line


class AgeBand(Strict):
    id: Age
    text: Line


class CutOffs(Strict):
    """Where the rule turns. Design choices, not validated: a partnership may make them stricter, never weaker."""

    coverage: Annotated[float, Field(ge=0.75, le=1, strict=False)]
    serious_item: Annotated[int, Field(ge=1, le=3)]
    high_area: Annotated[int, Field(ge=1, le=2)]
    several_areas: Annotated[int, Field(ge=1, le=3)]
    note: Literal["design choice, not validated"]


class Item(Strict):
    """One thing to grade, with what each level looks like for the child."""

    id: Slug
    title: Line
    ask: Line
    levels: Annotated[list[Line], Four]
    ages: dict[Age, Line] = {}


class Area(Strict):
    """A need of the child: four items, one grade, the worst."""

    id: Slug
    title: Line
    covers: Line
    items: Annotated[list[Item], Four]
    results: Annotated[list[Line], Four]
    supervision: Annotated[list[Line], Field(min_length=2, max_length=3)]


class Prompt(Strict):
    title: Line
    text: Prose


class Prompts(Strict):
    """What to do next, by the first rule that fits."""

    a: Prompt
    b: Prompt
    c: Prompt
    d: Prompt
    nothing: Prompt


class Tool(Strict):
    """The care picture: `quizzes/tools/care-picture.yml`."""

    id: Slug
    rule: Literal["care-picture"]
    title: Line
    minutes: Annotated[int, Field(ge=1, le=20)]
    owner: Line
    drafted: Day
    review_by: Day
    reviewer: Line | None = None
    reviewed: Day | None = None
    purpose: Prose
    use_when: Annotated[list[Line], Field(min_length=2)]
    not_when: Annotated[list[Line], Field(min_length=2)]
    who: Prose
    not_this: Prose
    safety: Prose
    scale: Annotated[list[Level], Four]
    ages: Annotated[list[AgeBand], Field(min_length=5, max_length=5)]
    vulnerable_ages: list[Age]
    cannot_tell: Line
    cut_offs: CutOffs
    areas: Annotated[list[Area], Field(min_length=7, max_length=7)]
    prompts: Prompts
    rule_in_words: Prose
    facts: Annotated[list[FactId], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Tool:
        found = list(repeated_ids("areas", self.areas))
        seen: dict[str, str] = {}
        for index, area in enumerate(self.areas):
            for at, item in enumerate(area.items):
                if item.id in seen:
                    found.append((("areas", index, "items", at, "id"), f"the item id `{item.id}` is used in `{seen[item.id]}` too; an id names one thing"))
                seen[item.id] = area.id
        if [level.value for level in self.scale] != [0, 1, 2, 3]:
            found.append((("scale",), "scale: the values have to be 0, 1, 2, 3 in that order; the words may change, the scale may not"))
        if not {"unborn", "under-2"} <= set(self.vulnerable_ages):
            found.append((("vulnerable_ages",), "vulnerable_ages: `unborn` and `under-2` have to stay; others may be added"))
        if found:
            raise wrong(*found)
        return self
