"""What macros made while pages were checked is handed on to the site builder, where marks stand in its place until Markdown is done."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

import macros
from macros import check, made, prose, render
from tests import project

CALLS = {
    made.call("cite", "../", ("a", "b"), {}): '<span id="cited">A and B</span>',
    made.call("facts", "../", (), {"topic": "t", "source": "s"}): '<section id="one"><h2 id="two">*Two*</h2>\n\n    four\n</section>',
}
PAGE = "# A page\n\nIt is so{}.\n\n{}\n\n## After\n"


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The macros of a page one folder down, as the site builder calls them."""
    env = SimpleNamespace(variables={"page": SimpleNamespace(url="a/")}, given={})
    env.macro = lambda macro, name: env.given.update({name: macro})
    with made.hand_on(CALLS) as environment:
        monkeypatch.setenv(made.HANDED_ON, environment[made.HANDED_ON])
        macros.define_env(env)
        yield env.given


def test_html_comes_through_markdown_as_it_was_made(called: dict[str, Any]) -> None:
    cited, listed = called["cite"]("a", "b"), called["facts"](source="s", topic="t")
    html = markdown.markdown(PAGE.format(cited, listed), extensions=["md_in_html", "macros.made"])
    assert "data-made" not in html
    assert [html.count(text) for text in CALLS.values()] == [1, 1]


def test_a_mark_has_the_ids_of_what_it_stands_for(called: dict[str, Any]) -> None:
    mark = called["facts"](topic="t", source="s")
    assert "four" not in mark
    assert made.ID.findall(mark) == [' id="one"', ' id="two"']


def test_a_call_the_check_has_made_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, _ = check.everything(project.make(tmp_path / "project"))
    html = next(html for key, html in library.made.items() if key == made.call("contacts", "../../", (), {}))
    monkeypatch.setitem(render.MACROS, "contacts", lambda *_, **__: pytest.fail("it was filled in again"))
    assert render.page_macros(library, lambda: "../../")["contacts"]() == html


@given(st.text(st.sampled_from("aZé9 ,.;:?'\"()%/£–’“…-_*`[]<>&!\\#+=|\n\t~^{}$@"), min_size=1, max_size=12))
def test_plain_words_are_what_markdown_makes_of_them(text: str) -> None:
    """They are not given to Markdown at all."""
    plain = prose._markdown("", False).reset().convert(text)
    assert prose.prose(text) == plain
    phrase = prose._markdown("", True).reset().convert(text)
    assert prose.phrase(text) == phrase.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "<br>")
