"""Is it in place? A partnership's own look at the eight parts of a framework for neglect, each answered in words. Unscored: there is no
result over all of them. This year's answers can be set beside an earlier year's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.charts import Drawing, Text
from engine.reading import Definition, Refused, read_ids, read_rows
from engine.tools.result import NOT_KNOWN, Given, Problem

ANSWERS = ("none", "partly", "yes", NOT_KNOWN)
LONGEST = 2_000  # characters of evidence or of a next step


@dataclass(frozen=True, slots=True)
class Tool:
    """The parts, in order."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to each part, and the keys of the prepared texts."""

    answers: dict[str, str]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Over years: the keys of the prepared texts."""

    keys: tuple[str, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `parts: [{id}]`. Raises Refused."""
    return Tool(read_ids(read_rows(definition, "parts"), "parts"))


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return the parts without an answer. Evidence and next steps may stay blank. Raises Refused for what the form does not offer."""
    texts = {f"{part}-{what}" for part in tool.parts for what in ("evidence", "next")}
    for name, values in given.responses.items():
        if name not in {*tool.parts, *texts} or len(values) > 1 or (name in tool.parts and not {*values} <= {"", *ANSWERS}):
            raise Refused("The responses hold something this form does not offer.", "bad_responses")
        if any(len(value) > LONGEST for value in values):
            raise Refused(f"A text may hold at most {LONGEST} characters.", "bad_responses")
    return tuple(Problem(part, "unanswered") for part in tool.parts if not given.one(part))


def score(tool: Tool, given: Given) -> Result:
    """Return the answers. `given` has no problems."""
    answers = {part: given.one(part) for part in tool.parts}
    keys = [f"answer:{part}:{answer}" for part, answer in answers.items()]
    keys += [f"evidence:{part}" for part in tool.parts if given.one(f"{part}-evidence").strip()]
    keys += [f"no-next:{part}" for part, answer in answers.items() if answer != "yes" and not given.one(f"{part}-next").strip()]
    return Result(answers, tuple(keys))


def compare(tool: Tool, visits: Sequence[tuple[str, Given]]) -> Change:
    """Return that there is something to set side by side: nothing here says better or worse."""
    return Change(("compared",))


def draw_change(tool: Tool, visits: Sequence[tuple[str, Given]], width: int) -> dict[str, Drawing]:
    """Return a table of each part's answers over `(day, form)`, the earliest first."""
    head = (Text("part"), *(Text(day=when) for when, _ in visits))
    rows = tuple((Text(f"part:{part}"), *(Text(f"answer:{given.one(part)}") for _, given in visits)) for part in tool.parts)
    return {"visits": Drawing(width, 1, (), head, rows)}
