"""What a question asks and what it rests on, as short stamps. A question is known by its id for ever: kept answers and an LMS's records
hang on it. So what a published question asks may not change under its id; what it rests on may, and then somebody looks again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from macros.library import Library
from macros.schema.module import Module
from macros.schema.training import Published

Written: TypeAlias = Mapping[str, Any]
"""A question or module as its author wrote it."""

ASIDE = frozenset(
    "why why_true why_false why_other explain facts hints penalty note content_note certainty misconception level outcome"
    " supersedes".split()
)
"""Keys of a question that may change and leave its meaning as it was."""
KEEPING = frozenset("review_by reviewed reviewer owner drafted".split())
"""Keys of a module that a learner would not notice a change of."""
DIGITS = 8


def stamp(value: object) -> str:
    """The first digits of what a plain value hashes to: the same for the same content on every machine."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def meaning(question: Written) -> str:
    """The stamp of what a question asks, offers and takes for right. Spaces and line ends do not count."""
    return stamp(_kept(question))


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _kept(below) for key, below in value.items() if key not in ASIDE}
    if isinstance(value, list):
        return [_kept(below) for below in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def revision(published: Published, question: Written) -> str:
    """What answers to a question are kept under: its first stamp, which a mended spelling does not change."""
    now = meaning(question)
    known = published.questions.get(question["id"], [now])
    return known[0] if now in known else now


def fact(library: Library, name: str) -> str:
    """The stamp of what a fact says."""
    return stamp(library.facts[name][1].claim)


def version(library: Library, module: Module) -> str:
    """The version of a module's content: what it teaches, asks and rests on. Anything a learner could notice changes it."""
    facts = {name: fact(library, name) for question in module.questions for name in question.facts}
    return stamp([{key: value for key, value in library.written[module.id].items() if key not in KEEPING}, facts])


def changed(written: Written, published: Published) -> Iterator[tuple[int, str]]:
    """The published questions of a module that ask something else now: their place in it and what to do."""
    for index, row in enumerate(written["questions"]):
        known = published.questions.get(row["id"])
        if known and meaning(row) not in known:
            yield index, (
                f"{row['id']}: this was published with other words. Give it a new id and `supersedes: {row['id']}`,"
                f" or, where only the spelling changed, run `make published SAME={row['id']}`"
            )
