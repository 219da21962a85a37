"""Words that have gone out of date or do harm: found wherever authors write, unless `docs/_facts/terms.yml` says why they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.load import Problem
from macros.schema.lists import spaced

OWN = "docs/_facts/terms.yml"
WRITTEN = ("docs/**/*.md", "local/**/*.md", "docs/_facts/**/*.yml", "quizzes/**/*.yml")


def problems(library: Library) -> Iterator[Problem]:
    """A complaint for each use that nothing allows, and for each permission that nothing needs."""
    read = dict(sorted(_texts(library.root)))
    for term in library.terms:
        pattern = spaced(term.pattern)
        needed = set()
        for name, text in read.items():
            permitted = [item.file for item in term.allowed if _covers(item.file, name)]
            found = list(pattern.finditer(text))
            if found and permitted:
                needed.update(permitted)
            for use in found if not permitted else []:
                words = " ".join(use[0].split())
                line = text.count("\n", 0, use.start()) + 1
                yield Problem(name, line, f"found `{words}`: {term.instead}; where it has to stand, {OWN} says why")
        for item in term.allowed:
            if item.file not in needed:
                text = f"`{term.id}` may stand in `{item.file}`, which does not use it; take that line out"
                yield Problem(OWN, _line(library.root / OWN, term.id, item.file), text)


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    for path in (path for glob in WRITTEN for path in root.glob(glob)):
        name = path.relative_to(root).as_posix()
        if name != OWN and not path.name.startswith("."):
            yield name, path.read_text("utf-8", "replace")


def _line(path: Path, term: str, permitted: str) -> int:
    """Where a permission stands: the first mention of the file below the term's id."""
    text = path.read_text(encoding="utf-8")
    return text.count("\n", 0, text.find(permitted, text.find(f"id: {term}"))) + 1


def _covers(permitted: str, name: str) -> bool:
    """A permission is for a file, or for everything below a folder when it ends in `/`."""
    return name == permitted or (permitted.endswith("/") and name.startswith(permitted))
