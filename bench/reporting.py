"""How long the training report takes over 2,000 learners' records, in Chromium: from choosing the files to the report on the page, and to
the last of its questions. `python -m bench.reporting [--people 2000] [--site site]`.

Three times: with all the modules in every record, each taken once; with two of them, as people take them; and with all, as people take
them. A fresh browser each time, files on this machine's disk, and the engine started, which it is before anybody has found a folder and
chosen what is in it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

from bench import records
from bench.server import serve
from scripts.browsers import find

PEOPLE = 2000
PATIENCE = 300_000
CHOOSING = 8_000
TARGETS = "Report target: shown in under 5 s, no task of the page over 200 ms."
WATCH = """() => {
  const seen = (globalThis.seen = { from: 0, read: 0, shown: 0, whole: 0, longest: 0, steps: 0, max: 0 });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (seen.from && startTime >= seen.from) seen.longest = Math.max(seen.longest, duration);
    }
  }).observe({ type: 'longtask' });
  document.querySelector('[data-files]').addEventListener('change', () => { seen.from = performance.now(); }, { capture: true });
  const bar = document.querySelector('progress');
  new MutationObserver(() => { seen.steps += 1; if (bar.max < seen.max) seen.read ||= performance.now(); seen.max = bar.max; })
    .observe(bar, { attributes: true, attributeFilter: ['value'] });
  const done = document.querySelector('[data-done]');
  const painted = (then) => requestAnimationFrame(() => setTimeout(then));
  new MutationObserver(() => painted(() => { seen.shown ||= performance.now(); }))
    .observe(done, { attributes: true, attributeFilter: ['hidden'] });
  new MutationObserver(() => done.querySelector('[data-pending]') || painted(() => { seen.whole ||= performance.now(); }))
    .observe(document.querySelector('[data-modules]'), { childList: true, subtree: true });
}"""


def measure(site: Path, folder: Path) -> dict[str, Any]:
    """What one fresh browser took over the files of a folder: milliseconds of each step and the page's longest task, steps of the bar,
    and megabytes of the page's heap once the report is there."""
    from playwright.sync_api import sync_playwright

    held = {f"/{path.relative_to(site).as_posix()}": path.read_bytes() for path in site.rglob("*") if path.is_file()}
    with serve(held) as host, sync_playwright() as drive:
        page = drive.chromium.launch(executable_path=find() or "chromium", args=["--no-sandbox"]).new_page()
        page.goto(f"{host.origin}/partnership/training-report/index.html")
        page.wait_for_selector("[data-scripted]", state="attached")
        page.evaluate(WATCH)
        page.wait_for_timeout(CHOOSING)
        page.set_input_files("[data-files]", sorted(folder.iterdir()), timeout=PATIENCE)
        page.wait_for_selector("[data-done]:not([hidden])", timeout=PATIENCE)
        page.wait_for_selector("[data-pending]", state="detached", timeout=PATIENCE)
        page.wait_for_timeout(500)
        seen: dict[str, Any] = page.evaluate("globalThis.seen")
        heap = page.context.new_cdp_session(page).send("Runtime.getHeapUsage")
        people = page.locator('[data-state="some"] [data-slot="learners"]').first.inner_text()
    return seen | {"heap": heap["usedSize"] / 1e6, "people": people}


def report(site: Path, people: int = PEOPLE) -> str:
    """What to print: a line for each kind of record, and the target."""
    known = records.reported(site)
    lines = []
    number = len(known["modules"])
    kinds: list[tuple[str, int | None, records.Paths]] = [
        (f"all {number} modules in each, taken once", None, records.ONCE),
        ("2 modules in each, some taken again", 2, records.PATHS),
        (f"all {number} modules in each, most taken again", None, records.PATHS),
    ]
    for words, modules, paths in kinds:
        with tempfile.TemporaryDirectory() as name:
            size = 0
            for number, text in enumerate(records.make(known, people, modules, paths)):
                size += Path(name, f"training-{number:04d}.json").write_text(text, "utf-8")
            seen = measure(site, Path(name))
        shown, read, whole = ((seen[key] - seen["from"]) / 1000 for key in ("shown", "read", "whole"))
        lines.append(
            f"report on {people:,} records, {words} ({size / 1e6:.0f} MB): shown after {shown:.2f} s"
            f" (files read after {read:.2f} s, all questions after {whole:.2f} s), longest task {seen['longest']:.0f} ms,"
            f" {seen['steps']} steps of the bar, heap {seen['heap']:.0f} MB, {seen['people']} counted"
        )
    return "\n".join([*lines, TARGETS])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.reporting")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--site", type=Path, default=Path("site"))
    options = parser.parse_args()
    print(f"load of this machine at the start {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(report(options.site, options.people))


if __name__ == "__main__":
    main()
