"""What a package hands an LMS to keep fits in 4,096 characters and comes back as it was; what it tells of each question is in the words of
SCORM 1.2. Every module, every question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import packages
from tests.browser import lms
from tests.browser.answering import right, wrong
from tests.browser.conftest import Open
from tests.browser.exercise import native_mark
from tests.browser.server import Server
from tests.content.test_modules import MODULES

NAME = "risk-indicators-protective"
PACK = f"""async ([record, told]) => {{
  const {{ pack, unpack }} = await import('/{NAME}/assets/javascripts/scorm-record.js');
  const text = pack(record, told);
  return [text, unpack(text, told)];
}}"""
TELL = f"""async ([finished, told]) => {{
  const {{ interactions }} = await import('/{NAME}/assets/javascripts/scorm-told.js');
  const values = interactions(finished, told, window.API.types.length);
  for (const [name, value] of values) window.API.LMSSetValue(name, String(value));
  return [values, window.API.refused];
}}"""
SCORE = f"""async (each) => {{
  const {{ score }} = await import('/{NAME}/assets/javascripts/scorm-told.js');
  return each.map(([score_, passed]) => score({{ score: score_, passed }}, 80));
}}"""
ODD = "é|;:,/= 50% \n“so” 👧"


@pytest.fixture(scope="module")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = lms.make(tmp_path_factory.mktemp("lms") / "served", site / "downloads/scorm", NAME)
    running = Server(folder)
    yield running
    running.close()


@pytest.fixture
def page(open_page: Open) -> Page:
    """An LMS with the module open, which has begun with it."""
    found = open_page(f"/lms.html?api=strict&module={NAME}")
    lms.module(found)
    return found


ANSWERED: dict[tuple[str, Any], tuple[list[str], float]] = {}


def answered(question: dict[str, Any], respond: Any) -> tuple[list[str], float]:
    """A response and what it earns, worked out once: to find the best way through a story takes a while."""
    if (question["id"], respond) not in ANSWERED:
        response = respond(question)
        ANSWERED[question["id"], respond] = response, native_mark(question, response)["fraction"]
    return ANSWERED[question["id"], respond]


def attempt(told: dict[str, Any], questions: list[dict[str, Any]], number: int, mode: str, respond: Any = right) -> dict[str, Any]:
    answers = {
        question["id"]: {
            "revision": told["questions"][question["id"]]["revision"],
            "response": answered(question, respond)[0],
            "first": answered(question, respond)[1],
            "certainty": ["guess", "think", "sure", None][number % 4],
            "tries": 1 + number % 3,
            "hints": number % 2,
            "misconceptions": [],
        }
        for question in questions
    }
    head = {"schema": 1, "attempt": f"attempt{number:03}", "module": told["module"], "version": "6e470bf2", "mode": mode, "part": 0}
    times = {"seed": number % 12, "started": "2026-11-28T10:05", "finished": "2026-11-28T10:15"}
    return {**head, **times, "score": 0.9, "passed": mode == "check", "answers": answers}


def draft(told: dict[str, Any], questions: list[dict[str, Any]], typed: str | None = None) -> dict[str, Any]:
    def given(question: dict[str, Any]) -> dict[str, Any]:
        values = [typed] if typed else answered(question, wrong)[0]
        revision = told["questions"][question["id"]]["revision"]
        tries = [values, answered(question, right)[0]]
        return {"values": values, "tries": tries, "certainty": "sure", "hints": 2, "done": True, "revision": revision}

    form = [question["id"] for question in questions]
    head = {"id": "0123456789", "mode": "practice", "part": 0, "seed": 11, "version": "6e470bf2", "started": "2026-11-28T10:05"}
    steps = ["read-one", "read-two", *form]
    return {**head, "at": form[-1], "form": form, "steps": steps, "answers": {question["id"]: given(question) for question in questions}}


def record(attempts: list[dict[str, Any]], **drafts: Any) -> dict[str, Any]:
    return {"schema": 1, "saved": "", "until": "", "attempts": attempts, "drafts": drafts}


def each(site: Path) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Every module: its name, what its package carries for the LMS, its questions."""
    for name, module in MODULES.items():
        yield name, packages.told(site / f"downloads/scorm/{name}.zip"), module["questions"]


