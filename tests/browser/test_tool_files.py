"""A tool's sheet as a file: what is opened again, what is refused and why, and what is set beside an earlier time."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import sheets
from tests.browser.conftest import Open
from tests.browser.exercise import go_to
from tests.browser.sheets import assert_fine, choose_file, open_tool


def test_files_that_are_not_for_this_tool_change_nothing(open_page: Open) -> None:
    page = open_tool(open_page, "home-check", quiet=False)
    sheet = sheets.example("home-check")
    stage = sheet["responses"]["stage"][0]
    page.locator(f"#stage-{stage}").check()
    for state, file in (
        ("other", sheets.saved(page, "home-check", sheet, tool="care-picture")),
        ("newer", sheets.saved(page, "home-check", sheet, schema=2)),
        ("damaged", sheets.saved(page, "home-check", sheet)[:-40]),
        ("damaged", sheets.saved(page, "home-check", sheet, responses=["stage"])),
        ("damaged", sheets.saved(page, "home-check", sheet, made="yesterday")),
        ("damaged", '{"kind": "something else"}'),
        ("damaged", ""),
    ):
        choose_file(page, file)
        expect(page.locator("[data-opened]")).to_be_focused()
        expect(page.locator("[data-opened-state]:visible")).to_have_attribute("data-opened-state", state)
        expect(page.locator(f"#stage-{stage}")).to_be_checked()
    assert_fine(page, "a file that cannot be read")


def test_a_file_of_an_older_version_keeps_what_still_fits_and_counts_the_rest(open_page: Open) -> None:
    page = open_tool(open_page, "home-check", quiet=False)
    sheet = sheets.example("home-check")
    sheet["responses"] |= {"an-old-item": ["2"], "stage": ["a-stage-there-is-no-more"]}
    choose_file(page, sheets.saved(page, "home-check", sheet, version="0000000000"))
    expect(page.locator('[data-opened-state="older"]')).to_contain_text("left out: 2")
    go_to(page, "check").get_by_role("button", name="See the result").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("Choose the child’s stage", timeout=30_000)


def test_opening_a_file_over_what_is_filled_in_asks_first(open_page: Open) -> None:
    page = open_tool(open_page, "childs-day", quiet=False)
    blocks = list(sheets.example("childs-day")["responses"])
    page.locator(f"#{blocks[0]}-guess").check()
    choose_file(page, sheets.saved(page, "childs-day", sheets.example("childs-day")))
    expect(page.locator('[data-opened-state="replace"]')).to_be_visible()
    expect(page.locator(f"#{blocks[0]}-guess")).to_be_checked()
    page.get_by_role("button", name="Open the file in its place").click()
    expect(page.locator('[data-opened-state="opened"]')).to_be_visible()
    expect(page.locator(f"#{blocks[0]}-told")).to_be_checked()


def test_more_earlier_ones_than_can_be_set_side_by_side_are_told_so(open_page: Open) -> None:
    page = open_tool(open_page, "care-picture", quiet=False)
    now = sheets.example("care-picture")
    sheets.put_in(page, "care-picture", now)
    sheets.see_result(page)
    files = [
        {"name": f"{month}.json", "mimeType": "", "buffer": sheets.saved(page, "care-picture", now, made=f"2025-{month:02}-01").encode()}
        for month in range(1, 13)
    ]
    page.locator("[data-earlier-file]").set_input_files(files)  # type: ignore[arg-type]
    expect(page.locator("[data-earlier]")).to_be_focused(timeout=30_000)
    expect(page.locator("[data-earlier-state]:visible")).to_contain_text("too many to set side by side. Choose at most 11 files")
    expect(page.locator("[data-trouble]")).to_be_hidden()
    page.locator("[data-earlier-file]").set_input_files(files[:11])  # type: ignore[arg-type]
    expect(page.locator("[data-compared]")).to_be_focused(timeout=30_000)
    expect(page.locator("[data-earlier]")).to_be_hidden()


def test_beside_an_earlier_one_each_area_says_which_way_it_went(open_page: Open) -> None:
    page = open_tool(open_page, "care-picture", quiet=False)
    now = sheets.example("care-picture")
    items = [name for name in now["responses"] if name not in ("age", "cannot-tell")]
    before = {"responses": now["responses"] | {key: ["0"] for key in items}, "rows": []}
    sheets.put_in(page, "care-picture", now)
    sheets.see_result(page)
    choose_file(page, sheets.saved(page, "care-picture", before, made="2025-06-01"), earlier=True)
    compared = page.locator("[data-compared]")
    expect(compared).to_be_focused(timeout=30_000)
    assert compared.locator("[data-key$=':worse']:visible").count() == 7
    expect(compared.locator("table")).to_contain_text("1 June 2025")
    expect(compared.locator("svg")).to_be_visible()
    unanswered = {"responses": {"age": ["5-10"]}, "rows": []}
    choose_file(page, sheets.saved(page, "care-picture", unanswered), earlier=True)
    expect(page.locator('[data-earlier-state="incomplete"]')).to_be_visible(timeout=30_000)
    expect(compared).to_be_hidden()
    choose_file(page, sheets.saved(page, "care-picture", before, tool="home-check"), earlier=True)
    expect(page.locator('[data-earlier-state="other"]')).to_be_visible()
