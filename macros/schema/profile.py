"""What may stand in `docs/_facts/profile.yml`: what a partnership may count each quarter, what such a figure can and cannot say, and an
example to try it with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from engine import Refused, read_counts
from macros.schema.base import File, Found, Given, Line, Phrase, Slug, SourceId, Strict, repeated_ids, rows
from macros.schema.facts import Facts
from macros.schema.words import nearest


class Caution(Strict):
    """What holds for every figure, with the facts it rests on."""

    text: Phrase
    facts: Facts


class Measure(Strict):
    """One thing to count. `unit` is what is drawn; `of` is what a share is a share of, `share_of` the measure that counts that; `over` is
    what the source adds up over."""

    id: Slug
    source: SourceId
    title: Line
    unit: Literal["count", "share"]
    of: Annotated[Line, Given] | None = None
    share_of: Annotated[Slug, Given] | None = None
    over: Literal["year-and-three-years", "year", "not-said"]
    can: Phrase
    cannot: Phrase
    up: Phrase
    down: Phrase
    facts: Facts
    cautions: Facts


class Profile(File):
    """The measures, what holds for all of them, and the text of an invented file."""

    cautions: Annotated[list[Caution], Field(min_length=1)]
    indicators: Annotated[list[Measure], Field(min_length=1)]
    example: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from repeated_ids(data, "indicators")
        units = {str(row.get("id")): row.get("unit") for _, row in rows(data, "indicators")}
        for index, row in rows(data, "indicators"):
            yield from (((*("indicators", index), key), text) for key, text in _share(row, units))
        yield from _example(data)


def _share(row: Mapping[str, Any], units: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    of = row.get("share_of")
    if (row.get("unit") == "share" or of) and not row.get("of"):
        yield "of", "this is missing: say what the share is a share of"
    counts = [name for name, unit in units.items() if unit == "count" and name != row.get("id")]
    if isinstance(of, str) and of not in counts:
        yield "share_of", f"there is no count `{of}` in this file{nearest(of, counts)}"


def _example(data: Mapping[str, Any]) -> Found:
    """The engine has to be able to read every row of the example."""
    try:
        read = read_counts(data.get("example", ""), for_engine(row for _, row in rows(dict(data), "indicators")))
    except Refused as refused:
        if refused.key != "bad_definition":  # a measure that is broken is told where it stands
            yield ("example",), f"the engine cannot read this: {refused.text}"
        return
    except (KeyError, TypeError, AttributeError):
        return  # a key is missing, and is told there
    for problem in read.problems:
        yield ("example",), f"line {problem.line} of it: {problem.key} under {problem.column}, found '{problem.found}'"


def for_engine(measures: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What of the measures the engine works with: no prose but the titles, which a row may name them by."""
    return {"indicators": [_carried(row) for row in measures]}


def _carried(row: Mapping[str, Any]) -> dict[str, Any]:
    share_of = {"share_of": row["share_of"]} if row.get("share_of") else {}
    return {"id": row["id"], "unit": row["unit"], "names": [row["title"]], **share_of}
