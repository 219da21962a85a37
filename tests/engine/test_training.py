"""Every row of `cases/training/`, and what must hold of every module's forms, whatever the seed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import chance, draw_form, handle, read_entry, read_module
from engine.quiz import Module
from tests import cases, training
from tests.content.test_modules import MODULES

ROWS = list(training.messages())


@pytest.mark.parametrize(("name", "request_text", "holds"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_gets_its_reply(name: str, request_text: str, holds: dict[str, Any]) -> None:
    reply = json.loads(handle(request_text))
    assert reply["ok"] == ("problem.key" not in holds), reply
    if "lines" in holds:
        _assert_calendar(reply["calendar"], holds["lines"])
        return
    for place, value in holds.items():
        assert cases.same(training.at(reply, place), value), f"{place}: {training.at(reply, place)}"


def _assert_calendar(text: str, lines: list[str]) -> None:
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert set(lines) <= set(unfolded)
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 3
    assert len({line for line in unfolded if line.startswith("UID:")}) == 3


def test_there_are_rows_enough() -> None:
    names = ("tries", "forms", "sureness", "review", "route", "calendar")
    counts = {name: sum(row[0].startswith(f"{name}: ") for row in ROWS) for name in names}
    assert min(counts.values()) >= 7
    assert sum(counts.values()) >= 100


READ: dict[str, Module] = {name: read_module(module) for name, module in MODULES.items()}


@given(st.sampled_from(sorted(READ)), st.integers(0, 2**32 - 1))
@settings(max_examples=200, deadline=None, database=None)
def test_forms_of_any_seed_keep_their_promises(name: str, seed: int) -> None:
    module = READ[name]
    outcomes = {entry.outcome for entry in module.entries.values()}
    before, after = draw_form(module, "before", seed), draw_form(module, "after", seed)
    follow_ups = [draw_form(module, "follow_up", seed, part) for part in (1, 2, 3)]
    for form in (before, after, *follow_ups):
        asked = [module.entries[id_] for id_ in form]
        assert len(set(form)) == 5
        assert {entry.outcome for entry in asked} == outcomes
        assert any(entry.critical for entry in asked)
    assert not set(before) & set(after)
    check = draw_form(module, "check", seed)
    assert {entry.id for entry in module.entries.values() if entry.critical} <= set(check)
    assert len(set(check)) == len(check) >= 10
    practice = draw_form(module, "practice", seed)
    assert sorted(practice) == sorted(module.entries)
    assert not set(practice[: len(practice) - 10]) & {*before, *after}


def test_chance_agrees_with_what_every_response_earns_on_average() -> None:
    """Enumerated by hand for one question of each kind that can be guessed."""
    four = [{"id": id_, "correct": id_ in "ab"} for id_ in "abcd"]
    stems = [{"id": "a", "choice": "w"}, {"id": "b", "choice": "x"}]
    gaps = [{"id": "g", "options": [{"id": "a", "correct": True}, {"id": "b"}]}, {"id": "h", "answers": ["x"]}]
    known: list[tuple[float, dict[str, Any]]] = [
        (1 / 3, {"kind": "single", "options": [{"id": "a", "correct": True}, {"id": "b"}, {"id": "c"}]}),
        (1 / 2, {"kind": "truefalse", "answer": True}),
        (1 / 15, {"kind": "multi", "score": "exact", "options": four}),
        (1 / 4, {"kind": "match", "choices": [{"id": id_} for id_ in "wxyz"], "stems": stems}),
        (1 / 5, {"kind": "order", "items": [{"id": id_} for id_ in "abcde"]}),
        (0, {"kind": "short", "answers": ["brought"]}),
        (1 / 4, {"kind": "cloze", "gaps": gaps}),
        (7 / 16, {"kind": "grade", "items": [{"id": "a", "key": 0}, {"id": "b", "key": 1}]}),
    ]
    for expected, question in known:
        assert chance(read_entry({"id": "q"} | question)) == pytest.approx(expected)


def test_a_story_by_chance_is_the_mean_over_its_decisions() -> None:
    story = {
        "id": "q", "kind": "case", "start": "x",
        "scenes": [
            {"id": "x", "options": [{"id": "a", "value": 1, "to": "y"}, {"id": "b", "value": 0, "to": "z"}]},
            {"id": "y", "options": [{"id": "a", "value": 1, "to": "z"}, {"id": "b", "value": 0.5, "to": "z"}]},
            {"id": "z", "ending": "good"},
        ],
    }  # fmt: skip
    assert chance(read_entry(story)) == pytest.approx((0.5 * (1 + 0.75)) / 2)


def test_texts_of_refusals_are_sentences() -> None:
    for _, text, holds in ROWS:
        if "problem.key" in holds:
            said = json.loads(handle(text))["problem"]["text"]
            assert re.fullmatch(r"[A-Z“].*\.", said), said
