"""Opening a page of guidance for the first time: what travels, and when its largest part is seen, ours against plain Material's."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from bench import browsers, server, wire

SEEN = """() => new Promise((done) => {
  let last = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) last = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  setTimeout(() => done(last), 500);
})"""
TIMED = 4
"""How many of the pages are also opened over the slow line."""

Sites = dict[str, dict[str, bytes]]


def measure(ours: Path, plain: Path, policy: str, runs: int) -> dict[str, Any]:
    """`{"pages", "bytes": {who: Sizes of the middle page}, "ratio": {"median", "most", "page"}, "lcp": {who: ms}, "runs"}`.

    The ratio is of brotli, page by page. The largest paint is over the slow line with nothing cached, the median of some pages.
    """
    sites = {"ours": server.folder(ours), "plain": server.folder(plain)}
    policies = {"ours": policy, "plain": ""}
    paths = sorted(f"/{path.parent.relative_to(ours).as_posix()}/" for path in ours.glob("guidance/*/index.html"))
    sizes = {who: _sizes(held, paths, policies[who]) for who, held in sites.items()}
    ratios = {path: sizes["ours"][path]["brotli"] / sizes["plain"][path]["brotli"] for path in paths}
    most = max(ratios, key=ratios.__getitem__)
    middle = sorted(ratios, key=ratios.__getitem__)[len(ratios) // 2]
    chosen = paths[:: max(1, len(paths) // TIMED)][:TIMED]
    return {
        "pages": len(paths),
        "bytes": {who: found[middle] for who, found in sizes.items()},
        "page": {who: wire.sizes([held[middle]]) for who, held in sites.items()},
        "ratio": {"median": round(statistics.median(ratios.values()), 3), "most": round(ratios[most], 3)},
        "lcp": {who: _seen(held, chosen, policies[who], runs) for who, held in sites.items()},
        "timed": len(chosen),
        "runs": runs,
    }


def _sizes(held: dict[str, bytes], paths: list[str], policy: str) -> dict[str, wire.Sizes]:
    """What travels for each page, each opened in a fresh browser window that has nothing cached."""
    found = {}
    with server.serve(held, policy=policy) as host, browsers.windows() as window:
        for path in paths:
            host.asked.clear()
            page = window()
            page.goto(host.origin + path, wait_until="networkidle")
            page.context.close()
            found[path] = wire.sizes(held[asked] for asked in sorted(set(host.asked)) if asked in held)
    return found


def _seen(held: dict[str, bytes], paths: list[str], policy: str, runs: int) -> int:
    """Milliseconds until the largest part is seen, over the slow line: the median."""
    taken = []
    with server.serve(held, policy=policy, line=server.Line()) as host:
        for path in paths * runs:
            with browsers.page() as page:
                browsers.settle(page)
                page.goto(host.origin + path, wait_until="load")
                taken.append(page.evaluate(SEEN))
    return round(statistics.median(taken))
