"""Invented learners' files, and what the engine makes of them by the messages that the page of the training report sends."""

from __future__ import annotations

import json
from typing import Any

from engine import handle

OFFERED = {"revision": "r1", "options": ["a", "b", "c", "d"], "right": "a"}
MODULES = {"m": {f"q{number}": OFFERED for number in range(1, 5)}, "n": {"n1": {"revision": "r1"}}}
OWN = ("attempt", "started", "finished", "score")
BELIEFS = {"b": ["wait"], "c": ["no-harm"], "d": ["wait", "no-harm"]}


def ask(task: str, **rest: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(handle(json.dumps({"task": task} | rest)))
    return found


def tally(records: list[Any]) -> list[dict[str, Any]]:
    """What is read of some files, each a JSON value, as the page hands them over."""
    kinds: list[str] = []
    answers: list[str] = []
    short = [_shorten(one, kinds, answers) if isinstance(one, dict) and isinstance(one.get("attempts"), list) else one for one in records]
    read: list[dict[str, Any]] = ask("tally", records=short, shared={"kinds": kinds, "answers": answers}, modules=MODULES)["read"]
    return read


def _shorten(one: dict[str, Any], kinds: list[str], answers: list[str]) -> dict[str, Any]:
    return one | {"attempts": [_row(row, kinds, answers) if isinstance(row, dict) else row for row in one["attempts"]]}


def _row(row: dict[str, Any], kinds: list[str], answers: list[str]) -> list[Any]:
    own = [row.get(key) for key in OWN]
    kind = {key: value for key, value in row.items() if key not in (*OWN, "answers")}
    return [_place(kind, kinds), *own, [_place({key: one}, answers) for key, one in row["answers"].items()]]


def _place(value: object, texts: list[str]) -> int:
    text = json.dumps(value)
    if text not in texts:
        texts.append(text)
    return texts.index(text)


def attempt(name: str, mode: str, answers: str, day: int = 1, score: float = 0.5, part: int = 0, **more: Any) -> dict[str, Any]:
    """An attempt at module m: `answers` are the options chosen for q1, q2 and so on; `-` was not asked, `.` was left blank."""
    time = f"2026-11-{day:02d}T09:00"
    rows = {
        f"q{number}": {
            "revision": "r1", "response": [] if option == "." else [option], "first": int(option == "a"), "certainty": "sure",
            "tries": 1, "hints": 0, "misconceptions": BELIEFS.get(option, []),
        }
        for number, option in enumerate(answers, 1)
        if option != "-"
    }  # fmt: skip
    return {
        "schema": 1, "attempt": name, "module": "m", "version": "v1", "mode": mode, "part": part, "seed": 1, "started": time,
        "finished": time, "score": score, "passed": False, "answers": rows,
    } | more  # fmt: skip


def record(*attempts: dict[str, Any]) -> dict[str, Any]:
    return {"schema": 1, "attempts": list(attempts)}


def report(records: list[dict[str, Any]]) -> dict[str, Any]:
    """The report on some records, as the page gets it: their tallies two at a time, then everybody together, then module by module."""
    tallies = [one["tally"] for at in range(0, len(records), 2) for one in tally(records[at : at + 2]) if one["tally"]]
    people: dict[str, Any] = ask("people", people=[tally | {"modules": None} for tally in tallies])["people"]
    counted = [tally["modules"] for at, tally in enumerate(tallies) if at not in people["duplicates"]]
    modules = [_module(name, counted) for name in MODULES]
    return people | {"modules": modules, "attempts": sum(one["attempts"] or 0 for one in modules)}


def _module(name: str, counted: list[dict[str, Any]]) -> dict[str, Any]:
    taken = [modules[name] for modules in counted if name in modules]
    found: dict[str, Any] = ask("report", module=name, questions=MODULES[name], taken=taken)["report"]
    return found
