"""The copy on a device: nothing before it is asked for, all of the site without a network, one version or the other, and nothing after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.finish import copy
from tests.browser import axe, copies, exercise
from tests.browser.conftest import LISTEN, PATIENCE, QUIET, Watch
from tests.browser.copies import LONG, NOTHING, PAGE, Host, change_state, device, keep, note, state
from tests.browser.server import CORRUPT, MISSING, SILENT

OFFLINE = ("Failed to load resource: net::ERR_",)
SPOILT = (*OFFLINE, "Failed to load resource: the server responded with a status of 404")
TODAY = re.compile(r"Saved copy from \d+ \w+ \d{4}\.")
SHEET = "/tools/care-picture/"

Begin = Callable[..., Page]


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    running = Host(site, tmp_path / "site")
    yield running
    running.down()


@pytest.fixture
def begin(browser: Browser, host: Host) -> Iterator[Begin]:
    """`begin(path, before="…", expected=(…), width=1280, script=True)` opens a page in a context that may have service workers."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_(path: str = PAGE, before: str = "", expected: tuple[str, ...] = OFFLINE, width: int = 1280, script: bool = True) -> Page:
        size = {"width": width, "height": 800}
        context = browser.new_context(base_url=host.address, viewport=size, java_script_enabled=script)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        watch = Watch(urlsplit(host.address).netloc, expected=expected)
        watch.follow(context)
        if script:
            context.add_init_script("\n".join([LISTEN, QUIET, before]))
        opened.append((context, watch))
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context, _ in opened:
        context.close()
    assert not [line for _, watch in opened for line in watch.wrong]


def test_nothing_is_kept_before_the_button_and_nothing_after_it_is_removed(begin: Begin, host: Host) -> None:
    page = begin("/guidance/what-neglect-is/")
    assert device(page) == NOTHING
    page.goto(PAGE)
    expect(state(page, "none")).to_be_visible()
    assert device(page) == NOTHING
    axe.assert_none(page, "before")
    keep(page)
    assert [name for name in device(page)["caches"] if name.endswith(" state")]
    assert device(page)["workers"] == [f"{host.address}/"]
    assert device(page)["rest"] == NOTHING["rest"]
    expect(state(page, "kept")).to_contain_text(TODAY)
    axe.assert_none(page, "kept")
    page.goto("/guidance/")
    expect(page.locator(".copy-note .notice:visible")).to_have_count(0)
    page.goto(PAGE)
    page.locator("[data-copy-remove]").click()
    expect(state(page, "gone").locator("[data-copy-words]")).to_be_focused()
    axe.assert_none(page, "removed")
    assert device(page) == NOTHING
    page.goto("/guidance/")
    assert device(page) == NOTHING


def test_without_a_network_all_of_it_works(begin: Begin, host: Host) -> None:
    page = begin()
    keep(page)
    host.down()
    for path in ("/", "/guidance/indicators/", "/guidance/indicators", "/guidance/indicators/index.html?x=1"):
        page.goto(path)
        expect(note(page, "fresh")).to_contain_text(TODAY)
        expect(note(page, "old")).to_be_hidden()
    axe.assert_none(page, "from the copy")
    page.locator("[data-search-open]").click()
    page.locator("[data-search-words]").fill("was not brought")
    page.locator("[data-search-results] a").first.click()
    page.wait_for_url("**/*was-not-brought/**")
    expect(note(page, "fresh")).to_be_visible()


def test_without_a_network_a_module_is_marked_and_a_tool_scored(begin: Begin, host: Host) -> None:
    page = begin()
    keep(page)
    host.down()
    page.goto(exercise.MODULE_PAGE)
    question = exercise.of_kind("single")
    exercise.go_to(page, question["id"])
    exercise.answer(page, question, exercise.right(question))
    exercise.check(page, question)
    expect(exercise.step(page, question["id"]).locator("[data-verdict]")).to_contain_text("Right")
    page.goto(SHEET)
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    exercise.fill_sheet(page)
    page.locator("form button[type=submit]:visible, [data-score]:visible").first.click()
    expect(page.locator("[data-result]:visible").first).to_be_visible(timeout=30_000)
    page.emulate_media(media="print")
    expect(page.locator(".page-foot__print")).to_contain_text(TODAY)


