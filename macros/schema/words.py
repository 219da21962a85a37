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
    close = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f" (did you mean `{close[0]}`?)" if close else ""


def sentences(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Place, str]]:
    """Every complaint of a validation error as (place in the file, sentence)."""
    for detail in error.errors(include_url=False):
        place = _place(detail["loc"], model)
        if detail["type"] == "located":
            for below, text in detail["ctx"]["found"]:
                yield (*place, *below), text
        else:
            yield place, _sentence(detail, place, model)


def _place(loc: Place, model: type[BaseModel]) -> Place:
    """A pydantic location without the tags of unions, which are in no file."""
    place: list[str | int] = []
    kind: Any = model
    for step in loc:
        if isinstance(step, str) and step in _tags(kind):
            kind = _tags(kind)[step]
            continue
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


def _sentence(detail: ErrorDetails, place: Place, model: type[BaseModel]) -> str:
    name = _dotted(place)
    found = _shown(detail["input"])
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"{name}: this is missing"
        case "extra_forbidden":
            return _unknown_key(place, detail["loc"], model)
        case "literal_error":
            return f"{name}: found {found}; allowed: {_listed(context['expected'])}"
        case "union_tag_invalid":
            where = f"{name}.kind" if name != "file" else "kind"
            return f"{where}: found {context['tag']!r}; allowed: {_listed(context['expected_tags'])}"
        case "union_tag_not_found":
            return f"{name}.kind: this is missing"
        case "too_short" | "too_long":
            bound = "at least" if detail["type"] == "too_short" else "at most"
            number = context.get("min_length", context.get("max_length"))
            return f"{name}: found {context.get('actual_length')}; {bound} {number} are needed" if bound == "at least" else (
                f"{name}: found {context.get('actual_length')}; at most {number} are allowed"
            )
        case "string_too_short":
            return f"{name}: this is empty; write something"
        case "string_too_long":
            return f"{name}: found {len(detail['input'])} characters; at most {context['max_length']} are allowed"
        case "string_pattern_mismatch":
            return f"{name}: found {found}; allowed: small letters, digits and single hyphens"
        case "value_error":
            return f"{name}: {context['error']}"
    return f"{name}: found {found}; {_needed(detail)}"


_NEEDED = {
    "string_type": "text is needed (put it in quotes)",
    "int_type": "a whole number is needed",
    "int_parsing": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "float_type": "a number is needed",
    "float_parsing": "a number is needed",
    "bool_type": "true or false is needed",
    "bool_parsing": "true or false is needed",
    "list_type": "a list is needed (lines that start with -)",
    "dict_type": "keys with values are needed",
    "model_type": "keys with values are needed",
    "model_attributes_type": "keys with values are needed",
    "date_type": "a date is needed, like 2026-11-22",
    "date_parsing": "a date is needed, like 2026-11-22",
    "date_from_datetime_parsing": "a date is needed, like 2026-11-22",
    "date_from_datetime_inexact": "a date is needed, like 2026-11-22",
}


def _needed(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    bounds = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    for key, words in bounds.items():
        if key in context:
            return f"allowed: {words} {context[key]:g}"
    return _NEEDED.get(detail["type"], detail["msg"].lower())


def _unknown_key(place: Place, loc: Place, model: type[BaseModel]) -> str:
    owner: Any = model
    for step in loc[:-1]:
        owner = _tags(owner).get(str(step)) or _below(owner, step)
    owner = _plain(owner)
    fields = owner.model_fields if isinstance(owner, type) and issubclass(owner, BaseModel) else {}
    names = [info.alias or name for name, info in fields.items()]
    key = str(place[-1])
    return f"{_dotted(place)}: this key is not known{nearest(key, names)}; allowed: {', '.join(names)}"


def _dotted(place: Place) -> str:
    """`questions[3].options[1].why`, counting list items from 1 as people do."""
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "file"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…'"


def _listed(expected: str) -> str:
    return expected.replace(" or ", ", ").replace("'", "")
