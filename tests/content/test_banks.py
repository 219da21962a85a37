"""The question banks of the real modules: each comes back as it went, Moodle would take it and mark it as we do, and somebody else's
parser reads it."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest

from engine import kinds
from macros import library
from macros.exports import gift, moodle
from macros.runtime import node
from tests.banks import FORMATS, differences
from tests.project import ROOT

LIBRARY, _ = library.read(ROOT)
MODULES = LIBRARY.modules
SCRIPT = ROOT / "tests/macros/parse_gift.mjs"
NEAR = 1e-5
PERCENTS = (
    100,
    90,
    83.33333,
    80,
    75,
    70,
    66.66667,
    60,
    50,
    40,
    33.33333,
    30,
    25,
    20,
    16.66667,
    14.28571,
    12.5,
    11.11111,
    10,
    5,
    0,
)
"""What Moodle's question bank lets an option be worth, in per cent; each may be taken away as well."""
TYPES = {
    "multichoice": ("single", "multi"),
    "truefalse": ("truefalse",),
    "matching": ("match",),
    "ordering": ("order",),
    "shortanswer": ("short",),
    "numerical": ("number",),
    "cloze": ("cloze",),
}
PARSED = {
    "MC": ("single", "multi"),
    "TF": ("truefalse",),
    "Matching": ("match",),
    "Short": ("short",),
    "Numerical": ("number",),
}
GAP = re.compile(r"\{1:(MULTICHOICE|SHORTANSWER):([^{}]*)\}")

BANKS = {name: [each for each in ElementTree.fromstring(moodle.write(module)[0]) if each.get("type") != "category"]
         for name, module in MODULES.items()}  # fmt: skip


def _by_id(name: str) -> dict[str, Any]:
    return {question.id: question for question in MODULES[name].questions}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", MODULES)
def test_a_module_comes_back_as_it_went(name: str, form: str) -> None:
    assert differences(MODULES[name], form) == []


@pytest.mark.parametrize("name", MODULES)
def test_every_question_is_in_the_bank_or_named_as_left_out(name: str) -> None:
    left = {loss.question for loss in moodle.write(MODULES[name])[1] if loss.part == "question"}
    there = {element.findtext("idnumber") for element in BANKS[name]}
    assert there.isdisjoint(left)
    assert there | left == set(_by_id(name))
    for element in BANKS[name]:
        assert _by_id(name)[element.findtext("idnumber") or ""].kind in TYPES[element.get("type", "")]


def test_no_two_questions_have_one_number() -> None:
    numbers = Counter(element.findtext("idnumber") for bank in BANKS.values() for element in bank)
    assert max(numbers.values()) == 1
    assert len(numbers) > 100


@pytest.mark.parametrize("name", MODULES)
def test_a_question_has_what_moodle_needs(name: str) -> None:
    for element in BANKS[name]:
        texts = [element.findtext(f"{part}/text") for part in ("name", "questiontext", "generalfeedback")]
        assert all((text or "").strip() for text in texts), element.findtext("idnumber")
        assert (element.findtext("defaultgrade"), element.findtext("penalty")) == ("1", "0.3333333")
        tags = [tag.text or "" for tag in element.findall("tags/tag/text")]
        assert all(0 < len(tag) <= 50 for tag in tags), tags
        assert {"outcome", "level", "fact"} <= {tag.partition(":")[0] for tag in tags}
        for marked in element.iter():
            if marked.get("format") == "html":
                ElementTree.fromstring(f"<div>{marked.findtext('text')}</div>")


def _percents(element: ElementTree.Element) -> list[float]:
    return [float(answer.get("fraction", "")) for answer in element.findall("answer")]


@pytest.mark.parametrize("name", MODULES)
def test_shares_are_moodles_and_add_up(name: str) -> None:
    for element in BANKS[name]:
        if element.get("type") not in ("ordering", "matching", "cloze"):
            _adds_up(element)


def _adds_up(element: ElementTree.Element) -> None:
    shares, name = _percents(element), element.findtext("idnumber")
    assert all(min(abs(abs(share) - each) for each in PERCENTS) < NEAR * 100 for share in shares), name
    right, wrong = [share for share in shares if share > 0], [share for share in shares if share <= 0]
    if element.findtext("single") == "false":
        assert (sum(right), sum(wrong)) == (pytest.approx(100, abs=0.001), pytest.approx(-100, abs=0.001)), name
    else:
        assert set(shares) == {100, 0}, name
        assert len(right) == 1 or element.get("type") == "shortanswer", name
    assert all((answer.findtext("feedback/text") or "").strip() for answer in element.findall("answer")), name


@pytest.mark.parametrize("name", MODULES)
def test_moodle_gives_the_same_mark_for_the_same_ticks(name: str) -> None:
    written = {row["id"]: row for row in LIBRARY.written[name]["questions"]}
    for element in BANKS[name]:
        row = written[element.findtext("idnumber") or ""]
        if row["kind"] in ("single", "multi"):
            _same_marks(element, row)


