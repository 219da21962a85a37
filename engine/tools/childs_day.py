"""A child's day: six blocks of it, each by how it is known. Unscored: it counts the blocks by how they are known and says nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from engine.charts import Text
from engine.reading import Definition, read_ids, read_rows
from engine.tools.result import Given, Line, Problem, blank, offered

KNOWN = ("told", "saw", "guess", "unknown")


@dataclass(frozen=True, slots=True)
class Tool:
    """The blocks of the day, in order."""

    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How many blocks are known in each way, and the keys and lines of the prepared texts."""

    counts: dict[str, int]
    keys: tuple[str, ...]
    lines: tuple[Line, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `blocks: [{id}]`. Raises Refused."""
    return Tool(read_ids(read_rows(definition, "blocks"), "blocks"))


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return the blocks without an answer. Raises Refused for what the form does not offer."""
    offered(given.responses, dict.fromkeys(tool.blocks, KNOWN))
    return blank(given, tool.blocks)


def score(tool: Tool, given: Given) -> Result:
    """Return the counts. `given` has no problems."""
    answers = {block: given.one(block) for block in tool.blocks}
    counts = {known: sum(answer == known for answer in answers.values()) for known in KNOWN}
    lines = [Line(f"count-{known}", {"count": Text(text=str(count))}) for known, count in counts.items() if count]
    keys = [f"{answer}:{block}" for block, answer in answers.items()]
    keys += [known for known, count in counts.items() if count]
    return Result(counts, tuple(keys), tuple(lines))
