"""The copy on a device, for the tests: a site of one test's own that may be changed, and go away and come back at the same address."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from macros.finish import copy
from tests.browser.server import Server

ADDRESS = "about/keep-a-copy/"
PAGE = f"/{ADDRESS}"
LONG = 120_000
"""Milliseconds for the whole site to be fetched on a busy machine."""
UNUSED = {"runtime", "strategies", "contribute", "briefings", "partnership", "tools"}
PAGES = {"keep-a-copy", "indicators", "what-neglect-is", "worried-about-a-child", "risk-indicators-protective"}
"""Most tests need these pages only, and no engine: fetching all of it takes long."""
DEVICE = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).map(({scope}) => scope),
  rest: [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie],
})"""
NOTHING = {"caches": [], "workers": [], "rest": [0, 0, 0, ""]}
SEEN = "document.documentElement.dataset.seen"
SCRIPT = "assets__javascripts__main.mjs"
LATER = "assets__javascripts__finding.mjs"
NEW = {
    "guidance__index.html": "<!-- second -->",
    SCRIPT: "\ndocument.documentElement.dataset.seen = 'second';\n",
    LATER: "\ndocument.documentElement.dataset.later = 'second';\n",
}
STATE = """async (change) => {
  const name = (await caches.keys()).find((one) => one.endsWith(' copy state'));
  const notes = await caches.open(name);
  const at = (await notes.keys()).find(({url}) => url.endsWith('/copy-state/current'));
  const state = {...await (await notes.match(at)).json(), ...change};
  await notes.put(at, new Response(JSON.stringify(state)));
  return state;
}"""


def _but_downloads(_: str, names: list[str]) -> set[str]:
    return {"downloads"} & {*names}


def _few(folder: str, names: list[str]) -> set[str]:
    """What to leave out of a folder: all but a few pages in those that hold pages, and whole folders beside."""
    pages = {*names} - PAGES - {"index.html"} if Path(folder).name in ("about", "guidance", "training") else set()
    return pages | ({"downloads", *UNUSED} & {*names})


class Host:
    """One deploy of the site, or of as much of it as most tests need. It answers until `down`, and again after `up`."""

    def __init__(self, site: Path, folder: Path, below: str = "", whole: bool = False) -> None:
        self.site = folder / below if below else folder
        shutil.copytree(site, self.site, copy_function=os.symlink, ignore=_but_downloads if whole else _few)
        self.listed()
        for name in ("_headers", "404.html") if below else ():
            shutil.copy(site / name, folder / name)
        self.folder = folder
        self.server = Server(folder)
        self.address = self.server.address
        self.running = True

    def down(self) -> None:
        """There is no network: nothing answers."""
        if self.running:
            self.server.close()
        self.running = False

    def up(self) -> None:
        """The network is back."""
        self.server = Server(self.folder, int(self.address.rpartition(":")[2]))
        self.running = True

    def publish(self, **more: str) -> None:
        """A new deploy: files, by name with `__` for `/`, get something added at their end, and the list is made again."""
        for name, text in more.items():
            self.add(name, text)
        self.listed()

    def add(self, name: str, text: str) -> None:
        file = self.site / name.replace("__", "/")
        content = file.read_text(encoding="utf-8") + text
        file.unlink()
        file.write_text(content, encoding="utf-8")

    def listed(self) -> None:
        (self.site / copy.LIST).unlink()
        (self.site / copy.LIST).write_text(json.dumps(copy.listed(self.site, date(2026, 11, 28))), encoding="utf-8")


def state(page: Page, name: str) -> Locator:
    return page.locator(f'[data-copy-state="{name}"]')


def keep(page: Page) -> None:
    """Press the button that is there, and wait for the whole copy."""
    page.locator("[data-copy-keep]:visible").click()
    expect(state(page, "kept").locator("[data-copy-words]")).to_be_focused(timeout=LONG)


def device(page: Page) -> dict[str, Any]:
    """Everything that the site keeps on the device."""
    found: dict[str, Any] = page.evaluate(DEVICE)
    return found


def change_state(page: Page, **change: str) -> dict[str, Any]:
    """Say something else of the copy that is kept, its day for instance; what is said of it now."""
    found: dict[str, Any] = page.evaluate(STATE, change)
    return found


def note(page: Page, age: str) -> Locator:
    """The line about the copy at the top of a page: `fresh` or `old`."""
    return page.locator(f'.copy-note [data-copy="{age}"]')


def search(page: Page) -> None:
    """Open the search and find something: what it needs is fetched only now."""
    page.locator("[data-search-open]").click()
    page.locator("[data-search-words]").fill("neglect")
    expect(page.locator("[data-search-results] a").first).to_be_visible()
