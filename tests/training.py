"""Reads the rows in `tests/cases/training/` and turns each into a message for the engine and what its reply has to hold: the one place
where the short forms of those files are written out. The replies are compared natively and in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from tests import cases

REVISION = "abc12345"
MODULES = {name: {"version": "new00000", "questions": dict.fromkeys(("q1", "q2", "q3", "q4"), REVISION)} for name in ("m", "n")}
HALF = {"kind": "multi", "options": [{"id": "a", "correct": True}, {"id": "b", "correct": True}, {"id": "c"}, {"id": "d"}]}
GIVEN = {"right": ["true"], "wrong": ["false"], "blank": [], "partial": ["a"]}


def messages() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield `(name, request text, what the reply holds)`: values by their place in the reply, `marks.q.fraction`."""
    makers = {"tries": _plain, "forms": _plain, "sureness": _sureness, "review": _review, "route": _route, "calendar": _calendar}
    for name, make in makers.items():
        above: dict[str, Any] = {}
        for row in cases.rows(f"training/{name}.yml"):
            above = {**{key: above[key] for key in ("task", "definition") if key in above}, **row}
            request, holds = make(above)
            yield f"{name}: {row['name']}", json.dumps(request, default=str, ensure_ascii=False), holds


def at(reply: Any, place: str) -> Any:
    """The value at a place of a reply, like `review.modules.0.check`."""
    for step in place.split("."):
        reply = reply[int(step)] if isinstance(reply, list) else reply[step]
    return reply


def _plain(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    request = {key: value for key, value in row.items() if key not in ("name", "holds")}
    return request, {place: _figure(value) for place, value in row["holds"].items()}


def _figure(value: Any) -> Any:
    if isinstance(value, str) and "/" in value:
        one, _, other = value.partition("/")
        return int(one) / int(other)
    return value


def _sureness(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    questions, responses, certainty = [], {}, {}
    number = count(1)
    for text in row["answers"]:
        level, state, times = text.split()
        for _ in range(int(times[1:])):
            name = f"q{next(number)}"
            kind = HALF if state == "partial" else {"kind": "truefalse", "answer": True}
            questions.append({"id": name} | kind)
            responses[name] = GIVEN[state]
            certainty[name] = None if level == "none" else level
    request = {"task": "mark", "definition": {"questions": questions}, "responses": responses, "certainty": certainty}
    return request, row["holds"]


def _review(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    attempts = [_attempt(f"a{number}", text) for number, text in enumerate(row.get("attempts", []), 1)]
    for attempt in attempts if row.get("twice") else []:
        attempt["attempt"] = "a1"
    record = row.get("record", {"schema": 1, "attempts": attempts})
    return {"task": "review", "record": record, "today": row["today"], "modules": MODULES}, {
        place: _figure(value) for place, value in row["holds"].items()
    }


def _attempt(name: str, text: str) -> dict[str, Any]:
    module, mode, day, score, *rest = text.split()
    old = "old" in rest
    answers = [word.split(":") for word in rest if ":" in word]
    mode, _, part = mode.partition("-")
    return {
        "schema": 1, "attempt": name, "module": module, "version": "old00000" if old else "new00000", "mode": mode,
        "part": int(part or 0), "seed": 1, "started": f"{day}T09:00", "finished": f"{day}T09:10",
        "score": float(score), "passed": "passed" in rest,
        "answers": {
            question: {
                "revision": "old" if old else REVISION, "response": [], "first": float(first), "certainty": level, "tries": 1, "hints": 0,
                "misconceptions": beliefs,
            }
            for question, level, first, *beliefs in answers
        },
    }  # fmt: skip


def _route(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [f"s{number}" for number in range(1, 9)]
    questions = [{"id": name, "kind": "truefalse", "answer": True, "module": f"m{name[1:]}"} for name in names]
    wrong = {} if row.get("left") else {name: ["false"] for name in names}
    responses = wrong | {name: ["true"] for name in row["right"]}
    definition = {"questions": questions, "roles": [{"id": "health"}, {"id": "police"}]}
    return {"task": "route", "definition": definition, "role": row["role"], "responses": responses}, row["holds"]


def _calendar(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    holds = {"problem.key": row["key"]} if "key" in row else {"lines": row["lines"]}
    return {"task": "calendar", "afters": row["afters"], "today": row["today"]}, holds
