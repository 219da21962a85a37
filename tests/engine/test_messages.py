"""The engine's door: whatever text comes in, one JSON text goes out, the same each time, and nothing is raised but for want of memory."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import handle, messages
from tests import cases, tool_cases

QUESTION = {"id": "q", "kind": "truefalse", "answer": True}
MODULE: dict[str, Any] = {"questions": [QUESTION]}
TOOL = tool_cases.CARE_PICTURE
FULL = tool_cases.care_picture({"areas": []})["responses"]
VISIT = {"day": "2026-01-01", "responses": FULL}


def _mark(**changes: object) -> str:
    return json.dumps({"task": "mark", "definition": MODULE, "responses": {"q": ["true"]}} | changes)


def _score(**changes: object) -> str:
    return json.dumps({"task": "score", "definition": TOOL, "responses": FULL | changes})


def _compare(**changes: object) -> str:
    return json.dumps({"task": "compare", "definition": TOOL} | changes)


REFUSED = [
    ("nothing", "", "not_json"),
    ("spaces", "  ", "not_json"),
    ("a word", "hello", "not_json"),
    ("half an object", '{"task": "mark"', "not_json"),
    ("single quotes", "{'task': 'mark'}", "not_json"),
    ("markup", "<script>alert(1)</script>", "not_json"),
    ("not a number", '{"task": NaN}', "not_json"),
    ("infinity", '{"task": -Infinity}', "not_json"),
    ("a whole number of 5,000 figures", '{"task": ' + "9" * 5000 + "}", "not_json"),
    ("100,000 open brackets", "[" * 100_000, "not_json"),
    ("100,000 brackets, closed", "[" * 100_000 + "]" * 100_000, "not_json"),
    ("100,000 objects deep", '{"a":' * 100_000 + "1" + "}" * 100_000, "not_json"),
    ("a byte order mark", '\ufeff{"task": "mark"}', "not_json"),
    ("null", "null", "unknown_task"),
    ("a number", "7", "unknown_task"),
    ("a text", '"mark"', "unknown_task"),
    ("a list", "[]", "unknown_task"),
    ("no task", "{}", "unknown_task"),
    ("a task nobody knows", '{"task": "erase"}', "unknown_task"),
    ("a task in capitals", '{"task": "MARK"}', "unknown_task"),
    ("a task that is a list", '{"task": ["mark"]}', "unknown_task"),
    ("no definition", '{"task": "mark"}', "bad_definition"),
    ("a definition of null", _mark(definition=None), "bad_definition"),
    ("a definition in a list", _mark(definition=[MODULE]), "bad_definition"),
    ("no questions", _mark(definition={}), "bad_definition"),
    ("questions in an object", _mark(definition={"questions": {"q": QUESTION}}), "bad_definition"),
    ("a question that is a text", _mark(definition={"questions": ["q"]}), "bad_definition"),
    ("one question twice", _mark(definition={"questions": [QUESTION, QUESTION]}), "bad_definition"),
    ("a question without an id", _mark(definition={"questions": [{"kind": "truefalse"}]}), "bad_definition"),
    ("a pass above all", _mark(definition=MODULE | {"pass": 1.1}), "bad_definition"),
    ("a pass of nothing", _mark(definition=MODULE | {"pass": 0}), "bad_definition"),
    ("a pass in words", _mark(definition=MODULE | {"pass": "0.8"}), "bad_definition"),
    (
        "a pass past what a float holds",
        _mark(definition=MODULE).replace('"questions"', '"pass":1e999,"questions"'),
        "bad_definition",
    ),
    ("no responses", json.dumps({"task": "mark", "definition": MODULE}), "bad_responses"),
    ("responses in a list", _mark(responses=["true"]), "bad_responses"),
    ("a response that is a text", _mark(responses={"q": "true"}), "bad_responses"),
    ("a response that is true", _mark(responses={"q": True}), "bad_responses"),
    ("a response of numbers", _mark(responses={"q": [1]}), "bad_responses"),
    ("a response of null", _mark(responses={"q": None}), "bad_responses"),
    ("a response in two lists", _mark(responses={"q": [["true"]]}), "bad_responses"),
    ("a question nobody asked", _mark(responses={"z": ["true"]}), "bad_responses"),
    ("a module for a tool", json.dumps({"task": "score", "definition": MODULE, "responses": FULL}), "bad_definition"),
    (
        "a rule nobody knows",
        json.dumps({"task": "score", "definition": TOOL | {"rule": "os"}, "responses": FULL}),
        "bad_definition",
    ),
    ("a tool for a module", json.dumps({"task": "mark", "definition": TOOL, "responses": FULL}), "bad_definition"),
    ("a grade past the last", _score(**{"food-1": ["4"]}), "bad_responses"),
    ("a grade below the first", _score(**{"food-1": ["-1"]}), "bad_responses"),
    ("a grade in words", _score(**{"food-1": ["often"]}), "bad_responses"),
    ("two grades", _score(**{"food-1": ["0", "3"]}), "bad_responses"),
    ("markup for a grade", _score(**{"food-1": ["<script>alert(1)</script>"]}), "bad_responses"),
    ("10,000 characters for a grade", _score(**{"food-1": ["3" * 10_000]}), "bad_responses"),
    ("an item nobody offered", _score(**{"food-9": ["0"]}), "bad_responses"),
    ("an age nobody offered", _score(age=["adult"]), "bad_responses"),
    ("the tick with another value", _score(**{"cannot-tell": ["no"]}), "bad_responses"),
    ("compare without visits", _compare(), "bad_responses"),
    ("compare one visit", _compare(visits=[VISIT]), "bad_responses"),
    ("compare 13 visits", _compare(visits=[VISIT] * 13), "too_long"),
    ("compare a visit of no day", _compare(visits=[VISIT, {"responses": FULL}]), "bad_definition"),
    ("compare a visit of another tool", _compare(visits=[VISIT, VISIT | {"responses": {"x": []}}]), "bad_responses"),
    ("compare what does not compare", _compare(definition=tool_cases.DEFINITIONS["childs-day"], visits=[VISIT] * 2), "bad_definition"),
    ("501 rows", json.dumps({"task": "score", "definition": TOOL, "responses": FULL, "rows": [{}] * 501}), "bad_responses"),
    ("a row that is a text", json.dumps({"task": "score", "definition": TOOL, "responses": FULL, "rows": ["x"]}), "bad_responses"),
    ("paste into a tool without a table", json.dumps({"task": "paste", "definition": TOOL, "text": "Date"}), "bad_definition"),
    ("paste no text", json.dumps({"task": "paste", "definition": tool_cases.DEFINITIONS["pattern-finder"]}), "bad_responses"),
]


@pytest.mark.parametrize(("name", "text", "key"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_message_that_cannot_be_used_gets_one_plain_sentence(name: str, text: str, key: str) -> None:
    reply = json.loads(handle(text))
    assert reply.keys() == {"ok", "problem"} and reply["ok"] is False, name
    assert reply["problem"]["key"] == key
    sentence = reply["problem"]["text"]
    assert sentence[0].isupper() or sentence.startswith("“")
    assert sentence.endswith(".") and "<" not in sentence and len(sentence) < 250


@pytest.mark.parametrize("trouble", [MemoryError, RecursionError, ValueError])
def test_only_what_a_fresh_engine_may_mend_is_raised(trouble: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> dict[str, object]:
        raise trouble

    monkeypatch.setitem(messages.TASKS, "mark", fail)
    with pytest.raises(MemoryError) if trouble is MemoryError else nullcontext():
        assert json.loads(handle(_mark()))["problem"]["key"] == "engine_fault"


def test_a_response_of_10_000_characters_is_read_and_one_more_is_not() -> None:
    for length, problem in ((10_000, "unknown_value"), (10_001, "too_long")):
        reply = json.loads(handle(_mark(responses={"q": ["x" * length]})))
        assert reply["marks"]["q"]["problem"] == problem


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\u202e\x00\ud800"]
)
@pytest.mark.parametrize(
    "question", [QUESTION, {"id": "q", "kind": "short", "answers": ["x"]}, {"id": "q", "kind": "number", "answer": 1}]
)
def test_no_response_is_ever_echoed(text: str, question: dict[str, object]) -> None:
    reply = handle(_mark(definition={"questions": [question]}, responses={"q": [text]}))
    assert json.loads(reply)["ok"] is True
    assert "script" not in reply and "<" not in reply and reply.isascii()


def test_a_blank_text_for_an_item_is_missing() -> None:
    problems = json.loads(handle(_score(**{"food-1": [""], "learning-4": []})))["problems"]
    assert problems == [{"name": name, "key": "unanswered", "row": None} for name in ("food-1", "learning-4")]


def test_comparing_forms_with_blanks_says_what_is_missing_in_each() -> None:
    visits = [VISIT | {"day": day, "responses": FULL | {name: []}} for day, name in (("2026-01-01", "age"), ("2026-02-01", "food-2"))]
    reply = json.loads(handle(json.dumps({"task": "compare", "definition": TOOL, "visits": visits})))
    problems = [[{"name": name, "key": "unanswered", "row": None}] for name in ("age", "food-2")]
    assert reply == {"ok": True, "change": None, "problems": problems}


def test_prose_and_keys_the_engine_does_not_use_are_ignored() -> None:
    wordy = {"title": "A module", "screens": [1], "questions": [QUESTION | {"stem": "Is it?", "why_true": "It is."}]}
    assert handle(_mark(definition=wordy)) == handle(_mark())


def test_the_same_message_gets_the_same_text_with_its_keys_sorted() -> None:
    for text in [text for _, text, _ in cases.messages()] + [text for _, _, text, _ in tool_cases.messages()]:
        reply = handle(text)
        assert reply == handle(text)
        assert reply == json.dumps(json.loads(reply), sort_keys=True, separators=(",", ":"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
DEFINITIONS = [MODULE, *tool_cases.DEFINITIONS.values()] + [json.loads(text)["definition"] for _, text, _ in list(cases.messages())[::17]]


ATTEMPT = {
    "schema": 1, "attempt": "a1", "module": "m", "version": "v1", "mode": "check", "part": 0, "started": "2026-11-28T16:05",
    "finished": "2026-11-28T16:05", "score": 0.5, "passed": False, "answers": {"q": {"revision": "r", "response": ["a"], "first": 1}},
}  # fmt: skip
TAKEN = {"attempts": [1] * 5, "modes": ["check"] * 5, "scores": {"0": {"before": 0.5}}}
ROWS = ["0", "a1", "2026-11-28T16:05", "2026-11-28T16:05", "0.5", "A"]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Take a message that works and put something else in one place of it."""
    message: Any = {
        "task": draw(st.sampled_from(["mark", "score", "compare", "paste", "tally", "people", "modules", "questions"])),
        "definition": json.loads(json.dumps(draw(st.sampled_from(DEFINITIONS)))),
        "responses": json.loads(json.dumps(FULL | {"q": ["x"]})),
        "rows": [{"date": ["1/3/2025"], "need": ["food"], "who": ["child"]}],
        "visits": json.loads(json.dumps([VISIT, VISIT])),
        "text": "Date\tNeed\n1/3/2025\tfood",
        "records": [{"schema": 1, "attempts": list(ROWS)}],
        "kinds": [{key: ATTEMPT[key] for key in ("schema", "module", "version", "mode", "part", "passed")}],
        "answers": {"A": {"q": {"revision": "r", "response": ["a"], "first": 1}}},
        "told": {"A": "q,1,a,sure,wait"},
        "people": {"ids": [f"a{at}" for at in range(5)], "answers": ["A"] * 5},
        "taken": {"m": json.loads(json.dumps(TAKEN))},
        "answered": ["A"] * 5,
        "questions": {"q": {"revision": "r", "options": ["a", "b"], "right": "a"}},
        "modules": {"m": {"q": {"revision": "r", "options": ["a", "b"], "right": "a"}}},
    }
    place = message
    while True:
        key = draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or draw(st.integers(0, 3)) == 0:
            place[key] = draw(JSON)
            return json.dumps(message)
        place = place[key]


@given(st.text() | JSON.map(json.dumps) | damaged())
@settings(max_examples=400, deadline=None, database=None)
def test_nothing_is_ever_raised_and_no_fault_is_the_engines(text: str) -> None:
    reply = json.loads(handle(text))
    assert reply["ok"] is True or reply["problem"]["key"] != "engine_fault"
