"""What is kept on a device, spoilt in many ways: no page breaks; what can be read is shown, and what cannot is said and left there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import answering
from tests.browser.conftest import Open, Watch
from tests.browser.exercise import MODULE, MODULE_PAGE
from tests.browser.kept import KEPT, LEARNING, NOW, attempt, kept
from tests.browser.mutations import MARKUP, texts

NAME = "noticing-neglect /"
RELOADS = 14
SEED = 20261128
ANSWERED = {"values": ["a"], "tries": [["b"]], "certainty": "sure", "hints": 1, "done": True, "revision": "0"}
DRAFT = {
    "id": "abc", "mode": "practice", "part": 0, "seed": 1, "form": [], "steps": [], "at": "rip-01", "started": "2026-11-28T09:00",
    "version": "0", "answers": {},
}  # fmt: skip
READ = """async ([texts, name]) => {
  const at = (file) => import(`/assets/javascripts/${file}.mjs`);
  const [storage, attempt, course] = await Promise.all([at('storage'), at('attempt'), at('course')]);
  const course_ = JSON.parse(document.querySelector('script[data-course]').textContent);
  const ids = JSON.parse(document.querySelector('script[data-definition]').textContent).questions.map(({id}) => id);
  const revisions = Object.fromEntries(ids.map((id, index) => [id, course_.revisions[index]]));
  const found = {};
  texts.forEach((text, number) => {
    localStorage.setItem(name, text);
    const {found: how, record} = storage.read('2026-11-28');
    (found[how] ??= []).push(number);
    const whole = (record?.attempts ?? []).filter(attempt.isFinished);
    const measured = course.findMeasured(whole);
    for (const mode of Object.keys(course_.forms)) {
      const {form} = course.chooseForm(course_, mode, 1, {ids, leading: '', practised: new Set(), attempts: whole});
      if (!form.length || form.some((id) => !ids.includes(id))) throw new Error(`text ${number}: no form for ${mode}`);
    }
    for (const draft of Object.values(record?.drafts ?? {})) {
      const {form} = attempt.stillStanding(draft, revisions);
      if (form.some((id) => !ids.includes(id))) throw new Error(`text ${number}: a strange question`);
    }
    if (how !== 'expired' && localStorage.getItem(name) !== text) throw new Error(`text ${number} is not there any more`);
  });
  localStorage.clear();
  return [found, typeof pwned, Object.keys(Object.prototype)];
}"""


def _record() -> dict[str, Any]:
    asked = [question["id"] for question in MODULE["questions"][:5]]
    draft = DRAFT | {"form": asked, "steps": asked, "at": asked[0], "answers": {asked[0]: ANSWERED}}
    rows = [
        attempt("before", 60, 0.4, rip_01=("sure", 0.0)),
        attempt("after", 50, 0.8),
        attempt("check", 40, 0.9, passed=True),
    ]
    return {**json.loads(kept({"rip-01": "0"}, rows)), "drafts": {MODULE["id"]: draft}}


def test_two_hundred_and_fifty_spoilt_records_are_read(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    assert page.evaluate(READ, [[json.dumps(_record())], NAME])[0] == {"kept": [0]}
    found, pwned, polluted = page.evaluate(READ, [list(texts(_record(), SEED, 250)), NAME])
    assert set(found) <= {"kept", "damaged", "newer", "expired"}
    assert min(len(found["kept"]), len(found["damaged"])) > 25, found
    assert (pwned, polluted) == ("undefined", [])


def _put(page: Page, text: str) -> None:
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [NAME, text])


@pytest.mark.parametrize("path", [MODULE_PAGE, LEARNING])
def test_pages_open_on_spoilt_records_and_can_be_used(open_page: Open, watch: Watch, path: str) -> None:
    """Those that are hardest: spoilt inside, so that they look whole."""
    page = open_page("/about/licence/", quiet=False)
    page.clock.set_fixed_time(NOW)
    spoilt = [text for text in texts(_record(), SEED + 1, 60) if text.startswith('{"schema"')][:RELOADS]
    for text in spoilt:
        _put(page, text)
        page.goto(path)
        expect(page.locator("[data-scripted]").first).to_be_attached()
        expect(page.locator("main [data-kept]:visible").first).to_be_visible()
        if path == LEARNING:
            expect(page.locator("[data-quiz], [data-learning]").first).not_to_have_attribute(
                "aria-busy", "true", timeout=30_000
            )
            expect(page.locator("[data-trouble]")).to_be_hidden()
        else:
            _use(page)
        shown = page.locator("main").inner_text()
        assert not [word for word in ("Invalid Date", "NaN", "undefined", "[object", "null") if word in shown], text
        page.evaluate("localStorage.clear()")
    assert page.evaluate("typeof pwned") == "undefined"


def _use(page: Page) -> None:
    """Go on with what was kept where the page offers it, and begin where not."""
    resume = page.locator("[data-resume]")
    if resume.is_visible():
        resume.click()
    if page.locator('[data-step="start"]').is_visible():
        answering.begin(page, "practice")
    expect(page.locator("[data-step]:visible [data-heading]").first).to_be_visible()


def test_one_spoilt_attempt_is_named_and_the_others_stand(open_page: Open) -> None:
    record = _record()
    record["attempts"][1] |= {"finished": 7, "mode": MARKUP}
    page = open_page("/about/licence/", quiet=False)
    page.clock.set_fixed_time(NOW)
    _put(page, json.dumps(record))
    page.goto(LEARNING)
    expect(page.locator(".learning__module")).to_contain_text("Passed on 19 October 2026", timeout=30_000)
    expect(page.locator('[data-has="problems"]')).to_contain_text("Attempt 2:")
    page.goto(MODULE_PAGE)
    expect(page.locator('[data-said="changed"]')).to_contain_text("You passed this module on 19 October 2026")
    page.locator("[data-resume]").click()
    assert page.evaluate(KEPT)["attempts"] == record["attempts"], "what cannot be read is still there"


def test_a_strange_end_of_an_address_breaks_nothing(open_page: Open) -> None:
    for end in ("#%E0%A4%A", "#__proto__", '#"]<b>', "#result", "#check"):
        page = open_page(MODULE_PAGE + end)
        expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
        expect(page.locator('footer [data-kept="none"]')).to_be_visible()
        expect(page.locator("[data-step]:visible")).to_have_count(1)
