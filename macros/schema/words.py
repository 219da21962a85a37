"""Plain words for what pydantic finds: what is wrong, what was found, what is allowed.

One function turns a validation error into located sentences. Models that check something pydantic cannot say raise
`wrong(...)`, which carries any number of places and sentences at once.
"""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

Place = tuple[str | int, ...]


def wrong(*found: tuple[Place, str]) -> PydanticCustomError:
    """An error that a validator raises: places (below the value being checked) and what to say of each."""
    return PydanticCustomError("located", "{count} problems", {"count": len(found), "found": list(found)})


def nearest(word: str, allowed: Iterable[str]) -> str:
    """` (did you mean …?)` when one of `allowed` is close to `word`, else nothing."""
    close = _close(word, allowed)
    return f" (did you mean `{close[0]}`?)" if close else ""


def _close(word: str, allowed: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)


def dotted(place: Place) -> str:
    """`questions[3].options[1].why`, counting list items from 1 as people do."""
    text = ""
    for step in place:
        name = f"[{step + 1}]" if isinstance(step, int) else step if step.strip() else f"'{step}'"
        text += f".{name}" if text and isinstance(step, str) else name
    return text or "file"


def sentences(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Place, str]]:
    """Every complaint of a validation error as (place in the file, sentence). A mistyped key is not missing as well."""
    details = [(detail, _place(detail["loc"], model)) for detail in error.errors(include_url=False)]
    meant = {
        (*place[:-1], *close)
        for detail, place in details
        if detail["type"] == "extra_forbidden" and (close := _close(str(place[-1]), _keys(detail["loc"], model)))
    }
    for detail, place in details:
        if detail["type"] == "located":
            for below, text in detail["ctx"]["found"]:
                yield (*place, *below), f"{dotted((*place, *below))}: {text}"
        elif detail["type"] != "missing" or place not in meant:
            place, text = _sentence(detail, place, model)
            yield place, f"{dotted(place)}: {text}"


def _place(loc: Place, model: type[BaseModel]) -> Place:
    """A pydantic location without the tags of unions, which are in no file, and without `[key]` after a wrong key."""
    place: list[str | int] = []
    kind: Any = model
    for step in loc:
        if isinstance(step, str) and step in _tags(kind):
            kind = _tags(kind)[step]
        elif step != "[key]":
            place.append(step)
            kind = _below(kind, step)
    return tuple(place)


def _plain(kind: Any) -> Any:
    """An annotation without `Annotated[…]` and without `| None`."""
    while typing.get_origin(kind) is typing.Annotated:
        kind = typing.get_args(kind)[0]
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        rest = [_plain(part) for part in typing.get_args(kind) if part is not type(None)]
        return rest[0] if len(rest) == 1 else kind
    return kind


def _tags(kind: Any) -> dict[str, Any]:
    """The members of a union of models by the value of their `kind` field; empty for anything else."""
    kind = _plain(kind)
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return {}
    members = [_plain(part) for part in typing.get_args(kind)]
    if not all(isinstance(part, type) and issubclass(part, BaseModel) for part in members):
        return {}
    return {tag: part for part in members for tag in typing.get_args(part.model_fields["kind"].annotation)}


def _below(kind: Any, step: str | int) -> Any:
    kind = _plain(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        found = kind.model_fields.get(str(step))
        return found.annotation if found else None
    arguments = typing.get_args(kind)
    return arguments[-1] if arguments else None


def _sentence(detail: ErrorDetails, place: Place, model: type[BaseModel]) -> tuple[Place, str]:
    """What to say of one error, and of which place: a missing `kind` is said of the key that should be there."""
    context = detail.get("ctx", {})
    found = f"found {_shown(detail['input'])}"
    match detail["type"]:
        case "missing":
            return place, "this is missing"
        case "extra_forbidden":
            keys = _keys(detail["loc"], model)
            return place, f"this key is not known{nearest(str(place[-1]), keys)}; allowed: {', '.join(keys)}"
        case "literal_error":
            return place, f"{found}; allowed: {_listed(context['expected'])}"
        case "union_tag_invalid":
            return (*place, "kind"), f"found '{context['tag']}'; allowed: {_listed(context['expected_tags'])}"
        case "union_tag_not_found":
            return (*place, "kind"), "this is missing"
        case "too_short":
            return place, f"{_counted(detail)}; allowed: at least {context['min_length']}"
        case "too_long" if not isinstance(detail["input"], str):
            return place, f"{_counted(detail)}; allowed: at most {context['max_length']}"
        case "string_too_short":
            return place, "this is empty; write something"
        case "string_too_long" | "too_long":
            return place, f"found {len(detail['input'])} characters; allowed: at most {context['max_length']}"
        case "string_pattern_mismatch":
            return place, f"{found}; allowed: small letters, digits and single hyphens"
        case "value_error":
            return place, str(context["error"])
    return place, f"{found}; {_needed(detail)}"


_NEEDED = {
    "string_type": "text is needed",
    "int": "a whole number is needed",
    "float": "a number is needed",
    "finite_number": "an ordinary number is needed",
    "bool": "true or false is needed",
    "list_type": "a list is needed (lines that start with -)",
    "dict_type": "keys with values are needed",
    "model_type": "keys with values are needed",
    "model_attributes_type": "keys with values are needed",
    "date": "a date is needed, like 2026-11-22",
}


def _needed(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    bounds = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    for key, words in bounds.items():
        if key in context:
            return f"allowed: {words} {context[key]:g}"
    if detail["type"] == "string_type" and isinstance(detail["input"], int | float):
        return "text is needed: put it in quotes"
    kind = detail["type"]
    return _NEEDED.get(kind) or _NEEDED.get(kind.partition("_")[0]) or "this may not stand here"


def _keys(loc: Place, model: type[BaseModel]) -> list[str]:
    """The keys that are allowed where a key that is not allowed was found."""
    owner: Any = model
    for step in loc[:-1]:
        owner = _tags(owner).get(str(step)) or _below(owner, step)
    owner = _plain(owner)
    fields = owner.model_fields if isinstance(owner, type) and issubclass(owner, BaseModel) else {}
    return [info.alias or name for name, info in fields.items()]


def _counted(detail: ErrorDetails) -> str:
    count = len(detail["input"])
    return f"found {count} in this list" if count else "this list is empty"


def _shown(value: Any) -> str:
    """A value in the words an author would use for it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        line = " ".join(value.split())
        return f"'{line}'" if len(line) <= 60 else f"'{line[:57]}…'"
    return str(value) if value != float("inf") else "a number that is too large to read"


def _listed(expected: str) -> str:
    return expected.replace(" or ", ", ").replace("'", "")
