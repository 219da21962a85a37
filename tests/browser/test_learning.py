"""My learning: what is done and due, what was sure and wrong, dates for a calendar, and a file that takes it elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import answering, axe
from tests.browser.answering import result
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE, MODULE_PAGE
from tests.browser.kept import KEPT, LEARNING, attempt, count, kept, open_at, save


@pytest.fixture
def revisions(site: Path) -> dict[str, str]:
    """The revision of each question of the module, as My learning knows them."""
    text = (site / "training/my-learning/index.html").read_text("utf-8")
    catalogue = json.loads(text.partition("data-catalogue>")[2].partition("</script>")[0])
    found: dict[str, str] = catalogue[MODULE["id"]]["questions"]
    return found


def test_my_learning_shows_what_is_due_and_what_was_sure_and_wrong(open_page: Open, revisions: dict[str, str]) -> None:
    attempts = [
        attempt("before", 60, 0.4),
        attempt("after", 50, 0.8, rip_01=("sure", 0.0), rip_02=("think", 0.0), rip_03=("guess", 0.0)),
        attempt("check", 40, 0.9, passed=True, rip_04=("sure", 1.0)),
        attempt("practice", 3, 0.5, rip_05=("sure", 0.0)),
    ]
    for dark, width in ((True, 320), (False, 1280)):
        page = open_at(open_page, LEARNING, kept(revisions, attempts), dark=dark, width=width)
        expect(page.locator('[data-has="due"] li')).to_contain_text("look back after 6 to 8 weeks", timeout=30_000)
        expect(page.locator('[data-has="again"] li')).to_have_count(1)
        expect(page.locator('[data-has="again"] a')).to_have_attribute("href", f"../../training/{MODULE['id']}/#rip-01")
        expect(page.locator('[data-has="again-later"] li')).to_have_count(1)
        row = page.locator(".learning__module")
        expect(row).to_contain_text("Passed on 19 October 2026 with 90%")
        expect(row).to_contain_text("Changed since you passed")
        expect(row).to_contain_text("40% before, 80% after")
        expect(page.locator('[data-shared="wait-for-the-pattern"]')).to_contain_text("5 of your answers share one idea")
        expect(page.locator('[data-chart="calibration"] tbody tr')).to_have_count(3)
        axe.assert_none(page, f"My learning, {width}")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.locator('[data-has="again"] a').click()
    expect(page.locator('[data-question="rip-01"] [data-heading]')).to_be_visible()


def test_the_module_says_what_has_changed_and_what_is_due(open_page: Open, revisions: dict[str, str]) -> None:
    attempts = [attempt("before", 60, 0.4), attempt("after", 50, 0.8), attempt("check", 40, 0.9, passed=True)]
    page = open_at(open_page, MODULE_PAGE, kept(revisions, attempts))
    expect(page.locator('[data-said="changed"]')).to_contain_text("You passed this module on 19 October 2026")
    expect(page.locator('[data-when="before"]')).to_be_hidden()
    expect(page.locator('[data-when="follow-up-1"]')).to_be_visible()
    expect(page.locator('[data-when="follow-up-2"]')).to_be_hidden()
    page.locator('[data-way="follow_up"][data-part="1"]').click()
    answering.answer_form(page)
    end = result(page)
    expect(end.get_by_role("status")).to_contain_text("40% on 29 September 2026, 80% on 9 October 2026, 100% on 28 November 2026")


def test_dates_go_into_a_calendar(open_page: Open, revisions: dict[str, str]) -> None:
    page = open_at(open_page, LEARNING, kept(revisions, [attempt("after", 0, 0.8)]))
    button = page.locator("[data-calendar]")
    expect(button).to_be_visible(timeout=30_000)
    with page.expect_download() as caught:
        button.click()
    text = Path(caught.value.path()).read_text("utf-8").replace("\r\n ", "").replace("\n ", "")
    assert caught.value.suggested_filename == "look-again.ics"
    assert text.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20270109" in text
    assert MODULE["title"].replace(",", "\\,") in text
    assert MODULE_PAGE in text


def test_a_file_takes_it_to_another_device(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    page = open_at(open_page, LEARNING, kept(revisions, [attempt("check", 2, 0.9, passed=True), attempt("practice", 1)]))
    with page.expect_download() as caught:
        page.locator("[data-download]").click()
    file = tmp_path / "training.json"
    file.write_bytes(Path(caught.value.path()).read_bytes())
    answers = [line for line in file.read_text("utf-8").splitlines() if '"revision"' in line]
    assert len(answers) == sum(len(one["answers"]) for one in json.loads(file.read_text("utf-8"))["attempts"])
    other = open_page(LEARNING, quiet=False)
    expect(other.locator("[data-none]")).to_be_visible()
    other.locator("[data-open-file]").set_input_files(file)
    expect(other.locator("[data-opened]")).to_be_focused(timeout=30_000)
    expect(other.locator("[data-opened]")).to_contain_text("It held 2 attempts")
    expect(other.locator(".learning__module")).to_contain_text("Passed on 26 November 2026")
    assert count(other) == 0
    save(other)
    assert len(other.evaluate(KEPT)["attempts"]) == 2
    other.locator("[data-open-file]").set_input_files(file)
    expect(other.locator("[data-opened]")).to_be_focused(timeout=30_000)
    assert len(other.evaluate(KEPT)["attempts"]) == 2, "the same attempts were added again"


FILES = {
    "not json": ("{", "This file does not hold training from this site"),
    "another json": ('{"a": 1}', "This file does not hold training from this site"),
    "attempts of nothing": ('{"attempts": []}', "This file does not hold training from this site"),
    "newer": ('{"schema": 7, "attempts": []}', "made by a newer version"),
    "one of two broken": ("BROKEN", "Attempt 2: “mode” must be one of"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_used_is_said_and_nothing_is_lost(
    open_page: Open, revisions: dict[str, str], case: str, tmp_path: Path
) -> None:
    text, words = FILES[case]
    if text == "BROKEN":
        good, bad = attempt("check", 2, 0.9, passed=True), attempt("exam", 1)
        text = json.dumps({"schema": 1, "attempts": [good, bad]})
    page = open_at(open_page, LEARNING, kept(revisions, [attempt("practice", 5)]))
    expect(page.locator(".learning__module")).to_have_count(1, timeout=30_000)
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    page.locator("[data-open-file]").set_input_files(file)
    said = page.locator("[data-opened]")
    expect(said).to_be_focused(timeout=30_000)
    expect(said).to_contain_text(words)
    expect(page.locator(".learning__module")).to_contain_text("Practised, last on 23 November 2026")
    axe.assert_none(page, case)
