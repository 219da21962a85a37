"""Say the concern clearly: answers to a few questions, put together as one paragraph for the practitioner to mend and copy. Unscored.
What is typed stays in the page; nothing here keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.reading import Definition, Refused, read_ids, read_rows, read_text
from engine.tools.result import Given, Problem

LONGEST = 2_000  # characters of one answer


@dataclass(frozen=True, slots=True)
class Tool:
    """The questions in order, each with the words that lead into its answer."""

    leads: dict[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """The paragraph, the questions left blank, and the keys of the prepared texts."""

    paragraph: str
    blank: tuple[str, ...]
    keys: tuple[str, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `prompts: [{id, lead}]`. Raises Refused."""
    rows = read_rows(definition, "prompts")
    return Tool(dict(zip(read_ids(rows, "prompts"), (read_text(row, "lead") for row in rows), strict=True)))


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return the first question where nothing at all is written, and answers that are too long. Raises Refused for what is not asked."""
    if not given.responses.keys() <= tool.leads.keys():
        raise Refused("The responses hold something this form does not offer.", "bad_responses")
    if not any(given.one(name).strip() for name in tool.leads):
        return (Problem(next(iter(tool.leads)), "unanswered"),)
    return tuple(Problem(name, "too_long") for name in tool.leads if len(given.one(name)) > LONGEST)


def score(tool: Tool, given: Given) -> Result:
    """Return the paragraph: each answer as a sentence behind its lead, in the order of the questions. `given` has no problems."""
    written = {name: _sentence(lead, given.one(name)) for name, lead in tool.leads.items() if given.one(name).strip()}
    blank = tuple(name for name in tool.leads if name not in written)
    keys = (*(f"blank:{name}" for name in blank), "blanks" if blank else "no-blanks")
    return Result(" ".join(written.values()), blank, keys)


def _sentence(lead: str, answer: str) -> str:
    text = re.sub(r"\s+", " ", answer).strip()
    return f"{lead.strip()} {text}" if text[-1:] in ".!?" else f"{lead.strip()} {text}."
