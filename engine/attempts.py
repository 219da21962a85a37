"""Attempts as they are kept and handed over: one JSON object for each time somebody took a module. What an attempt is, and reading a
person's file of them, keeping what is good and naming what is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from engine.calibration import Level, read_level
from engine.forms import FOLLOW_UPS, Mode, read_mode
from engine.reading import (
    Definition,
    Refused,
    parse_day,
    read_flag,
    read_id,
    read_list,
    read_number,
    read_object,
    read_text,
    read_whole,
)

SCHEMA = 1
MOST = 5_000  # attempts in one file: more than anybody takes
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}")
_CODE = re.compile(r"[0-9a-z]{1,40}")
_TIMES = re.compile(f"{_TIME.pattern}(?: {_TIME.pattern})*")
_CODES = re.compile(f"{_CODE.pattern}(?: {_CODE.pattern})*")

Rows = TypeVar("Rows", bound=Sequence[object])


class Answer(NamedTuple):
    """One question of an attempt. `first` is what the first try earned, 0 to 1; `revision` is that of the question answered."""

    revision: str
    response: tuple[str, ...]
    first: float
    certainty: Level | None
    tries: int
    hints: int
    misconceptions: tuple[str, ...]


class Kind(NamedTuple):
    """What many attempts have alike."""

    module: str
    version: str
    mode: Mode
    part: int
    passed: bool


class Own(NamedTuple):
    """What an attempt has to itself, but for its answers."""

    id: str
    started: str
    finished: str
    score: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: of which module and which version of its content, in which mode, from when to when, and its answers by question.

    `score` (0 to 1, over what was asked, by first tries) and `passed` are those shown on the day. `part` tells follow-ups apart.
    """

    id: str
    module: str
    version: str
    mode: Mode
    part: int
    started: str
    finished: str
    score: float
    passed: bool
    answers: Mapping[str, Answer]

    @property
    def day(self) -> date:
        """The day it was finished."""
        return date.fromisoformat(self.finished[:10])


def read_all(value: object) -> tuple[list[Attempt], list[str]]:
    """Return the attempts of a kept record or a file, the earliest first and each once, and a sentence for each that cannot be used.

    Raises Refused, under `newer` for a file of a later schema and `not_learning` for anything that is no such file.
    """
    found: dict[str, Attempt] = {}
    problems = []
    for number, row in enumerate(read_record(value), 1):
        try:
            attempt = read(row)
            found.setdefault(attempt.id, attempt)
        except Refused as refused:
            problems.append(f"Attempt {number}: {refused.text}")
    return sorted(found.values(), key=_when), problems


def _when(attempt: Attempt) -> tuple[str, str]:
    return attempt.finished, attempt.id


def read_record(value: object) -> list[object]:
    """Return the rows of a kept record or a file, not looked at yet. Raises Refused as `read_all` does."""
    record = read_object(value, "file", "not_learning")
    schema = record.get("schema")
    if isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA:
        raise Refused("This file was made by a newer version of this site.", "newer")
    if schema != SCHEMA or not isinstance(record.get("attempts"), list):
        raise Refused("This file does not hold training from this site.", "not_learning")
    return refuse_many(read_list(record, "attempts"))


def refuse_many(rows: Rows) -> Rows:
    """Return the rows of a file, or raise Refused under `not_learning` where they are more than anybody takes."""
    if len(rows) > MOST:
        raise Refused(f"This file holds more than {MOST} attempts.", "not_learning")
    return rows


def read(value: object) -> Attempt:
    """Return one attempt. Raises Refused, naming the key at fault."""
    row = read_object(value, "attempt")
    return replace(_read_head(row), answers=_read_answers(row))


def _read_head(row: Definition) -> Attempt:
    """An attempt without its answers."""
    kind = read_kind(row)
    return Attempt(**kind._asdict(), **read_own(row)._asdict(), answers={})


def read_kind(row: Definition) -> Kind:
    """Return what many attempts have alike. Raises Refused, naming the key at fault."""
    if row.get("schema") != SCHEMA:
        raise Refused(f"“schema” must be {SCHEMA}.")
    return Kind(
        module=read_id(row, "module"),
        version=_read_code(row, "version"),
        mode=read_mode(row),
        part=read_whole(row, "part", 0, FOLLOW_UPS, 0),
        passed=read_flag(row, "passed"),
    )


def read_own(row: Definition) -> Own:
    """Return what an attempt has to itself. Raises Refused, naming the key at fault."""
    return Own(
        id=_read_code(row, "attempt"),
        started=_read_time(row, "started"),
        finished=_read_time(row, "finished"),
        score=_read_share(row, "score"),
    )


def are_own(names: str, times: str, scores: Sequence[float]) -> bool:
    """Whether `read_own` takes all of these names and times, with a space between each two, and scores: those of a whole file, seen at one
    look."""
    written = _CODES.fullmatch(names) and _TIMES.fullmatch(times)
    return bool(written) and all(map(_is_day, {time[:10] for time in times.split(" ")})) and all(0 <= score <= 1 for score in scores)


@lru_cache(1 << 10)
def _is_day(text: str) -> bool:
    try:
        return bool(parse_day(text, "day"))
    except Refused:
        return False


def _read_answers(row: Definition) -> dict[str, Answer]:
    return dict(map(read_answer, read_object(row.get("answers"), "answers").items()))


def read_answer(named: tuple[str, object]) -> tuple[str, Answer]:
    """Return a question's id and the answer to it. Raises Refused, naming the key at fault."""
    name, value = named
    return read_id({"id": name}), _read_answer(value)


def _read_answer(value: object) -> Answer:
    row = read_object(value, "answers")
    return Answer(
        revision=_read_code(row, "revision"),
        response=_read_texts(row, "response"),
        first=_read_share(row, "first"),
        certainty=read_level(row, "certainty"),
        tries=read_whole(row, "tries", 0, 10, 0),
        hints=read_whole(row, "hints", 0, 10, 0),
        misconceptions=_read_texts(row, "misconceptions"),
    )


def _read_texts(row: Definition, key: str) -> tuple[str, ...]:
    texts: Sequence[object] = read_list(row, key)
    if not set(map(type, texts)) <= {str}:
        raise Refused(f"“{key}” must be a list of texts.")
    return tuple(texts)  # type: ignore[arg-type]


def _read_share(row: Definition, key: str) -> float:
    share = read_number(row, key)
    if not 0 <= share <= 1:
        raise Refused(f"“{key}” must be from 0 to 1.")
    return share


def _read_code(row: Definition, key: str) -> str:
    text = read_text(row, key)
    if not _CODE.fullmatch(text):
        raise Refused(f"“{key}” must be small letters and digits, at most 40.")
    return text


def _read_time(row: Definition, key: str) -> str:
    """A time to the minute, by the reader's own clock: `2026-11-28T16:05`."""
    text = read_text(row, key)
    found = _TIME.fullmatch(text)
    if not found:
        raise Refused(f"“{key}” must be a date and time, like 2026-11-28T16:05.")
    parse_day(found[1], key)
    return text
