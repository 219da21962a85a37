"""Every row of `cases/tools/`, what a tool's definition may not say, and that no result holds a total, a mean or a share."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from engine import TOOLS, handle
from engine.tools import care_picture
from engine.tools.result import Given
from tests import cases, tool_cases
from tests.cases import same

ROWS = list(tool_cases.messages())
UNSCORED = {"childs-day", "say-the-concern", "check-for-drift", "in-place"}
AGREEMENT = "grade-together"  # says how near grades come to a key, and nothing of a child
WRITTEN = {"Food and drink": "food", "School or nursery": "school", "Was not brought": "not-brought", "Often goes without": "2"}


@pytest.mark.parametrize(("tool", "name", "request_text", "row"), ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_a_row_gets_its_reply(tool: str, name: str, request_text: str, row: dict[str, Any]) -> None:
    reply = json.loads(handle(request_text))
    told, wanted = tool_cases.told(tool, reply), tool_cases.wanted(tool, row)
    assert same({key: told.get(key) for key in wanted}, wanted), f"{name}: {told}"
    assert tool == AGREEMENT or holds_no_float(reply.get("result") or {})


def holds_no_float(value: object) -> bool:
    """Say if a JSON value has no float anywhere: a mean or a share would be one."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not isinstance(value, float) and all(map(holds_no_float, inside))


def names_in(value: object) -> Iterator[str]:
    """Every name in a JSON value, however deep."""
    if isinstance(value, dict):
        yield from chain(value, *map(names_in, value.values()))
    elif isinstance(value, list):
        yield from chain(*map(names_in, value))


def test_no_result_names_a_total_a_mean_a_coordinate_or_a_share() -> None:
    results = [json.loads(handle(text)).get("result") for tool, _, text, _ in ROWS if tool != AGREEMENT]
    found = set(chain(*map(names_in, filter(None, results))))
    assert found.isdisjoint({"sum", "total", "mean", "average", "score", "percent", "percentage", "share", "x", "y", "points"}), found


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_has_rows_enough(tool: str) -> None:
    rows = cases.rows(f"tools/{tool}.yml")
    assert len(rows) >= (15 if tool in UNSCORED else 40)
    assert len({row["name"] for row in rows}) == len(rows)
    assert {path.stem for path in (cases.FOLDER / "tools").glob("*.yml")} == {*TOOLS}


def test_the_rows_of_the_care_picture_show_every_prompt_status_and_direction() -> None:
    wanted = [tool_cases.wanted(tool, row) for tool, _, _, row in ROWS if tool == "care-picture"]
    assert {row["prompt"] for row in wanted if "prompt" in row} == {"a", "b", "c", "d", "nothing"}
    assert {words.split()[0] for row in wanted for words in row.get("change", ())} == {"worse", "better", "mixed", "same", "left_out"}
    statuses = {words.split()[0] for row in wanted for words in row.get("says", ())}
    assert statuses == {"graded", "at_least", "not_enough_known", "not_known", "does_not_apply"}


PASTED = cases.rows("pasting.yml")


@pytest.mark.parametrize("row", PASTED, ids=[row["name"] for row in PASTED])
def test_pasted_text(row: dict[str, Any]) -> None:
    words: dict[str, dict[str, list[str]]] = {}
    for said, choice in WRITTEN.items():
        for column in ("need", "kind", "effect", "source", "importance", "outcome"):
            words.setdefault(column, {}).setdefault(choice, []).append(said)
    text = "\n".join(map(_tabbed, row["text"]))
    message = {"task": "paste", "definition": tool_cases.DEFINITIONS[row["tool"]], "text": text, "words": words}
    reply = json.loads(handle(json.dumps(message)))
    if "refused" in row:
        assert (reply["ok"], reply["problem"]["key"]) == (False, row["refused"])
        return
    columns = {"pattern-finder": "date need kind effect source", "was-not-brought": "date importance outcome"}[row["tool"]].split()
    assert [" ".join("".join(found.get(name, ["_"])) for name in columns) for found in reply["rows"]] == row["rows"]
    assert [" ".join(map(str, filter(None, problem.values()))) for problem in map(_in_order, reply["problems"])] == row["problems"]
    assert reply["dropped"] == row["dropped"]
    lines = reply["rest"].split("\n")[1:] if reply["rest"] else []
    assert lines == list(map(_tabbed, row["left"]))
    assert "secret" not in json.dumps(reply)


def _tabbed(line: str) -> str:
    return re.sub(r" ?\| ?", "\t", line)


def _in_order(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: problem[name] for name in ("row", "column", "key", "found")}


def _changed(tool: str, **changes: object) -> dict[str, Any]:
    return copy.deepcopy(tool_cases.DEFINITIONS[tool]) | changes


def _without(tool: str, key: str, *ids: str) -> dict[str, Any]:
    definition = _changed(tool)
    definition[key] = [row for row in definition[key] if row["id"] not in ids]
    return definition


def _lines(count: int, **more: object) -> list[dict[str, object]]:
    return [{"id": f"i{place}", "key": 1} | more for place in range(count)]


