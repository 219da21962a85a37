"""The pictures in `docs/contribute/pictures/`, taken again from the site as it is now: `python scripts/pictures.py`.

They are taken from a copy of the project with a made-up partnership's details, and from the site in `site/` (`make build` first). Needs a
Chromium (`CHROMIUM`, else the machine's).
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from macros import serve  # noqa: E402
from macros.finish.headers import TYPES  # noqa: E402
from tests.browser import answering  # noqa: E402

TARGET = ROOT / "docs/contribute/pictures"
LINKED = ("engine", "macros", "node_modules", "requirements-runtime.txt")
WRITTEN = ("docs", "quizzes", "overrides", "mkdocs.yml")
LOCAL = "docs/_facts/local.yml"
ROOM = 16
"""Pixels of page around what a picture shows."""
EXAMPLE = ROOT / "tests/cases/partnerships/whole.yml"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder with right types and without a word."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, for as long as the block lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def partnership(root: Path) -> Path:
    """The built site of a copy that a made-up partnership has filled in."""
    for name in LINKED:
        (root / name).symlink_to(ROOT / name)
    (root / ".cache").symlink_to(ROOT / ".cache")
    for name in WRITTEN:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, root / name)
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
    page.screenshot(path=TARGET / f"{name}.png", clip=clip, full_page=True)
    print(TARGET / f"{name}.png")


def question(page: Page, address: str) -> None:
    """A question of which a wrong option has been tried as often as it may be, so that its reason shows."""
    page.goto(f"{address}/training/risk-indicators-protective/")
    answering.begin(page, "practice")
    while answering.current(page)["kind"] != "single":
        page.locator("[data-skip]:visible").click()
    asked = answering.current(page)
    check = page.locator("[data-check]:visible")
    while check.count():
        answering.put(page, asked, answering.wrong(asked))
        check.click()
        page.wait_for_timeout(3_000)


def main() -> None:
    """Take them all."""
    TARGET.mkdir(exist_ok=True)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as drive:
        root = Path(folder)
        site = partnership(root)
        (site / "to-mend.html").write_bytes(serve.complaints_page(complaints(root)))
        browser = drive.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 900, "height": 900})
        with served(ROOT / "site") as plain, served(site) as own:
            page.goto(f"{plain}/guidance/worried-about-a-child/")
            take(page, "contacts-missing", ".card--today")
            page.goto(f"{own}/guidance/worried-about-a-child/")
            take(page, "contacts-there", ".card--today")
            page.goto(f"{own}/guidance/indicators/")
            take(page, "page-foot", ".page-foot")
            page.goto(f"{own}/to-mend.html")
            take(page, "to-mend", "article")
            question(page, plain)
            take(page, "question-why", "[data-question]:visible .reasons")


if __name__ == "__main__":
    main()
