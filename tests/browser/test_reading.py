"""What a reader does with a page beside reading: open a word, search, print a sheet, meet a page that is overdue."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import Open

SHEETS = [
    *("/briefings/poster-key-principles/", "/briefings/poster-worried/", "/briefings/poster-young-people/"),
    *("/briefings/neglect-at-a-glance/", "/briefings/was-not-brought/", "/briefings/starting-again/", "/briefings/hearing-the-child/"),
    *("/briefings/adolescent-neglect/", "/briefings/norfolk-reviews/", "/briefings/portsmouth-deep-dive/"),
]
PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("dark", [False, True])
def test_a_word_opens_where_it_stands(open_page: Open, dark: bool) -> None:
    page = open_page("/guidance/thresholds/", width=320, dark=dark)
    word = page.locator("[data-term]").first
    meaning = page.locator(f"#{word.get_attribute('data-term')}")
    expect(meaning).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    expect(word).to_have_attribute("aria-expanded", "true")
    axe.assert_none(page, "a word open")
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(word).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Space")
    expect(meaning).to_be_visible()
    meaning.get_by_role("button", name="Close").click()
    expect(meaning).to_be_hidden()
    expect(word).to_be_focused()
    word.click()
    expect(meaning).to_be_visible()
    word.click()
    expect(meaning).to_be_hidden()


def test_without_a_script_a_word_leads_to_the_glossary(open_page: Open) -> None:
    page = open_page("/guidance/thresholds/", script=False)
    word = page.locator("[data-term]").first
    expect(word).to_have_attribute("href", re.compile(r"about/glossary/#"))
    expect(page.locator(f"#{word.get_attribute('data-term')}")).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "first", "kind"),
    [
        ("WNB", "Was not brought", None),
        ("kid not brough to dentist", "Was not brought", None),
        ("GCP2", "Tools, forms and services", None),
        ("care pict", "Care picture", "Tool"),
        ("indicators and protective factors", "Risk factors, indicators and protective", "Training"),
    ],
)
def test_search_follows_the_typing(open_page: Open, words: str, first: str, kind: str | None) -> None:
    page = open_page("/", width=320)
    page.locator("[data-search-open]").click()
    page.locator("[data-search-words]").press_sequentially(words)
    results = page.locator(".search__result")
    expect(page.locator("[data-search-status]")).to_contain_text(words)
    shown = results.filter(has_text=first).first
    expect(shown).to_be_visible()
    assert [first in text for text in results.all_inner_texts()[:3]].count(True)
    if kind:
        expect(shown.locator(".tag")).to_have_text(kind)


@pytest.mark.parametrize("path", SHEETS)
def test_a_sheet_prints_on_one_page(open_page: Open, path: str) -> None:
    page = open_page(path)
    assert len(PAGE.findall(page.pdf(prefer_css_page_size=True))) == 1


def test_a_code_leads_where_it_says(open_page: Open) -> None:
    """The code is drawn, has its white edge, and stands beside the address in words."""
    page = open_page("/briefings/poster-worried/")
    box = page.locator(".poster__squares").bounding_box()
    assert box
    assert box["width"] >= 90
    link = page.locator(".poster__caption a")
    expect(link).to_have_attribute("href", re.compile(r"^https://"))


@pytest.mark.parametrize(("day", "overdue"), [("2027-05-22T10:00:00", False), ("2027-05-23T10:00:00", True)])
def test_a_page_says_when_its_review_is_overdue(open_page: Open, day: str, overdue: bool) -> None:
    page = open_page("/about/glossary/")
    page.clock.set_fixed_time(datetime.fromisoformat(day))
    page.reload()
    expect(page.locator("html")).to_be_visible()
    expect(page.locator("[data-due]")).to_be_visible(visible=overdue)
    if overdue:
        axe.assert_none(page, "overdue")


def test_the_foot_of_a_page_says_where_it_comes_from(open_page: Open) -> None:
    page = open_page("/guidance/thresholds/")
    expect(page.locator(".page-foot__sources a").first).to_be_visible()
    expect(page.locator(".page-foot").get_by_role("link", name="Suggest a change to this page")).to_be_visible()
