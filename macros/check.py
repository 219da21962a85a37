"""Checking everything authors wrote, without building: `python -m macros.check` prints `file:line: message` for each mistake."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from macros import citing, facts, library, load, overlay, pages, partnership, render, shape, terms, training


def everything(root: Path) -> tuple[library.Library, list[str]]:
    """The library of `root`, and every complaint about its files, pages included, in the order of files and lines."""
    found, problems = _read(root)
    return found, list(load.tell([*problems, *training.problems(found)]))


def content(root: Path) -> tuple[library.Library, list[str]]:
    """The same, but for what was published with other words: `macros/published.py` mends that."""
    found, problems = _read(root)
    return found, list(load.tell(problems))


def _read(root: Path) -> tuple[library.Library, list[load.Problem]]:
    found, problems = library.read(root)
    written = pages.read(root)
    found.pages = {page.path: page.head or library.BROKEN for page in written}
    found.citing = citing.pages(written)
    problems += pages.problems([*written, *pages.read_additions(root)], partial(_macros, found))
    problems += [*shape.problems(written), *overlay.problems(root)]
    problems += [] if found.terms is library.BROKEN else terms.problems(found)
    problems += [] if library.BROKEN in (found.local, found.systems) else partnership.problems(found)
    return found, problems


def _macros(found: library.Library, page: pages.Page) -> dict[str, Callable[..., str]]:
    way = "../" * facts.address(page.path).count("/")
    return render.page_macros(found, lambda: way)


def main() -> int:
    """Print what is wrong with the project in the current folder; 1 when anything is."""
    found, complaints = everything(Path.cwd())
    if complaints:
        print("\n".join(complaints))
        print(f"{len(complaints)} to mend.", file=sys.stderr)
        return 1
    print(f"{len(found.facts)} facts, {len(found.modules)} modules, {len(found.tools)} tools: nothing wrong.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
