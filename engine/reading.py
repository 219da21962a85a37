"""Readers of plain JSON values: each takes one key out of an author's definition or a person's responses and returns
it with its type made sure of, or raises `Refused` with one plain sentence. What a question or a tool means belongs in
its own module, not here."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import TypeAlias

Definition: TypeAlias = Mapping[str, object]
Responses: TypeAlias = Mapping[str, tuple[str, ...]]

DEEPEST = 50  # lists and objects inside each other; a definition has ten
_BETWEEN = re.compile(r"[^\[\]{}]+")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")


class Refused(Exception):
    """A message the engine cannot use: `key` for programs, `text` one plain sentence for people."""

    def __init__(self, text: str, key: str = "bad_definition") -> None:
        super().__init__(text)
        self.text = text
        self.key = key


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def parse(text: str) -> object:
    """Return what a JSON text says, or raise Refused under `not_json`: also for one nested too deeply to be read safely."""
    if text.count("[") + text.count("{") > DEEPEST and _measure_depth(text) > DEEPEST:
        raise Refused("This is nested too deeply to read.", "not_json")
    try:
        return _DECODER.decode(text)
    except (ValueError, TypeError):
        raise Refused("This is not JSON.", "not_json") from None


def _measure_depth(text: str) -> int:
    """Return how deep brackets stand inside each other. A browser's stack gives out far sooner than Python says it does."""
    outside = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    return max(accumulate(map(_STEPS.__getitem__, _BETWEEN.sub("", outside))), default=0)


def read_object(value: object, name: str, key: str = "bad_definition") -> dict[str, object]:
    """Return `value` if it is a JSON object, or raise Refused under `key`, saying what `name` should have been."""
    if not isinstance(value, dict):
        raise Refused(f"The {name} must be an object with named keys.", key)
    return value


def read_text(definition: Definition, key: str) -> str:
    """Return the text under `key`, or raise Refused if it is absent, blank or not text."""
    value = definition.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"“{key}” must be text that is not blank.")
    return value


def read_id(definition: Definition, key: str = "id") -> str:
    """Return an id: lower-case letters and digits in words joined by hyphens, so that it is safe inside a key."""
    value = definition.get(key)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Refused(f"“{key}” must be an id of lower-case letters, digits and single hyphens.")
    return value


def read_flag(definition: Definition, key: str) -> bool:
    """Return true or false under `key`; absent is false."""
    value = definition.get(key, False)
    if not isinstance(value, bool):
        raise Refused(f"“{key}” must be true or false.")
    return value


def read_number(definition: Definition, key: str, default: float | None = None) -> float:
    """Return a finite number under `key`, or `default` where the key is absent and there is one."""
    return _finite(definition.get(key, default), key)


def read_range(definition: Definition, key: str) -> tuple[float, float]:
    """Return the two finite ends `(low, high)` of a range written `[low, high]`, both of them inside it."""
    ends = [_finite(end, key) for end in read_list(definition, key)]
    if len(ends) != 2 or ends[0] > ends[1]:
        raise Refused(f"“{key}” must be two numbers, the lower one first.")
    return ends[0], ends[1]


def read_choice(definition: Definition, key: str, allowed: Collection[str], default: str | None = None) -> str:
    """Return the text under `key` (or `default`), which must be one of `allowed`."""
    value = definition.get(key, default)
    if not isinstance(value, str) or value not in allowed:
        raise Refused(f"“{key}” must be one of: {', '.join(allowed)}.")
    return value


def read_day(definition: Definition, key: str) -> date:
    """Return the day under `key`, written `2026-11-28`, from 1900 to 2099."""
    return parse_day(definition.get(key), key)


def parse_day(value: object, key: str) -> date:
    """Return the day that a text says, or raise Refused, saying which `key` it stood under."""
    try:
        return date.fromisoformat(value if isinstance(value, str) and _DAY.fullmatch(value) else "")
    except ValueError:
        raise Refused(f"“{key}” must be a date, like 2026-11-28.") from None


def read_whole(definition: Definition, key: str, least: int, most: int, default: int | None = None) -> int:
    """Return a whole number from `least` to `most` under `key`, or `default` where the key is absent and there is one."""
    number = read_number(definition, key, default)
    if not least <= number <= most or number != int(number):
        raise Refused(f"“{key}” must be a whole number from {least} to {most}.")
    return int(number)


def read_list(definition: Definition, key: str) -> list[object]:
    """Return the list under `key`; absent is an empty list."""
    value = definition.get(key, [])
    if not isinstance(value, list):
        raise Refused(f"“{key}” must be a list.")
    return value


def read_texts(definition: Definition, key: str) -> tuple[str, ...]:
    """Return the list of texts under `key`, which must hold at least one and no blank."""
    texts = [text for text in read_list(definition, key) if isinstance(text, str) and text.strip()]
    if not texts or len(texts) != len(read_list(definition, key)):
        raise Refused(f"“{key}” must be a list of texts, none of them blank.")
    return tuple(texts)


def read_rows(definition: Definition, key: str) -> list[dict[str, object]]:
    """Return the list of objects under `key`; absent is an empty list."""
    return [read_object(row, f"rows of “{key}”") for row in read_list(definition, key)]


def read_ids(rows: Sequence[Definition], name: str, least: int = 2) -> tuple[str, ...]:
    """Return the `id` of each row in order; there must be at least `least` and none twice."""
    ids = tuple(read_id(row) for row in rows)
    if len(ids) < least:
        raise Refused(f"“{name}” must hold at least {least}.")
    if len(set(ids)) < len(ids):
        raise Refused(f"“{name}” holds one id twice.")
    return ids


def read_responses(value: object) -> Responses:
    """Return responses `{id: [texts]}` with each list as a tuple, or raise Refused under `bad_responses`."""
    responses = read_object(value, "responses", "bad_responses")
    for values in responses.values():
        if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
            raise Refused("Each response must be a list of texts.", "bad_responses")
    return {name: tuple(values) for name, values in responses.items() if isinstance(values, list)}


def _finite(value: object, key: str) -> float:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
    except OverflowError:  # a whole number too large to be a float
        pass
    raise Refused(f"“{key}” must hold an ordinary number.")
