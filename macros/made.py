"""What macros made of each call while pages were checked, handed on to the site builder, which is a program of its own: it makes nothing
again, and needs none of our packages.

In the Markdown of a page a mark stands in the place of a block. HTML passes through Markdown unchanged, but is read three times on its way;
that of modules and tools is most of what the site holds, so reading it would take longer than all other converting.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor

HANDED_ON = "NOTICING_NEGLECT_MADE"
"""Names the file with what was made, in the environment of the site builder."""
INLINE = ("cite",)
"""Macros for the middle of a sentence; the others stand alone on a line."""
ID = re.compile(r'\sid="[^"]+"')
MARK = re.compile(r'<div data-made="(\d+)">.*?</div>')
LAST = 0
"""After everything else that Markdown does to a page."""


def call(name: str, way: str, values: tuple[str, ...], named: Mapping[str, str]) -> str:
    """A call as a text: the macro, the way from its page to the top of the site, and what is between the brackets."""
    return json.dumps([name, way, values, named], sort_keys=True)


@contextmanager
def hand_on(made: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What to tell a site builder in its environment that is to find the HTML of these calls."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(made, file)
        file.flush()
        yield {HANDED_ON: file.name}


def handed_on() -> dict[str, str] | None:
    """The HTML by its call, where it was handed on."""
    name = os.environ.get(HANDED_ON)
    made: dict[str, str] | None = json.loads(Path(name).read_text(encoding="utf-8")) if name else None
    return made


def macros(made: Mapping[str, str], way_up: Callable[[], str]) -> dict[str, Callable[..., str]]:
    """The macros as the site builder calls them, by name. `way_up()` is the way from the page being built to the top of the site."""
    _texts[:] = made.values()
    places = {key: place for place, key in enumerate(made)}

    def macro(name: str) -> Callable[..., str]:
        def called(*values: str, **named: str) -> str:
            place = places[call(name, way_up(), values, named)]
            return _texts[place] if name in INLINE else _mark(place, _texts[place])

        return called

    return {name: macro(name) for name in {json.loads(key)[0] for key in made}}


_texts: list[str] = []
"""What marks stand for, by their numbers: Markdown puts it back in this process."""


def _mark(place: int, html: str) -> str:
    """It has the ids of the HTML, so that the site builder can check links to them."""
    return f'<div data-made="{place}">{"".join(f"<i{named}></i>" for named in ID.findall(html))}</div>'


class _Back(Postprocessor):
    def run(self, text: str) -> str:
        return MARK.sub(lambda mark: _texts[int(mark[1])], text)


class _PutBack(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.postprocessors.register(_Back(md), "made", LAST)


def makeExtension() -> Extension:  # noqa: N802 (the library's name)
    """What puts the HTML in the place of its mark: `mkdocs.yml` names it."""
    return _PutBack()
