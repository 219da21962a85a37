"""The files of the training report: chosen, dropped, read, left out and forgotten."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE
from tests.browser.reported import FIRST_TIME, REPORT, RIGHT, SINGLE, attempted, choose, lined, records, write


def test_files_that_are_left_out_are_named_and_the_rest_counted(open_page: Open, site: Path, tmp_path: Path) -> None:
    good = records(tmp_path, site, right=6, wrong=0, few=0)
    exam = attempted("x", "exam", 1, 1, RIGHT, site)
    bad = [
        write(tmp_path / "half.json", '{"schema": 1, "attem'),
        write(tmp_path / "other.json", {"shopping": ["bread"]}),
        write(tmp_path / "newer.json", {"schema": 9, "attempts": []}),
        write(tmp_path / "damaged.json", {"schema": 1, "attempts": [exam]}),
        write(tmp_path / "empty.json", {"schema": 1, "attempts": []}),
        write(tmp_path / "deep.json", "[" * 200 + "]" * 200),
        write(tmp_path / "comma.json", lined(json.loads(good[0].read_text("utf-8"))).replace("},\n", "}\n", 1)),
        write(tmp_path / "<b>again</b>.json".replace("/", "-"), good[0].read_text("utf-8")),
    ]
    page = open_page(REPORT)
    choose(page, [*good[:3], *bad, *good[3:]])
    expect(page.locator('[data-state="some"]').first).to_contain_text("6 people’s records are counted")
    expect(page.locator('[data-state="some"]').first).to_contain_text("These files are left out: 8.")
    page.locator('details[data-has="left-out"] summary').click()
    said = dict(zip([path.name for path in bad], ["it is damaged", "does not hold training", "newer version", "part of it is damaged",
        "holds no attempt", "it is damaged", "it is damaged", "same person’s attempts"], strict=True))  # fmt: skip
    for name, words in said.items():
        expect(page.locator("[data-left-out] li").filter(has_text=name)).to_contain_text(words)
    axe.assert_none(page, "files left out")


def test_too_few_people_say_so_and_more_can_be_added(open_page: Open, site: Path, tmp_path: Path) -> None:
    files = records(tmp_path, site, right=6, wrong=0, few=0)
    page = open_page(REPORT)
    choose(page, files[:4])
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


def test_many_files_show_how_far_it_is_and_can_be_stopped(open_page: Open, site: Path, tmp_path: Path) -> None:
    files = records(tmp_path, site, right=120, wrong=80, few=30)
    page = open_page(REPORT)
    page.evaluate(STEPS)
    page.locator("[data-files]").set_input_files(files)
    stop = page.locator("[data-reading] [data-clear]")
    expect(page.locator("[data-status]")).to_have_text("Reading: 0 of 230 files")
    stop.click()
    expect(stop).to_be_hidden()
    expect(page.locator("[data-status]")).to_have_text("Everything that was read is forgotten.")
    choose(page, files[:215])
    expect(page.locator('[data-state="some"]').first).to_contain_text("215 people’s records are counted, with 430 attempts")
    steps = page.evaluate("globalThis.steps")
    assert {"0 of 230", "0 of 215", "200 of 215"} <= set(steps)
    assert list(dict.fromkeys(steps))[-2:] == ["0 of 2", "1 of 2"]


def test_a_file_is_read_alike_however_it_is_written(open_page: Open, site: Path, tmp_path: Path) -> None:
    """With or without line ends, a line an answer, with keys in another order, and with braces and quotes in what somebody typed."""
    files = records(tmp_path, site, right=5, wrong=0, few=0)
    for number, file in enumerate(files):
        record = json.loads(file.read_text("utf-8"))
        for answer in record["attempts"][0]["answers"].values():
            answer["response"] += ['a } and a { "revision": {', '\\"first": 0'][: number % 3]
        if number == 4:
            record["attempts"] = [dict(reversed(attempt.items())) for attempt in record["attempts"]]
            for attempt in record["attempts"]:
                attempt["answers"] = {key: dict(reversed(row.items())) for key, row in attempt["answers"].items()}
        write(file, json.dumps(record, indent=number or None) if number != 3 else lined(record))
    page = open_page(REPORT)
    choose(page, files)
    page.locator(f'[data-module="{MODULE["id"]}"] summary').click()
    rows = page.locator('[data-table="questions"] tbody tr').all()
    assert [row.locator("td").first.inner_text() for row in rows] == ["5", "5"]


def test_an_answer_that_cannot_be_used_keeps_out_each_file_that_has_it(open_page: Open, site: Path, tmp_path: Path) -> None:
    """Also one that is asked about with files whose reply has not come yet."""
    files = records(tmp_path, site, right=805, wrong=0, few=0)
    wrong = [files[at] for at in (0, 1, 2, 199, 200, 201, 399, 400, 401, 600, 601, 804)]
    for file in wrong:
        record = json.loads(file.read_text("utf-8"))
        record["attempts"][0]["answers"][SINGLE["id"]]["first"] = 2
        write(file, record)
    page = open_page(REPORT)
    choose(page, files)
    expect(page.locator('[data-state="some"]').first).to_contain_text("793 people’s records are counted, with 1,586 attempts")
    page.locator('details[data-has="left-out"] summary').click()
    left = [text.partition(":")[0].strip() for text in page.locator("[data-left-out] li").all_text_contents()]
    assert len(left) == len(wrong) and all(file.name in line for file, line in zip(wrong, left, strict=True))


DROP = """(files) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  const place = document.querySelector('[data-drop]');
  for (const type of ['dragover', 'drop']) place.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def test_files_can_be_dropped(open_page: Open, site: Path, tmp_path: Path) -> None:
    files = records(tmp_path, site, right=5, wrong=0, few=0)
    page = open_page(REPORT)
    page.wait_for_selector("[data-scripted]", state="attached")  # before, nothing listens for a drop
    page.evaluate(DROP, [[file.name, file.read_text("utf-8")] for file in files])
    expect(page.locator('[data-state="some"]').first).to_contain_text("5 people’s records", timeout=FIRST_TIME)
