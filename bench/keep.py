"""Where figures are kept: each part's own in `.cache/bench/`, with its day and machine, and all of them in `bench/figures.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PARTS = ("start", "wire", "content", "search", "build", "package")
"""The parts, in the order of the report."""
KEPT = Path(".cache/bench")
FIGURES = Path("bench/figures.json")

Part = dict[str, Any]


def put(root: Path, name: str, part: Part) -> None:
    """Keep what a part gave: `{"date", "machine", "quick", "figures"}`, or `failed` with a sentence in place of `figures`."""
    (root / KEPT).mkdir(parents=True, exist_ok=True)
    (root / KEPT / f"{name}.json").write_text(json.dumps(part, indent=1) + "\n", encoding="utf-8")


def gather(root: Path) -> dict[str, Part]:
    """Every part: what is kept of it here, else what the last report had. Writes `bench/figures.json`."""
    known = read(root)
    for name in PARTS:
        path = root / KEPT / f"{name}.json"
        if path.is_file():
            known[name] = json.loads(path.read_text(encoding="utf-8"))
    found = {name: known[name] for name in PARTS if name in known}
    (root / FIGURES).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def read(root: Path) -> dict[str, Part]:
    """The figures of the last report, by part; none before the first."""
    path = root / FIGURES
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
