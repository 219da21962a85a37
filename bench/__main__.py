"""`python -m bench [--only start search …] [--runs 5] [--quick]`: measure all parts or some, and write `docs/about/performance.md`.

Needs a built site with its downloads (`make build`). A part that comes to nothing says so, and the others go on.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from bench import browsers, building, content, journey, keep, machine, page, peers, searching, start
from macros.runtime import RuntimeProblem
from macros.serve import server_policy

PAGE = Path("docs/about/performance.md")


def measures(root: Path, options: argparse.Namespace) -> dict[str, Callable[[], dict[str, Any]]]:
    """What measures each part."""
    runs = 1 if options.quick else options.runs
    few = max(1, min(runs, 3))
    return {
        "start": lambda: start.measure(root, runs, options.browsers, quick=options.quick),
        "wire": lambda: journey.bytes_to_first_answer(root),
        "content": lambda: _beside_plain(root, lambda ours, plain, policy: content.measure(ours, plain, policy, few)),
        "search": lambda: _beside_plain(
            root, lambda *sites: searching.measure(*sites, root / searching.QUERIES, root / searching.PAGEFIND)
        ),
        "build": lambda: building.measure(root, few, quick=options.quick),
        "package": lambda: journey.package(root, few),
    }


def _beside_plain(root: Path, measure: Callable[[Path, Path, str], dict[str, Any]]) -> dict[str, Any]:
    """Measure the built site beside plain Material's of the same pages."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as holding:
        plain = Path(holding)
        peers.write(plain, peers.filled(root), peers.nav(root))
        peers.build(plain)
        return measure(root / "site", plain / "site", server_policy(root / "site"))


def take(root: Path, name: str, measure: Callable[[], dict[str, Any]], *, quick: bool) -> None:
    """Measure one part and keep what it gave, or the sentence that says why it gave nothing."""
    begun = time.monotonic()
    about = {"date": date.today().isoformat(), "machine": machine.describe(root), "quick": quick}
    try:
        part = {**about, "figures": measure()}
    except (browsers.NoAnswer, peers.Failed, RuntimeProblem, Error, OSError, subprocess.SubprocessError) as problem:
        part = {**about, "failed": (str(problem).splitlines() or [type(problem).__name__])[0][:300]}
        print(f"{name}: {part['failed']}", flush=True)
    keep.put(root, name, part)
    print(f"{name}: done in {time.monotonic() - begun:,.0f} seconds", flush=True)


def main() -> int:
    """Measure, keep and write; 1 when a part that was asked for came to nothing."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", default=list(keep.PARTS), choices=keep.PARTS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--browsers", nargs="+", default=["chromium", "firefox"], choices=["chromium", "firefox"])
    parser.add_argument("--quick", action="store_true", help="one run of everything, and no large builds: to try it out")
    parser.add_argument("--page", action="store_true", help="measure nothing: write the page from the figures that are kept")
    options = parser.parse_args()
    root = Path.cwd()
    if not (root / "site/index.html").is_file():
        raise SystemExit("There is no built site: run `make build` first.")
    print(f"load of this machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
    for name, measure in measures(root, options).items():
        if name in options.only and not options.page:
            take(root, name, measure, quick=options.quick)
    known = keep.gather(root)
    (root / PAGE).write_text(page.write(known), encoding="utf-8")
    print(f"{PAGE} is written.")
    return int(any("failed" in known.get(name, {}) for name in options.only))


if __name__ == "__main__":
    raise SystemExit(main())
