"""One file of the real project with something else in it, checked against all the others as they are, and shown as its page would show it:
what `macros.check` and the build do for the whole project, for one file, so that thousands can be tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import fields, replace
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

import markdown
from jinja2 import Environment, StrictUndefined

from macros import check, exercises, facts, inert, library, listings, load, pages, partnership, render, shape, terms
from macros.library import BROKEN, Library
from macros.load import Problem
from tests.project import ROOT


@cache
def whole() -> Library:
    """The real project as it is."""
    found, complaints = check.everything(ROOT)
    assert not complaints
    return found


@cache
def macros() -> dict[str, Callable[..., str]]:
    """The macros on the real project, each call made once: a page calls them when it is checked and when it is shown."""
    return {name: _remembered(partial(macro, whole(), "../"), macro) for name, macro in render.MACROS.items()}


def _remembered(call: Callable[..., str], macro: Callable[..., str]) -> Callable[..., str]:
    return wraps(call)(cache(call)) if not hasattr(macro, "__wrapped__") else call


def files() -> list[str]:
    """Every file that authors write."""
    written = [*ROOT.glob("docs/_facts/**/*.yml"), *ROOT.glob("quizzes/**/*.yml"), *ROOT.glob("docs/**/*.md")]
    return sorted(path.relative_to(ROOT).as_posix() for path in written)


def told(file: str, raw: bytes, folder: Path) -> tuple[list[Problem], Callable[[], None]]:
    """What is said of the file holding `raw`, and what shows it: to be called where nothing is said. `folder` is scratch."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return _page(file, folder) if file.endswith(".md") else _listed(file, folder)


def _page(file: str, folder: Path) -> tuple[list[Problem], Callable[[], None]]:
    page = pages._page(folder, file.removeprefix("docs/"), file)
    return [*pages.problems([page], lambda _: macros()), *shape.problems([page])], partial(_show_page, page)


def _show_page(page: pages.Page) -> None:
    environment = Environment(undefined=StrictUndefined)
    environment.globals.update(macros())
    shown = environment.from_string(page.body).render()
    markdown.markdown(shown, extensions=inert.EXTENSIONS)


def _listed(file: str, folder: Path) -> tuple[list[Problem], Callable[[], None]]:
    """A YAML file, read by the project's own readers: they find it where they look for files, and no other."""
    stem, above = Path(file).stem, str(Path(file).parent)
    known = library.known_to(whole())
    shelf = replace(whole(), **{one.name: dict(value) for one in fields(Library) if isinstance(value := getattr(whole(), one.name), dict)})
    document = load.read(folder / file, folder)
    with ExitStack() as stack:
        stack.enter_context(patch.object(library, "_documents", lambda root, where: [document] if where == above else []))
        stack.enter_context(patch.object(library, "known_to", lambda _: known))
        found = list(_read(above, stem, shelf, known))
    return found, partial(_show, above, stem, shelf)


def _read(above: str, stem: str, shelf: Library, known: Any) -> Iterator[Problem]:
    if above == library.SOURCES:
        shelf.sources.pop(stem)
        yield from library._read_sources(shelf)
    elif above in (library.MODULES, library.TOOLS):
        shelf.modules.pop(stem, None) if above == library.MODULES else shelf.tools.pop(stem, None)
        yield from (library._read_modules if above == library.MODULES else library._read_tools)(shelf, known)
    else:
        models = library.LISTS if above == library.FACTS else library.QUIZ_LISTS
        yield from library._read_lists(shelf, above, {stem: models[stem]})
        if stem == "terms" and shelf.terms is not BROKEN:
            yield from (problem for problem in terms.problems(shelf) if problem.file == terms.OWN)
        if stem == "local" and shelf.local is not BROKEN:
            yield from partnership.problems(shelf)


def _show(above: str, stem: str, shelf: Library) -> None:
    if above == library.SOURCES:
        render.sections(shelf, "", stem)
        render.currency(shelf, "", stem)
        listings.open_checks(shelf, "")
        mine = [name for name, (origin, _) in shelf.facts.items() if origin.id == stem and origin is shelf.sources[stem]]
        facts.citations(shelf, mine)
    elif above == library.MODULES:
        exercises.module(shelf, "", stem)
        exercises.packaged(shelf, stem)
        exercises._listed(shelf, "", shelf.modules[stem])
        exercises._reported(shelf, "", shelf.modules[stem])
    elif above == library.TOOLS:
        exercises.tool(shelf, "", stem)
    else:
        for call in SHOWN.get(stem, ()):
            call(shelf)


def _each(macro: Callable[..., str], names: Callable[[Library], Any]) -> Callable[[Library], None]:
    return lambda shelf: [macro(shelf, "", name) for name in names(shelf)] and None


def _one(macro: Callable[..., str]) -> Callable[[Library], Any]:
    return lambda shelf: macro(shelf, "")


SHOWN: dict[str, tuple[Callable[[Library], Any], ...]] = {
    "references": (_one(listings.references),),
    "conflicts": (_each(render.conflict, lambda shelf: shelf.conflicts),),
    "definitions": (_one(render.definition), _one(render.local_definitions)),
    "factors": (_one(render.factors),),
    "indicators": (_one(render.indicators),),
    "principles": (_each(render.principles, lambda shelf: shelf.principles),),
    "glossary": (_one(render.glossary),),
    "systems": (_one(listings.catalogue),),
    "comparison": (_one(listings.comparison),),
    "posters": (_each(listings.poster, lambda shelf: [poster.id for poster in shelf.posters]),),
    "changes": (_one(listings.changes),),
    "local": (_one(render.contacts), _one(render.helplines), _each(render.local, lambda _: render.PARTS), _one(render.england)),
    "profile": (_one(exercises.data_profile),),
    "where-to-start": (_one(exercises.where_to_start), _one(exercises.paths)),
    "misconceptions": (_each(exercises.module, lambda shelf: list(shelf.modules)[:1]),),
    "published": (lambda shelf: exercises._listed(shelf, "", next(iter(shelf.modules.values()))),),
}
