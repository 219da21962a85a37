"""Every row of `cases/tools/`, what a tool's definition may not say, and that no result holds a mean, sum or share."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from engine import TOOLS, Refused, handle
from engine.tools import care_picture
from tests import cases

ROWS = [row for row in cases.messages() if row[0].startswith("care-picture")]


@pytest.mark.parametrize(("name", "request_text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_gets_its_reply(name: str, request_text: str, expected: dict[str, object]) -> None:
    reply = json.loads(handle(request_text))
    assert cases.same(reply, expected), f"{name}: {reply}"
    assert holds_no_float(reply)


def holds_no_float(value: object) -> bool:
    """Say if a JSON value has no float anywhere: a mean or a share would be one."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not isinstance(value, float) and all(map(holds_no_float, inside))


def test_every_tool_has_a_file_with_rows_enough() -> None:
    assert {path.stem for path in (cases.FOLDER / "tools").glob("*.yml")} == {*TOOLS}
    rows = cases.rows("tools/care-picture.yml")
    assert len(rows) >= 45
    assert len({row["name"] for row in rows}) == len(rows)


def test_the_rows_show_every_prompt_status_and_direction() -> None:
    replies = [expected for _, _, expected in ROWS]
    results = [reply["result"] for reply in replies if reply.get("result")]
    changes = [area["change"] for reply in replies if "change" in reply for area in reply["change"]["areas"]]
    assert {result["prompt"] for result in results} == {"a", "b", "c", "d", "nothing"}
    assert {*changes} == {"worse", "better", "mixed", "same", "left_out"}
    statuses = {area["status"] for result in results for area in result["areas"]}
    assert statuses == {"graded", "at_least", "not_enough_known", "not_known", "does_not_apply"}


def test_a_result_names_no_total() -> None:
    assert set(care_picture.Result.__slots__) == {"areas", "gaps", "prompt", "keys"}
    assert set(care_picture.AreaResult.__slots__) == {"id", "status", "grade", "not_known"}


def _tool(**changes: object) -> dict[str, Any]:
    return copy.deepcopy(cases.CARE_PICTURE) | changes


REFUSED = {
    "a weaker coverage": _tool(cut_offs={"coverage": 0.5}),
    "a coverage past all": _tool(cut_offs={"coverage": 1.5}),
    "a serious item nobody can reach": _tool(cut_offs={"serious_item": 4}),
    "a serious item of nothing": _tool(cut_offs={"serious_item": 0}),
    "a weaker high area": _tool(cut_offs={"high_area": 3}),
    "a weaker count of areas": _tool(cut_offs={"several_areas": 4}),
    "half an area": _tool(cut_offs={"several_areas": 2.5}),
    "cut-offs in a list": _tool(cut_offs=[0.75]),
    "no vulnerable age": _tool(vulnerable_ages=[]),
    "a vulnerable age left out": _tool(vulnerable_ages=["unborn"]),
    "a vulnerable age that is no age": _tool(vulnerable_ages=["unborn", "under-2", "adult"]),
    "no areas": _tool(areas=[]),
    "an area without items": _tool(areas=[{"id": "food", "items": []}]),
    "an item twice": _tool(areas=[{"id": "a", "items": [{"id": "x"}]}, {"id": "b", "items": [{"id": "x"}]}]),
    "an item named age": _tool(areas=[{"id": "a", "items": [{"id": "age"}]}]),
    "an item named as the tick": _tool(areas=[{"id": "a", "items": [{"id": "cannot-tell"}]}]),
}


@pytest.mark.parametrize("definition", REFUSED.values(), ids=REFUSED)
def test_a_tool_that_cannot_be_used_is_refused(definition: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        care_picture.read(definition)
    assert refused.value.key == "bad_definition"


def test_a_tool_without_cut_offs_has_the_usual_ones() -> None:
    bare = {key: value for key, value in cases.CARE_PICTURE.items() if key != "cut_offs"}
    assert care_picture.read(bare) == care_picture.read(cases.CARE_PICTURE)


def test_scoring_a_form_with_blanks_is_refused() -> None:
    tool = care_picture.read(cases.CARE_PICTURE)
    with pytest.raises(Refused):
        care_picture.score(tool, {"age": ("2-4",)})
