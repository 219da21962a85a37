"""What must hold for every question and every filled-in form, not only for the rows: searched for by Hypothesis."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import handle, read_entry, start
from engine.kinds import mark
from engine.marks import RIGHT_ABOVE, WRONG_BELOW
from engine.tools import care_picture
from tests import cases
from tests.engine.test_tools import holds_no_float

SEARCH = settings(max_examples=150, deadline=None, database=None)
TOOL = care_picture.read(cases.CARE_PICTURE)
ITEMS = [item for area in TOOL.areas for item in area.items]
URGENCY = ("nothing", "d", "c", "b", "a")

IDS = st.lists(st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4})?", fullmatch=True), min_size=2, max_size=8, unique=True)
NUMBERS = st.floats(-1e9, 1e9).map(lambda number: round(number, 3))
WORDS = st.text("abcdefghij '-.", min_size=1, max_size=20).filter(lambda text: text.strip(" ."))

Asked = tuple[dict[str, Any], list[str]]


@st.composite
def options(draw: st.DrawFn, kind: str, least: int, most: int) -> Asked:
    ids = draw(IDS)
    count = draw(st.integers(least, min(most, len(ids))))
    right = draw(st.permutations(ids))[:count]
    return {"kind": kind, "options": [{"id": id_, "correct": id_ in right} for id_ in ids]}, right


@st.composite
def multis(draw: st.DrawFn) -> Asked:
    question, right = draw(options("multi", 1, 8))
    for option in question["options"]:
        option["weight"] = 1 / len(right) if option["correct"] else draw(st.floats(-1, 0))
    return question | {"score": draw(st.sampled_from(["balanced", "plusminus", "exact", "weights"]))}, right


@st.composite
def matches(draw: st.DrawFn) -> Asked:
    choices, stems = draw(IDS), draw(IDS)
    pairs = [(stem, draw(st.sampled_from(choices))) for stem in stems]
    stems_ = [{"id": stem, "choice": choice} for stem, choice in pairs]
    return {"kind": "match", "choices": [{"id": id_} for id_ in choices], "stems": stems_}, [
        f"{s}={c}" for s, c in pairs
    ]


@st.composite
def orders(draw: st.DrawFn) -> Asked:
    ids = draw(IDS.filter(lambda ids: 3 <= len(ids) <= 7))
    first, last = sorted((draw(st.integers(0, len(ids) - 1)), draw(st.integers(0, len(ids) - 1))))
    equal = [ids[first : last + 1]] if 0 < last - first < len(ids) - 1 else []
    given_ = ids[:first] + draw(st.permutations(ids[first : last + 1])) + ids[last + 1 :] if equal else ids
    score = draw(st.sampled_from(["adjacent", "pairwise", "exact"]))
    question = {"kind": "order", "items": [{"id": id_} for id_ in ids], "equal": equal, "score": score}
    return question, [f"{id_}={n}" for n, id_ in enumerate(given_, 1)]


@st.composite
def shorts(draw: st.DrawFn) -> Asked:
    answers = draw(st.lists(WORDS, min_size=1, max_size=3))
    typed = f"  {draw(st.sampled_from(answers)).upper()} "
    return {"kind": "short", "answers": answers, "typos": draw(st.booleans())}, [typed]


@st.composite
def numbers(draw: st.DrawFn) -> Asked:
    answer = draw(NUMBERS)
    return {"kind": "number", "answer": answer, "tolerance": draw(st.floats(0, 10))}, [f"{answer:,.3f}"]


TRUEFALSE = st.booleans().map(lambda answer: ({"kind": "truefalse", "answer": answer}, [str(answer).lower()]))
QUESTIONS = st.one_of(options("single", 1, 1), TRUEFALSE, multis(), matches(), orders(), shorts(), numbers())


def _mark(question: dict[str, Any], response: list[str]) -> Any:
    entry = read_entry({"id": "q"} | question)
    return mark(entry.kind, entry.question, response)


def _offered(question: dict[str, Any]) -> list[str]:
    """Values near enough to what the form offers for a search to reach past the first check."""
    listed = [row["id"] for key in ("options", "items", "choices", "stems") for row in question.get(key, [])]
    pairs = [f"{stem['id']}={choice['id']}" for stem in question.get("stems", []) for choice in question["choices"]]
    places = [f"{item['id']}={n}" for item in question.get("items", []) for n in range(1, len(question["items"]) + 1)]
    return listed + pairs + places + ["true", "false", "1", "-2.5", "1e999", "nan", "", " "]


@given(QUESTIONS, st.data())
@SEARCH
def test_a_fraction_lies_from_0_to_1_and_its_state_follows(asked: Asked, data: st.DataObject) -> None:
    question, _ = asked
    values = st.sampled_from(_offered(question)) | st.text(max_size=30)
    given_mark = _mark(question, data.draw(st.lists(values, max_size=9)))
    assert 0 <= given_mark.fraction <= 1
    if given_mark.state in ("unanswered", "invalid"):
        assert given_mark.fraction == 0 and given_mark.problem and not given_mark.keys
    else:
        assert given_mark.problem is None and given_mark.keys
        assert (given_mark.state == "right") == (given_mark.fraction > RIGHT_ABOVE)
        assert (given_mark.state == "wrong") == (given_mark.fraction < WRONG_BELOW)


@given(QUESTIONS)
@SEARCH
def test_the_right_answer_earns_1(asked: Asked) -> None:
    question, right = asked
    given_mark = _mark(question, right)
    assert given_mark.state == "right" and abs(given_mark.fraction - 1) < 1e-9
    assert not any(key.startswith(("wrong:", "moved:", "mistake:", "other")) for key in given_mark.keys)


@given(QUESTIONS, st.lists(st.sampled_from(["", " ", "\t", "\u00a0"]), max_size=5))
@SEARCH
def test_blank_never_earns_and_is_never_wrong(asked: Asked, blanks: list[str]) -> None:
    question, _ = asked
    empty_pairs = [f"{row['id']}=" for key in ("stems", "items") for row in question.get(key, [])]
    for response in (blanks, empty_pairs):
        given_mark = _mark(question, response)
        assert (given_mark.fraction, given_mark.state) == (0, "unanswered")


@given(orders())
@SEARCH
def test_the_start_order_untouched_is_unanswered_and_would_not_have_been_right(asked: Asked) -> None:
    question, _ = asked
    shown = start(read_entry({"id": "q"} | question).question)  # type: ignore[arg-type]
    assert _mark(question, [f"{id_}={n}" for n, id_ in enumerate(shown, 1)]).state == "unanswered"
    other = [f"{id_}={n}" for n, id_ in enumerate(shown, 1)]
    assert other != asked[1]


@given(multis().filter(lambda asked: asked[0]["score"] != "weights"), st.data())
@SEARCH
def test_one_more_right_tick_never_costs_and_one_more_wrong_tick_never_earns(asked: Asked, data: st.DataObject) -> None:
    question, right = asked
    ids = [option["id"] for option in question["options"]]
    ticked = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    more = data.draw(st.sampled_from(ids))
    before, after = _mark(question, ticked).fraction, _mark(question, [*ticked, more]).fraction
    assert after >= before if more in right else after <= before


FORMS = st.tuples(
    st.sampled_from(TOOL.ages),
    st.booleans(),
    st.lists(st.sampled_from(["0", "0", "1", "2", "3", "not-known", "does-not-apply"]), min_size=28, max_size=28),
)
# Forms of mostly 0 and gaps reach the quieter prompts, which grades drawn evenly hardly ever do.
QUIET = st.tuples(
    st.sampled_from(TOOL.ages),
    st.booleans(),
    st.lists(st.sampled_from(["0"] * 24 + ["1", "2", "not-known", "does-not-apply"]), min_size=28, max_size=28),
)
Form = tuple[str, bool, list[str]]


def _responses(form: Form) -> dict[str, tuple[str, ...]]:
    age, tick, grades = form
    filled = {item: (grade,) for item, grade in zip(ITEMS, grades, strict=True)}
    return {**filled, "age": (age,), "cannot-tell": ("yes",) if tick else ()}


def _concern(area: care_picture.AreaResult) -> int:
    """How worrying an area reads, from no need graded (0) past not enough known (1) to serious (4)."""
    if area.grade is None:
        return 0 if area.status == "does_not_apply" else 1
    return area.grade + 1 if area.grade else 0


def _never_calmer(before: care_picture.Result, after: care_picture.Result) -> bool:
    areas = all(_concern(now) >= _concern(was) for was, now in zip(before.areas, after.areas, strict=True))
    return areas and URGENCY.index(after.prompt) >= URGENCY.index(before.prompt)


@given(FORMS | QUIET, st.data())
@SEARCH
def test_raising_a_grade_never_lowers_an_area_or_the_prompt(form: Form, data: st.DataObject) -> None:
    responses = _responses(form)
    item = data.draw(st.sampled_from(ITEMS))
    if responses[item][0] not in "012":
        responses[item] = ("0",)
    raised = str(data.draw(st.integers(int(responses[item][0]) + 1, 3)))
    assert _never_calmer(care_picture.score(TOOL, responses), care_picture.score(TOOL, responses | {item: (raised,)}))


@given(FORMS | QUIET, st.data())
@SEARCH
def test_changing_a_0_to_not_known_never_calms_an_area_or_the_prompt(form: Form, data: st.DataObject) -> None:
    responses = _responses(form) | {data.draw(st.sampled_from(ITEMS)): ("0",)}
    noughts = [item for item in ITEMS if responses[item] == ("0",)]
    unknown = dict.fromkeys(data.draw(st.lists(st.sampled_from(noughts), min_size=1)), ("not-known",))
    assert _never_calmer(care_picture.score(TOOL, responses), care_picture.score(TOOL, responses | unknown))


@given(FORMS | QUIET, st.data())
@SEARCH
def test_the_order_of_items_and_areas_does_not_matter(form: Form, data: st.DataObject) -> None:
    areas = data.draw(st.permutations(cases.CARE_PICTURE["areas"]))  # type: ignore[arg-type]
    mixed = [area | {"items": data.draw(st.permutations(area["items"]))} for area in areas]
    other = care_picture.read(cases.CARE_PICTURE | {"areas": mixed})
    one, two = (care_picture.score(tool, _responses(form)) for tool in (TOOL, other))
    assert one.prompt == two.prompt and {*one.gaps} == {*two.gaps} and {*one.keys} == {*two.keys}
    assert {*one.areas} == {*two.areas}


@given(FORMS | QUIET, FORMS | QUIET)
@SEARCH
def test_no_reply_about_a_tool_holds_a_float(form: Form, later: Form) -> None:
    one, two = _responses(form), _responses(later)
    for message in ({"task": "score", "responses": one}, {"task": "compare", "before": one, "after": two}):
        reply = json.loads(handle(json.dumps(message | {"definition": cases.CARE_PICTURE})))
        assert reply["ok"] is True and holds_no_float(reply)


@given(FORMS | QUIET, st.data())
@SEARCH
def test_knowing_less_is_never_better_and_nothing_changed_is_the_same(form: Form, data: st.DataObject) -> None:
    responses = _responses(form)
    less = dict.fromkeys(data.draw(st.lists(st.sampled_from(ITEMS))), ("not-known",))
    assert not {"better"} & {area.change for area in care_picture.compare(TOOL, responses, responses | less).areas}
    assert {area.change for area in care_picture.compare(TOOL, responses, responses).areas} <= {"same", "left_out"}


@given(FORMS | QUIET)
@SEARCH
def test_a_3_is_prompt_a_and_not_known_is_never_prompt_d(form: Form) -> None:
    result = care_picture.score(TOOL, _responses(form))
    assert "3" not in form[2] or result.prompt == "a"
    assert "not-known" not in form[2] or result.prompt in ("a", "b", "c")
