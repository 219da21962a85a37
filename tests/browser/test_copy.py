"""The copy on a device: nothing before it is asked for, all of the site without a network, one version or the other, and nothing after."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from macros.finish import copy
from tests.browser import axe, exercise
from tests.browser.conftest import OFFLINE, Open, Watch
from tests.browser.copies import LONG, NEW, NOTHING, PAGE, SEEN, Host, change_state, device, keep, note, search, state
from tests.browser.server import SILENT

TODAY = re.compile(r"Saved copy from \d+ \w+ \d{4}\.")
SHEET = "/tools/care-picture/"

WHOLE = pytest.mark.parametrize("host", [True], ids=["whole"], indirect=True)


@WHOLE
def test_nothing_is_kept_before_the_button_and_nothing_after_it_is_removed(open_hosted: Open, host: Host) -> None:
    page = open_hosted("/guidance/what-neglect-is/")
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


@WHOLE
def test_without_a_network_all_of_it_works(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
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


@WHOLE
def test_without_a_network_a_module_is_marked_and_a_tool_scored(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
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
    exercise.go_to(page, "check").get_by_role("button", name="See the result").click()
    expect(exercise.step(page, "result").locator("[data-heading]")).to_be_focused(timeout=LONG)
    page.emulate_media(media="print")
    expect(page.locator(".page-foot__print")).to_contain_text(TODAY)


def test_what_is_not_in_the_copy_leads_to_where_that_is_said(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
    keep(page)
    host.down()
    page.goto("/downloads/noticing-neglect-offline.txt")
    expect(page).to_have_url(f"{host.address}{PAGE}#not-in-the-copy")
    expect(page.locator("#not-in-the-copy")).to_be_visible()


AGES = [(0, "fresh"), (copy.DAYS, "fresh"), (copy.DAYS + 1, "old"), (400, "old"), (-1, "old")]


@pytest.mark.parametrize(("days", "age"), AGES)
def test_it_stops_looking_current_after_its_days_or_by_a_wrong_clock(open_hosted: Open, host: Host, days: int, age: str) -> None:
    page = open_hosted(width=320)
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


def test_a_page_and_its_parts_are_of_one_version(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
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
    search(page)
    assert page.evaluate(SEEN) is None
    assert page.evaluate("document.documentElement.dataset.later") is None, "a later part came from another version"


def test_a_page_of_the_network_never_gets_a_part_of_the_copy(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
    keep(page)
    page.goto("/guidance/")
    host.down()
    page.locator("[data-search-open]").click()
    page.locator("[data-search-words]").fill("neglect")
    expect(page.locator("[data-search-status]")).to_contain_text("Search could not be loaded")


def test_a_network_that_does_not_answer_in_time_gives_way_to_the_copy(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
    keep(page)
    with host.server.faulty("/guidance/", SILENT):
        page.goto("/guidance/")
        expect(note(page, "fresh")).to_be_visible()


def test_an_update_completes_and_leaves_one_version(open_hosted: Open, host: Host) -> None:
    page = open_hosted()
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
        search(page)
        page.goto(f"/neglect{PAGE}")
        page.locator("[data-copy-remove]").click()
        expect(state(page, "gone")).to_be_visible()
        assert device(page) == NOTHING
    finally:
        context.close()
        host.down()
    assert not watch.wrong