REFUSED = {
    "a weaker coverage": _changed("care-picture", cut_offs={"coverage": 0.5}),
    "a coverage past all": _changed("care-picture", cut_offs={"coverage": 1.5}),
    "a serious item nobody can reach": _changed("care-picture", cut_offs={"serious_item": 4}),
    "a serious item of nothing": _changed("care-picture", cut_offs={"serious_item": 0}),
    "a weaker high area": _changed("care-picture", cut_offs={"high_area": 3}),
    "a weaker count of areas": _changed("care-picture", cut_offs={"several_areas": 4}),
    "half an area": _changed("care-picture", cut_offs={"several_areas": 2.5}),
    "cut-offs in a list": _changed("care-picture", cut_offs=[0.75]),
    "no vulnerable age": _changed("care-picture", vulnerable_ages=[]),
    "a vulnerable age left out": _changed("care-picture", vulnerable_ages=["unborn"]),
    "a vulnerable age that is no age": _changed("care-picture", vulnerable_ages=["unborn", "under-2", "adult"]),
    "no areas": _changed("care-picture", areas=[]),
    "an area without items": _changed("care-picture", areas=[{"id": "food", "items": []}]),
    "an item twice": _changed("care-picture", areas=[{"id": "a", "items": [{"id": "x"}]}, {"id": "b", "items": [{"id": "x"}]}]),
    "an item named age": _changed("care-picture", areas=[{"id": "a", "items": [{"id": "age"}]}]),
    "an item named as the tick": _changed("care-picture", areas=[{"id": "a", "items": [{"id": "cannot-tell"}]}]),
    "more 2s before it is widespread": _changed("home-check", cut_offs={"widespread": 4}),
    "more that may be unseen": _changed("home-check", cut_offs={"unseen": 0.5}),
    "a hazard and a condition of one name": _changed("home-check", conditions=[{"id": "h1"}]),
    "a hazard for a stage there is not": _changed("home-check", hazards=[{"id": "h1", "stages": ["adult"]}]),
    "too few statements": _changed("resilience-matrix", child=[{"id": "one"}]),
    "a statement on both sides": _changed("resilience-matrix", environment=tool_cases.DEFINITIONS["resilience-matrix"]["child"]),
    "people without the child": _without("where-are-we-now", "people", "child"),
    "kinds without the concern": _without("pattern-finder", "kinds", "concern"),
    "sources without the child": _without("pattern-finder", "sources", "child"),
    "a shorter year": _changed("pattern-finder", windows={"days": 183}),
    "more before it repeats": _changed("pattern-finder", windows={"repeating": 4}),
    "more needs before it spreads": _changed("pattern-finder", windows={"spreading": 4}),
    "more cycles before it slips back": _changed("pattern-finder", windows={"cycles": 3}),
    "a shorter time to slip back in": _changed("pattern-finder", windows={"relapse": 100}),
    "a longer silence": _changed("pattern-finder", windows={"gap": 365}),
    "more missed before it is said": _changed("was-not-brought", windows={"missed": 4}),
    "a higher share of sessions": _changed("was-not-brought", windows={"persistent": 0.2}),
    "no critical appointments": _without("was-not-brought", "importance", "critical"),
    "fewer weeks until it is kept up": _changed("is-it-changing", weeks=6),
    "a barrier of ours left out": _without("is-it-changing", "barriers", "delay"),
    "fear left out of the barriers": _without("is-it-changing", "barriers", "control"),
    "a scene of nine lines": _changed("grade-together", vignettes=[{"id": "scene", "items": _lines(9)}]),
    "a scene without a key": _changed("grade-together", vignettes=[{"id": "scene", "items": _lines(10, key=None)}]),
    "a date left out": _without("check-for-drift", "dates", "alone"),
    "longer without a change": _changed("check-for-drift", cut_offs={"change_days": 365}),
    "more restarts": _changed("check-for-drift", cut_offs={"restarts": 3}),
    "no blocks": _changed("childs-day", blocks=[]),
    "a question without its words": _changed("say-the-concern", prompts=[{"id": "one"}]),
    "no parts": _changed("in-place", parts=[]),
}


@pytest.mark.parametrize("definition", REFUSED.values(), ids=REFUSED)
def test_a_tool_that_cannot_be_used_is_refused(definition: dict[str, object]) -> None:
    reply = json.loads(handle(json.dumps({"task": "score", "definition": definition, "responses": {}})))
    assert (reply["ok"], reply["problem"]["key"]) == (False, "bad_definition")


STRICTER = [
    _changed("care-picture", cut_offs={"coverage": 1, "serious_item": 2, "high_area": 1, "several_areas": 1}),
    _changed("home-check", cut_offs={"widespread": 2, "unseen": 0.1}),
    _changed("pattern-finder", windows={"days": 730, "repeating": 2, "spreading": 2, "relapse": 365, "cycles": 1, "gap": 90}),
    _changed("was-not-brought", windows={"days": 730, "missed": 2, "moved": 2, "persistent": 0.05, "severe": 0.3}),
    _changed("is-it-changing", weeks=26),
    _changed("check-for-drift", cut_offs={"change_days": 90, "restarts": 1}),
]


@pytest.mark.parametrize("definition", STRICTER, ids=[definition["id"] for definition in STRICTER])
def test_a_stricter_cut_off_may_be_set(definition: dict[str, Any]) -> None:
    TOOLS[definition["rule"]].read(definition)


def test_a_tool_without_cut_offs_has_the_usual_ones() -> None:
    bare = {key: value for key, value in tool_cases.CARE_PICTURE.items() if key != "cut_offs"}
    assert care_picture.read(bare) == care_picture.read(tool_cases.CARE_PICTURE)


def test_a_form_may_hold_only_what_it_offers() -> None:
    for tool, definition in tool_cases.DEFINITIONS.items():
        whole = definition | {"vignettes": [{"id": "scene", "items": _lines(10)}]} if tool == AGREEMENT else definition
        message = {"task": "score", "definition": whole, "responses": {"no-such-field": ["x"]}}
        reply = json.loads(handle(json.dumps(message)))
        assert (reply["ok"], reply.get("problem", {}).get("key")) == (False, "bad_responses"), tool
    assert Given({}).one("age") == ""
