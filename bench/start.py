"""From the first wish for an answer, with nothing started, to the marked answer: ours, bare Pyodide and PyScript, taking turns.

All three run the same marking of the same message. Each turn is a fresh browser, after waiting for the machine to be idle. Where no slow
line is asked for, files come uncompressed from this machine, so that time is work and not network.
"""

from __future__ import annotations

import io
import json
import statistics
import zipfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench import browsers, slow, snapshot, wire
from bench.server import POLICY, Line, serve
from macros.runtime import OUTPUT, build, inputs
from tests import cases

STOCK = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]
OWN = ["page.html", "page.mjs", "bare.mjs", "echo.mjs", "mark.py", "pyscript.json"]
PYSCRIPT = Path("node_modules/@pyscript/core/dist")
WHO = ("ours", "bare", "pyscript")
TRIED = "snapshot"
TRIPS = 300
SLOWER = 4

Times = dict[str, list[float]]
Visits = Callable[[str], list[browsers.Visit]]


def files(root: Path) -> dict[str, bytes]:
    """Everything the starts fetch, by path."""
    text = next(text for _, text, expected in cases.messages() if json.loads(text).get("task") == "mark" and expected["ok"])
    runtime = build(root)
    held = {f"/bench/{name}": (Path(__file__).parent / name).read_bytes() for name in OWN}
    held |= {f"/stock/{name}": (root / inputs.VENDOR / name).read_bytes() for name in STOCK}
    for folder, under in {
        OUTPUT: "assets/runtime",
        Path("overrides/assets/javascripts"): "assets/javascripts",
        PYSCRIPT: "pyscript",
    }.items():
        found = (path for path in (root / folder).rglob("*") if path.is_file() and path.suffix != ".map")
        held |= {f"/{under}/{path.relative_to(root / folder).as_posix()}": path.read_bytes() for path in found}
    held["/bench/engine-source.zip"] = _sources(root / "engine")
    held |= snapshot.files(root, held[f"/assets/runtime/{runtime['files']['worker']['path']}"].decode())
    held["/bench/job.json"] = json.dumps({"runtime": {"base": "/assets/runtime/", **runtime}, "text": text}).encode()
    return held


def _sources(engine: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in inputs.sources(engine):
            archive.write(path, path.relative_to(engine.parent).as_posix())
    return packed.getvalue()


def measure(root: Path, runs: int, names: list[str], *, quick: bool = False) -> dict[str, Any]:
    """First answers in each browser and each circumstance, in milliseconds, and the round trip of one marking.

    `{"runs", "starts": {circumstance: {visit: {who: {"median", "least", "most"}}}}, "trips": {browser: {"p50", "p95", "echo"}},
    "snapshot": Sizes, "failed"}`. A start from a snapshot is measured where nothing is slowed down.
    """
    held = files(root)
    visits: dict[str, Visits] = {"chromium": browsers.chromium, "firefox": browsers.firefox}
    plans = [(name, visits[name], runs, TRIPS, None, (*WHO, TRIED)) for name in names]
    few = max(1, min(runs, 2))
    if slow.PROC.is_dir() and not quick:
        plans.append(("slow processor", partial(browsers.chromium, times_slower=SLOWER), few, 0, None, WHO))
    if not quick:
        plans.append(("slow line", browsers.chromium, few, 0, Line(), WHO))
    found: dict[str, Any] = {"runs": runs, "few": few, "starts": {}, "trips": {}, "failed": []}
    found["snapshot"] = wire.sizes([held[snapshot.MEMORY]])
    for name, visit, times, trips, line, who in plans:
        firsts, each, failed = _circumstance(held, visit, times, trips, line, who)
        found["starts"][name] = {when: {one: _spread(taken) for one, taken in times_.items()} for when, times_ in firsts.items()}
        found["failed"] += [f"{name}: {words}" for words in failed]
        if each["marking"]:
            found["trips"][name] = _trips(each)
    return found


def _circumstance(
    held: dict[str, bytes], visit: Visits, runs: int, trips: int, line: Line | None, starters: Sequence[str]
) -> tuple[dict[str, Times], Times, list[str]]:
    """Milliseconds of every start by visit and starter, of every round trip, and what came to nothing."""
    firsts: dict[str, Times] = {"cold": defaultdict(list), "warm": defaultdict(list)}
    each: Times = defaultdict(list)
    failed = []
    # PyScript's own scripts set styles and compile Python's glue, which the site's policy refuses; so it is measured without a policy.
    with serve(held, policy=POLICY, line=line) as strict, serve(held, policy="", line=line) as free:
        if trips:
            visit(f"{strict.origin}/bench/page.html?who=ours")  # the first start of a program reads it from disk, and is not counted
        for run in range(runs):
            for who in starters if run % 2 else reversed(starters):
                origin = free.origin if who == "pyscript" else strict.origin
                try:
                    results = visit(f"{origin}/bench/page.html?who={who}&trips={trips if who == 'ours' else 0}")
                except browsers.NoAnswer as problem:
                    failed.append(f"{who}: {problem}")
                    continue
                for times, result in zip(firsts.values(), results, strict=True):
                    times[who].append(result["first"])
                    each["marking"] += result["marking"]
                    each["echo"] += result["echo"]
    return firsts, each, failed


def _spread(taken: list[float]) -> dict[str, int]:
    return {"median": round(statistics.median(taken)), "least": round(min(taken)), "most": round(max(taken))}


def _trips(each: Times) -> dict[str, float]:
    cuts = statistics.quantiles(each["marking"], n=100)
    echo = statistics.quantiles(each["echo"], n=100)
    return {"asks": len(each["marking"]), "p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "echo p95": round(echo[94], 2)}
