"""Checking the macro calls in a page as it was written: that there is such a macro, that it is called so, and that it works."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros import made
from macros.library import Unreadable
from macros.load import Problem
from macros.schema.words import nearest

Macro = Callable[..., str]
Shown = tuple[nodes.Node, ...]
"""What stands in double braces in a page, and in any other."""

_ENVIRONMENT = Environment(autoescape=True)

ALONE = "this has to stand on a line of its own, from the left edge, with an empty line before and after"
UNREAD = '`{{`, `{%` or `{#` here does not start a call that can be read; a call looks like {{ cite("so-scope-age") }}'


def read(text: str) -> Shown | int:
    """What stands in braces in the text of a page; where that cannot be read, the line at fault."""
    try:
        tree = _ENVIRONMENT.parse(text)
    except (TemplateSyntaxError, RecursionError, ValueError) as error:  # ValueError for a number of thousands of figures
        written = text.split("\n")
        line = getattr(error, "lineno", None)
        opened = [at for at, words in enumerate(written[:line], 1) if re.search(r"\{[{%#]", words)]
        if line is None:  # what is too much for the parser is in the longest
            opened.sort(key=lambda at: len(written[at - 1]))
        return opened[-1] if opened else line or 1
    shown = (one for node in tree.body for one in (node.nodes if isinstance(node, nodes.Output) else [node]))
    return tuple(one for one in shown if not isinstance(one, nodes.TemplateData))


def problems(found: Shown | int, text: str, name: str, macros: Mapping[str, Macro]) -> Iterator[Problem]:
    """What is wrong with what `read` gave of the text of the page called `name`. `macros` may raise ValueError."""
    if isinstance(found, int):
        yield Problem(name, found, UNREAD)
        return
    lines = ["", *text.split("\n"), ""]
    for shown in found:
        around = lines[shown.lineno - 1 : shown.lineno + 2]
        yield from (Problem(name, shown.lineno, words) for words in _shown(shown, around, macros))


def _shown(node: nodes.Node, around: list[str], macros: Mapping[str, Macro]) -> Iterator[str]:
    """What is wrong with one thing in braces. `around` is its line with the ones before and after."""
    allowed = f"allowed: {', '.join(sorted(macros))}"
    called = node.node if isinstance(node, nodes.Call) else node
    if not isinstance(called, nodes.Name):
        yield f"only a macro call may stand in double braces, and nothing but `raw` in {{% %}}; {allowed}"
    elif called.name not in macros:
        yield f"there is no macro `{called.name}`{nearest(called.name, macros)}; {allowed}"
    elif not isinstance(node, nodes.Call):
        yield f"found {called.name} without brackets; write {_form(called.name, macros)}"
    else:
        found = _call(node, called.name, macros)
        alone = None if called.name in made.INLINE or _stands_alone(*around) else ALONE
        yield from (f"{called.name}(…): {words}" for words in (found, alone) if words)


def _stands_alone(before: str, line: str, after: str) -> bool:
    """Whether a call that starts on a line is all there is of it, with an empty line before and, where it ends, after."""
    _, ended, rest = line.partition("}}")
    return line.startswith("{{") and not before.strip() and not (ended and (rest.strip() or after.strip()))


def _call(call: nodes.Call, name: str, macros: Mapping[str, Macro]) -> str | None:
    """What is wrong with a call, found out by calling as the page would."""
    parts = [*call.args, *(pair.value for pair in call.kwargs)]
    texts = [part.value for part in parts if isinstance(part, nodes.Const) and isinstance(part.value, str)]
    if len(texts) < len(parts) or call.dyn_args or call.dyn_kwargs:
        return f"every id has to be written out in quotes; write {_form(name, macros)}"
    values, rest = texts[: len(call.args)], texts[len(call.args) :]
    named = {pair.key: text for pair, text in zip(call.kwargs, rest, strict=True)}
    signature = inspect.signature(macros[name])
    unknown = [key for key in named if key not in signature.parameters]
    if unknown:
        return f"there is no `{unknown[0]}`{nearest(unknown[0], signature.parameters)}; write {_form(name, macros)}"
    try:
        signature.bind(*values, **named)
    except TypeError:
        return f"found {len(parts)} between the brackets; write {_form(name, macros)}"
    try:
        macros[name](*values, **named)
    except Unreadable:
        return None
    except ValueError as error:
        return str(error)
    return None


def _form(name: str, macros: Mapping[str, Macro]) -> str:
    """How a macro is called: `cite("ids", …)`, `facts(topic="…", source="…", section="…")`."""
    parts = []
    optional = False
    for part in inspect.signature(macros[name]).parameters.values():
        if part.kind is part.VAR_POSITIONAL:
            parts.append(f'"{part.name}", …')
        else:
            parts.append(f'{part.name}="…"' if part.kind is part.KEYWORD_ONLY else f'"{part.name}"')
            optional = optional or (part.kind is not part.KEYWORD_ONLY and part.default is not part.empty)
    return f"{name}({', '.join(parts)})" + (f" or {name}()" if optional else "")
