"""A learning management system for the tests: pages that offer an object and open a package in a frame, and what it kept."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page

from tests.project import ROOT

HERE = Path(__file__).parent
SCORM_AGAIN = ROOT / "node_modules/scorm-again/dist/scorm12.min.js"


def make(folder: Path, packages: Path, *names: str) -> Path:
    """A folder to serve: the LMS's page, and each package as it is unpacked."""
    folder.mkdir()
    for part in ("lms.html", "lms.js", "frame.js"):
        shutil.copy(HERE / part, folder)
    shutil.copy(SCORM_AGAIN, folder / "scorm12.min.js")
    (folder / "404.html").write_text("There is no such file.", encoding="utf-8")
    for name in names:
        with zipfile.ZipFile(packages / f"{name}.zip") as package:
            package.extractall(folder / name)
    return folder


def module(page: Page) -> Any:
    """The module in its frame, once it has started. A frame does for a page wherever a test answers questions."""
    page.frame_locator("iframe").locator("[data-quiz][data-scripted]").wait_for(state="attached")
    frame = page.frame(name="module")
    assert isinstance(frame, Frame)
    return frame


def kept(page: Page) -> dict[str, Any]:
    """What the LMS kept, with all it was told under `values` where it is the strict one."""
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('lms') ?? '{}'"))
    return found


def refused(page: Page) -> list[list[str]]:
    """What the strict LMS did not take since this page was opened."""
    found: list[list[str]] = page.evaluate("window.API.refused")
    return found
