"""Filling in rows and words: pasted, by keys, undone, out of sight until all are in; and a paragraph that is copied and not kept."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser import sheets
from tests.browser.conftest import Open
from tests.browser.exercise import step
from tests.browser.sheets import assert_fine, open_tool

PASTED = """Child's name\tDate\tNeed\tKind\tEffect\tSource\tNotes
A. Child\t1 March 2025\tFood and drink\tConcern\tOften goes without\tPolice\tsaid that
A. Child\t31/2/2025\tfood\tconcern\t2\tpolice\tand this
A. Child\t02/04/25\thome\timprovement\t\thousing\tand that"""


def test_rows_pasted_from_a_spreadsheet(open_page: Open) -> None:
    page = open_tool(open_page, "pattern-finder", width=320, quiet=False)
    page.get_by_text("Paste rows from a spreadsheet").click()
    box = page.locator("#paste")
    page.get_by_role("button", name="Read the rows").click()
    expect(page.locator("[data-pasted]")).to_contain_text("Nothing was read", timeout=30_000)
    box.fill(PASTED)
    page.get_by_role("button", name="Read the rows").click()
    told = page.locator("[data-pasted]")
    expect(told).to_be_focused(timeout=30_000)
    expect(told).to_contain_text("2 rows were added. Left out unseen: Child's name, Notes.")
    expect(told.locator("li")).to_have_text([re.compile("Line 3: no date under “Date” \\(found “31/2/2025”\\)")])
    expect(box).to_have_value(re.compile("31/2/2025\tfood\tconcern\t2\tpolice$"))
    assert "A. Child" not in box.input_value() and "said that" not in page.content()
    assert page.locator("[data-column=date]").evaluate_all("all => all.map(one => one.value)")[:2] == ["1/3/2025", "2/4/2025"]
    assert_fine(page, "rows pasted")
    box.fill(box.input_value().replace("31/2/2025", "28/2/2025"))
    page.get_by_role("button", name="Read the rows").click()
    expect(told).to_contain_text("1 row was added")
    expect(box).to_have_value("")


VALUES = """all => all.map((row) => Object.fromEntries(
  [...row.querySelectorAll('[data-column]')].map(({dataset, value}) => [dataset.column, value ? [value] : []])))"""


def test_as_many_rows_as_may_be_open_whole(open_page: Open) -> None:
    page = open_tool(open_page, "pattern-finder")
    sheet = sheets.example("pattern-finder")
    rows = [sheet["rows"][at % 6] | {"date": [f"{at % 28 + 1}/{at % 12 + 1}/2025"]} for at in range(500)]
    sheets.put_in(page, "pattern-finder", sheet | {"rows": rows})
    assert page.locator("[data-row]").evaluate_all(VALUES) == rows
    expect(page.locator(".row__number").last).to_have_text("Row 500")
    expect(page.locator("[data-add]")).to_be_disabled()


def test_the_table_is_filled_in_by_keys_and_every_change_can_be_undone(open_page: Open) -> None:
    page = open_tool(open_page, "pattern-finder")
    dates = page.locator("[data-column=date]")
    first = dates.first
    first.fill("1/3/2025")
    first.press("Enter")
    expect(dates.nth(1)).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Enter")
    expect(dates).to_have_count(4)
    expect(dates.nth(3)).to_be_focused()
    first.press("Control+Delete")
    expect(dates).to_have_count(3)
    expect(first).to_have_value("")
    expect(page.locator("[data-rows-status]")).to_contain_text("Row 1 is out")
    first.press("Control+z")
    expect(dates).to_have_count(4)
    expect(first).to_have_value("1/3/2025")
    page.get_by_role("button", name="Undo").click()
    expect(dates).to_have_count(3)


def test_a_number_is_out_of_sight_until_all_are_in_and_the_childs_stays_off_the_shared_screen(open_page: Open) -> None:
    page = open_tool(open_page, "where-are-we-now", quiet=False)
    row = page.locator("[data-row]")
    row.locator("[data-column=who]").select_option("child")
    row.locator("[data-column=number]").select_option("0")
    page.get_by_role("button", name="Hide this number").click()
    expect(row.locator("[data-column=known]")).to_be_focused()
    row.locator("[data-column=known]").select_option("told")
    page.get_by_role("button", name="Hide this number").click()
    expect(row.locator("[data-column=number]")).to_be_hidden()
    page.get_by_role("button", name="Add a person").click()
    second = row.nth(1)
    second.locator("[data-column=who]").select_option(index=2)
    second.locator("[data-column=number]").select_option("9")
    second.locator("[data-column=known]").select_option("seen")
    second.get_by_role("button", name="Hide this number").click()
    step(page, "start").get_by_role("button", name="Continue").click()
    expect(step(page, "alone").locator("[data-heading]")).to_be_focused(timeout=30_000)
    page.locator("#child-shown-no").check()
    result = sheets.see_result(page)
    shared = result.locator('[data-chart="people"]')
    expect(shared.locator("tbody tr")).to_have_count(1)
    expect(result.locator(':is(.flag, .prompt)[data-key="flag:act-today"]')).to_be_hidden()
    expect(result.locator(':is(.flag, .prompt)[data-key="flag:child-absent"]')).to_be_visible()
    private = result.locator("details.private")
    expect(private.locator(':is(.flag, .prompt)[data-key="private:flag:act-today"]')).to_be_hidden()
    private.locator("summary").click()
    expect(private.locator(':is(.flag, .prompt)[data-key="private:flag:act-today"]')).to_be_visible()
    page.emulate_media(media="print")
    expect(private).to_be_hidden()


def test_the_paragraph_is_put_together_copied_and_never_kept(open_page: Open) -> None:
    page = open_tool(open_page, "say-the-concern", quiet=False)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    prompts = sheets.DEFINITIONS["say-the-concern"]["prompts"]
    page.locator(f"#{prompts[0]['id']}").fill("  a bed of\nher own ")
    result = sheets.see_result(page)
    paragraph = result.locator("[data-paragraph]")
    expect(paragraph).to_have_value(f"{prompts[0]['lead']} a bed of her own.")
    assert result.locator("[data-key^='blank:']:visible").count() == len(prompts) - 1
    paragraph.fill("Changed by hand.")
    page.get_by_role("button", name="Copy").click()
    expect(result.locator('[data-copied="true"]')).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Changed by hand."
    assert page.get_by_role("button", name="Save as a file").count() == page.locator("[data-open-file]").count() == 0
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    page.context.clear_permissions()