def test_what_is_not_in_the_copy_leads_to_where_that_is_said(begin: Begin, host: Host) -> None:
    page = begin()
    keep(page)
    host.down()
    page.goto("/downloads/noticing-neglect-offline.txt")
    expect(page).to_have_url(f"{host.address}{PAGE}#not-in-the-copy")
    expect(page.locator("#not-in-the-copy")).to_be_visible()


AGES = [(0, "fresh"), (copy.DAYS, "fresh"), (copy.DAYS + 1, "old"), (400, "old"), (-1, "old")]


@pytest.mark.parametrize(("days", "age"), AGES)
def test_it_stops_looking_current_after_its_days_or_by_a_wrong_clock(begin: Begin, host: Host, days: int, age: str) -> None:
    page = begin(width=320)
    keep(page)
    day = date.fromisoformat(change_state(page)["saved"]) - timedelta(days=days)
    change_state(page, saved=day.isoformat())
    host.down()
    page.goto("/guidance/worried-about-a-child/")
    expect(note(page, age)).to_contain_text(f"Saved copy from {day.day} {day:%B %Y}.")
    expect(page.locator(".copy-note .notice:visible")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    above = "age => document.querySelector(`[data-copy='${age}']`).compareDocumentPosition(document.querySelector('h1')) & 4"
    assert page.evaluate(above, age), "it has to stand before the content"
    axe.assert_none(page, f"{days} days old")


SEEN = "document.documentElement.dataset.seen"
SCRIPT = "assets__javascripts__main.mjs"
LATER = "assets__javascripts__finding.mjs"
NEW = {
    "guidance__index.html": "<!-- second -->",
    SCRIPT: "\ndocument.documentElement.dataset.seen = 'second';\n",
    LATER: "\ndocument.documentElement.dataset.later = 'second';\n",
}


def _search(page: Page) -> None:
    page.locator("[data-search-open]").click()
    page.locator("[data-search-words]").fill("neglect")
    expect(page.locator("[data-search-results] a").first).to_be_visible()


def test_a_page_and_its_parts_are_of_one_version(begin: Begin, host: Host) -> None:
    page = begin()
    keep(page)
    host.publish(**NEW)
    page.goto("/guidance/")
    assert page.evaluate(SEEN) == "second", "with a network, the site as it is now"
    host.down()
    page.goto("/guidance/")
    expect(note(page, "fresh")).to_be_visible()
    host.up()
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    _search(page)
    assert page.evaluate(SEEN) is None
    assert page.evaluate("document.documentElement.dataset.later") is None, "a later part came from another version"


def test_a_page_of_the_network_never_gets_a_part_of_the_copy(begin: Begin, host: Host) -> None:
    page = begin()
    keep(page)
    page.goto("/guidance/")
    host.down()
    page.locator("[data-search-open]").click()
    expect(page.locator("[data-search-status]")).to_contain_text("Search could not be loaded")


def test_a_network_that_does_not_answer_in_time_gives_way_to_the_copy(begin: Begin, host: Host) -> None:
    page = begin()
    keep(page)
    with host.server.faulty("/guidance/", SILENT):
        page.goto("/guidance/")
        expect(note(page, "fresh")).to_be_visible()


def test_an_update_completes_and_leaves_one_version(begin: Begin, host: Host) -> None:
    page = begin()
    keep(page)
    host.publish(**NEW)
    page.goto(PAGE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    keep(page)
    assert {path for path in asked if path.endswith(".mjs")} >= {"/assets/javascripts/finding.mjs", "/assets/javascripts/main.mjs"}
    assert "/assets/javascripts/tool.mjs" not in asked, "what had not changed was fetched again"
    assert len(device(page)["caches"]) == 2
    host.down()
    page.goto("/guidance/")
    assert page.evaluate(SEEN) == "second"


@pytest.mark.parametrize("fault", [CORRUPT, MISSING])
def test_an_update_that_fails_on_the_way_leaves_the_old_copy_whole(begin: Begin, host: Host, fault: str) -> None:
    page = begin(expected=SPOILT)
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
    _search(page)
    assert page.evaluate(SEEN) is None


FULL = """let puts = 0; const put = Cache.prototype.put;
Cache.prototype.put = function (...all) {
  return ++puts > 20 ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : put.apply(this, all);
};"""
LOST = """let asked = 0; const ask = globalThis.fetch;
globalThis.fetch = (...all) => (++asked > 20 ? Promise.reject(new TypeError('Failed to fetch')) : ask(...all));"""
REFUSED = "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no', 'SecurityError'));"
TROUBLES = {"full": FULL, "network": LOST, "refused": REFUSED}


@pytest.mark.parametrize("cause", TROUBLES)
def test_what_goes_wrong_is_said_and_leaves_nothing(begin: Begin, cause: str) -> None:
    page = begin(before=TROUBLES[cause], width=320)
    page.locator("[data-copy-keep]:visible").click()
    expect(page.locator("[data-copy-problem]")).to_be_focused(timeout=LONG)
    expect(page.locator("[data-cause]:visible")).to_have_attribute("data-cause", cause)
    expect(state(page, "none")).to_be_visible()
    axe.assert_none(page, cause)
    assert device(page) == NOTHING


def test_a_site_without_a_list_says_so(begin: Begin, host: Host) -> None:
    page = begin(expected=SPOILT)
    with host.server.faulty("/copy.json", MISSING):
        page.locator("[data-copy-keep]:visible").click()
        expect(page.locator('[data-cause="absent"]')).to_be_visible()
    assert device(page) == NOTHING


NOT_ABLE = {
    "unsupported": "delete Navigator.prototype.serviceWorker;",
    "insecure": "Object.defineProperty(globalThis, 'isSecureContext', {value: false});",
}


@pytest.mark.parametrize("cause", NOT_ABLE)
def test_where_no_copy_can_be_kept_there_is_no_button(begin: Begin, cause: str) -> None:
    page = begin(before=NOT_ABLE[cause], width=320)
    expect(page.locator("[data-cause]:visible")).to_have_attribute("data-cause", cause)
    expect(page.locator("[data-copy-keep]:visible")).to_have_count(0)
    axe.assert_none(page, cause)


def test_without_scripts_it_says_what_to_do_instead(begin: Begin) -> None:
    page = begin(script=False)
    expect(page.get_by_text("The button needs JavaScript")).to_be_visible()
    expect(page.locator("[data-copy-keep]:visible")).to_have_count(0)


def test_it_can_be_stopped_and_a_second_tab_waits_its_turn(begin: Begin, host: Host) -> None:
    page = begin()
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


def test_a_page_closed_on_the_way_leaves_nothing_for_long(begin: Begin, host: Host) -> None:
    page = begin()
    with host.server.faulty("/view-tool.mjs", SILENT):
        page.locator("[data-copy-keep]:visible").click()
        expect(page.locator("[data-copy-aloud]")).to_contain_text("% fetched", timeout=LONG)
        other = page.context.new_page()
        page.close()
    other.goto("/guidance/")
    other.wait_for_function(f"async () => JSON.stringify(await ({copies.DEVICE})()) === {_json(NOTHING)!r}")


def _json(value: object) -> str:
    import json

    return json.dumps(value, separators=(",", ":"))


def test_by_keyboard_on_a_small_screen(begin: Begin, host: Host) -> None:
    page = begin(width=320)
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


def test_delete_everything_removes_the_copy_too(begin: Begin) -> None:
    page = begin()
    keep(page)
    page.goto(exercise.MODULE_PAGE)
    page.locator("main [data-save]:visible").click()
    page.locator("footer [data-delete]:visible").click()
    page.locator("footer [data-delete-yes]:visible").click()
    page.wait_for_function(f"async () => JSON.stringify(await ({copies.DEVICE})()) === {_json(NOTHING)!r}")


def test_below_another_site_it_keeps_to_its_own_folder(browser: Browser, site: Path, tmp_path: Path) -> None:
    host = Host(site, tmp_path / "host", "neglect")
    context = browser.new_context(base_url=host.address)
    watch = Watch(urlsplit(host.address).netloc, expected=OFFLINE)
    watch.follow(context)
    try:
        page = context.new_page()
        page.goto(f"/neglect{PAGE}")
        keep(page)
        assert device(page)["workers"] == [f"{host.address}/neglect/"]
        assert all(name.startswith("noticing-neglect /neglect/ copy ") for name in device(page)["caches"])
        host.down()
        page.goto("/neglect/guidance")
        expect(page).to_have_url(f"{host.address}/neglect/guidance/")
        expect(note(page, "fresh")).to_be_visible()
        _search(page)
        page.goto(f"/neglect{PAGE}")
        page.locator("[data-copy-remove]").click()
        expect(state(page, "gone")).to_be_visible()
        assert device(page) == NOTHING
    finally:
        context.close()
        host.down()
    assert not watch.wrong
