"""What has been checked is handed on to the site builder whole, with the pages' calls filled in already, so that nothing is read twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import check, render
from tests import project


def test_what_is_checked_is_handed_on_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, wrong = check.everything(project.make(tmp_path / "project"))
    assert not wrong
    with check.handed_on(library) as environment:
        monkeypatch.setenv(check.HANDED_ON, environment[check.HANDED_ON])
        taken, _ = check.taken_over(tmp_path / "nowhere")
    assert taken == library
    assert taken.made


def test_a_call_the_check_has_made_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, _ = check.everything(project.make(tmp_path / "project"))
    (name, way, values, *named), html = next(iter(library.made.items()))
    monkeypatch.setitem(render.MACROS, str(name), lambda *_, **__: pytest.fail("it was filled in again"))
    macros = render.page_macros(library, lambda: str(way))
    assert macros[str(name)](*values, **dict(named)) == html
