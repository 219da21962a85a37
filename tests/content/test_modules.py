"""The training as a whole: every question can be answered right and left blank, and there is enough of each sort."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import yaml

from engine import handle
from tests.browser import composed, exercise
from tests.project import ROOT

FILES = sorted((ROOT / "quizzes/modules").glob("*.yml"))
MODULES = {path.stem: yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in FILES}
QUESTIONS: list[dict[str, Any]] = [question for module in MODULES.values() for question in module["questions"]]


def _right(question: dict[str, Any]) -> list[str]:
    return (composed if question["kind"] in composed.KINDS else exercise).right(question)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_answered_right_passes_and_left_blank_earns_nothing(name: str) -> None:
    questions = MODULES[name]["questions"]
    full = _mark(name, {question["id"]: _right(question) for question in questions})
    assert {mark["fraction"] for mark in full["marks"].values()} == {1}
    assert full["summary"]["passed"]
    blank = _mark(name, {question["id"]: [] for question in questions})
    assert {mark["state"] for mark in blank["marks"].values()} == {"unanswered"}
    assert blank["summary"]["score"] == 0
    assert not blank["summary"]["passed"]


def _mark(name: str, responses: dict[str, list[str]]) -> dict[str, Any]:
    message = {"task": "mark", "definition": MODULES[name], "responses": responses}
    reply: dict[str, Any] = json.loads(handle(json.dumps(message, default=str)))
    assert reply["ok"]
    return reply


def test_there_are_eighteen_modules_with_enough_in_each() -> None:
    assert len(MODULES) == 18
    assert len(QUESTIONS) >= 260
    for name, module in MODULES.items():
        assert 12 <= len(module["questions"]) <= 20, name
        assert 3 <= len(module["screens"]) <= 6, name
        assert 3 <= len(module["outcomes"]) <= 4, name
        assert sum(question.get("critical", False) for question in module["questions"]) >= 2, name
        deep = sum(question["level"] in ("apply", "judge") for question in module["questions"])
        assert deep * 2 >= len(module["questions"]), name


def test_every_kind_is_used() -> None:
    kinds = Counter(question["kind"] for question in QUESTIONS)
    assert kinds["case"] >= 6
    assert kinds["grade"] >= 3
    assert len(kinds) == 10


@pytest.mark.parametrize("name", MODULES)
def test_the_right_answer_is_not_given_away_by_its_place_or_its_length(name: str) -> None:
    single = [question for question in MODULES[name]["questions"] if question["kind"] == "single"]
    places = Counter(next(at for at, option in enumerate(q["options"]) if option.get("correct")) for q in single)
    longest = sum(max(q["options"], key=lambda option: len(option["text"])).get("correct", False) for q in single)
    assert max(places.values()) <= len(single) / 2, f"{name}: {places}"
    assert longest <= len(single) / 3, f"{name}: the longest option is right {longest} times of {len(single)}"
