"""Exit this page: by its button and by Shift three times, it blanks the page, forgets what was typed, asks nothing, and puts another
site in this page's place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

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
}"""
STATE = """() => ({
  title: document.title,
  told: document.documentElement.dataset.told,
  seen: [...document.body.querySelectorAll('*')].some((one) => one.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})),
  typed: [...document.querySelectorAll('input, textarea, select')].map((one) => one.type === 'checkbox' ? String(one.checked) : one.value),
})"""


def _prepare(open_page: Open, watch: Watch) -> tuple[Page, list[Route], list[Dialog]]:
    """Home, then the exit page with something typed into a form that would ask before it lets go. The other site is held up."""
    page = open_page("/")
    held: list[Route] = []
    asked: list[Dialog] = []
    page.route(f"https://{EXIT_HOST}/**", lambda route: held.append(route))
    page.on("dialog", lambda dialog: (asked.append(dialog), dialog.accept()))
    page.goto(PATH)
    page.evaluate(FORM)
    page.locator("#fake").fill(TYPED)
    page.locator("#long").fill(TYPED)
    page.locator("#tick").check()
    page.locator("#one").select_option("b")
    return page, held, asked


def _assert_left(page: Page, watch: Watch, held: list[Route], asked: list[Dialog]) -> None:
    for _ in range(200):
        if held:
            break
        page.wait_for_timeout(25)
    state = page.evaluate(STATE)
    assert state["title"] == "Loading"
    assert not state["seen"], "something of the page can still be seen"
    assert set(state["typed"]) <= {"", "false"}, state["typed"]
    assert state["told"] == "yes"
    held[0].fulfill(content_type="text/html", body="<title>Elsewhere</title>")
    page.wait_for_url(f"https://{EXIT_HOST}/**")
    assert not asked, "it asked before leaving"
    page.go_back()
    expect(page).to_have_url(page.url.partition("/guidance")[0].rstrip("/") + "/")
    assert "worried" not in page.url
    watch.wrong = [line for line in watch.wrong if EXIT_HOST not in line]


@pytest.mark.parametrize("how", ["button", "early link", "shift"])
def test_leaving(open_page: Open, watch: Watch, how: str) -> None:
    page, held, asked = _prepare(open_page, watch)
    if how == "button":
        page.locator(".exit__link").click(no_wait_after=True)
    elif how == "early link":
        page.locator(".exit-early").focus()
        page.keyboard.press("Enter")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    _assert_left(page, watch, held, asked)


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
