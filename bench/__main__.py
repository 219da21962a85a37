"""`python -m bench [--runs 7] [--trips 300] [--browsers chromium firefox]`: one table, one run, one machine.

Ours and bare take turns, each in a fresh browser, after waiting for the machine to be idle. Figures are medians.
Time runs from the first wish for an answer, with nothing started, to the marked answer; files come uncompressed from this
machine, so time is work, not network.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import zipfile
from collections import defaultdict
from pathlib import Path

from bench import browsers, building, searching, wire
from bench.server import serve
from macros.runtime import OUTPUT, RuntimeProblem, build, inputs
from tests import cases

STOCK = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]
TARGETS = "Targets: ratio at most 0.35 cold and warm in both browsers; brotli 4,300,000 bytes in all; marking p95 under 10 ms."

Times = dict[str, list[float]]


def files(root: Path, text: str) -> dict[str, bytes]:
    """Everything the bench serves, by path."""
    runtime = build(root)
    here = Path(__file__).parent
    held = {f"/bench/{name}": (here / name).read_bytes() for name in ("page.html", "page.mjs", "bare.mjs", "echo.mjs")}
    held |= {f"/stock/{name}": (root / inputs.VENDOR / name).read_bytes() for name in STOCK}
    for folder, under in {OUTPUT: "runtime", Path("overrides/assets/javascripts"): "javascripts"}.items():
        found = (path for path in (root / folder).rglob("*") if path.is_file())
        held |= {f"/assets/{under}/{path.relative_to(root / folder).as_posix()}": path.read_bytes() for path in found}
    held["/bench/engine-source.zip"] = _sources(root / "engine")
    held["/bench/job.json"] = json.dumps({"runtime": {"base": "/assets/runtime/", **runtime}, "text": text}).encode()
    return held


def _sources(engine: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in inputs.sources(engine):
            archive.write(path, path.relative_to(engine.parent).as_posix())
    return packed.getvalue()


def fetched(held: dict[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files each start fetches: ours, bare."""
    manifest = json.loads(held["/assets/runtime/manifest.json"])
    ours = {file["path"]: held[f"/assets/runtime/{file['path']}"] for file in manifest["files"].values()}
    bare = {name: held[f"/stock/{name}"] for name in STOCK}
    return ours, bare | {name: held[f"/bench/{name}"] for name in ("bare.mjs", "engine-source.zip")}


def measure(origin: str, browser: str, runs: int, trips: int) -> tuple[dict[str, Times], Times]:
    """First answers by visit and starter, and round trips of ours and of an empty worker, in milliseconds."""
    visit = {"chromium": browsers.chromium, "firefox": browsers.firefox}[browser]
    firsts: dict[str, Times] = {"cold": defaultdict(list), "warm": defaultdict(list)}
    each: Times = defaultdict(list)
    visit(f"{origin}/bench/page.html?who=ours")  # the first start of a program reads it from disk, and is not counted
    for run in range(runs):
        for who in ("ours", "bare") if run % 2 else ("bare", "ours"):
            found = visit(f"{origin}/bench/page.html?who={who}&trips={trips if who == 'ours' else 0}")
            for name, result in zip(firsts, found, strict=True):
                firsts[name][who].append(result["first"])
                each["marking"] += result["marking"]
                each["echo"] += result["echo"]
    return firsts, each


def report(browser: str, firsts: dict[str, Times], each: Times) -> list[str]:
    """Lines to print for one browser."""
    lines = []
    for name, times in firsts.items():
        ours, bare = statistics.median(times["ours"]), statistics.median(times["bare"])
        spread = ", ".join(f"{who} {min(times[who]):,.0f} to {max(times[who]):,.0f}" for who in ("ours", "bare"))
        quietest = min(times["ours"]) / min(times["bare"])
        lines.append(
            f"{browser:9} {name}: ours {ours:,.0f} ms, bare {bare:,.0f} ms, ratio {ours / bare:.3f}"
            f"  (quickest against quickest {quietest:.3f}; {spread})"
        )
    for name, taken in each.items():
        cuts = statistics.quantiles(taken, n=100)
        lines.append(f"{browser:9} {name} round trip: p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms  ({len(taken)} asks)")
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--trips", type=int, default=300)
    parser.add_argument("--browsers", nargs="+", default=["chromium", "firefox"], choices=["chromium", "firefox"])
    options = parser.parse_args()
    root = Path.cwd()
    text = next(text for _, text, expected in cases.messages() if json.loads(text).get("task") == "mark" and expected["ok"])
    try:
        held = files(root, text)
    except RuntimeProblem as problem:
        raise SystemExit(str(problem)) from problem
    for title, content in zip(("ours", "bare"), fetched(held), strict=True):
        print(wire.table(title, wire.sizes(content, root / ".cache/bench-wire.json")), end="\n\n")
    print(f"{options.runs} runs each; load of this machine at the start {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(building.compare(root, options.runs), flush=True)
    print(searching.report(root / "site"), flush=True)
    with serve(held) as origin:
        for browser in options.browsers:
            print("\n".join(report(browser, *measure(origin, browser, options.runs, options.trips))), flush=True)
    print("\n" + TARGETS)


if __name__ == "__main__":
    main()