def _same_marks(element: ElementTree.Element, row: dict[str, Any]) -> None:
    """Every pattern of ticks, by Moodle's rule: the shares added up and held between 0 and 1."""
    shares = dict(zip((option["id"] for option in row["options"]), _percents(element), strict=True))
    question = kinds.read(row)
    for size in range(1, len(shares) + 1 if row["kind"] == "multi" else 2):
        for ticked in combinations(shares, size):
            theirs = min(1, max(0, sum(shares[option] for option in ticked) / 100))
            assert kinds.mark(row["kind"], question, ticked).fraction == pytest.approx(theirs, abs=NEAR), (
                row["id"],
                ticked,
            )


@pytest.mark.parametrize("name", MODULES)
def test_lines_to_match_and_steps_to_order_are_whole(name: str) -> None:
    for element in BANKS[name]:
        question = _by_id(name)[element.findtext("idnumber") or ""]
        if question.kind == "match":
            pairs = [(each.findtext("text"), each.findtext("answer/text")) for each in element.findall("subquestion")]
            assert len([stem for stem, _ in pairs if stem]) == len(question.stems)
            assert {choice for _, choice in pairs} == {choice.text for choice in question.choices}
        if question.kind == "order":
            assert element.findtext("gradingtype") == "RELATIVE_NEXT_EXCLUDE_LAST"
            assert not question.equal
            assert _percents(element) == [*range(1, len(question.items) + 1)]


@pytest.mark.parametrize("name", MODULES)
def test_gaps_are_in_moodles_shorthand(name: str) -> None:
    for element in BANKS[name]:
        question = _by_id(name)[element.findtext("idnumber") or ""]
        if question.kind == "cloze":
            gaps = GAP.findall(element.findtext("questiontext/text") or "")
            assert [sort for sort, _ in gaps] == [
                "SHORTANSWER" if gap.answers else "MULTICHOICE" for gap in question.gaps
            ]
            for (_, code), gap in zip(gaps, question.gaps, strict=True):
                parts = [unescape(re.split(r"(?<!&)#", part)[0]) for part in code.split("~")]
                wanted = [f"={text}" for text in gap.answers] + ["*"] if gap.answers else _options(gap)
                assert parts == wanted


def _options(gap: Any) -> list[str]:
    return [("=" if option.correct else "") + option.text for option in gap.options]


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What gift-pegjs finds in the GIFT bank of each module."""
    if not (ROOT / "node_modules/gift-pegjs").is_dir():
        pytest.fail("gift-pegjs is not in node_modules: run `npm ci`")
    folder = tmp_path_factory.mktemp("gift")
    files = [folder / f"{name}.gift" for name in MODULES]
    for file in files:
        file.write_text(gift.write(MODULES[file.stem])[0], encoding="utf-8")
    found = json.loads(node.run(ROOT, SCRIPT, *map(str, files)))
    return dict(zip(MODULES, found, strict=True))


@pytest.mark.parametrize("name", MODULES)
def test_somebody_elses_parser_reads_the_gift_bank(name: str, parsed: dict[str, list[dict[str, Any]]]) -> None:
    left = {loss.question for loss in gift.write(MODULES[name])[1] if loss.part == "question"}
    assert [each["id"] for each in parsed[name]] == [name for name in _by_id(name) if name not in left]
    for each in parsed[name]:
        _holds(each, _by_id(name)[each["id"]])


def _holds(found: dict[str, Any], question: Any) -> None:
    """What the parser found is what was written."""
    assert question.kind in PARSED[found["type"]]
    assert f"outcome:{question.outcome}" in found["tags"]
    assert ("critical" in found["tags"]) == question.critical
    assert found["stem"]["text"].endswith(f"Unit: {question.unit}" if question.kind == "number" else question.stem)
    assert found["globalFeedback"]["text"].startswith(question.explain)
    match question.kind:
        case "single" | "multi":
            assert [choice["text"]["text"] for choice in found["choices"]] == [
                option.text for option in question.options
            ]
            assert [choice["feedback"]["text"] for choice in found["choices"]] == [
                option.why for option in question.options
            ]
            right = [choice["isCorrect"] or (choice["weight"] or 0) > 0 for choice in found["choices"]]
            assert right == [option.correct for option in question.options]
        case "truefalse":
            assert found["isTrue"] == question.answer
        case "match":
            pairs = [(pair["subquestion"]["text"], pair["subanswer"]) for pair in found["matchPairs"]]
            texts = {choice.id: choice.text for choice in question.choices}
            assert pairs[: len(question.stems)] == [(stem.text, texts[stem.choice]) for stem in question.stems]
        case "short":
            assert [
                choice["text"]["text"] for choice in found["choices"] if choice["weight"] == 100
            ] == question.answers
        case "number":
            middle = found["choices"][0]["text"]
            low, high = question.range or (question.answer - question.tolerance, question.answer + question.tolerance)
            assert (middle["number"] - middle["range"], middle["number"] + middle["range"]) == pytest.approx(
                (low, high)
            )
