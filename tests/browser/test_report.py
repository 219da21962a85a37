"""The training report: files are chosen, dropped, left out and counted; its figures, its paragraph and its file; nothing leaves."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, paper
from tests.browser.conftest import Open, Watch
from tests.browser.exercise import MODULE, of_kind

REPORT = "/partnership/training-report/"
FIRST_TIME = 60_000
SINGLE = of_kind("single")
RIGHT = next(option["id"] for option in SINGLE["options"] if option.get("correct"))
WRONG = [option["id"] for option in SINGLE["options"] if not option.get("correct")]


@pytest.fixture
def revisions(site: Path) -> dict[str, str]:
    """The revision of each question of the module, as the report knows them."""
    text = (site / "partnership/training-report/index.html").read_text("utf-8")
    reported = json.loads(text.partition("data-reported>")[2].partition("</script>")[0])
    return {key: row["revision"] for key, row in reported["modules"][MODULE["id"]]["questions"].items()}


def _attempt(name: str, mode: str, day: int, score: float, chosen: str, revisions: dict[str, str]) -> dict[str, Any]:
    time = f"2026-11-{day:02d}T09:00"
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


def _records(folder: Path, revisions: dict[str, str], right: int = 20, wrong: int = 10, few: int = 3) -> list[Path]:
    """A file for each person: some chose the right option first, some a wrong one, and a few another wrong one."""
    chosen = [RIGHT] * right + [WRONG[0]] * wrong + [WRONG[1]] * few
    return [
        _write(folder / f"person-{at}.json", {"schema": 1, "attempts": [
            _attempt(f"b{at}", "before", 1, 0.4 + at % 2 / 5, option, revisions), _attempt(f"a{at}", "after", 2, 0.8, RIGHT, revisions),
        ]})
        for at, option in enumerate(chosen)
    ]  # fmt: skip


def _write(file: Path, value: object) -> Path:
    file.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return file


def _lined(record: dict[str, Any]) -> str:
    """As My learning writes it: with an answer a line."""
    text = json.dumps(record, separators=(",", ":"))
    for attempt in record["attempts"]:
        rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(row, separators=(',', ':'))}" for key, row in attempt["answers"].items())
        text = text.replace('"answers":' + json.dumps(attempt["answers"], separators=(",", ":")), f'"answers": {{\n{rows}\n}}')
    return text


def _choose(page: Page, files: list[Path]) -> None:
    page.locator("[data-files]").set_input_files(files)
    expect(page.locator("[data-report-heading]")).to_be_focused(timeout=FIRST_TIME)
    expect(page.locator("[data-pending]")).to_have_count(0)


def _row(page: Page, table: str, words: str) -> list[str]:
    rows = page.locator(f'[data-table="{table}"] tbody tr').filter(has_text=words)
    return [text.strip() for text in rows.first.locator("th, td").all_text_contents()]


def test_the_figures_of_thirty_three_people(open_page: Open, watch: Watch, revisions: dict[str, str], tmp_path: Path) -> None:
    page = open_page(REPORT)
    _choose(page, _records(tmp_path, revisions))
    expect(page.locator('[data-state="some"]').first).to_contain_text("33 people’s records are counted, with 66 attempts")
    title = MODULE["title"]
    assert _row(page, "modules", title) == [title, "33", "66", "0", "0", "33", "33", "0"]
    # 17 people began at 0.4 and 16 at 0.6, and all came to 0.8
    assert _row(page, "gains", title)[1:5] == ["straight after", "33", "50%", "80%"]
    assert _row(page, "gains", title)[5] == "0.60"
    page.locator(f'[data-module="{MODULE["id"]}"] summary').click()
    question = _row(page, "questions", "61%")
    assert question[1:4] == ["33", "61%", "44% to 75%"]
    assert question[4] == question[5] == "100.0"
    options = page.locator('[data-table="options"] tbody tr').all()
    shares = {row.locator("th").inner_text(): row.locator("td").nth(1).inner_text() for row in options}
    named = {option["id"]: option["text"] for option in SINGLE["options"]}
    assert shares[f"{named[RIGHT]} (right answer)"] == "20 of 33 (61%)"
    assert shares[named[WRONG[0]]] == shares[named[WRONG[1]]] == "hidden"
    assert not [address for address in watch.requests if "blob:" in address or "person" in address]
    assert page.evaluate("localStorage.length") == 0


def test_files_that_are_left_out_are_named_and_the_rest_counted(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    good = _records(tmp_path, revisions, right=6, wrong=0, few=0)
    attempt = _attempt("x", "exam", 1, 1, RIGHT, revisions)
    bad = [
        _write(tmp_path / "half.json", '{"schema": 1, "attem'),
        _write(tmp_path / "other.json", {"shopping": ["bread"]}),
        _write(tmp_path / "newer.json", {"schema": 9, "attempts": []}),
        _write(tmp_path / "damaged.json", {"schema": 1, "attempts": [attempt]}),
        _write(tmp_path / "empty.json", {"schema": 1, "attempts": []}),
        _write(tmp_path / "deep.json", "[" * 200 + "]" * 200),
        _write(tmp_path / "comma.json", _lined(json.loads(good[0].read_text("utf-8"))).replace("},\n", "}\n", 1)),
        _write(tmp_path / "<b>again</b>.json".replace("/", "-"), good[0].read_text("utf-8")),
    ]
    page = open_page(REPORT)
    _choose(page, [*good[:3], *bad, *good[3:]])
    expect(page.locator('[data-state="some"]').first).to_contain_text("6 people’s records are counted")
    expect(page.locator('[data-state="some"]').first).to_contain_text("These files are left out: 8.")
    page.locator('details[data-has="left-out"] summary').click()
    said = dict(zip([path.name for path in bad], ["it is damaged", "does not hold training", "newer version", "part of it is damaged",
        "holds no attempt", "it is damaged", "it is damaged", "same person’s attempts"], strict=True))  # fmt: skip
    for name, words in said.items():
        expect(page.locator("[data-left-out] li").filter(has_text=name)).to_contain_text(words)
    axe.assert_none(page, "files left out")


def test_too_few_people_say_so_and_more_can_be_added(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    files = _records(tmp_path, revisions, right=6, wrong=0, few=0)
    page = open_page(REPORT)
    _choose(page, files[:4])
    few = page.locator('[data-state="few"]')
    expect(few).to_contain_text("Too few people for a report. 4 could be counted")
    expect(page.locator('[data-table="modules"]')).to_be_hidden()
    page.locator("[data-files]").set_input_files(files[4:])
    expect(few).to_be_hidden()
    expect(page.locator('[data-state="some"]').first).to_contain_text("6 people’s records")
    page.locator("[data-done] [data-clear]").click()
    expect(page.locator("[data-done]")).to_be_hidden()
    expect(page.locator("[data-files]")).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text("Everything that was read is forgotten.")


STEPS = """() => {
  const bar = document.querySelector('progress');
  globalThis.steps = [];
  new MutationObserver(() => globalThis.steps.push(`${bar.value} of ${bar.max}`)).observe(bar, { attributes: true });
}"""


def test_many_files_show_how_far_it_is_and_can_be_stopped(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    files = _records(tmp_path, revisions, right=120, wrong=80, few=30)
    page = open_page(REPORT)
    page.evaluate(STEPS)
    page.locator("[data-files]").set_input_files(files)
    stop = page.locator("[data-reading] [data-clear]")
    expect(page.locator("[data-status]")).to_have_text("Reading: 0 of 230 files")
    stop.click()
    expect(stop).to_be_hidden()
    expect(page.locator("[data-status]")).to_have_text("Everything that was read is forgotten.")
    _choose(page, files[:215])
    expect(page.locator('[data-state="some"]').first).to_contain_text("215 people’s records are counted, with 430 attempts")
    steps = page.evaluate("globalThis.steps")
    assert {"0 of 230", "0 of 215", "200 of 215"} <= set(steps)
    assert list(dict.fromkeys(steps))[-2:] == ["0 of 2", "1 of 2"]


HOLD = """const released = new Promise((resolve) => { globalThis.release = resolve; });
globalThis.Worker = class extends Worker {
  postMessage(message) {
    if (message.text?.startsWith('{"task":"questions"')) released.then(() => super.postMessage(message));
    else super.postMessage(message);
  }
};"""
"""What the engine is asked about questions waits until `release` is called."""


def test_the_report_can_be_read_while_its_questions_are_worked_out(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    page = open_page(REPORT, before=HOLD)
    page.locator("[data-files]").set_input_files(_records(tmp_path, revisions))
    expect(page.locator("[data-report-heading]")).to_be_focused(timeout=FIRST_TIME)
    expect(page.locator("[data-reading]")).to_be_hidden()
    assert _row(page, "modules", MODULE["title"])[1:3] == ["33", "66"]
    module, status = page.locator(f'[data-module="{MODULE["id"]}"]'), page.locator('[data-slot="worked"]')
    module.locator("summary").press("Enter")
    expect(module.locator("[data-pending]")).to_have_text("These figures are still being worked out.")
    expect(status).to_have_text("Modules worked out: 0 of 1.")
    axe.assert_none(page, "questions that are still being worked out")
    with page.expect_download() as caught:
        page.locator("[data-csv]").press("Enter")
        page.evaluate("release()")
    assert ",33,0.606,44% to 75%," in Path(caught.value.path()).read_text("utf-8")
    expect(module.locator("[data-pending]")).to_have_count(0)
    assert _row(page, "questions", "61%")[1:3] == ["33", "61%"]
    expect(status).to_have_text("Open a module to see how its questions were answered.")
    expect(page.locator("[data-csv]")).to_be_focused()


def test_files_that_are_forgotten_have_no_questions_either(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    page = open_page(REPORT, before=HOLD)
    page.locator("[data-files]").set_input_files(_records(tmp_path, revisions))
    expect(page.locator("[data-pending]")).to_have_count(1, timeout=FIRST_TIME)
    page.locator("[data-done] [data-clear]").click()
    page.evaluate("release()")
    expect(page.locator("[data-done]")).to_be_hidden()
    expect(page.locator("[data-modules]")).to_be_empty()
    files = _records(tmp_path, revisions, right=6, wrong=0, few=0)
    page.locator("[data-files]").set_input_files(files)
    expect(page.locator('[data-state="some"]').first).to_contain_text("6 people’s records")


SPOIL = """globalThis.Worker = class extends Worker {
  postMessage(message) {
    const spoilt = !globalThis.spoilt && message.text?.startsWith('{"task":"questions"');
    globalThis.spoilt ||= spoilt;
    super.postMessage(spoilt ? { ...message, text: '{"task":"questions"}' } : message);
  }
};"""


def test_questions_that_failed_can_be_tried_again(open_page: Open, watch: Watch, revisions: dict[str, str], tmp_path: Path) -> None:
    watch.expected = ("The questions must be an object",)
    page = open_page(REPORT, before=SPOIL)
    page.locator("[data-files]").set_input_files(_records(tmp_path, revisions))
    expect(page.locator("[data-trouble]")).to_be_focused(timeout=FIRST_TIME)
    assert _row(page, "modules", MODULE["title"])[1:3] == ["33", "66"]
    page.locator("[data-retry]").press("Enter")
    expect(page.locator("[data-pending]")).to_have_count(0)
    expect(page.locator("[data-trouble]")).to_be_hidden()
    expect(page.locator("[data-report-heading]")).to_be_focused()
    page.locator(f'[data-module="{MODULE["id"]}"] summary').press("Enter")
    assert _row(page, "questions", "61%")[1:3] == ["33", "61%"]


def test_modules_that_too_few_took_have_no_questions(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    files = _records(tmp_path, revisions, right=6, wrong=0, few=0)
    for file in files[:3]:
        _write(file, file.read_text("utf-8").replace(MODULE["id"], "children-at-greater-risk"))
    page = open_page(REPORT)
    _choose(page, files)
    assert _row(page, "modules", MODULE["title"])[1:3] == ["fewer than 5", ""]
    expect(page.locator('[data-slot="worked"]')).to_have_text("No module was taken by at least 5 people, so there is nothing to show.")
    expect(page.locator("[data-modules]")).to_be_empty()


def test_a_file_is_read_alike_however_it_is_written(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    """With or without line ends, a line an answer, with keys in another order, and with braces and quotes in what somebody typed."""
    files = _records(tmp_path, revisions, right=5, wrong=0, few=0)
    for number, file in enumerate(files):
        record = json.loads(file.read_text("utf-8"))
        for answer in record["attempts"][0]["answers"].values():
            answer["response"] += ['a } and a { "revision": {', '\\"first": 0'][: number % 3]
        if number == 4:
            record["attempts"] = [dict(reversed(attempt.items())) for attempt in record["attempts"]]
            for attempt in record["attempts"]:
                attempt["answers"] = {key: dict(reversed(row.items())) for key, row in attempt["answers"].items()}
        _write(file, json.dumps(record, indent=number or None) if number != 3 else _lined(record))
    page = open_page(REPORT)
    _choose(page, files)
    page.locator(f'[data-module="{MODULE["id"]}"] summary').click()
    rows = page.locator('[data-table="questions"] tbody tr').all()
    assert [row.locator("td").first.inner_text() for row in rows] == ["5", "5"]


def test_an_answer_that_cannot_be_used_keeps_out_each_file_that_has_it(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    """Also one that is asked about with files whose reply has not come yet."""
    files = _records(tmp_path, revisions, right=205, wrong=0, few=0)
    wrong = [files[0], files[199], files[200], files[204]]
    for file in wrong:
        record = json.loads(file.read_text("utf-8"))
        record["attempts"][0]["answers"][SINGLE["id"]]["first"] = 2
        _write(file, record)
    page = open_page(REPORT)
    _choose(page, files)
    expect(page.locator('[data-state="some"]').first).to_contain_text("201 people’s records are counted, with 402 attempts")
    page.locator('details[data-has="left-out"] summary').click()
    left = [text.partition(":")[0].strip() for text in page.locator("[data-left-out] li").all_text_contents()]
    assert len(left) == len(wrong) and all(file.name in line for file, line in zip(wrong, left, strict=True))


DROP = """(files) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  const place = document.querySelector('[data-drop]');
  for (const type of ['dragover', 'drop']) place.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def test_files_can_be_dropped(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    files = _records(tmp_path, revisions, right=5, wrong=0, few=0)
    page = open_page(REPORT)
    page.wait_for_selector("[data-scripted]", state="attached")  # before, nothing listens for a drop
    page.evaluate(DROP, [[file.name, file.read_text("utf-8")] for file in files])
    expect(page.locator('[data-state="some"]').first).to_contain_text("5 people’s records", timeout=FIRST_TIME)


POISON = """document.addEventListener('readystatechange', () => {
  const place = document.querySelector('script[data-reported]');
  place.textContent = place.textContent.replace(WRITTEN, '"title":"=1+1"');
}, {once: true});"""
"""The title of the module as somebody who can edit it might write it."""


def test_the_file_for_a_spreadsheet_holds_no_formula(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    written = json.dumps(f'"title":{json.dumps(MODULE["title"])}')
    page = open_page(REPORT, before=POISON.replace("WRITTEN", written))
    _choose(page, _records(tmp_path, revisions))
    with page.expect_download() as caught:
        page.locator("[data-csv]").click()
    assert caught.value.suggested_filename.startswith("training-report-")
    text = Path(caught.value.path()).read_text("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    assert ["People and attempts, by module"] in rows
    assert ["'=1+1", "33", "66", "0", "0", "33", "33", "0"] in rows
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+@\t" and cell]
    assert not [cell for cell in cells if cell.startswith("-") and not cell[1:].replace(".", "").isdigit()]


CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}});"


