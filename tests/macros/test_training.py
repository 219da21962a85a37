"""What makes a question a poor one, what a published question may not do, and what is to be checked again: each shown by changing one
thing in the small project's module."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from macros import check, exercises, published, revisions, training
from macros.schema.training import Published
from tests.project import ROOT, changed, run

FILE = "quizzes/modules/every-kind.yml"
STEM = "    stem: |\n      A scene.\n\n      A question?\n"
B = "text: 12:30, why: Because., correct: true}"
LONG = " ".join(["word"] * 41)
LONG_SCENE = ". ".join(["One two three four five six seven"] * 19)

POOR = {
    "a negative question": (STEM, STEM.replace("A question?", "What do you not do?"), "ek-single: the question holds 'not'"),
    "a negative contracted": (STEM, STEM.replace("A question?", "What don't you do?"), "ek-single: the question holds 'n't'"),
    "all of the above": (B, B.replace("12:30", "All of the above"), "ek-single: the option holds 'All of the above'"),
    "both a and b": (B, B.replace("12:30", "Both a and b"), "ek-single: the option holds 'Both a and b'"),
    "an absolute word": (B, B.replace("12:30", "Always"), "ek-single: the option holds 'Always'"),
    "the same option twice": (B, B.replace("12:30", "'no!'"), "ek-single: this says the same as number 1"),
    "the same stem twice": ("{id: t, text: Second,", "{id: t, text: first,", "ek-match: this says the same as number 1"),
    "one wrong option that anybody believes": (
        "why: Because., misconception: a-belief}\n      - {id: b, text: 12:30", "why: Because.}\n      - {id: b, text: 12:30",
        "ek-single: found 1 wrong options with a `misconception`; at least 2",
    ),
    "a long sentence": (STEM, STEM.replace("A scene.", f"{LONG}."), "ek-single: found a sentence of 41 words; allowed: at most 40"),
    "a long scene": (STEM, STEM.replace("A scene.", f"{LONG_SCENE}."), "ek-single: the scene has 133 words; allowed: at most 130"),
    "no second critical question": (
        "    level: judge\n    critical: true\n", "    level: judge\n", "the forms cannot be drawn: Two forms of 5",
    ),
    "a story that cannot go wrong": (
        "{id: b, text: Look, value: 0, to: three, why: Because.}", "{id: b, text: Look, value: 0.5, to: three, why: Because.}",
        "ek-case: guessing earns 56% on average; allowed: at most 55%",
    ),
    "a belief nobody has words for": (
        "text: No, why: Because., misconception: a-belief}", "text: No, why: Because., misconception: b-belief}",
        "there is no misconception `b-belief` (did you mean `a-belief`?)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", POOR)
def test_a_poor_question_is_told_with_its_line(case: str, project: Path) -> None:
    old, new, words = POOR[case]
    text = (project / FILE).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    with changed(project / FILE, text.replace(old, new).encode()):
        complaints = check.everything(project)[1]
    assert len(complaints) == 1, complaints
    place, _, said = complaints[0].partition(": ")
    assert words in said or words in complaints[0]
    line = int(place.rpartition(":")[2])
    assert text.count("\n", 0, text.index(old)) - 30 < line <= text.count("\n", 0, text.index(old)) + 12


SINGLE = """  - id: ek-more-{0}
    kind: single
    outcome: one
    level: apply
    stem: What do you do?
    options:
      - {{id: a, text: This one{1}, why: Because., correct: {2}, misconception: {3}}}
      - {{id: b, text: That one, why: Because., correct: {4}, misconception: {5}}}
      - {{id: c, text: Another, why: Because., misconception: a-belief}}
    explain: It matters.
    facts: [ex-two]
