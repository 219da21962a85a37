"""The editing page with nothing but the browser to save into: made from a project, signed in to, and its forms found.

The tests of the page use this, and `scripts/pictures.py`, which takes the pictures of it."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Locator, Page

from macros import admin, library
from macros.finish import headers, policy
from macros.schema.local import Repository
from tests import project as projects

REPOSITORY = Repository(url="https://gitlab.example.org/area/neglect")
LOADING = 60_000
"""Milliseconds that reading every file may take on a busy machine."""
STORED = "sveltia-cms-test"
WRITE = """async ([stored, files]) => {
  const top = await (await navigator.storage.getDirectory()).getDirectoryHandle(stored, {create: true});
  for (const [path, text] of Object.entries(files)) {
    let folder = top;
    const parts = path.split('/');
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, {create: true});
    const writer = await (await folder.getFileHandle(parts.at(-1), {create: true})).createWritable();
    await writer.write(text);
    await writer.close();
  }
}"""
READ = """async ([stored, path]) => {
  let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(stored);
  const parts = path.split('/');
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
  return (await (await folder.getFileHandle(parts.at(-1))).getFile()).text();
}"""


def site(root: Path, folder: Path, trying: bool) -> Path:
    """A site of the editing page alone. Where it is to be tried out, it saves into the browser and is otherwise as built."""
    (folder / "assets/images").mkdir(parents=True)
    shutil.copy(projects.ROOT / "overrides/assets/images/favicon.svg", folder / "assets/images")
    found, problems = library.read(root)
    assert not problems
    assert found.local
    found.local = found.local.model_copy(update={"repository": REPOSITORY})
    sent = admin.write(folder, found)
    headers.write(folder, policy.policy(set()), sent)
    if trying:
        config = folder / "admin/config.json"
        told = json.loads(config.read_text(encoding="utf-8"))
        config.write_text(json.dumps({**told, "backend": {"name": "test-repo"}, "publish_mode": "simple"}), encoding="utf-8")
    return folder


def sign_in(page: Page, root: Path) -> None:
    """Open the editing page with the files of a project in the browser's storage, and sign in."""
    files = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("docs", "quizzes")
        for path in (root / folder).rglob("*")
        if path.suffix in (".md", ".yml")
    }
    page.goto("/admin/")
    page.evaluate(WRITE, [STORED, files])
    page.get_by_role("button", name="Work with Test Repository").click()
    page.get_by_role("treeitem", name="Training modules").wait_for(timeout=LOADING)


def open_form(page: Page, entry: str) -> None:
    """Open a form, by its collection and its file."""
    page.evaluate("hash => { location.hash = hash; }", f"#/collections/{entry}")
    page.get_by_role("button", name="Save", exact=True).wait_for(timeout=LOADING)


def saved(page: Page, file: str, before: str) -> str:
    """The text of a file in the browser's storage, once it is no longer as it was before. While it is being written it cannot be read."""
    for _ in range(LOADING // 250):
        with suppress(Error):
            text: str = page.evaluate(READ, [STORED, file])
            if text not in ("", before):
                return text
        page.wait_for_timeout(250)
    raise AssertionError(f"{file} was not saved")


def part(page: Page, name: str) -> Locator:
    """The part of a form for one key. A form is drawn as one scrolls, so this scrolls until it is there."""
    found = page.get_by_role("group", name=re.compile(rf"“\W?{name}\W?” Field")).first
    page.mouse.move(640, 500)
    for _ in range(40):
        if found.count():
            found.scroll_into_view_if_needed()
            break
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(50)
    return found


def opened(form: Locator, number: int) -> Locator:
    """One item of a list, opened; counted from 0."""
    form.get_by_role("button", name="Expand", exact=True).nth(number).click()
    return form
