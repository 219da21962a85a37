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
DEVICE = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).map(({scope}) => scope),
  rest: [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie],
})"""
NOTHING = {"caches": [], "workers": [], "rest": [0, 0, 0, ""]}
STATE = """async (change) => {
  const name = (await caches.keys()).find((one) => one.endsWith(' copy state'));
  const notes = await caches.open(name);
  const at = (await notes.keys()).find(({url}) => url.endsWith('/copy-state/current'));
  const state = {...await (await notes.match(at)).json(), ...change};
  await notes.put(at, new Response(JSON.stringify(state)));
  return state;
}"""


class Host:
    """One deploy of the site. It answers until `down`, and again after `up`."""

    def __init__(self, site: Path, folder: Path, below: str = "") -> None:
        self.site = folder / below if below else folder
        shutil.copytree(site, self.site, copy_function=os.symlink, ignore=shutil.ignore_patterns("downloads"))
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
