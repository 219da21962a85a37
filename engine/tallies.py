"""What a report needs of one person's record, and no more: short texts that the page holds while it reads the next files. Making one from a
record, reading it back, and telling which of several belong to one person.

Of each module a tally has how often and in which modes it was taken, the scores that a gain is worked out from, and the answers of the very
first attempt: later ones have met the questions. An answer to a question that has been changed since is left out. Of a response it
has only which of the offered options were chosen, so nothing that somebody typed is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.attempts import Answer, Attempt
from engine.calibration import LEVELS, Level
from engine.reading import Refused, read_id, read_list, read_object, read_text, read_whole

FORMAT = re.compile(r"[a-z0-9-]+,[0-9.e-]+,(guess|think|sure)?,[a-z0-9+-]*,[a-z0-9+-]*")
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Offered:
    """A question as it is now: its revision, the options it offers (none where they are no options), the one that is right where only one
    may be chosen."""

    revision: str
    options: tuple[str, ...]
    right: str | None


@dataclass(frozen=True, slots=True)
class First:
    """The first answer to a question: what it earned, how sure somebody was, the options chosen, and the beliefs behind them."""

    mark: float
    level: Level | None
    chosen: tuple[str, ...]
    beliefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """One module of one person's. `scores` are those of the first `before`, of the first `after` since, and of the first of each
    `follow_up` (`1`, `2`, `3`) since."""

    attempts: int
    modes: frozenset[str]
    scores: Mapping[str, float]
    answers: Mapping[str, First]


@dataclass(frozen=True, slots=True)
class Tally:
    """One record: the ids of its attempts, and its modules."""

    ids: tuple[str, ...]
    modules: Mapping[str, Taken]


Modules: TypeAlias = Mapping[str, Mapping[str, Offered]]


def read_offered(value: object) -> dict[str, dict[str, Offered]]:
    """Return the modules there are now from `{id: {question: {revision, options, right}}}`. Raises Refused."""
    found: dict[str, dict[str, Offered]] = {}
    for name, questions in read_object(value, "modules").items():
        rows = read_object(questions, "questions")
        found[read_id({"id": name})] = {read_id({"id": key}): _read_question(row) for key, row in rows.items()}
    return found


def _read_question(value: object) -> Offered:
    row = read_object(value, "questions")
    options = tuple(read_id({"id": option}) for option in read_list(row, "options"))
    return Offered(read_text(row, "revision"), options, read_id(row, "right") if "right" in row else None)


def write(attempts: Sequence[Attempt], modules: Modules) -> dict[str, object]:
    """Return the tally of a record as plain JSON: `{ids, modules}`. `attempts` are in the order of their days."""
    rows: dict[str, object] = {}
    for name, questions in modules.items():
        taken = [attempt for attempt in attempts if attempt.module == name]
        if taken:
            answers = ";".join(_write_answer(key, taken[0].answers[key], questions[key]) for key in _standing(taken[0], questions))
            modes = sorted({attempt.mode for attempt in taken})
            rows[name] = {"attempts": len(taken), "modes": " ".join(modes), "scores": _scores(taken), "answers": answers}
    return {"ids": " ".join(attempt.id for attempt in attempts if attempt.module in modules), "modules": rows}


def _standing(attempt: Attempt, questions: Mapping[str, Offered]) -> Iterator[str]:
    """The questions of an attempt that ask today what they asked then."""
    return (key for key, answer in attempt.answers.items() if key in questions and questions[key].revision == answer.revision)


def _write_answer(name: str, answer: Answer, question: Offered) -> str:
    chosen = "+".join(option for option in question.options if option in answer.response)
    beliefs = "+".join(sorted({belief for belief in answer.misconceptions if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", belief)}))
    return f"{name},{answer.first:.9g},{answer.certainty or ''},{chosen},{beliefs}"


def _scores(attempts: Sequence[Attempt]) -> dict[str, float]:
    """First attempts that can be matched: a look back counts from the after questions, and those from the before ones."""
    found: dict[str, float] = {}
    for attempt in attempts:
        known = {"before": True, "after": "before" in found, "follow_up": "after" in found}.get(attempt.mode, False)
        if known:
            found.setdefault(str(attempt.part or 1) if attempt.mode == "follow_up" else attempt.mode, attempt.score)
    return found


def read(value: object) -> Tally:
    """Return a tally from what `write` made. Raises Refused for anything else."""
    row = read_object(value, "tally")
    modules = read_object(row.get("modules"), "tally")
    return Tally(tuple(read_text(row, "ids").split()), {name: _read_taken(taken) for name, taken in modules.items()})


def _read_taken(value: object) -> Taken:
    row = read_object(value, "tally")
    scores = {}
    for key, score in read_object(row.get("scores"), "tally").items():
        if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 1:
            raise Refused("A tally's scores must be numbers from 0 to 1.")
        scores[key] = float(score)
    answers = row.get("answers")
    if not isinstance(answers, str):
        raise Refused("A tally's answers must be a text.")
    return Taken(read_whole(row, "attempts", 1, MOST), frozenset(read_text(row, "modes").split()), scores, dict(_read_answers(answers)))


def _read_answers(text: str) -> Iterator[tuple[str, First]]:
    for part in text.split(";") if text else []:
        if not FORMAT.fullmatch(part):
            raise Refused("A tally's answers are not in their form.")
        name, mark, level, chosen, beliefs = part.split(",")
        yield name, First(_read_mark(mark), _level(level), _split(chosen), _split(beliefs))


def _read_mark(text: str) -> float:
    try:
        mark = float(text)
    except ValueError:
        mark = -1.0
    if not 0 <= mark <= 1:
        raise Refused("A tally's marks must be from 0 to 1.")
    return mark


def _level(text: str) -> Level | None:
    return next((level for level in LEVELS if level == text), None)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split("+")) if text else ()


def people(tallies: Sequence[Tally]) -> tuple[list[Tally], list[int]]:
    """Return one tally for each person, and the places of the others. Tallies that share an attempt, directly or through a third, are one
    person's, and the fullest counts."""
    owners: dict[str, int] = {}
    group = list(range(len(tallies)))

    def find(place: int) -> int:
        while group[place] != place:
            group[place] = place = group[group[place]]
        return place

    for place, tally in enumerate(tallies):
        for name in tally.ids:
            group[find(place)] = find(owners.setdefault(name, place))
    best: dict[int, int] = {}
    for place, tally in enumerate(tallies):
        other = best.setdefault(find(place), place)
        if _fullness(tally) < _fullness(tallies[other]):
            best[find(place)] = place
    kept = set(best.values())
    return [tally for place, tally in enumerate(tallies) if place in kept], [place for place in range(len(tallies)) if place not in kept]


def _fullness(tally: Tally) -> tuple[int, list[str]]:
    return -len(tally.ids), sorted(tally.ids)
