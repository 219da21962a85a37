"""What a person goes through: opening the page of a module and answering its first question, on the site and in a package for an LMS."""

from __future__ import annotations

import io
import statistics
import zipfile
from pathlib import Path
from typing import Any

import yaml

from bench import browsers, server, wire
from macros.serve import server_policy

MODULE = "risk-indicators-protective"
QUESTIONS = Path("quizzes/modules") / f"{MODULE}.yml"
ANSWER = """async ([question, value]) => {
  const until = async (selector) => {
    for (const begun = performance.now(); performance.now() - begun < 90_000; ) {
      const found = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
      if (found) return found;
      await new Promise((done) => setTimeout(done, 5));
    }
    throw new Error(`nothing on the page is ${selector}`);
  };
  await until('[data-quiz][data-scripted]');
  location.hash = question;
  const step = `[data-step="${question}"]`;
  (await until(`${step} input[name="${question}"][value="${value}"]`)).click();
  (await until(`${step} [data-check]`)).click();
  await until(`${step} [data-verdict]`);
  return performance.now();
}"""
"""Answers a question rightly, and gives the milliseconds from the wish for the page to the mark."""
LMS = """window.API = Object.fromEntries(
  ['Initialize', 'Finish', 'Commit', 'GetValue', 'SetValue', 'GetLastError', 'GetErrorString', 'GetDiagnostic'].map((name) =>
    [`LMS${name}`, () => (name === 'GetValue' ? '' : name === 'GetLastError' ? '0' : 'true')]));"""
"""The least that a package can take for an LMS: it agrees to everything and keeps nothing."""


def first_question(root: Path) -> list[str]:
    """The id of the module's first question with one right option, and that option."""
    read = yaml.load((root / QUESTIONS).read_text(encoding="utf-8"), yaml.BaseLoader)
    asked = next(question for question in read["questions"] if question["kind"] == "single")
    return [asked["id"], next(option["id"] for option in asked["options"] if option.get("correct") == "true")]


def bytes_to_first_answer(root: Path) -> dict[str, Any]:
    """Every file that the page of a module asks for until its first marked answer, and those of bare Pyodide's and PyScript's starts.

    `{"ours": {"all": Sizes, "groups": {group: Sizes}}, "bare": {"all": Sizes}, "pyscript": {"all": Sizes}}`.
    """
    from bench import start

    held = server.folder(root / "site")
    with server.serve(held, policy=server_policy(root / "site")) as host, browsers.page() as page:
        page.goto(f"{host.origin}/training/{MODULE}/")
        page.evaluate(ANSWER, first_question(root))
        asked = sorted({path for path in host.asked if path in held})
    found: dict[str, Any] = {"ours": {"all": wire.sizes(held[path] for path in asked), "groups": _groups(asked, held)}}
    theirs = start.files(root)
    with server.serve(theirs, policy="") as host:
        for who in ("bare", "pyscript"):
            host.asked.clear()
            browsers.chromium(f"{host.origin}/bench/page.html?who={who}", visits=1)
            # The bench's own page and the message to mark are no part of anybody's start.
            unasked = {"/bench/page.html", "/bench/page.mjs", "/bench/job.json"}
            paths = sorted({path for path in host.asked if path in theirs} - unasked)
            found[who] = {"all": wire.sizes(theirs[path] for path in paths)}
    return found


def _groups(asked: list[str], held: dict[str, bytes]) -> dict[str, wire.Sizes]:
    groups: dict[str, list[bytes]] = {}
    for path in asked:
        groups.setdefault(_group(path), []).append(held[path])
    return {name: wire.sizes(contents) for name, contents in groups.items()}


def _group(path: str) -> str:
    name = path.rpartition("/")[2]
    if "/assets/runtime/" in path:
        starts = {"stdlib-": "Python's library", "engine-": "the engine", "worker-": "the worker"}
        return next((words for start, words in starts.items() if name.startswith(start)), "Pyodide")
    endings = {"": "the page", ".html": "the page", ".css": "styles", ".mjs": "scripts", ".woff2": "the font"}
    return endings.get(Path(name).suffix, "pictures")


def package(root: Path, runs: int) -> dict[str, Any]:
    """The size of a module's package for an LMS, and the time from opening its page to the first marked answer.

    `{"module", "zip", "largest", "packages", "files", "cold", "warm"}`, in bytes and milliseconds (medians).
    """
    folder = root / "site/downloads/scorm"
    zips = {path.stem: path.stat().st_size for path in folder.glob("*.zip")}
    if MODULE not in zips:
        raise browsers.NoAnswer("the packages are not built: run `make build` first")
    with zipfile.ZipFile(io.BytesIO((folder / f"{MODULE}.zip").read_bytes())) as opened:
        held = {f"/{name}": opened.read(name) for name in opened.namelist()}
    visits: dict[str, list[float]] = {"cold": [], "warm": []}
    with server.serve(held, policy="") as host:
        for _ in range(runs):
            with browsers.page() as page:
                page.add_init_script(LMS)
                for taken in visits.values():
                    browsers.settle(page)
                    page.goto(f"{host.origin}/index.html")
                    taken.append(page.evaluate(ANSWER, first_question(root)))
    times = {visit: round(statistics.median(taken)) for visit, taken in visits.items()}
    sizes = {"zip": zips[MODULE], "largest": max(zips.values()), "packages": len(zips), "files": len(held)}
    return {"module": MODULE, "runs": runs, **sizes, **times}
