"""A story that forks: scenes with decisions, each leading on, until an ending. What such a question is, and what a path earns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from engine.marks import UNANSWERED, Mark, award, reject, split_pairs
from engine.reading import Definition, Refused, read_choice, read_id, read_ids, read_number, read_rows

VALUES = (0.0, 0.5, 1.0)
ENDINGS = ("good", "mixed", "poor")
CRITICAL = "critical"
MOST = 40  # scenes; a path through more is no story


@dataclass(frozen=True, slots=True)
class Option:
    """What may be done in a scene: what it is worth, the scene it leads to, and whether it leaves a child in danger."""

    value: float
    to: str
    harms: bool


@dataclass(frozen=True, slots=True)
class Question:
    """The scenes by id, each with its options by id (none for an ending); how each ends; the best total of any path."""

    start: str
    scenes: Mapping[str, Mapping[str, Option]]
    endings: Mapping[str, str]
    best: float


def read(definition: Definition) -> Question:
    """Return the question from `start` and `scenes: [{id, options: [{id, value, to, harm}]} or {id, ending}]`.

    Raises Refused for an option that leads nowhere or back, and where no path earns anything.
    """
    rows = read_rows(definition, "scenes")
    ids = read_ids(rows, "scenes")
    if len(ids) > MOST:
        raise Refused(f"“scenes” may hold at most {MOST}.")
    scenes = {id_: _read_options(row, ids) for id_, row in zip(ids, rows, strict=True)}
    endings = {id_: read_choice(row, "ending", ENDINGS) for id_, row in zip(ids, rows, strict=True) if not scenes[id_]}
    start = read_choice(definition, "start", ids)
    best = _best(start, scenes)
    if not best:
        raise Refused("at least one path must be worth something.")
    return Question(start, scenes, endings, best)


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return the values of the path taken over the best total of any path (this project's rule: a short bad path cannot
    score as much as a good one).

    `values` are texts `scene=option`. Scenes off the path do not count. A path that stops before an ending is invalid
    with the problem `unfinished`; one with no decision at all is unanswered. The key `harm` says that an option was
    chosen that leaves a child in danger: whoever chooses it has not passed, whatever the fraction.
    """
    chosen = split_pairs(values)
    if chosen is None or not _offered(question, chosen):
        return reject("unknown_value")
    if question.start not in chosen:
        return reject("unfinished") if chosen else UNANSWERED
    path = list(_walk(question, chosen))
    end = path[-1][1].to
    if end not in question.endings:
        return reject("unfinished")
    earned = sum(option.value for _, option in path)
    keys = [f"chosen:{scene}:{chosen[scene]}" for scene, _ in path]
    keys += [f"missed:{scene}" for scene, option in path if option.value < _highest(question, scene)]
    keys += [f"end:{end}", f"ending:{question.endings[end]}"]
    return award(earned / question.best, [*keys, "harm"] if any(option.harms for _, option in path) else keys)


def chance(question: Question) -> float:
    """Return what deciding at random on the way earns on average."""

    @cache
    def mean(scene: str) -> float:
        options = question.scenes[scene].values()
        return sum(option.value + mean(option.to) for option in options) / len(options) if options else 0.0

    return mean(question.start) / question.best


def _read_options(row: Definition, scenes: Sequence[str]) -> dict[str, Option]:
    rows = read_rows(row, "options")
    if not rows:
        return {}
    return {id_: _read_option(option, scenes) for id_, option in zip(read_ids(rows, "options"), rows, strict=True)}


def _read_option(row: Definition, scenes: Sequence[str]) -> Option:
    value = read_number(row, "value")
    if value not in VALUES:
        raise Refused(f"“value” of option {read_id(row)} must be 0, 0.5 or 1.")
    harms = "harm" in row and read_choice(row, "harm", (CRITICAL,)) == CRITICAL
    return Option(value, read_choice(row, "to", scenes), harms)


def _best(start: str, scenes: Mapping[str, Mapping[str, Option]]) -> float:
    """The greatest total of any path. Raises Refused when a path can come round to a scene again."""
    under_way: set[str] = set()

    @cache
    def total(scene: str) -> float:
        if scene in under_way:
            raise Refused("a path leads back to a scene it has been in.")
        under_way.add(scene)
        found = max((option.value + total(option.to) for option in scenes[scene].values()), default=0.0)
        under_way.discard(scene)
        return found

    return total(start)


def _walk(question: Question, chosen: Mapping[str, str]) -> Iterator[tuple[str, Option]]:
    scene = question.start
    while scene in chosen and scene not in question.endings:
        option = question.scenes[scene][chosen[scene]]
        yield scene, option
        scene = option.to


def _offered(question: Question, chosen: Mapping[str, str]) -> bool:
    return all(option in question.scenes.get(scene, {}) for scene, option in chosen.items())


def _highest(question: Question, scene: str) -> float:
    return max(option.value for option in question.scenes[scene].values())
