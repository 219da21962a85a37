"""The report of the bench: the page is what the kept figures give, every target is told reached or not, and what failed is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import keep, page, words

ROOT = Path(__file__).resolve().parents[1]
ALL = json.loads((Path(__file__).parent / "cases/bench.json").read_text(encoding="utf-8"))


def test_the_page_is_what_the_figures_give() -> None:
    written = (ROOT / "docs/about/performance.md").read_text(encoding="utf-8")
    assert written == page.write(keep.read(ROOT)), "run `python -m bench --page`, which writes it from bench/figures.json"


def _changed(part: str, *path: str | int, to: Any) -> dict[str, Any]:
    parts: dict[str, Any] = json.loads(json.dumps(ALL))
    place = parts[part]["figures"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return parts


MISSES = [
    ("start", ("starts", "firefox", "warm", "ours", "median"), 260, "Start beside bare Pyodide, Firefox, second visit"),
    ("start", ("trips", "chromium", "p95"), 5.1, "Marking, 95 of 100 asks, Chromium"),
    ("wire", ("ours", "all", "brotli"), 4_000_001, "Bytes for a first marked answer, in brotli"),
    ("content", ("ratio", "most"), 1.16, "Bytes of a page of guidance, beside plain Material"),
    ("build", ("steps", 1, "ours", "seconds"), 61, "Time of a build of 1,000 pages, beside plain Material"),
]


@pytest.mark.parametrize(("part", "path", "value", "what"), MISSES, ids=[case[3] for case in MISSES])
def test_a_target_that_is_missed_is_told_with_its_reason(part: str, path: tuple[str | int, ...], value: float, what: str) -> None:
    written = page.write(_changed(part, *path, to=value))
    assert written.count("**Not reached**") == 1
    assert f"- **{what}:** " in written
    assert f"| {what} |" in next(line for line in written.splitlines() if "**Not reached**" in line)


def test_reached_targets_need_no_reason() -> None:
    written = page.write(ALL)
    assert "Not reached" not in written
    assert "Why some" not in written
    assert written.count("| Reached |") == 4 + 2 + 1 + 1 + 2


@pytest.mark.parametrize("name", keep.PARTS)
def test_a_part_that_failed_says_so_and_the_others_stand(name: str) -> None:
    failed = {key: value for key, value in ALL[name].items() if key != "figures"} | {"failed": "the browser did not start"}
    written = page.write({**ALL, name: failed})
    assert "This could not be measured: the browser did not start" in written
    assert written.count("Measured on ") == len(keep.PARTS) - 1


def test_before_the_first_run_nothing_counts_as_reached() -> None:
    written = page.write({})
    assert "| Reached |" not in written
    assert written.count("This has not been measured yet.") == len(keep.PARTS)


def test_a_target_is_reached_on_its_very_edge() -> None:
    [target] = words.verdict("wire", {"ours": {"all": {"brotli": words.WIRE}}})
    assert target.reached


def test_a_part_measured_again_takes_the_place_of_its_old_figures(tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / keep.FIGURES).write_text(json.dumps(ALL), encoding="utf-8")
    keep.put(tmp_path, "wire", {**ALL["wire"], "date": "2027-01-02"})
    found = keep.gather(tmp_path)
    assert {name: part["date"] for name, part in found.items()} == {**dict.fromkeys(keep.PARTS, "2026-11-28"), "wire": "2027-01-02"}
    assert keep.read(tmp_path) == found
