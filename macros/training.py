"""The training as a whole: what is wrong between its files, what has to be looked at again, and what the page of a module carries beside
its words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from engine import MODES, WINDOWS, chance, draw_form, read_module
from macros import load, revisions
from macros.library import BROKEN, MODULES, QUIZZES, Library
from macros.load import Problem
from macros.plain import words
from macros.schema.module import Module
from macros.schema.question import Question

SEEDS = 12
"""Draws of each form that a page carries, so that the first question waits for nothing."""
PARTS = {"follow_up": 3}
READING = 220
"""Words a minute."""
THINKING = 0.25
"""Minutes for each question, beside reading it."""


def problems(library: Library) -> Iterator[Problem]:
    """Beliefs that no question names, and published questions that ask something else now."""
    if BROKEN in (library.misconceptions, library.start, *library.modules.values()):
        return
    named = {slug for name in library.modules for slug in _named(library.written[name])}
    assert library.start
    named |= {option.misconception for question in library.start.questions for option in question.options if option.misconception}
    document = load.read(library.root / QUIZZES / "misconceptions.yml", library.root)
    for index, belief in enumerate(library.misconceptions):
        if belief.id not in named:
            place = ("misconceptions", index)
            yield document.complain(place, f"misconceptions[{index + 1}]: no question names `{belief.id}`; drop it")
    if library.published is not BROKEN:
        assert library.published
        for name in library.modules:
            found = list(revisions.changed(library.written[name], library.published))
            document = load.read(library.root / MODULES / f"{name}.yml", library.root) if found else document
            yield from (document.complain(("questions", index), text) for index, text in found)


def _named(value: Any) -> Iterator[str]:
    """Every misconception named somewhere in a module."""
    if isinstance(value, dict):
        yield from [value["misconception"]] if value.get("misconception") else []
        for below in value.values():
            yield from _named(below)
    elif isinstance(value, list):
        for below in value:
            yield from _named(below)


def to_check_again(library: Library) -> Iterator[Problem]:
    """The questions whose facts, or whose page of guidance, have changed since somebody last checked them."""
    assert library.published
    from macros.published import now

    fresh = now(library)
    facts = {name for name, value in fresh.facts.items() if library.published.facts.get(name, value) != value}
    changed = {page for page, value in fresh.pages.items() if library.published.pages.get(page, value) != value}
    for name, module in library.modules.items():
        document = load.read(library.root / MODULES / f"{name}.yml", library.root)
        for index, question in enumerate(module.questions):
            for fact in sorted(facts & set(question.facts)):
                text = f"{question.id} rests on the fact `{fact}`, which has changed since this question was checked"
                yield document.complain(("questions", index), text)
        for page in sorted(changed & set(module.guidance)):
            yield document.complain(("guidance",), f"{page} has changed since the questions of this module were checked")


def carried(library: Library, module: Module) -> dict[str, Any]:
    """What the page of a module carries beside its definition: its version, the revision of each question, and the forms by mode and
    seed, as places in the list of questions."""
    assert library.published
    written = library.written[module.id]
    places = {question.id: index for index, question in enumerate(module.questions)}
    read = read_module(written)

    def drawn(mode: Any, seed: int, part: int = 1) -> list[int]:
        return [places[name] for name in draw_form(read, mode, seed, part)]

    forms = {mode: [[drawn(mode, seed, part) for part in range(1, PARTS.get(mode, 1) + 1)] for seed in range(SEEDS)] for mode in MODES}
    return {
        "version": revisions.version(library, module),
        "revisions": [revisions.revision(library.published, row) for row in written["questions"]],
        "forms": forms,
        "windows": WINDOWS,
    }


def show(library: Library, module: Module) -> dict[str, Any]:
    """What the page of a module says of it: minutes for each way to take it, the score of a guesser, the beliefs behind its answers."""
    read = read_module(library.written[module.id])
    earned = [chance(entry) for entry in read.entries.values()]
    check = len(draw_form(read, "check", 0))
    named = set(_named(library.written[module.id]))
    return {
        "version": revisions.version(library, module),
        "times": {"learn": minutes(module, 5, screens=True), "check": minutes(module, check), "form": minutes(module, 5)},
        "course_sizes": {"check": check},
        "by_chance": round(100 * sum(earned) / len(earned)),
        "beliefs": [belief for belief in library.misconceptions if belief.id in named],
    }


def minutes(module: Module, questions: int, *, screens: bool = False) -> int:
    """Minutes for some questions of a module, and for its screens too: a guess at an even pace."""
    each = sum(_asked(question) for question in module.questions) / len(module.questions) / READING + THINKING
    read = sum(len(words(screen.text)) for screen in module.screens) / READING if screens else 0
    return max(1, math.ceil(read + questions * each - 0.5))


def _asked(question: Question) -> int:
    """Words to read before answering; of a story, about half is on the way."""
    parts: Iterable[Any] = (getattr(question, key, []) for key in ("options", "choices", "stems", "items", "gaps", "scenes"))
    texts = [question.stem, getattr(question, "text", ""), *_texts([list(part) for part in parts])]
    count = sum(len(text.split()) for text in texts)
    return count // 2 if question.kind == "case" else count  # type: ignore[attr-defined]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for below in value:
            yield from _texts(below)
        return
    yield getattr(value, "text", "") or ""
    yield from _texts(list(getattr(value, "options", [])))
