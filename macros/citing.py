"""Which page cites which facts, as the pages are written: for the sources at the foot of a page and the list of open checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.facts import address


def pages(root: Path) -> dict[str, list[str]]:
    """The facts that each page under `docs/` cites, by the page's address, in the order of the page and each once."""
    docs = root / "docs"
    found = {}
    for path in sorted(docs.rglob("[!.]*.md")):
        cited = list(dict.fromkeys(_cited(path.read_text("utf-8", "replace"))))
        if cited:
            found[address(path.relative_to(docs).as_posix())] = cited
    return found


def _cited(text: str) -> Iterator[str]:
    if "cite(" not in text:
        return
    try:
        tree = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError:
        return
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "cite":
            yield from (part.value for part in call.args if isinstance(part, nodes.Const))


def where(root: Path) -> dict[str, list[str]]:
    """The addresses of the pages that cite each fact."""
    found: dict[str, list[str]] = {}
    for page, ids in pages(root).items():
        for name in ids:
            found.setdefault(name, []).append(page)
    return found