def test_a_record_of_every_question_comes_back_as_it_was(page: Page, site: Path) -> None:
    for name, told, questions in each(site):
        attempts = [attempt(told, questions[:10], 1, "check"), attempt(told, questions[5:], 2, "before", wrong)]
        given = record(attempts, **{name: draft(told, questions)})
        text, back = page.evaluate(PACK, [given, told])
        assert len(text) <= 4096, name
        assert text.isascii(), name
        for answer in [answer for one in attempts for answer in one["answers"].values()]:
            answer["first"] = round(answer["first"], 6)
        assert back == given, name


def test_a_record_that_is_too_long_loses_the_oldest(page: Page, site: Path) -> None:
    for name, told, questions in each(site):
        attempts = [attempt(told, questions[n % 3 :][:10], n, "before" if n == 0 else "practice" if n % 2 else "check") for n in range(60)]
        text, back = page.evaluate(PACK, [record(attempts, **{name: draft(told, questions[:5])}), told])
        assert 3000 < len(text) <= 4096, name
        assert back["drafts"][name] == draft(told, questions[:5]), f"{name}: what is under way stays"
        left = [one["attempt"] for one in back["attempts"]]
        assert left == sorted(left), name
        assert left[-1] == "attempt058", name
        assert {one["mode"] for one in back["attempts"]} == {"check"}, f"{name}: practice goes first"


def test_long_and_odd_words_do_not_break_it(page: Page, site: Path) -> None:
    told, questions = packages.told(site / f"downloads/scorm/{NAME}.zip"), MODULES[NAME]["questions"]
    text, back = page.evaluate(PACK, [record([], **{NAME: draft(told, questions[:3], ODD)}), told])
    assert text.isascii()
    assert back["drafts"][NAME]["answers"][questions[0]["id"]]["values"] == [ODD]
    text, back = page.evaluate(PACK, [record([], **{NAME: draft(told, questions, "é" * 100)}), told])
    assert len(text) <= 4096
    assert questions[-1]["id"] in back["drafts"][NAME]["answers"], "the oldest answers go first"
    text, back = page.evaluate(PACK, [record([], **{NAME: draft(told, questions[:1], "a" * 5000)}), told])
    assert back["drafts"][NAME]["answers"][questions[0]["id"]]["values"] == [], "nothing so long can be marked"


def test_a_newer_package_drops_what_it_asks_otherwise(page: Page, site: Path) -> None:
    told, questions = packages.told(site / f"downloads/scorm/{NAME}.zip"), MODULES[NAME]["questions"]
    given = record([attempt(told, questions[:3], 1, "check")], **{NAME: draft(told, questions[:3])})
    text, _ = page.evaluate(PACK, [given, told])
    changed = questions[1]["id"]
    told["questions"] = {id_: told["questions"][id_] for id_ in reversed(told["questions"])}
    told["questions"][changed]["revision"] = "ffffffff"
    back = page.evaluate(PACK.replace("const text = pack(record, told);", "const text = record;"), [text, told])[1]
    kept = {questions[0]["id"], questions[2]["id"]}
    assert set(back["attempts"][0]["answers"]) == set(back["drafts"][NAME]["answers"]) == set(back["drafts"][NAME]["form"]) == kept


def test_every_question_is_told_in_words_a_strict_lms_takes(page: Page, site: Path) -> None:
    for name, told, questions in each(site):
        for finished in (attempt(told, questions, 1, "check", right), attempt(told, questions, 1, "check", wrong), blank(told, questions)):
            values, refused = page.evaluate(TELL, [finished, told])
            assert refused == [], name
            results = {value for key, value in values if key.endswith(".result")}
            if all(answer["first"] == 1 for answer in finished["answers"].values()):
                assert results == {"correct"}, name
                assert_as_patterns(dict(values))
            else:
                assert "wrong" in results, name


def blank(told: dict[str, Any], questions: list[dict[str, Any]]) -> dict[str, Any]:
    found = attempt(told, questions, 1, "check")
    for answer in found["answers"].values():
        answer.update(response=[], first=0)
    return found


def assert_as_patterns(values: dict[str, str]) -> None:
    """A right answer is told as the pattern of the right answer. A number may have none, and a story more than one."""
    for key, given in values.items():
        if key.endswith(".student_response"):
            start = key.removesuffix("student_response") + "correct_responses."
            patterns = [value for name, value in values.items() if name.startswith(start)]
            assert not patterns or given in patterns, key


def test_nobody_who_has_not_passed_is_told_as_at_the_mark(page: Page) -> None:
    rows = [(1, True), (0.8, True), (0.8, False), (0.95, False), (0.799999, False), (0.5, False), (0, False)]
    assert page.evaluate(SCORE, rows) == [100, 80, 79, 79, 79, 50, 0]
