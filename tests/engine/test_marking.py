"""Every row of `cases/marking/`, and what the published tables say of the rules when all responses are enumerated."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import chain, combinations, permutations

import pytest

from engine import KINDS, Refused, handle, read_entry, start
from engine.kinds import multi, order
from tests import cases

ROWS = list(cases.messages())
FIVE = tuple("abcde")


@pytest.mark.parametrize(("name", "request_text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_gets_its_reply(name: str, request_text: str, expected: dict[str, object]) -> None:
    reply = json.loads(handle(request_text))
    assert cases.same(reply, expected), f"{name}: {reply}"


@pytest.mark.parametrize("kind", cases.KINDS)
def test_a_kind_has_rows_enough_and_every_state(kind: str) -> None:
    rows = cases.rows(f"marking/{kind}.yml")
    assert len(rows) >= 15
    assert len({row["name"] for row in rows}) == len(rows)
    assert {"right", "wrong", "unanswered", "invalid"} <= {row["mark"]["state"] for row in rows}


def test_every_kind_has_a_file_and_every_file_a_kind() -> None:
    files = {path.stem for path in (cases.FOLDER / "marking").glob("*.yml")}
    assert files == {*KINDS, "summary"} == {*cases.KINDS, "summary"}


def test_every_problem_key_is_shown_by_a_row() -> None:
    rows = chain(*(cases.rows(f"marking/{kind}.yml") for kind in KINDS))
    expected = {None, "unanswered", "not_a_number", "too_long", "unknown_value", "positions_repeat", "unfinished", "incomplete"}
    assert {row["mark"]["problem"] for row in rows} == expected


@pytest.mark.parametrize(("rule", "mean"), [("adjacent", Fraction(1, 5)), ("exact", Fraction(1, 120))])
def test_chance_at_ordering_five_items_is_as_published(rule: str, mean: Fraction) -> None:
    earned = [Fraction(order.RULES[rule](FIVE, given)).limit_denominator(120) for given in permutations(FIVE)]
    assert sum(earned) / len(earned) == mean


def test_pairs_in_order_come_to_half_by_chance() -> None:
    kept = {given: len({*combinations(given, 2)} & {*combinations(FIVE, 2)}) for given in permutations(FIVE)}
    assert sum(kept.values()) == len(kept) * 5
    assert all(order.RULES["pairwise"](FIVE, given) == max(0, 2 * n - 10) / 10 for given, n in kept.items())


@pytest.mark.parametrize("right", range(1, 11))
@pytest.mark.parametrize("wrong", range(1, 11))
def test_balanced_is_moodles_weights_of_one_over_each_count(right: int, wrong: int) -> None:
    options = tuple(f"r{n}" for n in range(right)) + tuple(f"w{n}" for n in range(wrong))
    weights = (1 / right,) * right + (-1 / wrong,) * wrong
    question = multi.Question(options, frozenset(options[:right]), "balanced", weights)
    for c in range(right + 1):
        for w in range(wrong + 1):
            ticked = {*options[:c], *options[right : right + w]}
            assert multi.RULES["balanced"](question, ticked) == pytest.approx(multi.RULES["weights"](question, ticked))


@pytest.mark.parametrize("rule", ["balanced", "exact"])
def test_ticking_everything_earns_nothing(rule: str) -> None:
    question = multi.Question(tuple("abcde"), frozenset("abcd"), rule, ())
    assert multi.mark(question, "abcde").fraction == 0


SMALLEST = [([], 3), ([["b", "c"]], 3), ([["a", "b"], ["c", "d"]], 4), ([["a", "b", "c"]], 4)]
FITTING = [(size, equal) for equal, smallest in SMALLEST for size in range(smallest, 8)]


@pytest.mark.parametrize(("size", "equal"), FITTING)
def test_a_start_is_never_an_answer_nor_one_reversed(size: int, equal: list[list[str]]) -> None:
    items = tuple("abcdefg"[:size])
    for number in range(100):
        question = order.read({"id": f"rip-{number}", "items": [{"id": item} for item in items], "equal": equal})
        shown = start(question)
        right = {tuple(chain(*groups)) for groups in _all_orders(question.groups)}
        assert sorted(shown) == sorted(items)
        assert shown not in right
        assert size == 3 or shown[::-1] not in right


def _all_orders(groups: tuple[tuple[str, ...], ...]) -> list[list[tuple[str, ...]]]:
    if not groups:
        return [[]]
    return [[first, *rest] for first in permutations(groups[0]) for rest in _all_orders(groups[1:])]


def test_a_start_differs_between_questions() -> None:
    items = [{"id": item} for item in FIVE]
    assert len({start(order.read({"id": f"rip-{n}", "items": items})) for n in range(100)}) > 40


REFUSED = {
    "no kind": {"options": [{"id": "a", "correct": True}, {"id": "b"}]},
    "a kind nobody knows": {"kind": "cloze"},
    "a kind that is a list": {"kind": ["single"]},
    "an id in capitals": {"id": "Q1", "kind": "truefalse", "answer": True},
    "an id with markup": {"id": "<script>", "kind": "truefalse", "answer": True},
    "single without a correct option": {"kind": "single", "options": [{"id": "a"}, {"id": "b"}]},
    "single with two correct": {
        "kind": "single",
        "options": [{"id": "a", "correct": True}, {"id": "b", "correct": True}],
    },
    "single with one option": {"kind": "single", "options": [{"id": "a", "correct": True}]},
    "single with an id twice": {"kind": "single", "options": [{"id": "a", "correct": True}, {"id": "a"}]},
    "single with a correct that is a word": {"kind": "single", "options": [{"id": "a", "correct": "yes"}, {"id": "b"}]},
    "single with options that are texts": {"kind": "single", "options": ["a", "b"]},
    "truefalse without an answer": {"kind": "truefalse"},
    "truefalse with a word": {"kind": "truefalse", "answer": "true"},
    "multi with none correct": {"kind": "multi", "options": [{"id": "a"}, {"id": "b"}]},
    "multi with a rule nobody knows": {
        "kind": "multi",
        "score": "kindly",
        "options": [{"id": "a", "correct": True}, {"id": "b"}],
    },
    "weights missing": {"kind": "multi", "score": "weights", "options": [{"id": "a", "correct": True}, {"id": "b"}]},
    "weights past 1": {
        "kind": "multi",
        "score": "weights",
        "options": [{"id": "a", "correct": True, "weight": 2}, {"id": "b", "weight": 0}],
    },
    "weights that never come to 1": {
        "kind": "multi",
        "score": "weights",
        "options": [{"id": "a", "correct": True, "weight": 0.5}, {"id": "b", "weight": 0}],
    },
    "match to a choice that is not there": {
        "kind": "match",
        "choices": [{"id": "a"}, {"id": "b"}],
        "stems": [{"id": "s", "choice": "a"}, {"id": "t", "choice": "z"}],
    },
    "match with an equals sign in an id": {
        "kind": "match",
        "choices": [{"id": "a"}, {"id": "b"}],
        "stems": [{"id": "s=a", "choice": "a"}, {"id": "t", "choice": "b"}],
    },
    "order of two": {"kind": "order", "items": [{"id": "a"}, {"id": "b"}]},
    "order of eight": {"kind": "order", "items": [{"id": item} for item in "abcdefgh"]},
    "order by position": {"kind": "order", "score": "absolute", "items": [{"id": item} for item in "abc"]},
    "all equal": {"kind": "order", "items": [{"id": item} for item in "abc"], "equal": [["a", "b", "c"]]},
    "equals apart": {"kind": "order", "items": [{"id": item} for item in "abc"], "equal": [["a", "c"]]},
    "equals twice": {"kind": "order", "items": [{"id": item} for item in "abcd"], "equal": [["a", "b"], ["b", "c"]]},
    "equal to nothing": {"kind": "order", "items": [{"id": item} for item in "abc"], "equal": [["a", "z"]]},
    "equal to a list": {"kind": "order", "items": [{"id": item} for item in "abc"], "equal": [["a", ["b"]]]},
    "equals that are a text": {"kind": "order", "items": [{"id": item} for item in "abc"], "equal": ["ab"]},
    "equals that are empty": {"kind": "order", "items": [{"id": item} for item in "abc"], "equal": [[]]},
    "short without answers": {"kind": "short"},
    "short with a blank answer": {"kind": "short", "answers": ["a", " "]},
    "short with a full stop for an answer": {"kind": "short", "answers": ["."]},
    "short with a number for an answer": {"kind": "short", "answers": [47]},
    "number without an answer": {"kind": "number"},
    "number with an answer and a range": {"kind": "number", "answer": 1, "range": [1, 2]},
    "number with an answer in words": {"kind": "number", "answer": "16"},
    "number with an answer of true": {"kind": "number", "answer": True},
    "number with an answer past what a float holds": {"kind": "number", "answer": 10**400},
    "number with a tolerance below 0": {"kind": "number", "answer": 1, "tolerance": -1},
    "number with a range upside down": {"kind": "number", "range": [2, 1]},
    "number with a range of three": {"kind": "number", "range": [1, 2, 3]},
    "a weight of nothing": {"kind": "truefalse", "answer": True, "weight": 0},
    "critical in words": {"kind": "truefalse", "answer": True, "critical": "yes"},
}


@pytest.mark.parametrize("definition", REFUSED.values(), ids=REFUSED)
def test_a_question_that_cannot_be_used_is_refused_in_one_sentence(definition: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        read_entry({"id": "q-1", **definition})
    assert refused.value.key == "bad_definition"
    assert refused.value.text.count(".") == 1 and refused.value.text.endswith(".")
    assert "id" not in definition or str(definition["id"]) not in refused.value.text