def test_the_paragraph_for_the_board_can_be_copied(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    page = open_page(REPORT, before=CLIPBOARD)
    _choose(page, _records(tmp_path, revisions))
    page.locator("[data-take]").click()
    expect(page.locator('[data-copied="true"]')).to_be_visible()
    copied = page.evaluate("window.copied")
    assert f"The module taken by most was “{MODULE['title']}” (n = 33)." in copied
    assert "went from 50% to 80% (normalised gain 0.60" in copied
    assert "in 61% of 66 answers (n = 33)" in copied
    assert "Too few people" not in copied and "marked by people’s own devices" in copied


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_the_report_fits_and_axe_finds_nothing(open_page: Open, revisions: dict[str, str], tmp_path: Path, width: int, dark: bool) -> None:
    page = open_page(REPORT, width=width, dark=dark)
    _choose(page, _records(tmp_path, revisions))
    page.locator(f'[data-module="{MODULE["id"]}"] summary').click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    axe.assert_none(page, f"the report at {width} px")
    wide = page.locator(".table-scroll[data-wide]")
    if width == 320:
        assert wide.count() >= 4
        assert {region.get_attribute("tabindex") for region in wide.all()} == {"0"}
        assert all((region.get_attribute("aria-label") or "").endswith("(scrolls sideways)") for region in wide.all())
    assert page.locator('[data-table="modules"] caption').inner_text()


def test_everything_can_be_done_by_keyboard_and_printed(open_page: Open, revisions: dict[str, str], tmp_path: Path) -> None:
    page = open_page(REPORT, before="window.print = () => { window.printed = document.querySelector('[data-report]').dataset.printing; };")
    _choose(page, _records(tmp_path, revisions))
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("Object.keys(document.activeElement.dataset).join() || document.activeElement.tagName"))
    for name in ("clear", "take", "print", "csv", "wide", "slot"):
        assert name in reached, reached
    page.locator('[data-print="report"]').press("Enter")
    assert page.evaluate("window.printed") == "report"
    assert any(paper.squeezed("33 people’s records are counted") in side for side in paper.assert_fine(page, 5))
