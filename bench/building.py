"""How long the whole build takes, against plain Material on the same pages.

Plain is Material's own theme and search over the same Markdown, with the site's Markdown extensions, and no macros: the pages come out with
their calls unfilled. Ours is everything `make build` does once it is set up: checking, filling, building, the policy and the links.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLAIN = """
site_name: Plain
docs_dir: docs
exclude_docs: _facts/
theme:
  name: material
  font: false
plugins: [search]
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, {toc: {permalink: false}}]
"""


def seconds(command: list[str], folder: Path) -> float:
    """Wall time of one command; its words are shown only when it fails."""
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - started


def compare(root: Path, runs: int) -> str:
    """One line: the medians of both builds, taking turns, and their ratio."""
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder)
        shutil.copytree(root / "docs", plain / "docs")
        (plain / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
        for _ in range(runs):
            times["ours"].append(seconds([sys.executable, "-m", "macros.build", "--site", str(plain / "ours")], root))
            times["plain"].append(seconds([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"], plain))
    ours, bare = (statistics.median(times[name]) for name in ("ours", "plain"))
    pages = sum(1 for _ in (root / "docs").rglob("*.md"))
    return f"build of {pages} pages: ours {ours:.2f} s, plain Material {bare:.2f} s, ratio {ours / bare:.2f}"
