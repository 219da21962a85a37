"""Reading learners' files for the training report: what is left out and why, what a tally holds, and that nothing else is taken for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.attempts import read_own, read_own_by_key
from engine.reading import Refused
from tests.engine.reporting import MODULES, OWN, ask, attempt, record, tally

FILES = [
    ("a text", "x", "not_learning"),
    ("another file", {"a": 1}, "not_learning"),
    ("a newer file", {"schema": 2, "attempts": []}, "newer"),
    ("no attempts", record(), "empty"),
    ("attempts at a module that is no more", record(attempt("x1", "check", "aa", module="gone")), "empty"),
    ("an attempt in no known mode", record(attempt("x1", "exam", "aa")), "damaged"),
    ("an answer that earned two", record(attempt("x1", "check", "") | {"answers": {"q1": {"revision": "r1", "first": 2}}}), "damaged"),
    ("a text for an attempt", {"schema": 1, "attempts": ["x"]}, "damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "key"), FILES, ids=[row[0] for row in FILES])
def test_a_file_that_cannot_be_counted_is_named_and_the_next_is_read(name: str, file: object, key: str) -> None:
    read = tally([file, record(attempt("y1", "check", "aaaa"))])
    assert read[0]["tally"] is None and read[0]["key"] == key, name
    assert read[1]["tally"]["ids"] == "y1"


def test_a_tally_holds_no_more_than_is_needed() -> None:
    answers = attempt("p1", "check", "a")["answers"]
    answers["q2"] = answers["q1"] | {"response": ["Somebody's name"]}
    answers["q3"] = answers["q1"] | {"revision": "older"}
    later = attempt("p2", "practice", "bbbb", day=2)
    found = tally([record(later, attempt("p1", "check", "") | {"answers": answers})])[0]["tally"]
    assert found == {
        "ids": "p1 p2", "sure": {"guess": [0, 0], "think": [0, 0], "sure": [2, 2]}, "held": "",
        "modules": {"m": {"attempts": 2, "modes": "check practice", "scores": {}, "answers": "q1,1,a;q2,1,"}},
    }  # fmt: skip


TAKEN = {"attempts": 1, "modes": "check", "scores": {}, "answers": "q1,1,a"}
PEOPLE = {"ids": "a", "sure": {"sure": [2, 1]}, "held": "wait:q1"}


@pytest.mark.parametrize("wrong", ["x", {}, {"scores": {"after": 2}}, {"answers": "q1,1e,a"}, {"answers": "q1,2,a"}, {"answers": "q1;q2"},
    {"attempts": 0}, {"modes": ""}])  # fmt: skip
def test_what_is_no_tally_of_a_module_is_refused(wrong: Any) -> None:
    rest = {"module": "m", "questions": MODULES["m"]}
    assert ask("report", taken=[TAKEN], **rest)["ok"]
    reply = ask("report", taken=[TAKEN | wrong if wrong and isinstance(wrong, dict) else wrong], **rest)
    assert not reply["ok"] and reply["problem"]["key"] == "bad_definition"


@pytest.mark.parametrize("wrong", ["x", {}, {"ids": ""}, {"sure": {"sure": [1, 2]}}, {"sure": {"sure": []}}, {"held": "wait"}, {"held": 1}])
def test_what_is_no_tally_of_a_person_is_refused(wrong: Any) -> None:
    assert ask("people", people=[PEOPLE])["ok"]
    reply = ask("people", people=[PEOPLE | wrong if wrong and isinstance(wrong, dict) else wrong])
    assert not reply["ok"] and reply["problem"]["key"] == "bad_definition"


OWNS = st.fixed_dictionaries({
    "attempt": st.sampled_from(["x1", "", "X", "x 1", "a" * 41, 5, None]),
    "started": st.sampled_from(["2026-11-01T09:00", "2026-02-30T09:00", "1800-01-01T09:00", "2026-11-01", "２026-11-01T09:00", [], 1]),
    "finished": st.sampled_from(["2026-11-01T09:10", "2026-11-01T09:10 ", "2026-13-01T09:10", None]),
    "score": st.sampled_from([0, 1, 0.5, -0.0, 1.1, True, "1", float("nan"), float("inf"), 10**400, None]),
})  # fmt: skip


@given(OWNS)
def test_what_is_seen_at_one_look_is_what_is_found_key_by_key(row: dict[str, Any]) -> None:
    def read(reader: Callable[[dict[str, Any]], object]) -> object:
        try:
            return reader(row)
        except Refused as refused:
            return refused.text

    assert read(read_own) == read(read_own_by_key)


ROW = [0, "x1", "2026-11-01T09:00", "2026-11-01T09:10", 0.5, [0]]
KIND = {key: value for key, value in attempt("x1", "check", "").items() if key not in (*OWN, "answers")}
ANSWER = {"q1": attempt("x1", "check", "a")["answers"]["q1"]}


PLACES: list[Any] = [[1], [2], [3], [4], [5], [-1], ["0"], [[0]], None, {"q1": 0}]
ROWS = [["x", *ROW[1:]], [True, *ROW[1:]], [9, *ROW[1:]], [[], *ROW[1:]], ROW[:5], {}, *([*ROW[:5], places] for places in PLACES)]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_row_that_names_nothing_shared_is_damaged(row: object) -> None:
    answers = [json.dumps(ANSWER), json.dumps(ANSWER | {"q2": ANSWER["q1"]}), "{", "[" * 60 + "]" * 60, ANSWER]
    rest = {"shared": {"kinds": [json.dumps(KIND)], "answers": answers}, "modules": MODULES}
    whole, wrong = ask("tally", records=[{"schema": 1, "attempts": [one]} for one in (ROW, row)], **rest)["read"]
    assert whole["tally"]["ids"] == "x1"
    assert wrong["tally"] is None and wrong["key"] == "damaged"
