"""Checking everything authors wrote, without building: `python -m macros.check` prints `file:line: message` for each mistake."""

from __future__ import annotations

import sys
from functools import cache, partial
from pathlib import Path

from macros import citing, library, load, overlay, pages, partnership, render, shape, terms, training


def everything(root: Path) -> tuple[library.Library, list[str]]:
    """The library of `root`, and every complaint about its files, pages included, in the order of files and lines."""
    found, problems = _read(root)
    return found, list(load.tell([*problems, *training.problems(found)]))


@cache
def once(root: Path) -> tuple[library.Library, list[str]]:
    """The same, read once in a process: a builder may ask again for every page."""
    return everything(root)


def content(root: Path) -> tuple[library.Library, list[str]]:
    """The same, but for what was published with other words: `macros/published.py` mends that."""
    found, problems = _read(root)
    return found, list(load.tell(problems))


def _read(root: Path) -> tuple[library.Library, list[load.Problem]]:
    found, problems = library.read(root)
    written = pages.read(root)
    found.pages = {page.path: page.head or library.BROKEN for page in written}
    found.citing = citing.pages(written)
    calls = {name: partial(macro, found, "") for name, macro in render.MACROS.items()}
    problems += [*pages.problems([*written, *pages.read_additions(root)], calls), *shape.problems(written), *overlay.problems(root)]
    problems += [] if found.terms is library.BROKEN else terms.problems(found)
    problems += [] if library.BROKEN in (found.local, found.systems) else partnership.problems(found)
    return found, problems


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
