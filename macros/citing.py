"""Which page cites which facts, as the pages are written: for the sources at the foot of a page and the list of open checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jinja2 import nodes

from macros.calls import Shown
from macros.facts import address
from macros.pages import Page


def pages(written: Iterable[Page]) -> dict[str, list[str]]:
    """The facts that each page cites, by the page's address, in the order of the page and each once."""
    found = {address(page.path): list(dict.fromkeys(_cited(page.shown))) for page in written}
    return {page: cited for page, cited in found.items() if cited}


def _cited(shown: Shown | int) -> Iterator[str]:
    for node in () if isinstance(shown, int) else shown:
        for call in (node, *node.find_all(nodes.Call)):
            if isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) and call.node.name == "cite":
                yield from (part.value for part in call.args if isinstance(part, nodes.Const) and isinstance(part.value, str))


def where(citing: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The addresses of the pages that cite each fact."""
    found: dict[str, list[str]] = {}
    for page, ids in citing.items():
        for name in ids:
            found.setdefault(name, []).append(page)
    return found
