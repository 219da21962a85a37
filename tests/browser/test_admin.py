"""The editing page in a real browser: it opens under its own policy, asks nobody but its site, and what it saves is what was meant.

It saves into the browser's own storage here, as Sveltia CMS does where it is told to try things out; everything else is as built."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from macros import check, library, load
from macros.schema.base import File
from macros.schema.module import Module
from macros.schema.page import Head
from macros.schema.source import Source
from macros.schema.worksheets import MODELS
from tests import project as projects
from tests.browser import editing
from tests.browser.axe import violations
from tests.browser.conftest import LISTEN, PATIENCE, Open, Watch
from tests.browser.server import Server

THEIRS = ("region:", "landmark-one-main:", "page-has-heading-one:")
"""What axe finds in the program, which is not ours: good practice, and no failure of WCAG. docs/about/accessibility.md says so."""

REAL: dict[str, tuple[str, type[File], str]] = {
    "local-details/entries/local": ("docs/_facts/local.yml", library.LISTS["local"], "partnership"),
    "pages/entries/home": ("docs/index.md", Head, "title"),
    "pages-contribute/entries/question-kinds": ("docs/contribute/question-kinds.md", Head, "title"),
    "sources/entries/portsmouth-2020": ("docs/_facts/sources/portsmouth-2020.yml", Source, "title"),
    "modules/entries/was-not-brought": ("quizzes/modules/was-not-brought.yml", Module, "title"),
    "modules/entries/describing-care": ("quizzes/modules/describing-care.yml", Module, "title"),
    **{f"tools/entries/{name}": (f"quizzes/tools/{name}.yml", model, "title") for name, model in MODELS.items()},
}
"""Forms of the real project: the file of each, what it holds, and a line of it that a person changes."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project. `0o14` without quotes is text to us and the number 12 to the editing page, so there it stands in quotes."""
    root = projects.make(tmp_path_factory.mktemp("edited") / "project")
    module = root / "quizzes/modules/every-kind.yml"
    module.write_text(module.read_text(encoding="utf-8").replace("text: 0o14", "text: '0o14'"), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def trying(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(editing.site(small, tmp_path_factory.mktemp("trying") / "site", trying=True))
    yield running
    running.close()


@pytest.fixture(scope="module")
def server(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(editing.site(small, tmp_path_factory.mktemp("as-built") / "site", trying=False))
    yield running
    running.close()


Edit = Callable[[str], Page]


@pytest.fixture
def edit(browser: Browser, small: Path, trying: Server) -> Iterator[Edit]:
    """`edit("modules/entries/…")` signs in and opens a form, with the small project's files in the browser's storage."""
    context = browser.new_context(base_url=trying.address, viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    watch = Watch(trying.address.removeprefix("http://"))
    watch.follow(context)
    context.add_init_script(LISTEN)

    def open_(entry: str) -> Page:
        page = context.new_page()
        editing.sign_in(page, small)
        editing.open_form(page, entry)
        return page

    yield open_
    context.close()
    assert not watch.wrong, "\n".join(watch.wrong)


def save(page: Page, root: Path, file: str) -> tuple[Any, list[str], str]:
    """Press Save; the library as it is with the saved file, what is wrong with the project then, and the file's text."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_hidden()
    text = editing.saved(page, file, (root / file).read_text(encoding="utf-8"))
    with projects.changed(root / file, text.encode()):
        found, wrong = check.content(root)
    return found, wrong, text


def test_it_opens_as_built_and_offers_to_sign_in(open_page: Open) -> None:
    page = open_page("/admin/")
    expect(page.get_by_role("button", name=re.compile("token", re.IGNORECASE))).to_be_visible()
    assert page.locator("meta[name=robots]").first.get_attribute("content") == "noindex, nofollow"
    assert [line for line in violations(page) if not line.startswith(THEIRS)] == []


def test_a_question_is_edited(edit: Edit, small: Path) -> None:
    before = library.read(small)[0].modules["every-kind"]
    page = edit("modules/entries/every-kind")
    assert [line for line in violations(page) if not line.startswith(THEIRS)] == []
    form = editing.opened(editing.part(page, "Questions"), 0)
    form.get_by_role("textbox", name="Stem").first.fill("What would you ask first?")
    found, wrong, text = save(page, small, "quizzes/modules/every-kind.yml")
    assert wrong == []
    assert 'stem: "What would you ask first?"' in text
    first, *others = found.modules["every-kind"].questions
    assert first == before.questions[0].model_copy(update={"stem": "What would you ask first?"})
    assert found.modules["every-kind"].model_copy(update={"questions": before.questions}) == before
    assert others == before.questions[1:]


def test_a_fact_is_edited(edit: Edit, small: Path) -> None:
    before = library.read(small)[0].sources["example-2019"]
    page = edit("sources/entries/example-2019")
    form = editing.opened(editing.part(page, "Facts"), 0)
    form.get_by_role("textbox", name="Claim").first.fill("The board said: check, and write it down.")
    found, wrong, _ = save(page, small, "docs/_facts/sources/example-2019.yml")
    assert wrong == []
    facts = [before.facts[0].model_copy(update={"claim": "The board said: check, and write it down."}), *before.facts[1:]]
    assert found.sources["example-2019"] == before.model_copy(update={"facts": facts})


def test_a_local_contact_is_added(edit: Edit, small: Path) -> None:
    before = library.read(small)[0].local
    page = edit("local-details/entries/local")
    form = editing.part(page, "Contacts")
    form.get_by_role("button", name=re.compile("Add")).click()
    form.get_by_role("textbox", name="Need").fill("Food and money")
    form.get_by_role("textbox", name="Name").fill("Family hubs")
    form.get_by_role("textbox", name="Number").fill("01632 960002")
    form.locator("input[type=date]").first.fill("2026-11-28")
    found, wrong, text = save(page, small, "docs/_facts/local.yml")
    assert wrong == []
    assert before
    assert found.local.model_copy(update={"contacts": []}) == before
    (contact,) = found.local.contacts
    assert (contact.need, contact.number, str(contact.checked_on)) == ("Food and money", "01632 960002", "2026-11-28")
    assert 'number: "999"' in text


def test_a_page_keeps_its_words(edit: Edit, small: Path) -> None:
    page = edit("pages-guidance/entries/worried-about-a-child")
    file = "docs/guidance/worried-about-a-child.md"
    _, _, words = (small / file).read_text(encoding="utf-8").split("---\n", 2)
    page.get_by_role("textbox", name="Description").fill("What to do when you are worried.")
    found, wrong, text = save(page, small, file)
    assert wrong == []
    assert found.pages["guidance/worried-about-a-child.md"].description == "What to do when you are worried."
    assert text.split("---\n", 2)[2].strip() == words.strip()


@pytest.fixture(scope="module")
def real(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The editing page with the real project's files, signed in to."""
    running = Server(editing.site(projects.ROOT, tmp_path_factory.mktemp("real") / "site", trying=True))
    context = browser.new_context(base_url=running.address, viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(editing.LOADING)
    page = context.new_page()
    editing.sign_in(page, projects.ROOT)
    yield page
    context.close()
    running.close()


def held(text: str, model: type[File]) -> tuple[dict[str, Any], str]:
    """What the text of a file means, and the words of a page."""
    _, head, words = text.split("---\n", 2) if model is Head else ("", text, "")
    document = load.parse(head, "saved")
    checked = load.check(document, model)
    assert checked, document.problems
    return checked.model_dump(), words.strip()


@pytest.mark.parametrize("entry", REAL)
def test_a_form_keeps_all_that_nobody_changed(real: Page, entry: str) -> None:
    file, model, key = REAL[entry]
    before = (projects.ROOT / file).read_text(encoding="utf-8")
    editing.open_form(real, entry)
    editing.part(real, key.capitalize()).get_by_role("textbox").first.fill("Somebody else's words")
    real.get_by_role("button", name="Save", exact=True).click()
    text = editing.saved(real, file, before)
    real.wait_for_url(lambda address: "/entries/" not in address)  # it goes back to the list by itself
    data, words = held(before, model)
    assert held(text, model) == ({**data, key: "Somebody else's words"}, words)
