"""The list of what belongs in the copy on a device: everything a reader uses and nothing else, each file by its hash."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from macros.finish import copy

DAY = date(2026, 11, 28)
IN = ["", "about/keep-a-copy/", "search/index.json", "assets/javascripts/main.mjs", "assets/stylesheets/site.css"]
OUT = ["copy.json", "copy-worker.mjs", "_headers", "404.html", "sitemap.xml", "downloads/*", "admin/*", "*.map", "*scorm*"]


@pytest.fixture(scope="module")
def listed(built: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((built / copy.LIST).read_text(encoding="utf-8"))
    return found


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """The built site as links, so that a test may put files beside them or in their place."""
    shutil.copytree(built, tmp_path / "site", copy_function=os.symlink)
    return tmp_path / "site"


def test_every_file_is_told_as_it_is_published(built: Path, listed: dict[str, Any]) -> None:
    for file in listed["files"]:
        path = built / file["path"]
        content = (path / "index.html" if path.is_dir() else path).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert listed["bytes"] == sum(file["bytes"] for file in listed["files"])
    assert (listed["schema"], listed["days"]) == (copy.SCHEMA, copy.DAYS)


def test_it_holds_what_a_reader_uses(built: Path, listed: dict[str, Any]) -> None:
    paths = [file["path"] for file in listed["files"]]
    assert len(paths) == len(set(paths))
    assert set(IN) <= set(paths)
    pages = {path.relative_to(built).as_posix().removesuffix("index.html") for path in built.rglob("index.html")}
    assert pages <= set(paths)
    runtime = json.loads((built / "assets/runtime/manifest.json").read_text(encoding="utf-8"))
    assert {f"assets/runtime/{file['path']}" for file in runtime["files"].values()} <= set(paths)


@pytest.mark.parametrize("pattern", OUT)
def test_it_leaves_out_what_none_reads(site: Path, pattern: str) -> None:
    for name in ("downloads/package.zip", "admin/index.html", "preview/one/index.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("x", encoding="utf-8")
    paths = [file["path"] for file in copy.listed(site, DAY)["files"]]
    assert not [path for path in paths if fnmatch(path, pattern)]
    assert not [path for path in paths if path.startswith("preview/")]


def test_the_version_is_of_the_files_and_of_nothing_else(site: Path) -> None:
    first = copy.listed(site, DAY)
    assert copy.listed(site, date(2027, 1, 1)) == first | {"built": "2027-01-01"}
    page = site / "guidance" / "index.html"
    text = page.read_bytes()
    page.unlink()
    page.write_bytes(text + b"\n")
    assert copy.listed(site, DAY)["version"] != first["version"]
    page.write_bytes(text)
    assert copy.listed(site, DAY) == first


def test_the_worker_stands_where_it_may_answer_for_every_page(built: Path) -> None:
    assert (built / copy.WORKER).is_file()
    assert not (built / copy.SCRIPTS / copy.WORKER).exists()
    text = (built / copy.WORKER).read_text(encoding="utf-8")
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE), "older browsers run it as a plain script"


def test_every_page_has_the_lines_that_the_worker_shows(built: Path) -> None:
    for page in built.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for age in ("fresh", "old"):
            assert text.count(f'data-copy="{age}" hidden') == 1, page
        assert text.count('data-copy="print" hidden') == text.count("page-foot__print"), page
        assert text.count("<span data-copy-day></span>") >= 2, page
