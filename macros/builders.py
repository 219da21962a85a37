"""The site builders, each run as a program of its own: MkDocs, and the one that may come next. Both are given the same settings, words and
templates; nothing before or after them knows which of them ran."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from macros import apart, overlay

SETTINGS, MADE = "mkdocs.next.yml", ".cache/next-site"


def mkdocs(root: Path, site: Path, told: Mapping[str, str]) -> list[str]:
    """Run MkDocs with `told` in its environment; its own words when it fails."""
    options = ["--strict", "--quiet", "--config-file", overlay.settings(root), "--site-dir", str(site)]
    return _run(root, [sys.executable, "-m", "mkdocs", "build", *options], told)


def zensical(root: Path, site: Path, told: Mapping[str, str]) -> list[str]:
    """Run Zensical, installed apart; its own words when it fails. It writes inside the project only, so its site is moved."""
    try:
        program = apart.install(root, "next") / "bin/zensical"
    except subprocess.CalledProcessError:
        return [f"Zensical could not be installed from {apart.lock('next')}: check the network, then run the command again"]
    made = root / MADE
    shutil.rmtree(made, ignore_errors=True)
    _forget(root / ".cache")
    settings = {"INHERIT": overlay.settings(root), "site_dir": MADE}
    (root / SETTINGS).write_text(yaml.safe_dump(settings), encoding="utf-8")
    failed = _run(root, [str(program), "build", "--strict", "--config-file", SETTINGS], {**told, "PYTHONPATH": str(root)})
    if not failed:
        shutil.rmtree(site, ignore_errors=True)
        shutil.move(made, site)
        for page in site.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            page.write_text(mended(text, len(page.relative_to(site).parents) - 1), encoding="utf-8")
    return failed


def mended(html: str, depth: int) -> str:
    """A page `depth` folders down, with the links that macros made as they made them. Those begin with the whole way up to the top of the
    site, and Zensical, which takes them for links from one source file to another, puts one more step before it: that leads nowhere."""
    return re.sub(rf'(\s(?:href|src)=")\.\./((?:\.\./){{{depth}}})(?!\.\./)', r"\1\2", html)


BUILDERS = {"mkdocs": mkdocs, "zensical": zensical}


def _forget(folder: Path) -> None:
    """Delete what Zensical keeps of pages, in files named by a number: it does not see that a fact on a page has changed."""
    for path in folder.glob("[0-9]*"):
        if path.name.isdigit() and path.is_file():
            path.unlink()
        elif path.name.isdigit():
            shutil.rmtree(path)


def _run(root: Path, command: list[str], told: Mapping[str, str]) -> list[str]:
    done = subprocess.run(command, cwd=root, env={**os.environ, **told}, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return said or [f"{Path(command[0]).name} stopped with {done.returncode} and said nothing"]
