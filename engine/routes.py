"""Where somebody might start: their sort of work and a few scenes suggest a way to take the training, and the modules to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine import quiz
from engine.marks import Mark
from engine.reading import Definition, Refused, Responses, read_choice, read_id, read_ids, read_rows

MOST = 3  # modules to begin with, beside the path of one's work


@dataclass(frozen=True, slots=True)
class Start:
    """The questions, the module that each belongs to, and the sorts of work there are."""

    module: quiz.Module
    modules: Mapping[str, str]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """The marks by question, and the keys of the prepared texts: `route:…`, `role:…`, and `begin:…` for up to three modules."""

    marks: Mapping[str, Mark]
    keys: tuple[str, ...]


def read(definition: Definition) -> Start:
    """Return the start from `questions`, each with its `module`, and `roles: [{id}]`. Raises Refused."""
    rows = read_rows(definition, "questions")
    modules = {read_id(row): read_id(row, "module") for row in rows}
    return Start(quiz.read(definition), modules, read_ids(read_rows(definition, "roles"), "roles"))


def route(start: Start, message: Definition, responses: Responses) -> Route:
    """Return the way that the answers suggest. A question left out counts as not right. Raises Refused for a `role` nobody offers."""
    role = read_choice(message, "role", start.roles)
    if not responses.keys() <= start.modules.keys():
        raise Refused("The responses name a question that is not asked here.", "bad_responses")
    marks = quiz.mark(start.module, {name: responses.get(name, ()) for name in start.modules})
    way = quiz.score(start.module, marks).route
    return Route(marks, (f"route:{way}", f"role:{role}", *_begin(start, marks)))


def _begin(start: Start, marks: Mapping[str, Mark]) -> Iterator[str]:
    missed = [module for name, module in start.modules.items() if marks[name].state != "right"]
    yield from (f"begin:{module}" for module in list(dict.fromkeys(missed))[:MOST])
    if missed:
        yield "begin"
