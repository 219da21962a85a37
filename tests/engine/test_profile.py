"""Every row of `cases/profile.yml`: quarters, the rules of a run chart, a year's change, and what is read and said of a text of counts."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from engine import change, handle, quarters, runs, spreadsheet
from tests import cases

CASES: dict[str, list[dict[str, Any]]] = yaml.load((cases.FOLDER / "profile.yml").read_text("utf-8"), cases.Loader)
INDICATORS = [
    {"id": "plans", "unit": "count", "names": ["New plans"]},
    {"id": "repeats", "unit": "share", "share_of": "plans", "names": ["Repeat plans"]},
]
FIRST = 2022 * quarters.YEAR


@pytest.mark.parametrize("row", CASES["quarters"], ids=lambda row: row["text"])
def test_a_period_is_read(row: dict[str, Any]) -> None:
    found = quarters.parse(row["text"])
    assert (found and quarters.name(found)) == row["quarter"]
    if found and "from" in row:
        assert (quarters.first_day(found).isoformat(), quarters.last_day(found).isoformat()) == (row["from"], row["to"])


@given(st.integers(1990 * 4, 2098 * 4))
def test_quarters_follow_each_other_without_a_gap(quarter: int) -> None:
    assert quarters.parse(quarters.name(quarter)) == quarter
    assert quarters.parse(quarters.last_day(quarter).isoformat()) == quarter
    assert (quarters.first_day(quarter + 1) - quarters.last_day(quarter)).days == 1


@pytest.mark.parametrize("row", CASES["runs"], ids=lambda row: row["name"])
def test_the_rules_of_a_run_chart(row: dict[str, Any]) -> None:
    found = runs.find(row["values"])
    if found is None:
        assert "run" in row, "there is no run chart"
        return
    assert found.median == row["median"]
    assert [f"{one.kind} {one.way} {one.first}-{one.last} of {one.points}" for one in found.signals] == row["signals"]


@given(st.lists(st.integers(0, 9), min_size=10, max_size=40))
def test_a_run_chart_upside_down_has_the_same_signals_the_other_way(values: list[int]) -> None:
    there, back = runs.find(values), runs.find([-value for value in values])
    assert there
    assert back
    ways = {"above": "below", "below": "above", "up": "down", "down": "up"}
    assert [(one.kind, ways[one.way], one.first, one.last) for one in there.signals] == [
        (one.kind, one.way, one.first, one.last) for one in back.signals
    ]


@pytest.mark.parametrize("row", CASES["changes"], ids=lambda row: row["name"])
def test_a_change_over_a_year(row: dict[str, Any]) -> None:
    found = change.of_counts(*row["counts"]) if "counts" in row else change.of_shares(*row["shares"])
    rounded = {name: value if value is None or isinstance(value, str) else round(value, 3) for name, value in asdict(found).items()}
    assert cases.same(rounded, {"key": row["key"], **{name: row.get(name) for name in ("ratio", "low", "high")}})


@pytest.mark.parametrize("row", CASES["texts"], ids=lambda row: row["name"])
def test_a_text_of_counts(row: dict[str, Any]) -> None:
    reply = _ask(_text(row))
    if "refused" in row:
        assert (reply["ok"], reply["problem"]["key"]) == (False, row["refused"])
        return
    problems = [" ".join(str(one[key]) for key in ("line", "column", "key", "found") if one[key]) for one in reply["problems"]]
    assert len(problems) == row["problems_count"] if "problems_count" in row else problems == row.get("problems", [])
    assert reply["dropped"] == row.get("dropped", [])
    assert "secret" not in json.dumps(reply)
    for name, wanted in row.get("says", {}).items():
        said = list(map(_said, reply["indicators"][name]))
        keys = [line.split()[0] for line in said]  # a line of a case may be a key alone
        assert not [line for line in wanted if line not in (said if " " in line else keys)], said
    for name, keys in row.get("silent", {}).items():
        assert not {line["key"] for line in reply["indicators"].get(name, [])} & {*keys}
    for name, wanted in row.get("areas", {}).items():
        cells = [[words["text"] for words in line] for line in reply["drawings"][f"{name}:areas"]["rows"]]
        assert [" ".join(line[: len(want.split(" "))]) for line, want in zip(cells, wanted, strict=True)] == wanted
    for name, share in row.get("share", {}).items():
        assert {"key": "", "text": share, "day": ""} in reply["drawings"][name]["rows"][-1]
    assert not [start for start in row.get("saved", []) if f"\r\n{start}" not in reply["saved"]], reply["saved"]


def test_a_chart_and_its_twin_say_the_same() -> None:
    reply = _ask(_text({"series": {"plans": [1, 2, 1, 2, 1, 2, 9, "_", 9, 8, 9, 8, 9, 8, 9, 8, 9, 8]}}))
    drawing = reply["drawings"]["plans"]
    circles = [shape for shape in drawing["shapes"] if shape["shape"] == "circle"]
    assert len(circles) == 17
    assert sum("told" in shape["look"] for shape in circles) == 6, "a count under five is a ring"
    assert sum(line[-1]["key"] == "note:small" for line in drawing["rows"]) == 6
    assert [line[-1]["key"] for line in drawing["rows"]][7] == "note:missing"
    assert next(shape for shape in drawing["shapes"] if shape["look"] == "line")["at"]["d"].count("M") == 2
    assert {len(line) for line in drawing["rows"]} == {len(drawing["head"])}
    lies = [line[4]["key"] for line in drawing["rows"]]
    assert lies[:8] == [""] * 8
    assert {*lies[8:]} == {"side:above", "side:below"}


@pytest.mark.parametrize("width", [1, 280, 720, 5000])
def test_everything_drawn_lies_inside_the_drawing(width: int) -> None:
    reply = _ask(_text({"series": {"plans": [0], "repeats": ["0/0"]}}), width)
    more = _ask(_text({"series": {"plans": [7] * 40, "repeats": [f"{at}/90" for at in range(40)]}}), width)
    for drawing in (*reply["drawings"].values(), *more["drawings"].values()):
        for shape in drawing["shapes"]:
            assert all(0 <= shape["at"].get(key, 0) <= drawing["width"] for key in ("x", "x1", "x2", "cx"))
            assert all(0 <= shape["at"].get(key, 0) <= drawing["height"] for key in ("y", "y1", "y2", "cy"))


NUMBER = re.compile(r"[-+]\d+([.]\d+)?%?", re.ASCII)


@given(st.lists(st.text(max_size=12), max_size=6))
@example(["-0", "+3.5%", "-1-1", "=1"])
def test_whatever_is_written_can_be_read_again_and_is_no_formula(cells: list[str]) -> None:
    plain = [cell.replace("\r", "").replace("\n", "").replace("\0", "") for cell in cells]
    text = spreadsheet.write([["a", "b"], ["x", *plain]])
    written = [cell for cell in text.splitlines()[-1].split(",") if not NUMBER.fullmatch(cell)]
    assert not [cell for cell in written if cell.strip('" ').startswith(spreadsheet.FORMULA)] or '"' in text
    table = spreadsheet.read(text, str, ("a",), 5)
    assert table.rows[0][1]["a"] == "x"


@given(st.text(max_size=300))
def test_any_text_gets_a_reply(text: str) -> None:
    for start in ("", "indicator,period,count,area\n", "indicator\tperiod\tcount\nplans\t"):
        reply = _ask(start + text)
        assert reply["ok"] or reply["problem"]["key"] in ("no_heading", "too_long")


REFUSED = {
    "no text": {"text": None},
    "no definition": {"definition": None},
    "no indicators": {"definition": {"indicators": []}},
    "an unknown unit": {"definition": {"indicators": [INDICATORS[0] | {"unit": "rate"}]}},
    "a share of nothing known": {"definition": {"indicators": [INDICATORS[1]]}},
    "one id twice": {"definition": {"indicators": [INDICATORS[0], INDICATORS[0]]}},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_a_message_that_cannot_be_used_is_refused(changes: dict[str, Any]) -> None:
    message = {"task": "profile", "definition": {"indicators": INDICATORS}, "text": "indicator,period,count"} | changes
    reply = json.loads(handle(json.dumps(message)))
    assert not reply["ok"]
    assert reply["problem"]["key"] in ("bad_definition", "bad_responses")


def _ask(text: str, room: int = 640) -> dict[str, Any]:
    message = {"task": "profile", "definition": {"indicators": INDICATORS}, "text": text, "room": room}
    found: dict[str, Any] = json.loads(handle(json.dumps(message)))
    return found


def _text(row: dict[str, Any]) -> str:
    if "rows" in row:
        return "indicator,period,count\n" + "x,x,x\n" * int(row["rows"])
    if "long" in row:
        return "x" * int(row["long"])
    if "series" not in row:
        return "\n".join(row["text"])
    lines = ["indicator,period,count,denominator"]
    for name, values in row["series"].items():
        for at, value in enumerate(values):
            count, _, whole = str(value).partition("/")
            lines += [f"{name},{quarters.name(FIRST + at)},{count},{whole}"] if count != "_" else []
    return "\n".join(lines)


def _said(line: dict[str, Any]) -> str:
    slots = {name: words["text"] or words["day"] or words["key"] for name, words in line["slots"].items()}
    return " ".join([line["key"], *(f"{name}={slots[name]}" for name in sorted(slots))])
