"""The copy on a device, when something goes wrong: what is said, what is left, and the way by keyboard."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser import axe, exercise
from tests.browser.conftest import OFFLINE, Open
from tests.browser.copies import DEVICE, LONG, NEW, NOTHING, PAGE, SEEN, Host, device, keep, search, state
from tests.browser.server import CORRUPT, MISSING, SILENT

SPOILT = (*OFFLINE, "Failed to load resource: the server responded with a status of 404")
EMPTY = f"async () => JSON.stringify(await ({DEVICE})()) === {json.dumps(json.dumps(NOTHING, separators=(',', ':')))}"


@pytest.mark.parametrize("fault", [CORRUPT, MISSING])
def test_an_update_that_fails_on_the_way_leaves_the_old_copy_whole(open_hosted: Open, host: Host, fault: str) -> None:
    page = open_hosted(expected=SPOILT)
    keep(page)
    before = device(page)
    page.goto(PAGE)
    host.publish(**NEW)
    with host.server.faulty("/finding.mjs", fault):
        page.locator("[data-copy-keep]:visible").click()
        expect(page.locator("[data-copy-problem]")).to_be_focused(timeout=LONG)
    expect(page.locator('[data-cause="changed"]')).to_be_visible()
    expect(state(page, "kept")).to_be_visible()
    axe.assert_none(page, "an update failed")
    assert device(page) == before
    host.down()
    page.goto("/guidance/")
    search(page)
    assert page.evaluate(SEEN) is None


FULL = """let puts = 0; const {Cache: {prototype = {}} = {}} = globalThis; const put = prototype.put;
prototype.put = function (...all) {
  return ++puts > 20 ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : put.apply(this, all);
};"""
LOST = """let asked = 0; const ask = globalThis.fetch;
globalThis.fetch = (...all) => (++asked > 20 ? Promise.reject(new TypeError('Failed to fetch')) : ask(...all));"""
REFUSED = """(globalThis.ServiceWorkerContainer ?? Window).prototype.register =
  () => Promise.reject(new DOMException('no', 'SecurityError'));"""
TROUBLES = {"full": FULL, "network": LOST, "refused": REFUSED}


@pytest.mark.parametrize("cause", TROUBLES)
def test_what_goes_wrong_is_said_and_leaves_nothing(open_hosted: Open, cause: str) -> None:
    page = open_hosted(before=TROUBLES[cause], width=320)
    page.locator("[data-copy-keep]:visible").click()
    expect(page.locator("[data-copy-problem]")).to_be_focused(timeout=LONG)
    expect(page.locator("[data-cause]:visible")).to_have_attribute("data-cause", cause)
    expect(state(page, "none")).to_be_visible()
    axe.assert_none(page, cause)
    assert device(page) == NOTHING


def test_a_site_without_a_list_says_so(open_hosted: Open, host: Host) -> None:
    page = open_hosted(expected=SPOILT)
    with host.server.faulty("/copy.json", MISSING):
        page.locator("[data-copy-keep]:visible").click()
        expect(page.locator('[data-cause="absent"]')).to_be_visible()
    assert device(page) == NOTHING


NOT_ABLE = {
    "unsupported": "delete Navigator.prototype.serviceWorker;",
    "insecure": "Object.defineProperty(globalThis, 'isSecureContext', {value: false});",
}


@pytest.mark.parametrize("cause", NOT_ABLE)
def test_where_no_copy_can_be_kept_there_is_no_button(open_hosted: Open, cause: str) -> None:
    page = open_hosted(before=NOT_ABLE[cause], width=320)
    expect(page.locator("[data-cause]:visible")).to_have_attribute("data-cause", cause)
    expect(page.locator("[data-copy-keep]:visible")).to_have_count(0)
    axe.assert_none(page, cause)


def test_without_scripts_it_says_what_to_do_instead(open_hosted: Open) -> None:
    page = open_hosted(script=False)
    expect(page.get_by_text("The button needs JavaScript")).to_be_visible()
    expect(page.locator("[data-copy-keep]:visible")).to_have_count(0)


def test_it_can_be_stopped_and_a_second_tab_waits_its_turn(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
    other = page.context.new_page()
    other.goto(PAGE)
    with host.server.faulty("/view-tool.mjs", SILENT):
        page.locator("[data-copy-keep]:visible").click()
        expect(state(page, "working").locator("[data-copy-words]")).to_be_focused()
        expect(page.locator("[data-copy-aloud]")).to_contain_text("% fetched", timeout=LONG)
        axe.assert_none(page, "on the way")
        other.locator("[data-copy-keep]:visible").click()
        expect(other.locator('[data-cause="busy"]')).to_be_visible()
        page.locator("[data-copy-stop]").click()
        expect(page.locator('[data-cause="stopped"]')).to_be_visible()
    assert device(page) == NOTHING


def test_a_page_closed_on_the_way_leaves_nothing_for_long(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
    with host.server.faulty("/view-tool.mjs", SILENT):
        page.locator("[data-copy-keep]:visible").click()
        expect(page.locator("[data-copy-aloud]")).to_contain_text("% fetched", timeout=LONG)
        other = page.context.new_page()
        page.close()
    other.goto("/guidance/")
    other.wait_for_function(EMPTY)


def test_by_keyboard_on_a_small_screen(open_hosted: Open, host: Host) -> None:
    page = open_hosted(width=320)
    expect(state(page, "none")).to_be_visible()
    exercise.tab_to(page, "[data-copy-keep]", most=200)
    page.keyboard.press("Enter")
    expect(state(page, "kept").locator("[data-copy-words]")).to_be_focused(timeout=LONG)
    exercise.tab_to(page, "[data-copy-keep]", most=1)
    page.keyboard.press("Enter")
    expect(state(page, "kept").locator("[data-copy-words]")).to_be_focused(timeout=LONG)
    exercise.tab_to(page, "[data-copy-remove]", most=2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Enter")
    expect(state(page, "gone").locator("[data-copy-words]")).to_be_focused()
    assert device(page) == NOTHING


def test_delete_everything_removes_the_copy_too(open_hosted: Open) -> None:
    page = open_hosted()
    keep(page)
    page.goto(exercise.MODULE_PAGE)
    page.locator("main [data-save]:visible").click()
    page.locator("footer [data-delete]:visible").click()
    page.locator("footer [data-delete-yes]:visible").click()
    page.wait_for_function(EMPTY)
