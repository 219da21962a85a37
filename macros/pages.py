"""Reading pages before they are built, and checking their heads and their HTML; `macros/calls.py` checks their macro calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from macros import calls, depth, inert, load, overlay
from macros.calls import Macro, Shown
from macros.load import Problem
from macros.schema.page import Head

HEAD = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
NO_HEAD = (
    "the page has no head; start it with --- on line 1, then `title`, `description`, `owner`, `drafted`, `review_by` and"
    " `applies_to`, then --- on a line of its own"
)
CODE = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n(?:(?!(?P=fence))[^\n]*+\n)*+(?P=fence)|`[^`\n]++`|<!--(?!-?>)(?:(?!-->|<!--).)*+-->",
    re.DOTALL | re.MULTILINE,
)
"""What a page shows and a browser does not run. Possessive, and a comment ends before the next, so that no text takes long to read."""
UNSAFE = re.compile(
    r"<\s*(?P<element>script|style|iframe|object|embed|form|base|meta|link)\b"
    r"|<[a-z][^<>]*[\s/\"'](?P<attribute>style|on[a-z]+)\s*=|(?P<address>\bjavascript:|\bvbscript:|\bdata:text)",
    re.IGNORECASE,
)
RULE = "a page holds words, links and macro calls, and nothing that runs or styles"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was written. `path` is below `docs/`, `file` where it was written; `body` has an empty line for each of the head, and
    `shown` is what stands in braces in it (`calls.read`)."""

    path: str
    body: str
    head: Head | None
    problems: tuple[Problem, ...] = ()
    file: str = ""
    shown: Shown | int = ()


def read(root: Path) -> list[Page]:
    """Every page, with what is wrong with its head, the partnership's own in place of those they stand for."""
    return [_page(root, name, file) for name, file in overlay.pages(root).items()]


def read_additions(root: Path) -> list[Page]:
    """What a partnership adds to pages: words without a head."""
    found = ((name, file, *load.read_text(root / file, file)) for name, file in overlay.additions(root).items())
    return [_addition(name, file, text.replace("\r\n", "\n"), problem) for name, file, text, problem in found]


def _addition(name: str, file: str, text: str, problem: Problem | None) -> Page:
    return Page(name, text, None, (problem,) if problem else (), file, calls.read(text))


def _page(root: Path, name: str, file: str) -> Page:
    text, problem = load.read_text(root / file, file)
    if problem:
        return Page(name, "", None, (problem,), file)
    text = text.replace("\r\n", "\n")
    head, problems = _head(text, file)
    body = HEAD.sub(_blank, text, count=1)
    return Page(name, body, head, tuple(problems), file, calls.read(body))


def problems(pages: Iterable[Page], macros: Callable[[Page], Mapping[str, Macro]]) -> Iterator[Problem]:
    """What is wrong with the pages. The `macros` of a page are called as it would call them, and may raise ValueError."""
    for page in pages:
        yield from page.problems
        own = macros(page)
        deep = [Problem(page.file, line, words) for line, words in depth.problems(page.body)]
        found = deep or [*_html(page.body, page.file), *calls.problems(page.shown, page.body, page.file, own)]
        yield from found or _rendered(page, own)


def _blank(found: re.Match[str]) -> str:
    """As many lines, with nothing on them: what follows keeps its line numbers."""
    return "\n" * found[0].count("\n")


def _head(text: str, name: str) -> tuple[Head | None, list[Problem]]:
    found = HEAD.match(text)
    if not found:
        return None, [Problem(name, 1, NO_HEAD)]
    document = load.parse(found[1], name, first_line=2)
    head = load.check(document, Head)
    return head, document.problems or list(_misread(found[1], document))


def _misread(head: str, document: load.Document) -> Iterator[Problem]:
    """What MkDocs, which reads by the rules of YAML 1.1, would take for something else: `title: No` for false."""
    try:
        built = yaml.load(head, Loader=yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError):
        yield document.complain((), "the site builder cannot read this head: put text that looks like a date in quotes")
        return
    for key, text in document.data.items():
        if isinstance(text, str) and not isinstance(built.get(key), str | date):
            yield document.complain((key,), f"{key}: the site builder would not read this as text; put it in quotes")


def _rendered(page: Page, macros: Mapping[str, Macro]) -> Iterator[Problem]:
    """What can only be seen in the HTML that a page becomes."""
    return (Problem(page.file, line, words) for line, words in inert.problems(page.body, macros, RULE))


def _html(text: str, name: str) -> Iterator[Problem]:
    shown = CODE.sub(_blank, text)
    for found in UNSAFE.finditer(shown):
        what = f"the element <{found['element']}>" if found["element"] else found["attribute"] or found["address"]
        line = shown.count("\n", 0, found.start()) + 1
        yield Problem(name, line, f"found {what}; {RULE}")
