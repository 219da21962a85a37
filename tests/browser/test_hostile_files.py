"""Files that somebody opens by mistake or by malice: binary, cut off, huge, in other encodings, a folder. Nothing typed is lost by them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import sheets
from tests.browser.conftest import Open
from tests.browser.kept import LEARNING, attempt, kept, open_at
from tests.browser.mutations import texts
from tests.browser.sheets import open_tool

PROFILE = "/partnership/data-profile/"
REPORT = "/partnership/training-report/"
SEED = 20261129
BINARY = bytes(range(256)) * 40
HUGE = 50_000_000
TOO_DEEP = b'{"attempts":' + b"[" * 200_000
RECORD = kept({}, [attempt("check", 2, 0.9, passed=True)])
ROWS = "indicator,quarter,count,denominator,area\nearly-help-neglect,2025-Q1,12,40,{}\n"
OPEN = """async ([texts, tool]) => {
  const {open} = await import('/assets/javascripts/sheet.mjs');
  const root = document.querySelector('[data-quiz]');
  const states = {};
  for (const text of texts) {
    const {state, sheet} = await open(root, new File([text], 'saved.json'));
    (states[state] ??= []).push(sheet);
    if (state !== 'opened' && state !== 'older' && Object.keys(sheet.responses).length) throw new Error(`${state}, yet it holds something`);
  }
  return [Object.keys(states), Object.keys(Object.prototype), typeof pwned];
}"""
TOUCH = "document.querySelector('[data-quiz] form [name]').dispatchEvent(new Event('change', {bubbles: true}))"
DROP_A_FOLDER = """() => {
  const folder = Object.assign(new File([], 'folder'), {});
  const refuse = () => Promise.reject(new DOMException('a folder', 'NotFoundError'));
  for (const name of ['text', 'arrayBuffer']) Object.defineProperty(folder, name, {value: refuse});
  const place = document.querySelector('[data-drop]');
  const drop = new Event('drop', {bubbles: true, cancelable: true});
  Object.defineProperty(drop, 'dataTransfer', {value: {files: [folder]}});
  place.dispatchEvent(drop);
}"""


def _choose(page: Page, selector: str, content: bytes, name: str = "a.json") -> None:
    page.locator(selector).set_input_files([{"name": name, "mimeType": "", "buffer": content}])


def _big(folder: Path, content: str) -> Path:
    file = folder / "big.json"
    file.write_text(content + " " * HUGE, "utf-8")
    return file


def test_spoilt_sheets_are_read_or_refused(open_page: Open) -> None:
    page = open_tool(open_page, "pattern-finder")
    valid = json.loads(sheets.saved(page, "pattern-finder", sheets.example("pattern-finder")))
    states, polluted, pwned = page.evaluate(OPEN, [list(texts(valid, SEED, 200)), "pattern-finder"])
    assert {"damaged", "older", "other"} <= set(states) <= {"opened", "older", "damaged", "newer", "other"}
    assert (polluted, pwned) == ([], "undefined")


def test_sheets_in_other_encodings_too_many_rows_and_days_that_are_none(open_page: Open, tmp_path: Path) -> None:
    page = open_tool(open_page, "is-it-changing")
    sheet = sheets.example("is-it-changing")
    text = sheets.saved(page, "is-it-changing", sheet)
    many = sheets.saved(page, "is-it-changing", sheet | {"rows": sheet["rows"] * 20})
    for content, state in (
        (BINARY, "damaged"),
        (sheets.saved(page, "is-it-changing", sheet, made="2026-02-31").encode(), "damaged"),
        (_big(tmp_path, text), "damaged"),
        (text.encode("utf-8-sig"), "opened"),
        (text.encode("utf-16"), "replace"),
        (many.encode(), "replace"),
    ):
        if state == "replace":
            page.evaluate(TOUCH)
        if isinstance(content, Path):
            page.locator("[data-open-file]").set_input_files(content)
        else:
            _choose(page, "[data-open-file]", content)
        expect(page.locator("[data-opened]")).to_be_focused()
        expect(page.locator("[data-opened-state]:visible")).to_have_attribute("data-opened-state", state)
    page.get_by_role("button", name="Open the file in its place").click()
    expect(page.locator('[data-opened-state="opened"]')).to_be_visible()


def test_training_from_elsewhere(open_page: Open, tmp_path: Path) -> None:
    page = open_at(open_page, LEARNING, RECORD)
    expect(page.locator(".learning__module")).to_have_count(1, timeout=60_000)
    twice = json.loads(RECORD)
    good: dict[str, Any] = twice["attempts"][0]
    twice["attempts"] = [good, good | {"score": "high"}, good]
    for content, said in (
        (BINARY, "does not hold training"),
        (TOO_DEEP, "does not hold training"),
        (b'{"schema": 1, "attempts": [' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"]}", "does not hold training"),
        (_big(tmp_path, RECORD), "does not hold training"),
        (json.dumps(twice).encode("utf-16"), "1 attempts could be read, and these could not"),
        (RECORD.encode("utf-8-sig"), "It held 1 attempts"),
    ):
        if isinstance(content, Path):
            page.locator("[data-open-file]").set_input_files(content)
        else:
            _choose(page, "[data-open-file]", content)
        expect(page.locator("[data-opened]")).to_be_focused(timeout=30_000)
        expect(page.locator("[data-opened]")).to_contain_text(said)
        expect(page.locator("[data-trouble]")).to_be_hidden()
        expect(page.locator(".learning__module")).to_have_count(1)
        page.evaluate("document.activeElement.blur()")


def test_records_for_a_report_that_are_none(open_page: Open, tmp_path: Path) -> None:
    page = open_page(REPORT)
    contents = {
        "binary": BINARY,
        "deep": TOO_DEEP,
        "empty": b"",
        "utf-16": RECORD.encode("utf-16"),
        "bom": RECORD.encode("utf-8-sig"),
    }
    spoilt = {
        f"spoilt-{at}": text.encode("utf-8", "replace") for at, text in enumerate(texts(json.loads(RECORD), SEED, 120))
    }
    files = [
        {"name": f"{name}.json", "mimeType": "", "buffer": content} for name, content in (contents | spoilt).items()
    ]
    page.locator("[data-files]").set_input_files(files)  # type: ignore[arg-type]
    expect(page.locator("[data-report-heading]")).to_be_focused(timeout=60_000)
    page.locator("[data-files]").set_input_files(_big(tmp_path, RECORD))
    expect(page.locator('details[data-has="left-out"]')).to_contain_text("big.json", timeout=60_000)
    page.evaluate(DROP_A_FOLDER)
    expect(page.locator('details[data-has="left-out"]')).to_contain_text("folder", timeout=60_000)
    left_out = page.locator("[data-left-out] li")
    for name in ("binary", "deep", "empty"):
        expect(left_out.filter(has_text=f"{name}.json")).to_contain_text("it is damaged")
    expect(page.locator("[data-trouble]")).to_be_hidden()
    assert page.evaluate("typeof pwned") == "undefined"


def test_counts_from_a_spreadsheet_in_any_encoding_and_files_that_are_none(open_page: Open, tmp_path: Path) -> None:
    page = open_page(PROFILE, quiet=False)
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    told, box = page.locator("[data-told]"), page.locator("#counts")
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        _choose(page, "[data-open-file]", ROWS.format("Côte").encode(encoding), "counts.csv")
        expect(told).to_contain_text("1 row was read", timeout=60_000)
        expect(box).to_have_value(ROWS.format("Côte"))
    for content, said in (
        (BINARY, "cannot be read"),
        (_big(tmp_path, ROWS), "cannot be read"),
        (b"", "nothing to read"),
        (b"a,b\n" * 200, "has to name the columns"),
        (b"x" * 2_000_000, "too much at once"),
        (ROWS.encode() + b"early-help-neglect,2025-Q2,1\n" * 9_000, "too much at once"),
    ):
        if isinstance(content, Path):
            page.locator("[data-open-file]").set_input_files(content)
        else:
            _choose(page, "[data-open-file]", content, "counts.csv")
        expect(told).to_contain_text(said, timeout=30_000)
        expect(told).to_be_focused()
        expect(box).to_have_value(ROWS.format("Côte"))
