"""The small project with markup in every word that a page shows: what an attacker, or a paste from a web page, might write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import yaml

from macros import load
from tests.project import changed

WORDS = "<script>alert()</script> </textarea><img src=x onerror=alert()> <!-- \"'& {{ seven() }} {% raw %}"
IDS = (
    "id kind level facts intro_facts topic section source status page url drafted review_by reviewed score choice misconception"
    " supersedes rule limbs ages vulnerable_ages equal about need number out_of_hours checked_on start to value ending harm key"
    " purposes users here contacts leads_to date pages mark for_children guidance module modules unit share_of over cautions example"
).split()
"""Keys whose values are names, dates or addresses; every other text is words that a page shows."""
FILES = [
    "quizzes/modules/every-kind.yml", "quizzes/misconceptions.yml", "quizzes/where-to-start.yml", "quizzes/tools/care-picture.yml",
    "docs/_facts/sources/example-2019.yml",
    *(
        f"docs/_facts/{name}.yml"
        for name in (
            "conflicts", "definitions", "factors", "indicators", "principles", "glossary", "local", "systems", "comparison", "posters",
            "changes", "references", "profile",
        )
    ),
]  # fmt: skip


@contextmanager
def poisoned(project: Path) -> Iterator[None]:
    """The project with markup in its words, until the block ends."""
    with ExitStack() as stack:
        for name in FILES:
            data = _poison(load.read(project / name, project).data)
            stack.enter_context(changed(project / name, yaml.safe_dump(data, sort_keys=False, width=10_000).encode()))
        yield


def _poison(value: Any, key: str = "", depth: int = 0) -> Any:
    if isinstance(value, dict):
        return {name: _poison(below, name, depth + 1) for name, below in value.items()}
    if isinstance(value, list):
        return [_poison(below, key, depth + 1) for below in value]
    named = key in IDS or (key == "outcome" and depth > 1) or value in ("", "design choice, not validated")
    return value if named or not isinstance(value, str) else f"{value} {WORDS}"
