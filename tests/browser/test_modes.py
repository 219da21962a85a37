"""The modes of a module: practice with tries and hints, a check, before and after, how sure somebody is, and what prints."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser import answering
from tests.browser.answering import ALL, assert_marked, begin, current, given, press_on, put, result, right, wrong
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE, MODULE_PAGE, QUESTIONS, check, go_to, of_kind, step


def test_a_wrong_try_opens_the_hints_and_may_be_mended(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    question = next(one for one in QUESTIONS if len(one.get("hints", [])) == 1)
    here = go_to(page, question["id"])
    put(page, question, wrong(question))
    here.locator("[data-check]").click()
    again = page.locator("[data-again]")
    expect(again).to_be_focused(timeout=30_000)
    expect(again).to_contain_text("Not right yet")
    expect(again).to_contain_text("You can try once more")
    expect(here.locator("[data-hints]")).to_have_attribute("open", "")
    expect(here.locator("[data-verdict]")).to_be_hidden()
    here.locator("[data-check]").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("This is the answer you gave before")
    put(page, question, right(question))
    check(page, question)
    assert_marked(page, question, right(question))
    expect(again).to_be_hidden()
    answering.skip_all(page)
    expect(result(page).get_by_role("status")).to_contain_text("You got 1 of 5 right in the end, 0 of them at the first try")


def test_the_answer_can_be_asked_for_after_a_wrong_try(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    question = next(one for one in QUESTIONS if one.get("hints"))
    here = go_to(page, question["id"])
    put(page, question, wrong(question))
    here.locator("[data-check]").click()
    expect(page.locator("[data-again]")).to_be_focused(timeout=30_000)
    put(page, question, right(question))
    here.locator("[data-give-up]").click()
    expect(here.locator("[data-verdict]")).to_be_focused()
    assert_marked(page, question, wrong(question))
    assert given(page, question["id"]) == sorted(wrong(question))


def test_five_more_are_five_others(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    begin(page, "practice")
    rounds: list[set[str]] = []
    for _ in range(2):
        asked = set()
        for _ in range(5):
            question = current(page)
            asked.add(question["id"])
            put(page, question, right(question))
            check(page, question)
            answering.go_on(page)
        rounds.append(asked)
        result(page).locator("[data-more]").click()
    assert not rounds[0] & rounds[1]


def test_a_check_has_one_try_reasons_at_the_end_and_a_pass(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    begin(page, "check")
    for number in range(1, 11):
        question = current(page)
        here = step(page, question["id"])
        expect(here.locator("[data-hints]").or_(here.locator("[data-verdict]")).first).to_be_hidden()
        expect(here.locator("[data-check]")).to_have_text("Finish" if number == 10 else "Continue")
        put(page, question, right(question))
        press_on(page, question["id"])
    end = result(page)
    expect(end.get_by_role("status")).to_contain_text("You got 10 of 10 questions fully right")
    expect(end.get_by_role("status")).to_contain_text("your score is 100%")
    expect(end.get_by_role("status")).to_contain_text(re.compile(r"only guessed would expect about \d\d%"))
    expect(end.locator('[data-key="passed"]')).to_be_visible()
    expect(end.locator("[data-list] li")).to_have_count(10)
    end.locator("[data-list] a").first.click()
    expect(page.locator("[data-question]:visible [data-verdict] [data-state='right']")).to_be_visible()


def test_a_safety_point_wrong_does_not_pass_a_check(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    begin(page, "check")
    missed: list[str] = []
    for _ in range(10):
        question = current(page)
        answer = wrong(question) if question.get("critical") and not missed else right(question)
        missed += [question["id"]] if answer == wrong(question) else []
        put(page, question, answer)
        press_on(page, question["id"])
    end = result(page)
    expect(end.locator('[data-key="not-passed"]')).to_be_visible()
    expect(end.locator('[data-key="passed"]')).to_be_hidden()
    expect(end.locator(f'[data-key="critical:{missed[0]}"]')).to_be_visible()
    end.locator(f'[data-key="critical:{missed[0]}"] a').click()
    assert_marked(page, ALL[missed[0]], wrong(ALL[missed[0]]))


def test_an_answer_that_cannot_be_used_is_named_at_the_end_and_nothing_is_lost(open_page: Open) -> None:
    """A list left in the order it was given looks filled in; only the engine knows that it is not an answer."""
    page = open_page(MODULE_PAGE, quiet=False)
    order = of_kind("order")
    seeds = page.evaluate("JSON.parse(document.querySelector('[data-course]').textContent).forms.check")
    seed = next(number for number, (form,) in enumerate(seeds) if QUESTIONS.index(order) in form)
    page.evaluate("seed => { crypto.getRandomValues = (array) => array.fill(seed); }", seed)
    begin(page, "check")
    for number in range(10):
        question = current(page)
        if question["id"] != order["id"]:
            put(page, question, right(question))
        if number < 9:
            press_on(page, question["id"])
    page.locator("[data-check]:visible").click()
    expect(page.locator("[data-error-summary]")).to_be_focused(timeout=30_000)
    expect(step(page, order["id"]).locator('[data-problem="unanswered"]')).to_be_visible()
    put(page, order, right(order))
    while page.locator("[data-question]:visible").count():
        press_on(page, current(page)["id"])
    expect(result(page).get_by_role("status")).to_contain_text("You got 10 of 10")


def test_before_tells_nothing_until_after_and_the_two_share_no_question(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    begin(page, "before")
    before = answering.answer_form(page, wrong)
    end = result(page)
    expect(end).to_contain_text("Your five answers are in")
    expect(end.locator("[data-route]:visible").first).to_contain_text("watch a scene thought through first")
    expect(end.get_by_text("You got").filter(visible=True)).to_have_count(0)
    expect(page.locator("[data-verdict]:visible")).to_have_count(0)
    page.locator("[data-home]:visible").click()
    expect(page.locator('[data-said="measuring"]')).to_be_visible()
    begin(page, "learn")
    for _ in MODULE["screens"]:
        page.locator("[data-step]:visible [data-next]").click()
    practised = {*answering.skip_all(page)}
    result(page).locator("[data-home]").click()
    expect(step(page, "start")).to_be_visible()
    begin(page, "after")
    after = answering.answer_form(page)
    assert not {*before} & {*after}
    assert not practised & {*after}
    end = result(page)
    expect(end.get_by_role("status")).to_contain_text("0% before, 100% after")
    expect(end.locator("[data-list] li")).to_have_count(10)
    end.locator("[data-list] a").last.click()
    _assert_wrong_shown(page, before)


def _assert_wrong_shown(page: Page, before: list[str]) -> None:
    question = current(page)
    assert question["id"] in before
    expect(page.locator('[data-question]:visible [data-verdict] [data-state]:visible')).to_have_count(1)
    expect(page.locator('[data-question]:visible [data-state="right"]')).to_be_hidden()


def test_answers_that_share_an_idea_are_told(open_page: Open) -> None:
    """Where two wrong answers of one form name one belief, the result says which; the engine says so too."""
    page = open_page("/training/was-not-brought/", quiet=False)
    begin(page, "check")
    chosen: list[str] = []
    for _ in range(10):
        question = current(page)
        options = [option for option in question.get("options", []) if option.get("misconception")]
        chosen += [options[0]["misconception"]] if question["kind"] == "single" else []
        put(page, question, [options[0]["id"]] if question["kind"] == "single" else right(question))
        press_on(page, question["id"])
    end = result(page)
    shared = {belief for belief in chosen if chosen.count(belief) > 1}
    shown = end.locator("[data-shared]:visible").evaluate_all("all => all.map(one => one.dataset.shared)")
    assert set(shown) <= shared
    assert len(shown) == min(2, len(shared))


def test_how_sure_is_shown_and_is_no_part_of_passing(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    begin(page, "check")
    asked = 0
    for _ in range(10):
        question = current(page)
        put(page, question, right(question))
        here = step(page, question["id"])
        if here.locator("[data-certainty]").count():
            here.locator('[data-sure][value="guess"]').check()
            asked += 1
        press_on(page, question["id"])
    end = result(page)
    expect(end.locator('[data-key="passed"]')).to_be_visible()
    chart = end.locator('[data-chart="calibration"]')
    assert asked
    expect(chart.locator("svg .chart__fill")).to_have_count(1)
    expect(chart.locator("tbody tr")).to_have_count(1)
    expect(chart.locator("tbody td").first).to_have_text(str(asked))
    assert chart.locator("svg").bounding_box()["width"] <= 320  # type: ignore[index]


def test_a_link_to_another_question_does_not_lose_what_is_filled_in(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    begin(page, "check")
    question = current(page)
    put(page, question, right(question))
    page.evaluate("name => { location.hash = name; }", "worked")
    expect(step(page, question["id"])).to_be_visible()
    assert page.url.endswith(f"#{question['id']}")


def test_the_record_and_the_team_sheet_print_alone(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False, before="window.print = () => {};")
    begin(page, "check")
    answering.answer_form(page, count=10)
    end = result(page)
    end.locator('[data-print="record"]').click()
    page.emulate_media(media="print")
    record = page.locator("[data-record]")
    expect(record).to_be_visible()
    expect(record).to_contain_text("not verified by anybody")
    expect(record).to_contain_text("100% of 10 questions")
    expect(record).to_contain_text(re.compile(r"[0-9a-f]{8}, of \d+ \w+ 2026"))
    expect(record.get_by_text("Supervisor: signature and date")).to_be_visible()
    expect(page.locator(".team:visible, [data-status]:visible")).to_have_count(0)
    assert "certificate" not in record.inner_text().lower()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    end.locator('[data-print="team"]').click()
    page.emulate_media(media="print")
    expect(page.get_by_text("What we will do, who will do it, and by when:")).to_be_visible()
    expect(record).to_be_hidden()
    expect(page.locator("[data-status]")).to_be_hidden()
