"""The data profile in the browser: an example, rows with mistakes, a file, print and a saved file; and nothing is kept or sent."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, paper
from tests.browser.conftest import Open, Watch

ADDRESS = "/partnership/data-profile/"
ROWS = """Child's name,indicator,quarter,count,denominator
secret,early-help-neglect,2025-Q1,12,40
secret,early-help-neglect,2025-Q2,<5,40
secret,early help,2025-Q2,7,40
secret,cruelty-crimes,2025/26 Q1,3,
"""


def _open(open_page: Open, **how: object) -> Page:
    page = open_page(ADDRESS, quiet=False, **how)
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    return page


def _shown(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-indicator]:visible").evaluate_all("all => all.map((one) => one.dataset.indicator)")
    return found


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_the_example_has_a_chart_a_table_and_cautions_for_each_indicator(open_page: Open, width: int, dark: bool) -> None:
    page = _open(open_page, width=width, dark=dark, before="window.print = () => {};")
    assert len(_shown(page)) == 19
    button = page.get_by_role("button", name="Load an invented example")
    button.focus()
    page.keyboard.press("Enter")
    told = page.locator("[data-told]")
    expect(told).to_be_focused(timeout=60_000)
    expect(told).to_contain_text("rows were read")
    expect(page.locator("[data-invented]")).to_be_visible()
    assert _shown(page) == ["new-neglect-plans", "repeat-neglect-plans", "early-help-neglect", "neglect-convictions"]
    for name in _shown(page):
        section = page.locator(f'[data-indicator="{name}"]')
        expect(section.locator(f'[data-chart="{name}"] svg')).to_be_visible()
        expect(section.locator(f'[data-chart="{name}"] tbody tr')).to_have_count(16)
        expect(section.locator(".profile__care")).to_be_visible()
        expect(section.locator(".profile__care .cite")).to_be_visible()
        expect(section.locator('[data-lines^="run:"]:visible').first).to_be_visible()
    expect(page.locator('[data-chart="new-neglect-plans:areas"] tbody tr')).to_have_count(2)
    zero = page.locator('[data-indicator="neglect-convictions"] [data-lines="change:zero"]')
    expect(zero).to_contain_text("There is no ratio where a count is 0")
    axe.assert_none(page, f"the example, {width}")
    page.get_by_role("button", name="Print the results").click()
    paper.assert_fine(page, 7)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("#counts")).to_be_focused()
    expect(page.locator("[data-results]")).to_be_hidden()
    assert len(_shown(page)) == 19


def test_mistakes_are_told_by_line_and_the_good_rows_stay(open_page: Open, watch: Watch, tmp_path: Path) -> None:
    page = _open(open_page, width=320)
    page.get_by_role("button", name="Work it out").click()
    told = page.locator("[data-told]")
    expect(told).to_contain_text("There is nothing to read yet")
    page.locator("#counts").fill("2025-Q1,12")
    page.get_by_role("button", name="Work it out").click()
    expect(told).to_contain_text("The first line has to name the columns", timeout=60_000)
    file = tmp_path / "counts.csv"
    file.write_text(ROWS, "utf-8")
    page.locator("[data-open-file]").set_input_files(file)
    expect(told).to_contain_text("2 rows were read")
    expect(told).to_contain_text("Left out unseen: Child's name.")
    expect(told.locator("li")).to_have_text(
        [
            "Line 3: the count is hidden, and a hidden number cannot be added (found “<5”)",
            "Line 4: the indicator is none of those below (found “early help”)",
        ]
    )
    expect(page.locator("[data-invented]")).to_be_hidden()
    assert _shown(page) == ["cruelty-crimes", "early-help-neglect"]
    shown = page.locator('[data-indicator="cruelty-crimes"] tbody')
    expect(shown).to_contain_text("1 April 2025")
    expect(shown).to_contain_text("Few: take care")
    assert "secret" not in page.get_by_role("article").inner_text()
    axe.assert_none(page, "mistakes told")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert not [address for address in watch.requests if "secret" in address or ("?" in address and "?v=" not in address)]


def test_the_results_are_printed_and_saved(open_page: Open) -> None:
    page = _open(open_page, before="window.print = () => { window.printed = document.querySelector('[data-quiz]').dataset.printing; };")
    rows = "indicator,period,area,count\ncruelty-crimes,2025-Q1,=2+3,12\ncruelty-crimes,2025-Q1,South,9"
    page.locator("#counts").fill(rows)
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("[data-told]")).to_contain_text("2 rows were read", timeout=60_000)
    page.get_by_role("button", name="Print the results").click()
    assert page.evaluate("window.printed") == "result"
    page.emulate_media(media="print")
    expect(page.locator("#counts")).to_be_hidden()
    expect(page.locator('[data-indicator="cruelty-crimes"] .profile__care')).to_be_visible()
    expect(page.locator('[data-indicator="young-carers"]')).to_be_hidden()
    page.emulate_media(media="screen")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save the results").click()
    assert re.fullmatch(r"data-profile-\d{4}-\d\d-\d\d\.csv", caught.value.suggested_filename)
    text = Path(caught.value.path()).read_bytes().decode("utf-8-sig")
    saved = list(csv.DictReader(text.splitlines()))
    assert [(row["area"], row["period"], row["count"]) for row in saved] == [
        ("All areas", "2025-Q1", "21"),
        ("'=2+3", "2025-Q1", "12"),
        ("South", "2025-Q1", "9"),
    ]


def test_without_a_script_the_cautions_can_be_read(open_page: Open) -> None:
    page = open_page(ADDRESS, script=False)
    expect(page.locator("#counts")).to_be_hidden()
    expect(page.locator("[data-indicator]")).to_have_count(19)
    expect(page.locator('[data-indicator="young-carers"] .profile__care')).to_be_visible()