"""


def _more(longer: str, first: bool) -> str:
    right, wrong = ("true", "null"), ("false", "a-belief")
    return "".join(SINGLE.format(n, longer, *(right if first else wrong), *(wrong if first else right)) for n in range(4))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (_more("", True), "the right option is number 1 in 4 of 5"),
        (_more(" and no other", True), "the longest option is the right one in 4 of 5"),
    ],
)
def test_a_pattern_among_the_right_answers_is_told(more: str, words: str, project: Path) -> None:
    text = (project / FILE).read_text("utf-8")
    with changed(project / FILE, text.replace("\nnext_week:", f"\n{more}next_week:").encode()):
        complaints = check.everything(project)[1]
    assert any(words in complaint for complaint in complaints), complaints


def test_a_published_question_keeps_its_words(project: Path) -> None:
    """A changed option is a complaint with its line; a mended spelling can be said; a new reason is no change; an id stays taken."""
    text = (project / FILE).read_text("utf-8")
    listed = project / "quizzes/published.yml"
    with changed(listed, listed.read_bytes()):
        assert run(project, "macros.published").returncode == 0
        assert check.everything(project)[1] == []
        before = listed.read_text("utf-8")
        with changed(project / FILE, text.replace(B, B.replace("12:30", "12:31")).encode()):
            complaints = check.everything(project)[1]
            line = text[: text.index("- id: ek-single")].count("\n") + 1
            assert [complaint.partition(": ")[0] for complaint in complaints] == [f"{FILE}:{line}"]
            assert "`supersedes: ek-single`" in complaints[0]
            assert run(project, "macros.published").returncode == 0
            assert check.everything(project)[1] == complaints, "publishing again hid the change"
            assert run(project, "macros.published", "--same", "ek-single").returncode == 0
            library, complaints = check.everything(project)
            assert complaints == []
            row = library.written["every-kind"]["questions"][0]
            assert library.published
            assert revisions.revision(library.published, row) in before, "a mended spelling lost the answers that people keep"
        with changed(project / FILE, text.replace("text: 12:30, why: Because.", "text: 12:30, why: Other words.").encode()):
            assert check.everything(project)[1] == []
        with changed(project / FILE, text.replace("- id: ek-single", "- id: ek-new").encode()):
            assert run(project, "macros.published").returncode == 0
            assert "ek-single" in listed.read_text("utf-8")


def test_a_name_that_is_not_there_is_told(project: Path) -> None:
    done = run(project, "macros.published", "--same", "ek-nothing", "--checked", "so-nothing")
    assert done.returncode == 1
    assert "ek-nothing" in done.stderr and "so-nothing" in done.stderr


def test_what_rests_on_a_changed_fact_or_page_is_listed_until_somebody_has_looked(project: Path) -> None:
    listed, page = project / "quizzes/published.yml", project / "docs/about/sources.md"
    source = project / "docs/_facts/sources/example-2019.yml"
    with changed(listed, listed.read_bytes()):
        run(project, "macros.published")
        library, _ = check.everything(project)
        assert list(training.to_check_again(library)) == []
        claim = library.facts["ex-one"][1].claim
        with (
            changed(source, source.read_text("utf-8").replace(claim, "Something else.").encode()),
            changed(page, page.read_bytes() + b"\nOne more line.\n"),
        ):
            told = run(project, "macros.stale").stdout
            assert f"{FILE}:" in told
            assert "ek-single rests on the fact `ex-one`, which has changed" in told
            assert "about/sources.md has changed since the questions of this module were checked" in told
            run(project, "macros.published", "--checked", "ex-one", "about/sources.md")
            assert "0 questions and modules to check again" in run(project, "macros.stale").stdout


def test_the_version_of_a_module_changes_with_what_a_learner_could_notice(project: Path) -> None:
    text = (project / FILE).read_text("utf-8")

    def version() -> str:
        library, complaints = check.everything(project)
        assert complaints == []
        return revisions.version(library, library.modules["every-kind"])

    first = version()
    for old, new, same in (("review_by: 2027-05-22", "review_by: 2027-06-22", True), ("explain: It matters.", "explain: It does.", False)):
        with changed(project / FILE, text.replace(old, new, 1).encode()):
            assert (version() == first) is same, old


def test_stamps_do_not_depend_on_the_order_of_keys_or_on_line_ends() -> None:
    assert revisions.meaning({"id": "q", "stem": "One\ntwo"}) == revisions.meaning({"stem": "One  two", "id": "q", "explain": "Other"})
    assert revisions.meaning({"id": "q", "stem": "One"}) != revisions.meaning({"id": "q", "stem": "Two"})


def test_the_list_is_as_the_command_writes_it() -> None:
    library, _ = check.everything(ROOT)
    assert library.published
    assert published.text(library.published) == (ROOT / "quizzes/published.yml").read_text("utf-8")
    assert published.update(library.published, published.now(library), (), ()) == library.published, "run `make published`"


def test_an_empty_list_is_written_and_read() -> None:
    empty = Published(questions={}, facts={}, pages={})
    assert published.text(empty).count("{}") == 3


def test_a_page_asks_early_for_every_script_it_will_need() -> None:
    found = exercises.scripts(ROOT, "exercise.mjs", "module.mjs")
    assert found[:2] == ["exercise.mjs", "module.mjs"]
    assert {"client.mjs", "view.mjs", "marking.mjs", "storage.mjs"} <= {*found}
    assert "search.mjs" not in found


def test_make_published_hands_over_what_is_asked() -> None:
    command = ["make", "--dry-run", "published", "SAME=a-1", "CHECKED=so-one guidance/x.md"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "--same a-1 --checked so-one guidance/x.md" in done.stdout
