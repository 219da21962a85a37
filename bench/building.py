"""How long builds take and how much memory they hold, as the site grows, against plain Material on the same pages.

Ours is all that `python -m macros.build` does, without the files for other programs: checking, filling, building, the search index, the
words, the policy and the links. Plain is given pages that are filled in already, and only builds.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import growing, peers

STEPS = ((100, 0), (1_000, 0), (5_000, 10_000))
"""Pages and questions of each project. The site itself is the first: it has a little over 100 pages."""
LARGEST_PEER = 1_000


def measure(root: Path, runs: int, *, quick: bool) -> dict[str, Any]:
    """`{"steps": [{"pages", "questions", "ours": {"seconds", "memory"}, "plain": the same or None}]}`, medians of the first step's"
    " runs."""
    return {"runs": runs, "steps": list(_steps(root, runs, STEPS[:1] if quick else STEPS))}


def _steps(root: Path, runs: int, steps: tuple[tuple[int, int], ...]) -> Iterator[dict[str, Any]]:
    filled = peers.filled(root)
    for number, (pages, questions) in enumerate(steps):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as holding:
            ours, plain = Path(holding) / "ours", Path(holding) / "plain"
            ours.mkdir()
            plain.mkdir()
            added = growing.grow(root, ours, pages, questions)
            nav = growing.nav(peers.nav(root), added)
            settings = (ours / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
            (ours / "mkdocs.yml").write_text(f"{settings}\n{nav}", encoding="utf-8")
            compared = pages <= LARGEST_PEER
            if compared:
                peers.write(plain, filled | {path: filled[_original(path)] for path in added}, nav)
            times: dict[str, list[peers.Taken]] = {"ours": [], "plain": []}
            for _ in range(runs if number == 0 else 1):
                times["ours"].append(peers.run([sys.executable, "-m", "macros.build", "--no-downloads"], ours))
                if compared:
                    times["plain"].append(peers.build(plain))
            yield {
                "pages": sum(1 for _ in (ours / "docs").rglob("*.md")),
                "questions": _questions(ours),
                **{who: _middle(taken) for who, taken in times.items()},
            }


def _original(path: str) -> str:
    """The page that an added one is a copy of."""
    return path.rpartition("-")[0] + ".md"


def _questions(project: Path) -> int:
    return sum(len(set(growing._ids(path.read_text(encoding="utf-8")))) for path in (project / growing.MODULES).glob("*.yml"))


def _middle(taken: list[peers.Taken]) -> dict[str, float] | None:
    if not taken:
        return None
    middle = sorted(taken)[len(taken) // 2]
    return {"seconds": middle.seconds, "memory": max(each.memory for each in taken)}
