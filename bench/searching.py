"""How well and how fast the search of the built site answers, in Chromium: every query of `tests/cases/search.yml`, typed key by key.

A query succeeds in the first (or the first three) when one of the pages it accepts is the first (one of the first three) results.
A keystroke is timed from the key to the new list of results, with the index loaded.
"""

from __future__ import annotations

import os
import shutil
import statistics
from pathlib import Path
from typing import Any

import brotli
import yaml

from bench.server import serve
from macros.facts import address

QUERIES = Path("tests/cases/search.yml")
TARGETS = "Search targets: first at least 85%, first three at least 97%, p95 under 50 ms a keystroke."
OPEN = """async () => {
  const started = performance.now();
  document.querySelector('[data-search-open]').click();
  const words = document.querySelector('[data-search-words]');
  const list = document.querySelector('[data-search-results]');
  globalThis.after = (text) => new Promise((done) => {
    const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now() - from); });
    watch.observe(list, { childList: true });
    words.value = text;
    const from = performance.now();
    words.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await globalThis.after('neglect');
  return performance.now() - started;
}"""
TYPE = """async (query) => {
  const list = document.querySelector('[data-search-results]');
  const times = [];
  for (let end = 1; end <= query.length; end += 1) {
    list.append(document.createElement('li'));  // so that even an empty answer changes the list
    times.push(await globalThis.after(query.slice(0, end)));
  }
  return { times, urls: [...list.querySelectorAll('a')].slice(0, 3).map((link) => new URL(link.href).pathname.slice(1)) };
}"""

Case = dict[str, Any]


def cases(file: Path) -> list[Case]:
    """Each query with the addresses of the pages it accepts."""
    rows = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    return [{"query": row["query"], "accepted": {address(page) for page in row["pages"]}} for row in rows]


def asked(site: Path, rows: list[Case]) -> tuple[float, list[float], list[list[str]]]:
    """Milliseconds until the first search answers, milliseconds of each keystroke, and the first three pages of each query."""
    from playwright.sync_api import sync_playwright

    held = {f"/{path.relative_to(site).as_posix()}": path.read_bytes() for path in site.rglob("*") if path.is_file()}
    held["/"] = held["/index.html"]
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    with serve(held) as origin, sync_playwright() as drive:
        page = drive.chromium.launch(executable_path=program, args=["--no-sandbox"]).new_page()
        page.goto(f"{origin}/index.html")
        ready = page.evaluate(OPEN)
        found = [page.evaluate(TYPE, row["query"]) for row in rows]
    return ready, [time for answer in found for time in answer["times"]], [answer["urls"] for answer in found]


def report(site: Path, file: Path = QUERIES) -> str:
    """What to print: the queries that fail, success, time and bytes."""
    rows = cases(file)
    ready, times, answers = asked(site, rows)
    lines, first, three = [], 0, 0
    for row, urls in zip(rows, answers, strict=True):
        first += bool(urls[:1]) and urls[0] in row["accepted"]
        three += any(url in row["accepted"] for url in urls)
        if not urls or urls[0] not in row["accepted"]:
            lines.append(f"  not first: {row['query']}: {', '.join(urls) or 'nothing'}")
    cuts = statistics.quantiles(times, n=100)
    index = (site / "search/index.json").read_bytes()
    lines += [
        f"search, {len(rows)} queries: first {first / len(rows):.1%}, first three {three / len(rows):.1%}",
        f"search, {len(times)} keystrokes: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms; first answer after {ready:,.0f} ms",
        f"search index: {len(index):,} bytes, brotli {len(brotli.compress(index)):,}",
        TARGETS,
    ]
    return "\n".join(lines)

