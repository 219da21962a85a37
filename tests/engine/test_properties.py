"""What must hold for every question and every filled-in form, not only for the rows: searched for by Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import read_entry, start
from engine.kinds import mark
from engine.marks import RIGHT_ABOVE, WRONG_BELOW

SEARCH = settings(max_examples=150, deadline=None, database=None)

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
