"""What must hold for every filled-in form of every tool, not only for the rows: searched for by Hypothesis."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import TOOLS, handle
from engine.tools import (
    care_picture,
    home_check,
    is_it_changing,
    pattern_finder,
    resilience_matrix,
    was_not_brought,
    where_are_we_now,
)
from engine.tools.result import Given
from tests import tool_cases
from tests.engine.test_tools import holds_no_float

SEARCH = settings(max_examples=150, deadline=None, database=None)
READ: dict[str, Any] = {name: TOOLS[name].read(tool_cases.DEFINITIONS[name]) for name in TOOLS if name != "grade-together"}
PICTURE = READ["care-picture"]
ITEMS = [item for area in PICTURE.areas for item in area.items]
URGENCY = ("nothing", "d", "c", "b", "a")
BANDS = ("nothing", "not-enough", "slight", "some", "widespread", "serious")
GRADES = ("0", "0", "0", "1", "2", "3")

Form = dict[str, tuple[str, ...]]


def _filled(names: list[str], values: tuple[str, ...], **others: st.SearchStrategy[str]) -> st.SearchStrategy[Form]:
    """Forms with each of `names` filled in from `values`, drawn evenly and drawn mostly from the first."""
    evenly, quiet = st.sampled_from(values), st.sampled_from((values[0],) * 12 + values)
    asked = {name: value.map(lambda text: (text,)) for name, value in others.items()}
    made = [st.fixed_dictionaries({name: one.map(lambda text: (text,)) for name in names} | asked) for one in (evenly, quiet)]
    return made[0] | made[1]


PICTURES = _filled(ITEMS, (*GRADES, "not-known", "does-not-apply"), **{
    "age": st.sampled_from(PICTURE.ages), "cannot-tell": st.sampled_from(["", "yes"]),
})  # fmt: skip
CONDITIONS = list(READ["home-check"].conditions)
HAZARDS = list(READ["home-check"].hazards)
HOMES = st.builds(
    dict.__or__,
    _filled(CONDITIONS, (*GRADES, "not-seen")),
    _filled(HAZARDS, ("no", "yes", "not-seen"), stage=st.sampled_from(READ["home-check"].stages)),
)
SIDES = {side: list(names) for side, names in tool_cases.STATEMENTS.items()}
STATEMENTS = [*SIDES["child"], *SIDES["environment"]]
MATRICES = _filled(STATEMENTS, ("1", "2", "0", "-1", "-2", "not-known"), age=st.sampled_from(READ["resilience-matrix"].ages))


def _picture(form: Form) -> care_picture.Result:
    return care_picture.score(PICTURE, Given(form))


def _concern(area: care_picture.AreaResult) -> int:
    """How worrying an area reads, from no need graded (0) past not enough known (1) to serious (4)."""
    if area.grade is None:
        return 0 if area.status == "does_not_apply" else 1
    return area.grade + 1 if area.grade else 0


def _never_calmer(before: care_picture.Result, after: care_picture.Result) -> bool:
    areas = all(_concern(now) >= _concern(was) for was, now in zip(before.areas, after.areas, strict=True))
    return areas and URGENCY.index(after.prompt) >= URGENCY.index(before.prompt)


def _raise_one(form: Form, items: list[str], data: st.DataObject) -> tuple[Form, Form]:
    """The form with one graded item, and the same with a higher grade there."""
    item = data.draw(st.sampled_from(items))
    was = form | ({} if form[item][0] in "012" else {item: ("0",)})
    return was, was | {item: (str(data.draw(st.integers(int(was[item][0]) + 1, 3))),)}


def _forget(form: Form, items: list[str], word: str, data: st.DataObject) -> tuple[Form, Form]:
    """The form with at least one 0, and the same with some of its 0s no longer known."""
    was = form | {data.draw(st.sampled_from(items)): ("0",)}
    noughts = [item for item in items if was[item] == ("0",)]
    return was, was | dict.fromkeys(data.draw(st.lists(st.sampled_from(noughts), min_size=1)), (word,))


@given(PICTURES, st.data())
@SEARCH
def test_raising_a_grade_never_calms_a_care_picture(form: Form, data: st.DataObject) -> None:
    was, now = _raise_one(form, ITEMS, data)
    assert _never_calmer(_picture(was), _picture(now))


@given(PICTURES, st.data())
@SEARCH
def test_a_0_that_becomes_not_known_never_calms_a_care_picture(form: Form, data: st.DataObject) -> None:
    was, now = _forget(form, ITEMS, "not-known", data)
    assert _never_calmer(_picture(was), _picture(now))


@given(PICTURES, st.data())
@SEARCH
def test_the_order_of_items_and_areas_does_not_matter(form: Form, data: st.DataObject) -> None:
    areas = data.draw(st.permutations(tool_cases.CARE_PICTURE["areas"]))
    mixed = [area | {"items": data.draw(st.permutations(area["items"]))} for area in areas]
    other = care_picture.read(tool_cases.CARE_PICTURE | {"areas": mixed})
    one, two = _picture(form), care_picture.score(other, Given(form))
    assert one.prompt == two.prompt and {*one.gaps} == {*two.gaps} and {*one.keys} == {*two.keys}
    assert {*one.areas} == {*two.areas}


@given(PICTURES, st.data())
@SEARCH
def test_knowing_less_is_never_better_and_nothing_changed_is_the_same(form: Form, data: st.DataObject) -> None:
    less = form | dict.fromkeys(data.draw(st.lists(st.sampled_from(ITEMS))), ("not-known",))
    visits = [("2026-01-01", Given(form)), ("2026-02-01", Given(less))]
    assert not {"better"} & {area.change for area in care_picture.compare(PICTURE, visits).areas}
    assert {area.change for area in care_picture.compare(PICTURE, [visits[0], visits[0]]).areas} <= {"same", "left_out"}


def _band(form: Form) -> int:
    return BANDS.index(home_check.score(READ["home-check"], Given(form)).band)


@given(HOMES, st.data())
@SEARCH
def test_raising_a_condition_never_lowers_the_band_of_a_home(form: Form, data: st.DataObject) -> None:
    was, now = _raise_one(form, CONDITIONS, data)
    assert _band(now) >= _band(was)


@given(HOMES, st.data())
@SEARCH
def test_what_is_no_longer_seen_never_improves_a_home(form: Form, data: st.DataObject) -> None:
    was, now = _forget(form, CONDITIONS, "not-seen", data)
    assert _band(now) >= _band(was)
    before, after = (home_check.score(READ["home-check"], Given(one)) for one in (was, now))
    assert before.hazards == after.hazards and {*before.find_out} <= {*after.find_out} and after.at_least >= before.at_least


@given(MATRICES, st.data())
@SEARCH
def test_a_statement_that_becomes_less_true_never_moves_a_side_to_the_good(form: Form, data: st.DataObject) -> None:
    good = ("resilient", "protective")
    tool = READ["resilience-matrix"]
    item = data.draw(st.sampled_from(STATEMENTS))
    was = form | ({item: ("2",)} if form[item] in (("not-known",), ("-2",)) else {})
    lower = data.draw(st.sampled_from(["-2", "-1", "0", "1"][: int(was[item][0]) + 2] or ["-2"]))
    before, after = (resilience_matrix.score(tool, Given(one)) for one in (was, was | {item: (lower,)}))
    assert (after.child in good) <= (before.child in good) and (after.environment in good) <= (before.environment in good)


@given(MATRICES, st.sampled_from(STATEMENTS))
@SEARCH
def test_a_strongly_untrue_statement_decides_its_side(form: Form, item: str) -> None:
    found = resilience_matrix.score(READ["resilience-matrix"], Given(form | {item: ("-2",)}))
    assert (found.child if item in SIDES["child"] else found.environment) in ("vulnerable", "adverse")


def _rows(**columns: list[str]) -> st.SearchStrategy[list[Form]]:
    one = st.fixed_dictionaries({name: st.sampled_from(values).map(lambda text: (text,)) for name, values in columns.items()})
    return st.lists(one, min_size=1, max_size=12)


DAYS = [f"{day}/{month}/{year}" for year in (2024, 2025) for month in range(1, 13) for day in (1, 28)]
HISTORIES = _rows(date=DAYS, need=["food", "home", "health"], kind=["concern", "concern", "improvement", "contact"], effect=list("0123"), source=["school", "health", "child"])  # noqa: E501
MISSES = _rows(date=DAYS, importance=["routine", "important", "critical", "not-known"], outcome=["brought", "not-brought", "cancelled", "moved", "service"])  # noqa: E501
VIEWS = _rows(who=["child", "carer", "teacher"], number=[*map(str, range(11)), "none"], known=["seen", "told", "guessed"])
PLANS = _rows(type=["attends", "gets"], done=["yes", "no", "partly", "not-known"], known=["carer", "seen", "child", ""], effect=["better", "same", "worse", "not-known"], weeks=["", "3", "12"], barriers=["", "delay", "money"])  # noqa: E501


@given(HISTORIES, st.randoms(use_true_random=False))
@SEARCH
def test_the_order_of_rows_does_not_matter_to_patterns(rows: list[Form], random: Any) -> None:
    mixed = random.sample(rows, len(rows))
    one, two = (pattern_finder.score(READ["pattern-finder"], Given({"review": ("1/3/2026",)}, tuple(order))) for order in (rows, mixed))
    assert one == two


@given(HISTORIES, st.integers(0, 11))
@SEARCH
def test_a_graver_effect_never_takes_a_pattern_away(rows: list[Form], place: int) -> None:
    worse = [row | {"effect": ("3",)} if at == place % len(rows) else row for at, row in enumerate(rows)]
    one, two = (pattern_finder.score(READ["pattern-finder"], Given({"review": ("1/3/2026",)}, tuple(order))) for order in (rows, worse))
    lost = {pattern.flag for pattern in one.patterns} - {pattern.flag for pattern in two.patterns}
    assert lost <= {"one-agency"}  # another concern that counts may come from another source


@given(MISSES, st.randoms(use_true_random=False))
@SEARCH
def test_the_order_of_appointments_does_not_matter(rows: list[Form], random: Any) -> None:
    mixed = random.sample(rows, len(rows))
    one, two = (was_not_brought.score(READ["was-not-brought"], Given({}, tuple(order))) for order in (rows, mixed))
    assert one == two and one.missed <= one.possible


@given(VIEWS, st.randoms(use_true_random=False))
@SEARCH
def test_the_order_of_people_does_not_matter_and_a_hidden_number_is_nowhere_on_the_shared_screen(rows: list[Form], random: Any) -> None:
    tool = READ["where-are-we-now"]
    shown = {"child-shown": ("yes",)}
    one, two = (where_are_we_now.score(tool, Given(shown, tuple(order))) for order in (rows, random.sample(rows, len(rows))))
    assert {*one.shared.flags} == {*two.shared.flags} and (one.shared.lowest, one.shared.range) == (two.shared.lowest, two.shared.range)
    hidden = where_are_we_now.score(tool, Given({"child-shown": ("no",)}, tuple(rows)))
    asked = any(row["who"] == ("child",) and row["number"] != ("none",) for row in rows)
    assert (hidden.private is not None) == asked
    if asked:
        others = where_are_we_now.score(tool, Given({}, tuple(row for row in rows if row["who"] != ("child",))))
        assert hidden.shared == others.shared, "the shared screen tells that something is kept from it"


@given(PLANS, st.randoms(use_true_random=False))
@SEARCH
def test_a_plan_is_its_worst_change_whatever_their_order(rows: list[Form], random: Any) -> None:
    rows = rows[:8]
    tool = READ["is-it-changing"]
    one, two = (is_it_changing.score(tool, Given({}, tuple(order))) for order in (rows, random.sample(rows, len(rows))))
    assert one.plan == two.plan == min((change.status for change in one.changes), key=is_it_changing.ORDER.index)
    assert {*one.flags} == {*two.flags}


@given(PICTURES, PICTURES)
@SEARCH
def test_no_reply_about_a_care_picture_holds_a_float(form: Form, later: Form) -> None:
    visits = [{"day": "2026-01-01", "responses": form}, {"day": "2026-02-01", "responses": later}]
    for message in ({"task": "score", "responses": form}, {"task": "compare", "visits": visits}):
        reply = json.loads(handle(json.dumps(message | {"definition": tool_cases.CARE_PICTURE})))
        assert reply["ok"] is True and holds_no_float({key: value for key, value in reply.items() if key != "drawings"})


@pytest.mark.parametrize("tool", READ)
def test_every_tool_answers_a_blank_form_with_what_is_missing(tool: str) -> None:
    given = {"today": ["1/1/2026"]} if tool == "check-for-drift" else {}
    reply = json.loads(handle(json.dumps({"task": "score", "definition": tool_cases.DEFINITIONS[tool], "responses": given})))
    assert reply["ok"] and reply["result"] is None and reply["problems"]
