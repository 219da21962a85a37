"""Invented learners' files for the page of the training report, and choosing them there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.exercise import MODULE, of_kind

REPORT = "/partnership/training-report/"
FIRST_TIME = 60_000
SINGLE = of_kind("single")
RIGHT = next(option["id"] for option in SINGLE["options"] if option.get("correct"))
WRONG = [option["id"] for option in SINGLE["options"] if not option.get("correct")]


@cache
def _revisions(site: Path) -> dict[str, str]:
    """The revision of each question of the module, as the report knows them."""
    text = (site / "partnership/training-report/index.html").read_text("utf-8")
    reported = json.loads(text.partition("data-reported>")[2].partition("</script>")[0])
    return {key: row["revision"] for key, row in reported["modules"][MODULE["id"]]["questions"].items()}


def attempted(name: str, mode: str, day: int, score: float, chosen: str, site: Path) -> dict[str, Any]:
    time, revisions = f"2026-11-{day:02d}T09:00", _revisions(site)
    other = next(key for key in revisions if key != SINGLE["id"])
    row = {"certainty": "sure", "tries": 1, "hints": 0, "misconceptions": []}
    first = float(chosen == RIGHT)
    answers = {
        SINGLE["id"]: row | {"revision": revisions[SINGLE["id"]], "response": [chosen], "first": first},
        other: row | {"revision": revisions[other], "response": [], "first": first},
    }
    return {
        "schema": 1, "attempt": name, "module": MODULE["id"], "version": "v1", "mode": mode, "part": 0, "seed": 1, "started": time,
        "finished": time, "score": score, "passed": False, "answers": answers,
    }  # fmt: skip


def records(folder: Path, site: Path, right: int = 20, wrong: int = 10, few: int = 3) -> list[Path]:
    """A file for each person: some chose the right option first, some a wrong one, and a few another wrong one."""
    chosen = [RIGHT] * right + [WRONG[0]] * wrong + [WRONG[1]] * few
    return [
        write(folder / f"person-{at}.json", {"schema": 1, "attempts": [
            attempted(f"b{at}", "before", 1, 0.4 + at % 2 / 5, option, site), attempted(f"a{at}", "after", 2, 0.8, RIGHT, site),
        ]})
        for at, option in enumerate(chosen)
    ]  # fmt: skip


def write(file: Path, value: object) -> Path:
    file.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return file


def lined(record: dict[str, Any]) -> str:
    """As My learning writes it: with an answer a line."""
    text = json.dumps(record, separators=(",", ":"))
    for attempt in record["attempts"]:
        rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(row, separators=(',', ':'))}" for key, row in attempt["answers"].items())
        text = text.replace('"answers":' + json.dumps(attempt["answers"], separators=(",", ":")), f'"answers": {{\n{rows}\n}}')
    return text


def choose(page: Page, files: list[Path]) -> None:
    page.locator("[data-files]").set_input_files(files)
    expect(page.locator("[data-report-heading]")).to_be_focused(timeout=FIRST_TIME)
    expect(page.locator("[data-pending]")).to_have_count(0)


def cells_of(page: Page, table: str, words: str) -> list[str]:
    rows = page.locator(f'[data-table="{table}"] tbody tr').filter(has_text=words)
    return [text.strip() for text in rows.first.locator("th, td").all_text_contents()]
