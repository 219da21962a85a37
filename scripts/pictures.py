"""Taking the pictures that pages of `docs/` show of the site itself: `python -m scripts.pictures`. Each is as the browser draws it."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from scripts.chromium import NO_CHROMIUM, find
from tests.browser import editing
from tests.browser.server import Server

SIZE = (1280, 800)
FOLDER = Path("docs/contribute")


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


def take(folder: Path, chromium: str) -> None:
    """Take every picture anew, from the project in the current folder."""
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        server = Server(editing.site(Path.cwd(), Path(made) / "site", trying=True))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        viewport = {"width": SIZE[0], "height": SIZE[1]}
        context = browser.new_context(base_url=server.address, viewport=viewport, locale="en-GB")  # type: ignore[arg-type]
        context.set_default_timeout(editing.LOADING)
        for name, go in EDITING.items():
            page = context.new_page()
            editing.sign_in(page, Path.cwd())
            go(page)
            page.wait_for_timeout(500)  # until what moves has come to rest
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()
        server.close()


def main() -> int:
    """Take the pictures; 1 where there is no browser to take them with."""
    chromium = find()
    if chromium is None:
        print(NO_CHROMIUM, file=sys.stderr)
        return 1
    take(FOLDER, chromium)
    return 0


if __name__ == "__main__":
    sys.exit(main())
