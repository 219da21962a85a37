"""Exit this page: by its button and by Shift three times, it blanks the page, forgets what was typed, asks nothing, and puts another
site in this page's place."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import EXIT_HOST, Open, Watch

PATH = "/guidance/worried-about-a-child/"
TYPED = "something nobody else should read"
FORM = """() => {
  const form = document.createElement('form');
  form.innerHTML = `<label>Words <input name="words" type="text" id="fake"></label>
    <label>Long <textarea id="long"></textarea></label>
    <label>Tick <input type="checkbox" id="tick"></label>
    <label>One <select id="one"><option>a</option><option>b</option></select></label>`;
  document.querySelector('article').prepend(form);
  addEventListener('beforeunload', (event) => event.preventDefault());
  document.addEventListener('page:exit', () => { document.documentElement.dataset.told = 'yes'; });
  const value = (control) => control.type === 'checkbox' ? String(control.checked) : control.value;
  const note = () => document.documentElement.hasAttribute('data-leaving') && sessionStorage.setItem('left', JSON.stringify({
    title: document.title,
    told: document.documentElement.dataset.told,
    seen: [...document.body.querySelectorAll('*')].some((one) => one.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})),
    typed: [...document.querySelectorAll('input, textarea, select')].map(value),
  }));
  for (const event of ['click', 'keyup']) addEventListener(event, note);
}"""
"""A form with something in it that asks before it lets go. As soon as the page is left it is noted how the page was: a browser lets
nobody look at a page that is on its way to another site, so the note is read afterwards."""


def _prepare(open_page: Open) -> tuple[Page, list[Dialog]]:
    """Home, then the exit page with something typed into it. A page of ours stands in for the other site."""
    page = open_page("/")
    asked: list[Dialog] = []
    page.route(f"https://{EXIT_HOST}/**", lambda route: route.fulfill(content_type="text/html", body="<title>Elsewhere</title>"))
    page.on("dialog", lambda dialog: (asked.append(dialog), dialog.accept()))
    page.goto(PATH)
    page.evaluate(FORM)
    page.locator("#fake").fill(TYPED)
    page.locator("#long").fill(TYPED)
    page.locator("#tick").check()
    page.locator("#one").select_option("b")
    return page, asked


def _assert_left(page: Page, watch: Watch, asked: list[Dialog]) -> None:
    page.wait_for_url(f"https://{EXIT_HOST}/**")
    assert not asked, "it asked before leaving"
    page.go_back()
    assert urlsplit(page.url).path == "/", "the page is still in the history"
    left = json.loads(page.evaluate("sessionStorage.getItem('left')"))
    assert left["title"] == "Loading"
    assert not left["seen"], "something of the page can still be seen"
    assert set(left["typed"]) <= {"", "false"}, left["typed"]
    assert left["told"] == "yes"
    watch.wrong = [line for line in watch.wrong if EXIT_HOST not in line]


@pytest.mark.parametrize("how", ["button", "early link", "shift"])
def test_leaving(open_page: Open, watch: Watch, how: str) -> None:
    page, asked = _prepare(open_page)
    if how == "button":
        page.locator(".exit__link").click(no_wait_after=True)
    elif how == "early link":
        page.locator(".exit-early").focus()
        page.keyboard.press("Enter")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    _assert_left(page, watch, asked)


def test_any_other_link_of_the_page_asks(open_page: Open) -> None:
    """So it is not for want of a question that leaving asks none."""
    page, asked = _prepare(open_page)
    page.locator(".footer__link").first.click()
    page.wait_for_url("**/about/**")
    assert [dialog.type for dialog in asked] == ["beforeunload"]


def test_shift_is_counted_aloud_and_forgotten(open_page: Open) -> None:
    page = open_page(PATH)
    status = page.locator("[data-exit-status]")
    page.keyboard.press("Shift")
    expect(status).to_have_text("Shift pressed. Press 2 more times to exit this page.")
    page.keyboard.press("a")
    expect(status).to_have_text("")
    for _ in range(4):
        page.keyboard.press("Shift+A")
        page.keyboard.press("Shift+Tab")
    expect(status).to_have_text("")
    assert page.evaluate("!document.documentElement.hasAttribute('data-leaving')")


def test_time_runs_out(open_page: Open) -> None:
    page = open_page("/")
    page.clock.install()
    page.goto(PATH)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.fast_forward(6_000)
    expect(page.locator("[data-exit-status]")).to_have_text("Exit this page cancelled: time ran out.")
    page.keyboard.press("Shift")
    assert page.evaluate("!document.documentElement.hasAttribute('data-leaving')")


def test_without_a_script_it_is_a_plain_link(open_page: Open) -> None:
    page = open_page(PATH, script=False)
    link = page.locator(".exit__link")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", f"https://{EXIT_HOST}/")
    expect(page.get_by_text("press the Shift key")).to_be_hidden()


@pytest.mark.parametrize("path", ["/training/risk-indicators-protective/", "/about/licence/"])
def test_other_pages_do_not_leave_on_shift(open_page: Open, path: str) -> None:
    page = open_page(path)
    for _ in range(4):
        page.keyboard.press("Shift")
    assert page.locator("[data-exit]").count() == 0
    assert page.url.endswith(path)
