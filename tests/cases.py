"""Reads the rows in `tests/cases/` and turns each into a message for the engine and the reply it must get: the one
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

GRADES = {"NK": "not-known", "DNA": "does-not-apply"}
AREAS = ("food", "home", "clothing", "health", "safety", "warmth", "learning")
CARE_PICTURE = {
    "id": "care-picture",
    "rule": "care-picture",
    "ages": [{"id": age} for age in ("unborn", "under-2", "2-4", "5-10", "11-17")],
    "vulnerable_ages": ["unborn", "under-2"],
    "cut_offs": {"coverage": 0.75, "serious_item": 3, "high_area": 2, "several_areas": 3},
    "areas": [{"id": area, "items": [{"id": f"{area}-{n}"} for n in range(1, 5)]} for area in AREAS],
}


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
    for row in rows("tools/care-picture.yml"):
        yield f"care-picture: {row['name']}", *(_compare(row) if "change" in row else _score(row))


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


def care_picture(row: dict[str, Any], areas: str = "areas") -> dict[str, list[str]]:
    """Return the responses a row stands for: `areas` lists of four grades, `rest` (0) for the areas not listed."""
    given = row[areas] + [[row.get("rest", 0)] * 4] * (len(AREAS) - len(row[areas]))
    responses = {
        f"{area}-{n}": [GRADES.get(grade, str(grade))]
        for area, grades in zip(AREAS, given, strict=True)
        for n, grade in enumerate(grades, 1)
        if grade != ""
    }
    age = row.get("age", "5-10")
    return responses | {"age": [age] if age else [], "cannot-tell": ["yes"] if row.get("cannot_tell") else []}


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


def _score(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    responses = care_picture(row)
    request = _text("score", _tool(row), responses=responses)
    if "missing" in row:
        return request, {"ok": True, "result": None, "missing": row["missing"]}
    return request, {"ok": True, "result": _result(row, responses)}


def _compare(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    before, after = care_picture(row, "before"), care_picture(row, "after")
    words = [text.split() for text in row["change"]]
    words += [["same", "0", "0"]] * (len(AREAS) - len(words))
    grades = {"-": None} | {str(n): n for n in range(4)}
    areas = [
        {"id": area, "change": change, "before": grades[was], "after": grades[now]}
        for area, (change, was, now) in zip(AREAS, words, strict=True)
    ]
    left_out = [area["id"] for area in areas if area["change"] == "left_out"]
    keys = [f"change:{area['id']}:{area['change']}" for area in areas] + ["left-out" if left_out else "none-left-out"]
    change = {"areas": areas, "left_out": left_out, "keys": keys}
    return _text("compare", _tool(row), before=before, after=after), {"ok": True, "change": change}


def _tool(row: dict[str, Any]) -> dict[str, Any]:
    return CARE_PICTURE | {"cut_offs": CARE_PICTURE["cut_offs"] | row.get("cut_offs", {})}  # type: ignore[operator]


def _result(row: dict[str, Any], responses: dict[str, list[str]]) -> dict[str, Any]:
    """Write a result out: the row says each area's status and grade and the prompt; what follows from them is added."""
    result = row["result"]
    if "keys" in result:
        return dict(result)
    words = [text.split() for text in result["areas"]]
    words += [result.get("rest", "graded 0").split()] * (len(AREAS) - len(words))
    areas = [
        {
            "id": area,
            "status": word[0],
            "grade": int(word[1]) if word[1:] else None,
            "not_known": _gaps(responses, area),
        }
        for area, word in zip(AREAS, words, strict=True)
    ]
    gaps = [id_ for id_, values in responses.items() if values == ["not-known"]]
    keys = _keys(areas, gaps, _serious(row, responses), result["prompt"])
    return {"areas": areas, "gaps": gaps, "prompt": result["prompt"], "keys": keys}


def _gaps(responses: dict[str, list[str]], area: str) -> int:
    return sum(responses[f"{area}-{n}"] == ["not-known"] for n in range(1, 5))


def _serious(row: dict[str, Any], responses: dict[str, list[str]]) -> list[str]:
    least = row.get("cut_offs", {}).get("serious_item", 3)
    grades = [[str(grade)] for grade in range(least, 4)]
    return [id_ for id_, values in responses.items() if values in grades]


def _keys(areas: list[dict[str, Any]], gaps: list[str], serious: list[str], prompt: str) -> list[str]:
    keys = [f"prompt:{prompt}"]
    for area in areas:
        key = f"area:{area['id']}:{area['status']}"
        keys += [key] if area["grade"] is None else [key, f"{key}:{area['grade']}"]
    keys += [f"gap:{id_}" for id_ in gaps] + ["gaps" if gaps else "no-gaps"]
    keys += [f"serious:{id_}" for id_ in serious] + (["serious"] if serious else [])
    return keys + [f"supervision:{area['id']}" for area in areas if area["grade"] or area["not_known"]]


def _text(task: str, definition: dict[str, Any], **responses: object) -> str:
    return json.dumps({"task": task, "definition": definition} | responses, ensure_ascii=False)


def _value(value: str | dict[str, Any]) -> str:
    return value if isinstance(value, str) else value.get("before", "") + str(value["text"]) * int(value["times"])


def _number(value: float | str) -> float:
    return float(Fraction(value)) if isinstance(value, str) else value
