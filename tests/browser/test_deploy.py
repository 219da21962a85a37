"""A new build of the site put in place while a page of the old one is open: what was loaded works on, or the page says what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.finish import versions
from tests.browser import answering, axe, sheets
from tests.browser.conftest import Open, Watch
from tests.browser.exercise import MODULE_PAGE, answer, check, go_to, of_kind, right, step
from tests.browser.kept import LEARNING, attempt, kept, open_at, save
from tests.browser.server import MISSING, Server

GONE = ("Failed to load resource", "EngineError: ")
QUESTION = of_kind("multi")
PARTS = ("engine", "stdlib", "worker")


@pytest.fixture(scope="module")
def newer(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next build, as a host would have it: no file of the runtime or of the scripts is the one that it was. Large files are links."""
    folder = tmp_path_factory.mktemp("newer") / "site"
    shutil.copytree(
        site,
        folder,
        copy_function=lambda source, target: Path(target).symlink_to(source),
        ignore=shutil.ignore_patterns("downloads"),
    )
    runtime = folder / "assets/runtime"
    manifest = json.loads((runtime / "manifest.json").read_text("utf-8"))
    for role in PARTS:
        old = manifest["files"][role]["path"]
        new = f"{role}-0123456789ab{Path(old).suffix}"
        (runtime / old).rename(runtime / new)
        manifest["files"][role]["path"] = new
    _write(runtime / "manifest.json", json.dumps(manifest))
    for script in sorted((folder / versions.FOLDER).glob("*.mjs")):
        _write(script, f"throw new Error('{script.name} of the new build was loaded');\n" + script.read_text("utf-8"))
    return folder


def _write(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text, "utf-8")


@pytest.fixture
def deploy(server: Server, newer: Path) -> Iterator[None]:
    """Until the test ends, the server has the new build once the test swaps it in, and then the old one again."""
    old = server.folder
    yield
    server.folder = old


def _swap(server: Server, folder: Path) -> None:
    server.folder = folder


def test_what_was_loaded_before_goes_on_working(open_page: Open, server: Server, newer: Path, deploy: None) -> None:
    page = open_page(MODULE_PAGE)
    first = of_kind("single")
    go_to(page, first["id"])
    answer(page, first, right(first))
    check(page, first)
    _swap(server, newer)
    go_to(page, QUESTION["id"])
    answer(page, QUESTION, right(QUESTION))
    check(page, QUESTION)


def _updated(page: Page) -> None:
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_be_focused(timeout=60_000)
    expect(trouble.locator("[data-cause]:visible")).to_have_attribute("data-cause", "updated")
    expect(trouble.locator("[data-retry]")).to_be_hidden()
    axe.assert_none(page, "updated meanwhile")


def test_a_module_says_so_and_its_answers_outlast_the_reload(
    open_page: Open, server: Server, newer: Path, watch: Watch, deploy: None
) -> None:
    watch.expected = GONE
    old = server.folder
    page = open_page(MODULE_PAGE)
    go_to(page, QUESTION["id"])
    answer(page, QUESTION, right(QUESTION))
    _swap(server, newer)
    step(page, QUESTION["id"]).locator("[data-check]").click()
    _updated(page)
    expect(page.locator("[data-trouble]")).to_contain_text("Press Save on this device first")
    save(page)
    _swap(server, old)
    page.goto(MODULE_PAGE)
    page.locator("[data-resume]").click()
    expect(step(page, QUESTION["id"])).to_be_visible()
    assert answering.given(page, QUESTION["id"]) == sorted(right(QUESTION))
    check(page, QUESTION)


def test_a_tool_says_so_and_its_answers_go_into_a_file(
    open_page: Open, server: Server, newer: Path, watch: Watch, tmp_path: Path, deploy: None
) -> None:
    watch.expected = GONE
    old = server.folder
    page = sheets.open_tool(open_page, "home-check")
    sheets.put_in(page, "home-check", sheets.example("home-check"))
    _swap(server, newer)
    go_to(page, "check").get_by_role("button", name="See the result").click()
    _updated(page)
    with page.expect_download() as caught:
        page.locator("[data-trouble]").get_by_role("button", name="Save as a file").click()
    file = tmp_path / "sheet.json"
    file.write_bytes(Path(caught.value.path()).read_bytes())
    _swap(server, old)
    again = sheets.open_tool(open_page, "home-check", quiet=False)
    again.locator("[data-open-file]").set_input_files(file)
    expect(again.locator('[data-opened-state="opened"]')).to_be_visible()
    sheets.see_result(again)


def test_my_learning_says_so(open_page: Open, server: Server, newer: Path, watch: Watch, deploy: None) -> None:
    watch.expected = GONE
    told = (newer / "assets/runtime/manifest.json").read_bytes()
    with server.faulty("/runtime/manifest.json", lambda body: told), server.faulty("/runtime/worker-", MISSING):
        page = open_at(open_page, LEARNING, kept({}, [attempt("practice", 3)]))
        _updated(page)
    expect(page.locator("[data-trouble]")).to_contain_text("Nothing is lost")


def test_all_scripts_of_a_page_are_of_one_version(open_page: Open) -> None:
    """Whatever a browser has kept of another build: a new script never starts with an old one."""
    page = open_page(MODULE_PAGE)
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    asked = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name).filter((name) => name.includes('.mjs'))")
    named = {address.partition("?v=")[2] for address in asked if "/runtime/" not in address}
    assert [len(version) for version in named] == [12]
