"""The training report: its formulas by the vectors of `cases/report.yml`, its rules of hiding, and what must hold of any set of records."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import gain, item_statistics, suppression
from tests import cases
from tests.engine.reporting import attempt, record, report

CASES: dict[str, list[dict[str, Any]]] = yaml.load((cases.FOLDER / "report.yml").read_text("utf-8"), cases.Loader)
FEW = suppression.FEW
def near(found: float | None, expected: float | None, digits: float = 0.005) -> bool:
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) < digits


@pytest.mark.parametrize("case", CASES["items"], ids=lambda case: case["name"])
def test_item_statistics_agree_with_the_vectors(case: dict[str, Any]) -> None:
    for place in range(len(case["rows"][0])):
        assert near(item_statistics.facility(Counter(row[place] for row in case["rows"])), case["facility"][place], 0.00005)
        if "discrimination" in case:
            pairs = Counter((row[place], item_statistics.rest(sum(row), row[place], len(row))) for row in case["rows"])
            assert near(item_statistics.discrimination(pairs), case["discrimination"][place])
            assert near(item_statistics.efficiency(pairs), case["efficiency"][place])
    together = item_statistics.consistency(case["rows"])
    if case["together"] is None:
        assert together is None
    else:
        assert together
        found = (together.alpha, together.error_ratio, together.standard_error)
        assert all(near(one, other) for one, other in zip(found, case["together"], strict=True)), found


@pytest.mark.parametrize("case", CASES["intervals"], ids=str)
def test_intervals_agree_with_the_vectors(case: dict[str, Any]) -> None:
    found = item_statistics.interval(case["right"], case["of"])
    assert all(near(one, other, 0.00005) for one, other in zip(found, case["interval"], strict=True))


@pytest.mark.parametrize("case", CASES["gains"], ids=lambda case: case["name"])
def test_gains_agree_with_the_vectors(case: dict[str, Any]) -> None:
    found = gain.compare(case["before"], case["after"])
    assert found.learners == len(case["before"])
    for name in ("gain", "effect", "change"):
        assert near(getattr(found, name), case[name], 0.0001), (name, found)


@pytest.mark.parametrize("case", CASES["halves"], ids=str)
def test_equals_stay_in_one_half(case: dict[str, Any]) -> None:
    cut = item_statistics.halves(Counter(case["rests"]))
    assert case["top"] == (None if cut is None else [one for one in case["rests"] if one >= cut])


@pytest.mark.parametrize("case", CASES["hidden"], ids=lambda case: case["name"])
def test_a_cell_is_not_hidden_alone(case: dict[str, Any]) -> None:
    assert sorted(suppression.hide(case["cells"])) == case["hidden"]


@pytest.mark.parametrize("case", CASES["splits"], ids=str)
def test_a_share_needs_enough_on_both_sides(case: dict[str, Any]) -> None:
    assert suppression.is_split(case["count"], case["of"]) is case["shown"]


def _people(text: str) -> list[int]:
    if not text:
        return []
    low, high = text.split("-")
    return list(range(int(low), int(high) + 1))


@pytest.mark.parametrize("case", CASES["apart"], ids=lambda case: case["name"])
def test_groups_that_differ_by_few_are_not_shown_together(case: dict[str, Any]) -> None:
    assert suppression.apart([_people(group) for group in case["groups"]]) == case["shown"]


@pytest.mark.parametrize("case", CASES["cover"], ids=lambda case: case["name"])
def test_a_hidden_group_is_not_what_the_others_leave(case: dict[str, Any]) -> None:
    assert suppression.cover({name: _people(group) for name, group in case["groups"].items()}, case["everybody"]) == case["shown"]


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
@settings(max_examples=150, deadline=None, database=None)
def test_no_hidden_cell_can_be_worked_out_from_the_rest_and_the_rules(counts: list[int]) -> None:
    """Every row that would look the same to a reader is tried: each hidden cell differs between some of them. The rows looked at are those
    whose sum may be shown, as a row of fewer than five people is not."""
    if 0 < sum(counts) < FEW:
        return
    cells = dict(zip("abcd", counts, strict=False))
    hidden = suppression.hide(cells)
    total = sum(cells[name] for name in hidden)
    assert all(cells[name] == 0 or cells[name] >= FEW for name in cells.keys() - hidden)
    for name in hidden:
        possible = {row[name] for row in _alike(cells, sorted(hidden), total) if suppression.hide(row) == hidden}
        assert len(possible) > 1, (name, possible)


def _alike(cells: dict[str, int], hidden: list[str], total: int) -> Iterator[dict[str, int]]:
    for values in product(range(total + 1), repeat=len(hidden) - 1):
        if sum(values) <= total:
            yield cells | dict(zip(hidden, (*values, total - sum(values)), strict=True))


def test_a_report_counts_first_attempts_and_matches_before_with_after() -> None:
    people = [
        record(
            attempt(f"a{at}", "before", "ab--", 1, 0.4 + at / 100),
            attempt(f"b{at}", "after", "--aa", 2, 0.8 + at / 100),
            attempt(f"c{at}", "after", "--bb", 3, 0.1),
            attempt(f"d{at}", "follow_up", "aaaa", 4, 0.6, part=1),
        )
        for at in range(10)
    ]
    people.append(record(attempt("late", "after", "--aa", 5, 0.9), attempt("later", "before", "cc--", 6, 0.1)))
    found = report(people)
    module = found["modules"][0]
    assert (found["learners"], found["attempts"]) == (11, 42)
    assert module["modes"] == {"practice": 0, "check": 0, "before": 11, "after": 11, "follow_up": 10}
    assert [row["learners"] for row in module["questions"]] == [10, 10, None, None]
    first, second = (row["gain"] for row in module["gains"][:2])
    assert first["learners"] == second["learners"] == 10
    assert near(first["before"], 0.445, 1e-9) and near(first["after"], 0.845, 1e-9) and near(second["after"], 0.6, 1e-9)
    assert module["gains"][2]["gain"] is None
    assert found["modules"][1]["learners"] == 0


def test_two_files_of_one_person_count_once_and_the_fuller_one() -> None:
    others = [record(attempt(f"o{at}", "check", "aaaa")) for at in range(5)]
    early, late = record(attempt("x1", "check", "bbbb")), record(attempt("x1", "check", "bbbb"), attempt("x2", "check", "aaaa", 2))
    found = report([early, *others, late])
    assert found["duplicates"] == [0]
    assert (found["learners"], found["attempts"]) == (6, 7)


def test_four_people_are_too_few_for_any_figure() -> None:
    found = report([record(attempt(f"a{at}", "check", "aaaa")) for at in range(4)])
    assert found["learners"] is None and not found["sureness"] and not found["beliefs"]
    assert [(one["learners"], one["questions"]) for one in found["modules"]] == [(None, []), (0, [])]


def test_options_halves_and_unchosen_ones_from_thirty_people_on() -> None:
    people = [record(attempt(f"a{at}", "check", "aaaa" if at < 15 else "bbb.")) for at in range(30)]
    question = report(people)["modules"][0]["questions"][0]
    assert question["facility"] == 0.5
    assert question["discrimination"] == pytest.approx(100) and question["efficiency"] == pytest.approx(100)
    rows = {row["option"]: (row["learners"], row["top"], row["bottom"]) for row in question["options"]}
    assert rows == {"a": (15, 15, 0), "b": (15, 0, 15), "c": (0, 0, 0), "d": (0, 0, 0), "": (0, 0, 0)}
    assert question["unchosen"] == ["c", "d"]
    fewer = report(people[1:])["modules"][0]["questions"][0]
    assert fewer["discrimination"] is None and fewer["unchosen"] == []


def test_alpha_needs_thirty_people_with_the_same_questions() -> None:
    people = [record(attempt(f"a{at}", "check", "aaaa" if at % 2 else "abb.")) for at in range(30)]
    assert report(people)["modules"][0]["together"]["learners"] == 30
    people[0] = record(attempt("a0", "check", "aaa-"))
    assert report(people)["modules"][0]["together"] is None


PERSON = st.lists(
    st.tuples(st.sampled_from(["practice", "check", "before", "after"]), st.text("abcd.-", min_size=4, max_size=4), st.integers(1, 3)),
    min_size=1, max_size=3,
)  # fmt: skip


def _records(people: list[list[tuple[str, str, int]]]) -> list[dict[str, Any]]:
    return [
        record(*(attempt(f"p{at}x{number}", mode, answers, day) for number, (mode, answers, day) in enumerate(rows)))
        for at, rows in enumerate(people)
    ]


@given(st.lists(PERSON, min_size=5, max_size=24), st.integers())
@settings(max_examples=60, deadline=None, database=None)
def test_the_order_of_records_makes_no_difference(people: list[list[tuple[str, str, int]]], seed: int) -> None:
    records = _records(people)
    mixed = records[:]
    random.Random(seed).shuffle(mixed)
    assert report(records) == report(mixed)


@given(st.lists(PERSON, min_size=1, max_size=40))
@settings(max_examples=100, deadline=None, database=None)
def test_no_count_of_few_people_is_shown_or_left_by_subtracting(people: list[list[tuple[str, str, int]]]) -> None:
    found = report(_records(people))
    assert all(count is None or count >= FEW for count in [found["learners"], *found["beliefs"].values()])
    for module in found["modules"]:
        counts = [module["learners"], *module["modes"].values(), *(row["learners"] for row in module["questions"])]
        assert not [count for count in counts if count and count < FEW]
        for question in module["questions"]:
            _assert_kept(question)
    for row in found["sureness"]:
        assert row["answers"] is None or all(part == 0 or part >= FEW for part in (row["right"], row["answers"] - row["right"]))


def _assert_kept(question: dict[str, Any]) -> None:
    if question["facility"] is None:
        assert not question["options"] and not question["unchosen"] and question["low"] is None
        return
    of = question["learners"]
    right = round(question["facility"] * of)
    assert all(part == 0 or part >= FEW for part in (right, of - right))
    rows = question["options"]
    for side, size in (("learners", of), ("top", question["top"]), ("bottom", question["bottom"])):
        shown = [row[side] for row in rows if row[side] is not None]
        assert all(count == 0 or count >= FEW for count in shown)
        assert len(shown) in (0, len(rows)) or (side == "learners" and size - sum(shown) >= FEW and len(shown) <= len(rows) - 2)
