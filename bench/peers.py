"""The same pages as plain Material builds them, which is what ours are compared with.

Plain is Material's own theme and search, with the site's Markdown extensions and navigation, over the same words: what the macros give
is put into the Markdown beforehand. It gets no fonts from another host, and prunes its navigation as ours does. Both make it smaller
and faster than Material as it comes, so what is said of it errs in its favour.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

from macros import check, facts, render

PLAIN = """
site_name: Plain
docs_dir: docs
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.prune]
plugins: [search]
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, {toc: {toc_depth: 3, permalink: false}}]
"""


class Failed(Exception):
    """A build that stopped; its text says how."""


class Taken(NamedTuple):
    """What a command took: seconds by the clock, and the most memory at once in MiB."""

    seconds: float
    memory: float


def filled(root: Path) -> dict[str, str]:
    """Every page below `docs/` by its path, with what its macro calls give in place of the calls."""
    library, complaints = check.everything(root)
    if complaints:
        raise Failed(complaints[0])
    environment = Environment(keep_trailing_newline=True)
    found = {}
    for path in library.pages:
        way = "../" * facts.address(path).count("/")
        macros = {name: partial(macro, library, way) for name, macro in render.MACROS.items()}
        found[path] = environment.from_string((root / "docs" / path).read_text(encoding="utf-8")).render(macros)
    return found


def write(folder: Path, pages: dict[str, str], nav: str) -> None:
    """Write a plain project: its pages, and settings with the navigation given as YAML."""
    for path, text in pages.items():
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(f"{PLAIN}\n{nav}", encoding="utf-8")


def build(folder: Path) -> Taken:
    """Build a plain project into its `site/`."""
    return run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"], folder)


def nav(root: Path) -> str:
    """The navigation of the project, as it stands in its settings."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    return f"nav:{text.partition(chr(10) + 'nav:')[2]}"


def run(command: list[str], folder: Path) -> Taken:
    """Run a command in a folder; its words are told only when it fails."""
    started = time.perf_counter()
    with (folder / "said.txt").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        taken = time.perf_counter() - started
        said.seek(0)
        words = said.read().strip()
    (folder / "said.txt").unlink()
    if process.returncode:
        raise Failed(f"a build stopped: {words.splitlines()[-1:]}")
    return Taken(round(taken, 2), round(used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)))
