"""The pictures in `docs/contribute/pictures/`, taken again from the site as it is now: `python -m scripts.pictures`.

They are taken from the site in `site/` (`make build` first), from a copy of it with a made-up partnership's details, and from its editing
page. Needs a Chromium (`CHROMIUM`, else the machine's).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from macros import serve
from scripts import browsers
from tests import project as projects
from tests.browser import answering, editing
from tests.browser.server import Server

TARGET = Path("docs/contribute/pictures")
WRITTEN = ("docs", "quizzes", "overrides", "mkdocs.yml")
LOCAL = "docs/_facts/local.yml"
EXAMPLE = Path("tests/cases/partnerships/whole.yml")
ROOM = 16
"""Pixels of page around what a picture shows."""


def partnership(root: Path) -> Path:
    """The built site of a copy that a made-up partnership has filled in."""
    for name in (*projects.LINKED, ".cache"):
        (root / name).symlink_to(Path(name).resolve())
    for name in WRITTEN:
        (shutil.copytree if Path(name).is_dir() else shutil.copy)(name, root / name)
    details = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    del details["licensed_tools"]
    (root / LOCAL).write_text(yaml.safe_dump(details, allow_unicode=True), encoding="utf-8")
    # It complains of a picture that is not there yet, after it has written the pages.
    subprocess.run([sys.executable, "-m", "macros.build", "--no-downloads"], cwd=root, check=False)
    return root / "site"


def complaints(root: Path) -> list[str]:
    """What is said of a page with mistakes in it."""
    page = root / "docs/guidance/indicators.md"
    text = page.read_text(encoding="utf-8")
    text = text.replace("so-indicator-actual", "so-indicator-actul", 1)
    page.write_text(text + "\nWrite “DNA” in the notes.\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "macros.check"], cwd=root, capture_output=True, text=True, check=False)
    return [line for line in done.stdout.splitlines() if line]


def take(page: Page, name: str, selector: str) -> None:
    """One picture, of one part of the page with a little room around it."""
    found = page.locator(selector).first
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    assert box is not None, selector
    left, top = max(box["x"] - ROOM, 0), box["y"] - ROOM + page.evaluate("scrollY")
    clip = {"x": left, "y": top, "width": box["width"] + 2 * ROOM, "height": box["height"] + 2 * ROOM}
    page.screenshot(path=TARGET / f"{name}.png", clip=clip, full_page=True)  # type: ignore[arg-type]


def wrong_answer(page: Page) -> None:
    """A question of which a wrong option has been tried as often as it may be, so that its reason shows."""
    page.goto("/training/risk-indicators-protective/")
    answering.begin(page, "practice")
    while answering.current(page)["kind"] != "single":
        page.locator("[data-skip]:visible").click()
    asked = answering.current(page)
    check = page.locator("[data-check]:visible")
    while check.count():
        answering.put(page, asked, answering.wrong(asked))
        check.click()
        page.wait_for_timeout(3_000)


def collections(page: Page) -> None:
    """The list of what can be edited."""
    page.get_by_role("treeitem", name="Training modules").click()
    page.get_by_role("row").nth(5).wait_for()


def question(page: Page) -> None:
    """A question, opened."""
    editing.open_form(page, "modules/entries/what-neglect-is")
    form = editing.opened(editing.part(page, "Questions"), 0)
    form.get_by_role("textbox", name="Stem").first.scroll_into_view_if_needed()


def contact(page: Page) -> None:
    """A local contact, filled in."""
    editing.open_form(page, "local-details/entries/local")
    form = editing.part(page, "Contacts")
    form.get_by_role("button", name=re.compile("Add")).click()
    form.get_by_role("textbox", name="Need").fill("Food and money")
    form.get_by_role("textbox", name="Name").fill("Family hubs")
    form.get_by_role("textbox", name="Number").fill("01632 960002")


EDITING: dict[str, Callable[[Page], None]] = {"edit-collections": collections, "edit-question": question, "edit-contact": contact}
"""Pictures of the editing page: their names, and how to come to what they show."""


def of_pages(browser: Browser, made: Path) -> None:
    """The pictures of the site and of a partnership's copy of it."""
    site = partnership(made)
    (site / "to-mend.html").write_bytes(serve.complaints_page(complaints(made)))
    for folder, shown in {
        Path("site"): {"contacts-missing": ("/guidance/worried-about-a-child/", ".card--today")},
        site: {
            "contacts-there": ("/guidance/worried-about-a-child/", ".card--today"),
            "page-foot": ("/guidance/indicators/", ".page-foot"),
            "to-mend": ("/to-mend.html", "article"),
        },
    }.items():
        server = Server(folder)
        page = browser.new_page(base_url=server.address, viewport={"width": 900, "height": 900})
        for name, (address, selector) in shown.items():
            page.goto(address)
            take(page, name, selector)
        wrong_answer(page)
        take(page, "question-why", "[data-question]:visible .reasons")
        server.close()


def of_editing(browser: Browser, made: Path) -> None:
    """The pictures of the editing page, which keeps its files in the browser for this."""
    server = Server(editing.site(Path.cwd(), made, trying=True))
    for name, go in EDITING.items():
        page = browser.new_page(base_url=server.address, viewport={"width": 1280, "height": 800}, locale="en-GB")
        page.set_default_timeout(editing.LOADING)
        editing.sign_in(page, Path.cwd())
        go(page)
        page.wait_for_timeout(500)  # until what moves has come to rest
        page.screenshot(path=TARGET / f"{name}.png")
        page.close()
    server.close()


def main() -> int:
    """Take them all; 1 where there is no browser to take them with."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.ready(), args=["--no-sandbox"])
        (Path(made) / "copy").mkdir()
        of_pages(browser, Path(made) / "copy")
        of_editing(browser, Path(made) / "editing")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
