"""Invented records of learners, as “Download as a file” on My learning writes them: the same ones every time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.forms import LONG, SHORT

Paths = Sequence[tuple[int, Sequence[str]]]

PATHS: Paths = [(35, ("before", "after", "follow_up")), (55, ("practice", "check")), (10, ("check",))]
"""What people do with a module, and how many in a hundred of them."""
ONCE: Paths = [(100, ("check",))]
LINES = 4
LEVELS = ("guess", "think", "sure", None)
BEGIN = datetime(2026, 1, 5, 9)

Reported = dict[str, Any]


def reported(site: Path) -> Reported:
    """The modules and beliefs that the report of a built site knows."""
    text = (site / "partnership/training-report/index.html").read_text(encoding="utf-8")
    found: Reported = json.loads(text.partition("data-reported>")[2].partition("</script>")[0])
    return found


def make(known: Reported, people: int, modules: int | None = None, paths: Paths = PATHS, seed: int = 1) -> Iterator[str]:
    """The text of each person's file. Each has taken so many of the modules (all where None), by one of the `paths` in each."""
    chance = random.Random(seed)
    names = list(known["modules"])
    beliefs = sorted(known["beliefs"])
    for person in range(people):
        able = chance.uniform(0.4, 0.95)
        taken = names if modules is None else chance.sample(names, modules)
        asked = {name: known["modules"][name]["questions"] for name in taken}
        attempts = [one for name in taken for one in _attempts(f"{person:x}", name, asked[name], beliefs, able, chance, paths)]
        record = {"schema": 1, "saved": "2026-11-20", "until": "2027-12-25", "attempts": attempts, "drafts": {}}
        yield _lined(record, LINES)


def _lined(value: Any, levels: int) -> str:
    """JSON with line ends in the outermost so many levels, as `files.mjs` writes it."""
    if not levels or not value or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, list):
        return "[\n" + ",\n".join([_lined(one, levels - 1) for one in value]) + "\n]"
    return "{\n" + ",\n".join([f"{json.dumps(key)}: {_lined(one, levels - 1)}" for key, one in value.items()]) + "\n}"


def _attempts(
    person: str, name: str, questions: Reported, beliefs: Sequence[str], able: float, chance: random.Random, paths: Paths
) -> Iterator[Reported]:
    modes = chance.choices([modes for _, modes in paths], [share for share, _ in paths])[0]
    order = chance.sample(sorted(questions), len(questions))
    day = BEGIN + timedelta(minutes=chance.randrange(400_000))
    for number, mode in enumerate(modes):
        size = {"practice": len(order), "check": LONG}.get(mode, SHORT)
        form = order[number * SHORT :][:size] if size == SHORT else order[:size]
        answers = {key: _answer(key, questions[key], beliefs, able + number / 20, mode, chance) for key in form}
        score = sum(row["first"] for row in answers.values()) / len(answers)
        time = day + timedelta(days=number * 20)
        yield {
            "schema": 1, "attempt": f"{person}x{chance.getrandbits(50):x}", "module": name, "version": "v1", "mode": mode,
            "part": int(mode == "follow_up"), "seed": chance.getrandbits(32), "started": f"{time:%Y-%m-%dT%H:%M}",
            "finished": f"{time + timedelta(minutes=9):%Y-%m-%dT%H:%M}", "score": score, "passed": score >= 0.8, "answers": answers,
        }  # fmt: skip


def _answer(name: str, question: Reported, beliefs: Sequence[str], able: float, mode: str, chance: random.Random) -> Reported:
    options = [option["id"] for option in question.get("options", [])]
    correct = [option["id"] for option in question.get("options", []) if option["correct"]] or [f"{name}=yes"]
    right = chance.random() < able
    chosen = correct if right else chance.sample(options, min(len(correct), len(options))) or [f"{name}=no", f"{name}=perhaps"]
    first = len(set(chosen) & set(correct)) / len(correct)
    tries = 1 if mode != "practice" or first == 1 else chance.choice((1, 2, 3))
    held = [] if first == 1 or not beliefs or len(chosen) != 1 else [beliefs[sum(map(ord, name + chosen[0])) % len(beliefs)]]
    return {
        "revision": question["revision"], "response": chosen, "first": first, "certainty": chance.choice(LEVELS), "tries": tries,
        "hints": 0, "misconceptions": held,
    }  # fmt: skip
