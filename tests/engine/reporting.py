"""Invented learners' files, and what the engine makes of them by the messages that the page of the training report sends."""

from __future__ import annotations

import json
from typing import Any

from engine import handle

OFFERED = {"revision": "r1", "options": ["a", "b", "c", "d"], "right": "a"}
MODULES = {"m": {f"q{number}": OFFERED for number in range(1, 5)}, "n": {"n1": {"revision": "r1"}}}
FIRST = 0x100
"""The first letter of an answer."""
OWN = ("attempt", "started", "finished", "score")
BELIEFS = {"b": ["wait"], "c": ["no-harm"], "d": ["wait", "no-harm"]}


def ask(task: str, **rest: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(handle(json.dumps({"task": task} | rest)))
    return found


def tally(records: list[Any]) -> list[dict[str, Any]]:
    """What is read of some files, each a JSON value, as the page hands them over; a tally with what is told of its answers."""
    kinds: list[Any] = []
    answers: list[Any] = []
    short = [_shorten(one, kinds, answers) if isinstance(one, dict) and isinstance(one.get("attempts"), list) else one for one in records]
    reply = ask("tally", records=short, kinds=kinds, answers=by_letter(answers), modules=MODULES)
    for one, row in zip(short, reply["read"], strict=True):
        for module in (row["tally"] or {"modules": {}})["modules"].values():
            letters = one["attempts"][5].split(" ")[module.pop("row")]
            module["answers"] = [text for letter in letters if (text := reply["told"].get(letter))]
    read: list[dict[str, Any]] = reply["read"]
    return read


def by_letter(answers: list[Any]) -> dict[str, Any]:
    return {chr(FIRST + place): answer for place, answer in enumerate(answers)}


def _shorten(one: dict[str, Any], kinds: list[Any], answers: list[Any]) -> dict[str, Any]:
    rows = [_row(row if isinstance(row, dict) else {}, kinds, answers) for row in one["attempts"]]
    return one | {"attempts": [" ".join(column) for column in zip(*rows, strict=True)]}


def _row(row: dict[str, Any], kinds: list[Any], answers: list[Any]) -> list[str]:
    kind = {key: value for key, value in row.items() if key not in (*OWN, "answers")}
    letters = "".join(letter({key: one}, answers) for key, one in row["answers"].items()) if isinstance(row.get("answers"), dict) else "?"
    score = row.get("score")
    number = repr(score) if isinstance(score, int | float) and not isinstance(score, bool) else "?"
    return [str(place(kind, kinds)), *(word(row.get(key)) for key in OWN[:3]), number, letters]


def word(value: Any) -> str:
    """A text as it stands between others, if it can."""
    return value if isinstance(value, str) and value and not set(value) & set(" \t\n") else "?"


def place(value: Any, values: list[Any]) -> int:
    """Where a value is among others, to which it is added."""
    if value not in values:
        values.append(value)
    return values.index(value)


def letter(value: Any, values: list[Any]) -> str:
    return chr(FIRST + place(value, values))


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
    """The report on some records, as the page gets it: their tallies two at a time, then everybody together, then the modules, then the
    questions of one after the other."""
    tallies = [one["tally"] for at in range(0, len(records), 2) for one in tally(records[at : at + 2]) if one["tally"]]
    told: list[str] = []
    everybody = ["".join(letter(text, told) for row in one["modules"].values() for text in row["answers"]) for one in tallies]
    columns = {"ids": [one["ids"] for one in tallies], "answers": everybody}
    people: dict[str, Any] = ask("people", people=columns, told=by_letter(told))["people"]
    counted = [tally["modules"] for at, tally in enumerate(tallies) if at not in people["duplicates"]]
    taken = {name: [modules[name] for modules in counted if name in modules] for name in MODULES}
    columns = {name: columns_of(rows) for name, rows in taken.items()}
    modules = [one | _questions(one["module"], taken[one["module"]]) for one in ask("modules", taken=columns)["modules"]]
    return people | {"modules": modules, "attempts": sum(one["attempts"] or 0 for one in modules)}


def columns_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    scores = {str(place): row["scores"] for place, row in enumerate(rows) if row["scores"]}
    return {"attempts": [row["attempts"] for row in rows], "modes": [row["modes"] for row in rows], "scores": scores}


def _questions(name: str, taken: list[dict[str, Any]]) -> dict[str, Any]:
    told: list[str] = []
    answered = ["".join(letter(text, told) for text in row["answers"]) for row in taken]
    found: dict[str, Any] = ask("questions", questions=MODULES[name], answered=answered, told=by_letter(told))["report"]
    return found
