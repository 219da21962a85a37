"""Clocks that are wrong or change: set back, set forward, another zone, the hour that comes twice, 1970 and after 2038."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import answering
from tests.browser.answering import begin, result
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE_PAGE
from tests.browser.kept import KEPT, LEARNING, attempt, kept, open_at, save

TIMES = {
    "set back": datetime(2026, 11, 1, 9, 0),
    "1970": datetime(1970, 1, 2, 0, 5),
    "after 2038": datetime(2039, 2, 3, 4, 5),
    "the hour that comes twice": datetime(2026, 10, 25, 0, 30),
    "a leap day": datetime(2028, 2, 29, 23, 59),
}
NONSENSE = ("Invalid Date", "NaN", "undefined", "null", "-0", "Infinity")


def _assert_sane(page: Page) -> None:
    shown = page.locator("main").inner_text()
    assert not [word for word in NONSENSE if word in shown]
    expect(page.locator("[data-trouble]")).to_be_hidden()


@pytest.mark.parametrize("name", TIMES)
def test_my_learning_at_a_strange_time(open_page: Open, name: str) -> None:
    attempts = [attempt("before", 60, 0.4), attempt("after", 50, 0.8), attempt("check", 2, 0.9, passed=True)]
    text = json.dumps(json.loads(kept({}, attempts)) | {"until": "2041-01-01"})
    page = open_at(open_page, LEARNING, text, TIMES[name])
    expect(page.locator(".learning__module")).to_contain_text("Passed on 26 November 2026", timeout=60_000)
    _assert_sane(page)
    due = name in ("after 2038", "a leap day")
    expect(page.locator('[data-has="due"]')).to_be_visible(visible=due)
    if not due:
        with page.expect_download() as caught:
            page.locator("[data-calendar]").click()
        assert "DTSTART;VALUE=DATE:20261120" in Path(caught.value.path()).read_text("utf-8")
    page.goto(MODULE_PAGE)
    expect(page.locator('[data-said="changed"]')).to_contain_text("26 November 2026")
    _assert_sane(page)


def test_the_clock_is_set_back_between_attempts_and_in_the_middle_of_one(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    page.clock.set_fixed_time(datetime(2026, 11, 28, 16, 0))
    save(page)
    begin(page, "before")
    page.clock.set_fixed_time(datetime(2026, 11, 28, 9, 0))
    answering.answer_form(page)
    result(page)
    page.clock.set_fixed_time(datetime(2025, 1, 1, 9, 0))
    page.goto(MODULE_PAGE)
    expect(page.locator('main [data-kept="kept"]')).to_contain_text("until")
    page.locator('[data-way="after"]:visible').click()
    answering.answer_form(page)
    end = result(page)
    expect(end.get_by_role("status")).to_contain_text("100% on 1 January 2025")
    _assert_sane(page)
    assert [one["mode"] for one in page.evaluate(KEPT)["attempts"]] == ["before", "after"]
    page.goto(LEARNING)
    expect(page.locator(".learning__module")).to_contain_text("100% before, 100% after", timeout=60_000)
    _assert_sane(page)


DAYS = """async ([times]) => {
  const {day, minute, long, isDay, isMinute} = await import('/assets/javascripts/days.mjs');
  return times.map((time) => {
    const when = new Date(time);
    return [minute(when), long(day(when)), isDay(day(when)) && isMinute(minute(when))];
  });
}"""
ZONES = {
    "Europe/London": [
        ("2026-10-25T00:30Z", "2026-10-25T01:30", "25 October 2026"),
        ("2026-10-25T01:30Z", "2026-10-25T01:30", "25 October 2026"),
        ("2026-03-29T01:00Z", "2026-03-29T02:00", "29 March 2026"),
        ("2038-01-19T03:14:08Z", "2038-01-19T03:14", "19 January 2038"),
    ],
    "Pacific/Kiritimati": [
        ("2026-12-31T12:00Z", "2027-01-01T02:00", "1 January 2027"),
        ("1970-01-01T00:00Z", "1969-12-31T13:20", "31 December 1969"),
    ],
    "Pacific/Midway": [
        ("2027-01-01T05:00Z", "2026-12-31T18:00", "31 December 2026"),
        ("1970-01-01T00:00Z", "1969-12-31T13:00", "31 December 1969"),
    ],
}


def test_days_are_those_of_the_readers_own_zone(open_page: Open) -> None:
    page = open_page("/about/licence/")
    session = page.context.new_cdp_session(page)
    for zone, rows in ZONES.items():
        session.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
        found = page.evaluate(DAYS, [[time for time, _, _ in rows]])
        assert found == [[minute, words, True] for _, minute, words in rows], zone
