"""Messages made to break the engine: whatever the text, `handle` soon gives one JSON text, with `ok` true or a known problem."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import yaml

from engine import handle
from engine.messages import TASKS
from tests import cases, tool_cases, training
from tests.attack.guard import guarded
from tests.attack.mutate import NASTY, Chance, joined, places, spoiled, spoiled_bytes
from tests.engine.reporting import columns_of

KEYS = {"not_json", "unknown_task", "bad_definition", "bad_responses", "no_heading", "too_long", "newer", "not_learning"}
"""Every key of a reply that is a refusal. `engine_fault` is none of them."""
SAVED = ["review", "tally", "modules", "questions", "profile", "paste", "calendar"]
"""The tasks that read what people kept, were sent or copied from a spreadsheet."""
QUICK, CHUNK, CHUNKS = 400, 1_000, 10
SEEDS = [(0, QUICK), *(pytest.param(seed, CHUNK, marks=pytest.mark.full) for seed in range(1, CHUNKS + 1))]

PROFILE = {
    "task": "profile",
    "definition": {"indicators": [{"id": "plans", "unit": "count", "names": ["New plans"]},
                                  {"id": "repeats", "unit": "share", "share_of": "plans", "names": ["Repeats"]}]},
    "text": "indicator,period,count,denominator,area\n" + "".join(
        f"{name},{year}-Q{part},{year % 7 + part},{90 + part},{area}\n"
        for name in ("plans", "repeats") for year in (2021, 2022, 2023) for part in (1, 2, 3, 4) for area in ("North", "South")
    ),
}  # fmt: skip
PASTE = {
    "task": "paste", "definition": tool_cases.DEFINITIONS["pattern-finder"], "words": {"need": {"food": ["Food and drink"]}},
    "text": "Date\tNeed\tKind\tEffect\tSource\n1/3/2025\tfood\tconcern\t2\tschool\nsoon\tfood\t\t9\t",
}  # fmt: skip
OFFERED = {"m": {"q": {"revision": "r", "options": ["a", "b"], "right": "a"}}}
KINDS_OF_ATTEMPT = [
    {"schema": 1, "module": "m", "version": "v1", "mode": mode, "part": 0, "passed": False} for mode in ("before", "after")
]
TIMES = ("2026-11-28T16:05", "2026-11-28T16:15")
ANSWER = {"revision": "r", "response": ["a"], "first": 0.5, "certainty": "sure", "tries": 1, "hints": 0, "misconceptions": ["wait"]}
TALLY = {
    "task": "tally", "modules": OFFERED, "kinds": KINDS_OF_ATTEMPT, "answers": {"A": {"q": ANSWER}},
    "records": [
        {"schema": 1, "attempts": ["0 1", f"a{at}k0 a{at}k1", *[" ".join([time] * 2) for time in TIMES], "0.5 0.5", "A A"]}
        for at in range(6)
    ],
}  # fmt: skip
READ = json.loads(handle(json.dumps(TALLY)))
TALLIES = [row["tally"] for row in READ["read"]]
PEOPLE = {"task": "people", "told": READ["told"], "people": {"ids": [tally["ids"] for tally in TALLIES], "answers": ["A"] * len(TALLIES)}}
TAKEN = columns_of([tally["modules"]["m"] for tally in TALLIES])
REPORT = {"task": "modules", "taken": {"m": TAKEN}}
QUESTIONS = {"task": "questions", "questions": OFFERED["m"], "told": READ["told"], "answered": ["A"] * len(TALLIES)}
ALL: list[Any] = [
    PROFILE, PASTE, TALLY, PEOPLE, REPORT, QUESTIONS,
    *(json.loads(text) for _, text, _ in cases.messages()),
    *(json.loads(text) for _, _, text, _ in tool_cases.messages()),
    *(json.loads(text) for _, text, _ in training.messages()),
]  # fmt: skip
BY_TASK = {task: [(message, list(places(message))) for message in ALL if message["task"] == task] for task in TASKS}
HOSTILE: list[dict[str, Any]] = yaml.load((cases.FOLDER / "attack/messages.yml").read_text("utf-8"), cases.Loader)


def _answer(text: str) -> dict[str, Any]:
    """The reply to a message, with all that must hold of every reply made sure of."""
    with guarded():
        written = handle(text)
    assert written.isascii()
    reply: dict[str, Any] = json.loads(written)
    if reply["ok"] is not True:
        assert reply.keys() == {"ok", "problem"} and reply["ok"] is False
        assert reply["problem"]["key"] in KEYS, (reply["problem"], text[:2_000])
        assert reply["problem"]["text"].endswith(".")
    return reply


def _random_text(chance: Chance) -> str:
    odd = "".join(map(chr, range(0x20))) + "\ud800\udfffé\U0001f9d2"
    letters = chance.choice(('{}[]":,0123456789eE+-.truefalsn \\', "{}[]\"\\", odd, '"task": mark\u2028'))
    return "".join(chance.choices(letters, k=chance.choice((0, 1, 5, 40, 400, 4_000))))


def _heavy(message: Any, known: list[Any], chance: Chance) -> str:
    """A message with something very long, very deep or twice in it."""
    size = chance.choice((1_000, 20_000, 300_000))
    unit = chance.choice(NASTY[:80])[:20] or "x"
    place = '"bomb"'
    bombs = (
        json.dumps((unit * size)[:1_000_000]),
        "[" * min(size, 45) + "]" * min(size, 45),
        "[" * size + "]" * size,
        "9" * min(size, 5_000), "1e" + "9" * 400, "-1e999", "NaN", "Infinity", "1" + "0" * 4_000 + ".5",
        json.dumps([unit] * min(size, 100_000)),
        json.dumps({f"k{at}": [unit] for at in range(min(size, 20_000))}),
        '{"id": "a", "id": "b", "__proto__": {"ok": true}}',
    )  # fmt: skip
    where = chance.choice(known)
    text = json.dumps(_with(message, where, "bomb"), ensure_ascii=False)
    return text.replace(place, chance.choice(bombs), 1)


def _with(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    made: Any = dict(value) if isinstance(value, dict) else list(value)
    made[place[0]] = _with(made[place[0]], place[1:], new)
    return made


def _texts(seed: int, count: int, tasks: Sequence[str]) -> Iterator[str]:
    """Messages of every sort: random text, and messages that work with something wrong in them, each task as often as another."""
    chance = random.Random(seed)
    for turn in range(count):
        message, known = chance.choice(BY_TASK[tasks[turn % len(tasks)]])
        match chance.choices(range(4), (2, 12, 3, 2))[0]:
            case 0:
                yield _random_text(chance)
            case 1:
                yield json.dumps(spoiled(message, known, chance), ensure_ascii=chance.random() < 0.5)
            case 2:
                yield spoiled_bytes(json.dumps(message).encode(), chance).decode("utf-8", chance.choice(("replace", "surrogateescape")))
            case _:
                yield _heavy(message, known, chance)


def test_every_task_is_attacked_with_messages_that_work() -> None:
    for task, messages in BY_TASK.items():
        assert any(json.loads(handle(json.dumps(message)))["ok"] for message, _ in messages), task


@pytest.mark.parametrize(("seed", "count"), SEEDS)
def test_no_message_raises_hangs_or_gets_an_answer_nobody_knows(seed: int, count: int) -> None:
    answered = [_answer(text)["ok"] for text in _texts(seed, count, list(TASKS))]
    assert any(answered)
    assert not all(answered)


@pytest.mark.parametrize(("seed", "count"), SEEDS)
def test_no_saved_record_file_or_pasted_table_does_either(seed: int, count: int) -> None:
    answered = [_answer(text)["ok"] for text in _texts(seed + 1_000, count, SAVED)]
    assert any(answered)
    assert not all(answered)


@pytest.mark.parametrize("row", HOSTILE, ids=lambda row: row["name"])
def test_a_hostile_message_is_refused(row: dict[str, Any]) -> None:
    reply = _answer(joined(row["message"]))
    assert row["key"] == ("ok" if reply["ok"] else reply["problem"]["key"])
