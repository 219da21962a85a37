"""Checking pages before they are built: their heads, and every macro call in them, each complaint with its line."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros import load
from macros.load import Problem
from macros.schema.page import Head
from macros.schema.words import nearest

Macro = Callable[..., str]


def problems(root: Path, macros: Mapping[str, Macro]) -> Iterator[Problem]:
    """What is wrong with the pages under `docs/`. `macros` are called as the page would call them, and may raise ValueError."""
    docs = root / "docs"
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            yield Problem(name, 1, "the file is not UTF-8 text; save it as UTF-8")
            continue
        yield from _head(text, name)
        yield from _calls(text, name, macros)


def _head(text: str, name: str) -> Iterator[Problem]:
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0].strip():
        yield Problem(name, 1, "the page has no head; start it with --- and `title`, `description`, `owner`, `drafted`, `review_by`, `applies_to`")
        return
    document = load.parse(parts[1], name, first_line=2)
    load.check(document, Head)
    yield from document.problems


def _calls(text: str, name: str, macros: Mapping[str, Macro]) -> Iterator[Problem]:
    try:
        tree = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        yield Problem(name, error.lineno, f"a macro call cannot be read: {error.message}")
        return
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            for complaint in _call(call, call.node.name, macros):
                yield Problem(name, call.lineno, complaint)


def _call(call: nodes.Call, name: str, macros: Mapping[str, Macro]) -> Iterator[str]:
    if name not in macros:
        yield f"there is no macro `{name}`{nearest(name, macros)}; allowed: {', '.join(sorted(macros))}"
        return
    try:
        values = [argument.as_const() for argument in call.args]
        named: dict[str, Any] = {pair.key: pair.value.as_const() for pair in call.kwargs}
    except nodes.Impossible:
        yield f"{name}(…): write the ids out in quotes"
        return
    try:
        inspect.signature(macros[name]).bind(*values, **named)
        macros[name](*values, **named)
    except TypeError as error:
        yield f"{name}(…): {error}"
    except ValueError as error:
        yield f"{name}(…): {error}"
