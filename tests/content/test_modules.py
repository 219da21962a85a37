"""The training as a whole: every question can be answered right and left blank, and there is enough of each sort."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine import handle
from macros import exercises
from tests.browser import composed, exercise
from tests.project import ROOT

FILES = sorted((ROOT / "quizzes/modules").glob("*.yml"))
MODULES = {path.stem: yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in FILES}
QUESTIONS: list[dict[str, Any]] = [question for module in MODULES.values() for question in module["questions"]]


@pytest.fixture(scope="module")
def site() -> Path:
    """The built site that `make test` names."""
    return Path(os.environ["BUILT_SITE"])


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


def test_a_module_page_costs_little_more_than_a_page_of_guidance(site: Path) -> None:
    """On the wire, before Python: the page and every script it asks for, beside those of a page of guidance. At most 120 KB more."""
    scripts = exercises.scripts(ROOT, "main.mjs")
    guidance = _sent(site, "guidance/was-not-brought", scripts)
    for name in MODULES:
        more = _sent(site, f"training/{name}", [*scripts, *exercises.scripts(ROOT, "exercise.mjs", "module.mjs")]) - guidance
        assert more <= 120_000, f"{name}: {more} bytes more"


def _sent(site: Path, page: str, scripts: list[str]) -> int:
    files = [site / page / "index.html", *(site / "assets/javascripts" / name for name in dict.fromkeys(scripts))]
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
