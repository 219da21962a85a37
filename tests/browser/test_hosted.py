"""The whole site where people will meet it: behind a real nginx, from a folder by double click, and through the copy's own server."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from macros import offline
from tests import nginx
from tests.browser import exercise
from tests.browser.conftest import LISTEN, PATIENCE, Watch

FROM_A_FILE = ("Access to script at 'file:///", "Failed to load resource: net::ERR_FAILED")
"""What Chromium says of a module that it does not start from a folder."""
MODULE = exercise.MODULE_PAGE.strip("/")
SHEET = exercise.TOOL_PAGE.strip("/")
LOOK = """() => ({
  band: getComputedStyle(document.querySelector('.header__band')).backgroundColor,
  letters: [...document.fonts].filter((font) => font.family.includes('Atkinson Next') && font.status === 'loaded').length,
  broken: [...document.images].filter((image) => !image.naturalWidth).length,
  wide: document.documentElement.scrollWidth - innerWidth,
})"""
BESIDE = """() => {
  const shown = (element) => element.checkVisibility({checkVisibilityCSS: true});
  return {
    buttons: [...document.querySelectorAll('button')].filter(shown).map((one) => one.textContent.trim()),
    sections: shown(document.querySelector('#site-nav')),
    text: document.querySelector('article').innerText,
  };
}"""

Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """`visit(address, expected=(…), script=True, width=1280)` opens a page anywhere, and listens as `open_page` does."""
    opened: list[tuple[Page, Watch]] = []

    def open_(address: str, expected: tuple[str, ...] = (), script: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script, service_workers="block")
        context.set_default_timeout(PATIENCE)
        watch = Watch(urlsplit(address).netloc, expected=expected)
        watch.follow(context)
        if script:
            context.add_init_script(LISTEN)
        page = context.new_page()
        opened.append((page, watch))
        page.goto(address)
        return page

    yield open_
    for page, _ in opened:
        page.context.close()
    assert not [line for _, watch in opened for line in watch.wrong]


@pytest.fixture(scope="module")
def copy(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked copy that the site offers."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(site / offline.NAME) as packed:
        packed.extractall(folder)
    return folder / offline.FOLDER


@pytest.fixture(scope="module")
def through_nginx(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site behind nginx."""
    with nginx.nginx(site, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture(scope="module")
def through_the_copy(copy: Path) -> Iterator[str]:
    """The address that the copy's own program prints."""
    command = [sys.executable, str(copy / "serve.py"), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found
            yield found[0]
        finally:
            process.terminate()


@pytest.mark.parametrize("where", ["through_nginx", "through_the_copy"])
def test_a_question_is_marked(where: str, request: pytest.FixtureRequest, visit: Visit) -> None:
    page = visit(request.getfixturevalue(where) + exercise.MODULE_PAGE)
    question = exercise.of_kind("single")
    exercise.go_to(page, question["id"])
    exercise.answer(page, question, exercise.right(question))
    exercise.check(page, question)
    assert exercise.native_mark(question, exercise.right(question))["state"] == "right"
    expect(exercise.step(page, question["id"]).locator("[data-verdict]")).to_contain_text("Right")


@pytest.mark.parametrize("where", ["through_nginx", "through_the_copy"])
def test_the_search_finds_a_page_and_leads_to_it(where: str, request: pytest.FixtureRequest, visit: Visit) -> None:
    page = visit(request.getfixturevalue(where) + "/guidance/")
    page.locator("[data-search-open]").click()
    page.locator("[data-search-words]").fill("was not brought")
    page.locator("[data-search-results] a").first.click()
    page.wait_for_url("**/*was-not-brought/**")
    expect(page.locator("h1")).to_be_visible()


def test_what_is_not_there_looks_like_the_site(through_nginx: str, visit: Visit) -> None:
    page = visit(through_nginx + "/no/such/page/", ("Failed to load resource: the server responded with a status of 404",))
    assert page.evaluate(LOOK)["letters"] >= 1
    expect(page.locator("h1")).to_have_text("Page not found")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["", "guidance/indicators", MODULE, SHEET, "briefings/poster-worried", "training/my-learning"])
def test_a_page_opens_from_a_folder(copy: Path, visit: Visit, path: str, width: int) -> None:
    page = visit((copy / path / "index.html").as_uri(), FROM_A_FILE, width=width)
    expect(page.get_by_text(re.compile(r"^Saved copy from \d+ \w+ \d{4}\."))).to_be_visible()
    expect(page.get_by_text("Marking and search start with python3 serve.py")).to_be_visible()
    look = page.evaluate(LOOK)
    assert look["letters"] >= 1
    assert look["band"] == "rgb(15, 79, 73)"
    assert (look["broken"], look["wide"]) == (0, 0)


@pytest.mark.parametrize("path", ["", "guidance/indicators", MODULE, SHEET, "training/my-learning", "training/where-to-start"])
def test_from_a_folder_it_reads_as_it_does_without_scripts(copy: Path, visit: Visit, through_nginx: str, path: str) -> None:
    """The same words and buttons as in a browser that runs no script, but for the line about the copy."""
    told = visit((copy / path / "index.html").as_uri(), FROM_A_FILE, width=600).evaluate(BESIDE)
    plain = visit(f"{through_nginx}/{path}".rstrip("/") + "/", script=False, width=600).evaluate(BESIDE)
    told["text"] = re.sub(r"Saved copy from .*Read me first\.\s*", "", told["text"])
    assert told["sections"]
    assert told == plain


def test_links_are_followed_from_page_to_page_in_the_folder(copy: Path, visit: Visit) -> None:
    page = visit((copy / "index.html").as_uri(), FROM_A_FILE)
    page.locator(".urgent__link").click()
    page.wait_for_url("**/guidance/worried-about-a-child/index.html")
    page.locator(".header__name").click()
    page.wait_for_url((copy / "index.html").as_uri())
    page.get_by_role("link", name="Read me first").click()
    page.wait_for_url("**/READ-ME-FIRST.txt")


def test_served_the_copy_has_its_day_and_no_word_of_starting(through_the_copy: str, visit: Visit) -> None:
    page = visit(through_the_copy + exercise.MODULE_PAGE)
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    expect(page.get_by_text(re.compile(r"^Saved copy from .* You can read and print every page"))).to_be_visible()
    expect(page.get_by_text("python3 serve.py")).to_be_hidden()
    expect(page.locator("[data-step]:visible")).to_have_count(1)


@pytest.mark.parametrize("path", [MODULE, SHEET])
def test_the_day_is_printed_too(copy: Path, visit: Visit, path: str) -> None:
    page = visit((copy / path / "index.html").as_uri(), FROM_A_FILE)
    page.emulate_media(media="print")
    expect(page.locator(".page-foot__print")).to_contain_text("Saved copy from")
    expect(page.locator(".page-foot__print")).to_be_visible()
