"""The training report: its figures, its paragraph, its questions that follow and its file for a spreadsheet; nothing leaves."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import axe, paper
from tests.browser.conftest import Open, Watch
from tests.browser.exercise import MODULE
from tests.browser.reported import FIRST_TIME, REPORT, RIGHT, SINGLE, WRONG, cells_of, choose, records, write


def test_the_figures_of_thirty_three_people(open_page: Open, watch: Watch, site: Path, tmp_path: Path) -> None:
    page = open_page(REPORT)
    choose(page, records(tmp_path, site))
    expect(page.locator('[data-state="some"]').first).to_contain_text("33 people’s records are counted, with 66 attempts")
    title = MODULE["title"]
    assert cells_of(page, "modules", title) == [title, "33", "66", "0", "0", "33", "33", "0"]
    # 17 people began at 0.4 and 16 at 0.6, and all came to 0.8
    assert cells_of(page, "gains", title)[1:5] == ["straight after", "33", "50%", "80%"]
    assert cells_of(page, "gains", title)[5] == "0.60"
    page.locator(f'[data-module="{MODULE["id"]}"] summary').click()
    question = cells_of(page, "questions", "61%")
    assert question[1:4] == ["33", "61%", "44% to 75%"]
    assert question[4] == question[5] == "100.0"
    options = page.locator('[data-table="options"] tbody tr').all()
    shares = {row.locator("th").inner_text(): row.locator("td").nth(1).inner_text() for row in options}
    named = {option["id"]: option["text"] for option in SINGLE["options"]}
    assert shares[f"{named[RIGHT]} (right answer)"] == "20 of 33 (61%)"
    assert shares[named[WRONG[0]]] == shares[named[WRONG[1]]] == "hidden"
    assert not [address for address in watch.requests if "blob:" in address or "person" in address]
    assert page.evaluate("localStorage.length") == 0


HOLD = """const released = new Promise((resolve) => { globalThis.release = resolve; });
globalThis.Worker = class extends Worker {
  postMessage(message) {
    if (message.text?.startsWith('{"task":"questions"')) released.then(() => super.postMessage(message));
    else super.postMessage(message);
  }
};"""
"""What the engine is asked about questions waits until `release` is called."""


def test_the_report_can_be_read_while_its_questions_are_worked_out(open_page: Open, site: Path, tmp_path: Path) -> None:
    page = open_page(REPORT, before=HOLD)
    page.locator("[data-files]").set_input_files(records(tmp_path, site))
    expect(page.locator("[data-report-heading]")).to_be_focused(timeout=FIRST_TIME)
    expect(page.locator("[data-reading]")).to_be_hidden()
    assert cells_of(page, "modules", MODULE["title"])[1:3] == ["33", "66"]
    module, status = page.locator(f'[data-module="{MODULE["id"]}"]'), page.locator('[data-slot="worked"]')
    module.locator("summary").press("Enter")
    expect(module.locator("[data-pending]")).to_have_text("These figures are still being worked out.")
    expect(status).to_have_text("Modules worked out: 0 of 1.")
    axe.assert_none(page, "questions that are still being worked out")
    downloads: list[str] = []
    page.on("download", lambda one: downloads.append(one.suggested_filename))
    for _ in range(3):
        page.locator("[data-csv]").press("Enter")
    expect(page.locator('[data-became="later"]')).to_be_visible()
    with page.expect_download() as caught:
        page.evaluate("release()")
    assert ",33,0.606,44% to 75%," in Path(caught.value.path()).read_text("utf-8")
    expect(module.locator("[data-pending]")).to_have_count(0)
    assert cells_of(page, "questions", "61%")[1:3] == ["33", "61%"]
    expect(status).to_have_text("Open a module to see how its questions were answered.")
    expect(page.locator('[data-became="later"]')).to_be_hidden()
    assert len(downloads) == 1
    expect(page.locator("[data-csv]")).to_be_focused()


def test_files_that_are_forgotten_have_no_questions_either(open_page: Open, site: Path, tmp_path: Path) -> None:
    page = open_page(REPORT, before=HOLD)
    page.locator("[data-files]").set_input_files(records(tmp_path, site))
    expect(page.locator("[data-pending]")).to_have_count(1, timeout=FIRST_TIME)
    page.locator("[data-done] [data-clear]").click()
    page.evaluate("release()")
    expect(page.locator("[data-done]")).to_be_hidden()
    expect(page.locator("[data-modules]")).to_be_empty()
    files = records(tmp_path, site, right=6, wrong=0, few=0)
    page.locator("[data-files]").set_input_files(files)
    expect(page.locator('[data-state="some"]').first).to_contain_text("6 people’s records")


SPOIL = """globalThis.Worker = class extends Worker {
  postMessage(message) {
    const spoilt = !globalThis.spoilt && message.text?.startsWith('{"task":"questions"');
    globalThis.spoilt ||= spoilt;
    super.postMessage(spoilt ? { ...message, text: '{"task":"questions"}' } : message);
  }
};"""


NOT_WORKED = "These figures could not be worked out. Use “Try again” at the top of this page."


def test_questions_that_failed_can_be_tried_again(open_page: Open, watch: Watch, site: Path, tmp_path: Path) -> None:
    watch.expected = ("The questions must be an object",)
    page = open_page(REPORT, before=SPOIL)
    trouble = page.locator("[data-trouble]")
    files = records(tmp_path, site)
    for file in files[:10]:
        write(file, file.read_text("utf-8").replace(MODULE["id"], "children-at-greater-risk"))
    page.locator("[data-files]").set_input_files(files)
    expect(trouble).to_be_focused(timeout=FIRST_TIME)
    assert cells_of(page, "modules", MODULE["title"])[1:3] == ["23", "46"]
    assert page.locator("[data-pending]").all_text_contents() == [NOT_WORKED] * 2
    axe.assert_none(page, "questions that could not be worked out")
    page.locator("[data-csv]").press("Enter")
    expect(trouble).to_be_focused()
    page.locator("[data-retry]").press("Enter")
    expect(page.locator("[data-pending]")).to_have_count(0)
    expect(trouble).to_be_hidden()
    expect(page.locator("[data-report-heading]")).to_be_focused()
    page.locator(f'[data-module="{MODULE["id"]}"] summary').press("Enter")
    assert page.locator(f'[data-module="{MODULE["id"]}"] [data-table="questions"] tbody tr').count() == 2


def test_trouble_goes_with_the_files_that_are_forgotten(open_page: Open, watch: Watch, site: Path, tmp_path: Path) -> None:
    watch.expected = ("The questions must be an object",)
    page = open_page(REPORT, before=SPOIL)
    page.locator("[data-files]").set_input_files(records(tmp_path, site))
    expect(page.locator("[data-trouble]")).to_be_focused(timeout=FIRST_TIME)
    page.locator("[data-done] [data-clear]").click()
    expect(page.locator("[data-trouble]")).to_be_hidden()
    expect(page.locator("[data-files]")).to_be_focused()


def test_modules_that_too_few_took_have_no_questions(open_page: Open, site: Path, tmp_path: Path) -> None:
    files = records(tmp_path, site, right=6, wrong=0, few=0)
    for file in files[:3]:
        write(file, file.read_text("utf-8").replace(MODULE["id"], "children-at-greater-risk"))
    page = open_page(REPORT)
    choose(page, files)
    assert cells_of(page, "modules", MODULE["title"])[1:3] == ["fewer than 5", ""]
    expect(page.locator('[data-slot="worked"]')).to_have_text("No module was taken by at least 5 people, so there is nothing to show.")
    expect(page.locator("[data-modules]")).to_be_empty()


POISON = """document.addEventListener('readystatechange', () => {
  const place = document.querySelector('script[data-reported]');
  place.textContent = place.textContent.replace(WRITTEN, '"title":"=1+1"');
}, {once: true});"""
"""The title of the module as somebody who can edit it might write it."""


def test_the_file_for_a_spreadsheet_holds_no_formula(open_page: Open, site: Path, tmp_path: Path) -> None:
    written = json.dumps(f'"title":{json.dumps(MODULE["title"])}')
    page = open_page(REPORT, before=POISON.replace("WRITTEN", written))
    choose(page, records(tmp_path, site))
    with page.expect_download() as caught:
        page.locator("[data-csv]").click()
    assert caught.value.suggested_filename.startswith("training-report-")
    text = Path(caught.value.path()).read_text("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    assert ["People and attempts, by module"] in rows
    assert ["'=1+1", "33", "66", "0", "0", "33", "33", "0"] in rows
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+@\t" and cell]
    assert not [cell for cell in cells if cell.startswith("-") and not cell[1:].replace(".", "").isdigit()]


CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}});"


def test_the_paragraph_for_the_board_can_be_copied(open_page: Open, site: Path, tmp_path: Path) -> None:
    page = open_page(REPORT, before=CLIPBOARD)
    choose(page, records(tmp_path, site))
    page.locator("[data-take]").click()
    expect(page.locator('[data-became="copied"]')).to_be_visible()
    copied = page.evaluate("window.copied")
    assert f"The module taken by most was “{MODULE['title']}” (n = 33)." in copied
    assert "went from 50% to 80% (normalised gain 0.60" in copied
    assert "in 61% of 66 answers (n = 33)" in copied
    assert "Too few people" not in copied and "marked by people’s own devices" in copied


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_the_report_fits_and_axe_finds_nothing(open_page: Open, site: Path, tmp_path: Path, width: int, dark: bool) -> None:
    page = open_page(REPORT, width=width, dark=dark)
    choose(page, records(tmp_path, site))
    page.locator(f'[data-module="{MODULE["id"]}"] summary').click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    axe.assert_none(page, f"the report at {width} px")
    wide = page.locator(".table-scroll[data-wide]")
    if width == 320:
        assert wide.count() >= 4
        assert {region.get_attribute("tabindex") for region in wide.all()} == {"0"}
        assert all((region.get_attribute("aria-label") or "").endswith("(scrolls sideways)") for region in wide.all())
    assert page.locator('[data-table="modules"] caption').inner_text()


def test_everything_can_be_done_by_keyboard_and_printed(open_page: Open, site: Path, tmp_path: Path) -> None:
    page = open_page(REPORT, before="window.print = () => { window.printed = document.querySelector('[data-report]').dataset.printing; };")
    choose(page, records(tmp_path, site))
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("Object.keys(document.activeElement.dataset).join() || document.activeElement.tagName"))
    for name in ("clear", "take", "print", "csv", "wide", "slot"):
        assert name in reached, reached
    page.locator('[data-print="report"]').press("Enter")
    assert page.evaluate("window.printed") == "report"
    assert any(paper.squeezed("33 people’s records are counted") in side for side in paper.assert_fine(page, 5))
