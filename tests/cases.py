"""Reads the rows in `tests/cases/` that are about marking and turns each into a message for the engine and the reply it must get: the one
place where the short forms of those files are written out. `messages()` serves pytest and every other runner alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"
KINDS = ("single", "truefalse", "multi", "match", "order", "short", "number", "cloze", "case", "grade")
NEAR = 1e-9


class Loader(yaml.CSafeLoader):
    """Dates stay the texts they are in a message."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def messages() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield `(name, request text, expected reply)` for every row. Numbers in a reply agree within 1e-9."""
    for kind in KINDS:
        for row in rows(f"marking/{kind}.yml", "question"):
            yield f"{kind}: {row['name']}", *_mark_one(row, kind)
    for row in rows("marking/summary.yml", "definition"):
        yield f"summary: {row['name']}", *_mark_all(row)


def rows(path: str, carried: str = "") -> list[dict[str, Any]]:
    """Return the rows of one file; a row without the key `carried` has that of the row above it."""
    found: list[dict[str, Any]] = yaml.load((FOLDER / path).read_text("utf-8"), Loader)
    for above, row in pairwise(found):
        if carried in above:
            row.setdefault(carried, above[carried])
    return found


def same(one: object, other: object) -> bool:
    """Say if two JSON values are the same: numbers within 1e-9, true and false never a number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= NEAR
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def _mark_one(row: dict[str, Any], kind: str) -> tuple[str, dict[str, Any]]:
    question = {"id": "q", "kind": kind} | row["question"]
    id_ = question["id"]
    request = _text("mark", {"questions": [question], "pass": 1}, responses={id_: [_value(v) for v in row["response"]]})
    figures = {name: _number(figure) for name, figure in row["mark"].get("figures", {}).items()}
    mark = row["mark"] | {"fraction": _number(row["mark"]["fraction"]), "figures": figures}
    right = mark["state"] == "right"
    answered = mark["state"] not in ("unanswered", "invalid")
    missed = [id_] if (question.get("critical") and not right) or "harm" in mark["keys"] else []
    passed = mark["fraction"] >= 1 - NEAR and not missed
    summary = {
        "of": 1,
        "answered": int(answered),
        "right": int(right),
        "score": mark["fraction"],
        "passed": passed,
        "critical_missed": missed,
        "shared": {},
        "route": _route(mark["fraction"]),
        "keys": [
            "passed" if passed else "not-passed",
            *(f"critical:{name}" for name in missed),
            *(["critical-missed"] if missed else []),
            *([] if answered else ["unanswered"]),
        ],
    }
    return request, {"ok": True, "marks": {id_: mark}, "summary": summary}


def _mark_all(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    score = _number(row["summary"]["score"])
    summary = {"shared": {}} | row["summary"] | {"score": score, "route": _route(score)}
    marks = {id_: _mark(text) for id_, text in row["marks"].items()}
    request = _text("mark", row["definition"], responses=row["responses"])
    return request, {"ok": True, "marks": marks, "summary": summary}


def _route(score: float) -> str:
    """The way to begin that a score suggests: worked scenes below a half, the stories from 0.8."""
    return "worked" if score < 0.5 - NEAR else "story" if score >= 0.8 - NEAR else "learn"


def _mark(text: str) -> dict[str, Any]:
    fraction, state, *keys = text.split()
    problem = {"unanswered": "unanswered", "invalid": "".join(keys)}.get(state)
    return {"fraction": _number(fraction), "state": state, "problem": problem, "keys": [] if problem else keys, "figures": {}}


def _text(task: str, definition: dict[str, Any], **responses: object) -> str:
    return json.dumps({"task": task, "definition": definition} | responses, ensure_ascii=False)


def _value(value: str | dict[str, Any]) -> str:
    return value if isinstance(value, str) else value.get("before", "") + str(value["text"]) * int(value["times"])


def _number(value: float | str) -> float:
    return float(Fraction(value)) if isinstance(value, str) else value
