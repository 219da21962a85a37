"""Reading learners' files for the training report: what is left out and why, what a tally holds, and that nothing else is taken for one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.attempts import are_own, read_own
from engine.reading import Refused
from tests.engine.reporting import MODULES, OWN, ask, attempt, record, tally, word

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
        "ids": "p1 p2",
        "modules": {"m": {"attempts": 2, "modes": "check practice", "scores": {}, "answers": ["q1,1,a,sure,", "q2,1,,sure,"]}},
    }  # fmt: skip


TOLD = {"A": "q1,1,a,sure,", "B": "q2,0.5,b+c,,no-harm+wait"}
TAKEN = {"attempts": [1], "modes": ["check"], "scores": {}}
ASKED = {"questions": MODULES["m"], "answered": ["AB"]}
PERSON = {"ids": ["a"], "answers": ["AB"]}
WRONG_ANSWERS: list[Any] = [None, "q1", {"A": 0}, [0], [["A"]]]
WRONG_TAKEN: list[Any] = [{"scores": {"0": {"after": 1}}}, {"scores": {"0": {"before": 2}}}, {"scores": {"0": {}}}, {"scores": []},
    {"scores": {"1": {"before": 1}}}, {"scores": {"x": {"before": 1}}}, {"attempts": [0]}, {"attempts": [True]},
    {"attempts": "1"}, {"modes": [1]}, {"modes": ["exam"]}, {"modes": []}]  # fmt: skip


@pytest.mark.parametrize("wrong", ["x", [], None, *WRONG_TAKEN], ids=str)
def test_what_is_no_tally_of_a_module_is_refused(wrong: Any) -> None:
    assert ask("modules", taken={"m": TAKEN})["ok"]
    reply = ask("modules", taken={"m": TAKEN, "n": TAKEN | wrong if isinstance(wrong, dict) else wrong})
    assert not reply["ok"] and reply["problem"]["key"] == "bad_definition"


@pytest.mark.parametrize("wrong", WRONG_ANSWERS, ids=str)
def test_what_is_no_answers_to_questions_is_refused(wrong: Any) -> None:
    assert ask("questions", told=TOLD, **ASKED)["ok"]
    reply = ask("questions", told=TOLD, **ASKED | {"answered": wrong})
    assert not reply["ok"] and reply["problem"]["key"] == "bad_definition"


WRONG_PEOPLE: list[Any] = [{"ids": [1]}, {"ids": []}, *({"answers": wrong} for wrong in ([], ["A", "B"], *WRONG_ANSWERS))]


@pytest.mark.parametrize("wrong", ["x", [], None, *WRONG_PEOPLE], ids=str)
def test_what_is_no_tally_of_a_person_is_refused(wrong: Any) -> None:
    assert ask("people", people=PERSON, told=TOLD)["ok"]
    reply = ask("people", people=PERSON | wrong if isinstance(wrong, dict) else wrong, told=TOLD)
    assert not reply["ok"] and reply["problem"]["key"] == "bad_definition"


WRONG_TOLD = [1, None, "", "q1", "q1,1e,a,,", "q1,2,a,,", "q1,1,a,certain,", "q1,1,a,sure,wait,", "Q1,1,a,,", "q1,1,é,,"]


@pytest.mark.parametrize("told", [[], None, {"AB": TOLD["A"]}, {"": TOLD["A"]}, *({"A": text} for text in WRONG_TOLD)], ids=str)
def test_what_is_not_told_of_an_answer_is_refused(told: object) -> None:
    for task, rest in (("people", {"people": PERSON}), ("questions", ASKED)):
        reply = ask(task, told=told, **rest)
        assert not reply["ok"] and reply["problem"]["key"] == "bad_definition"


def test_letters_that_nothing_is_told_of_or_that_come_twice_count_nothing() -> None:
    few, more, twice = (ask("questions", told=TOLD, **ASKED | {"answered": [text] * 5}) for text in ("AB", "A7B€ ?", "AAB"))
    assert few["report"]["questions"] and few == more == twice


OWNS = st.fixed_dictionaries({
    "attempt": st.sampled_from(["x1", "", "X", "x 1", "a" * 41, 5, None]),
    "started": st.sampled_from(["2026-11-01T09:00", "2026-02-30T09:00", "1800-01-01T09:00", "2026-11-01", "２026-11-01T09:00", [], 1]),
    "finished": st.sampled_from(["2026-11-01T09:10", "2026-11-01T09:10 ", "2026-13-01T09:10", None]),
    "score": st.sampled_from([0, 1, 0.5, -0.0, 1.1, True, "1", float("nan"), float("inf"), 10**400, None]),
})  # fmt: skip


@given(st.lists(OWNS, min_size=1, max_size=3))
def test_what_is_seen_at_one_look_is_what_is_found_key_by_key(rows: list[dict[str, Any]]) -> None:
    def is_own(row: dict[str, Any]) -> bool:
        try:
            return bool(read_own(row))
        except Refused:
            return False

    names, started, finished = ([word(row[key]) for row in rows] for key in OWN[:3])
    scores = [row["score"] for row in rows]
    plain = all(type(score) in (int, float) for score in scores)
    assert (plain and are_own(" ".join(names), " ".join([*started, *finished]), scores)) == all(map(is_own, rows))


ROW = ["0", "x1", "2026-11-01T09:00", "2026-11-01T09:10", "0.5", "A"]
KIND = {key: value for key, value in attempt("x1", "check", "").items() if key not in (*OWN, "answers")}
ANSWER = {"q1": attempt("x1", "check", "a")["answers"]["q1"]}
ANSWERS = [ANSWER, ANSWER | {"q2": ANSWER["q1"]}, {"q1": {}}, None, [ANSWER]]
SHARED = {"kinds": [KIND], "answers": dict(zip("ABCDE", ANSWERS, strict=True)), "modules": MODULES}
OTHER = ["1", "x2", *ROW[2:]]
WRONG = [(0, "x"), (0, "9"), (0, "?"), (1, "?"), (2, "?"), (3, "2026-11-01"), (4, "?"), (4, "nan"), (5, "AD"), (5, "B"), (5, "C"),
    (5, "D"), (5, "E"), (5, "?")]  # fmt: skip


@pytest.mark.parametrize(("at", "text"), WRONG)
def test_an_attempt_that_cannot_be_used_is_named(at: int, text: str) -> None:
    wrong_rows = [ROW, [*OTHER[:at], text, *OTHER[at + 1 :]]]
    records = [{"schema": 1, "attempts": [" ".join(column) for column in zip(*rows, strict=True)]} for rows in ([ROW, OTHER], wrong_rows)]
    kinds = [KIND, KIND | {"module": "n"}]
    reply = ask("tally", records=records, **SHARED | {"kinds": kinds})
    whole, wrong = reply["read"]
    assert whole["tally"]["ids"] == "x1 x2"
    assert wrong["tally"] is None and wrong["key"] == "damaged" and wrong["text"].startswith("Attempt 2: ")
    assert list(reply["told"].values()) == ["q1,1,a,sure,", None, None, None, None]


@pytest.mark.parametrize("texts", [["x"], ["0"] * 5, ["0"] * 7, [*ROW[:5], "A A"], [*ROW[:5], 0], [ROW] * 6], ids=str)
def test_attempts_that_are_no_six_texts_are_damaged(texts: object) -> None:
    (read,) = ask("tally", records=[{"schema": 1, "attempts": texts}], **SHARED)["read"]
    assert read["tally"] is None and read["key"] == "damaged"


@pytest.mark.parametrize("answers", [None, 0, [[0, "{}"]], "{}"], ids=str)
def test_answers_without_their_letters_are_refused(answers: object) -> None:
    reply = ask("tally", records=[], **SHARED | {"answers": answers})
    assert not reply["ok"] and reply["problem"]["key"] == "bad_definition"
