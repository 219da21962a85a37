"""What a page of each part of the site has to have beside its words: sources, what to do next, and the shape of a briefing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.load import Problem
from macros.pages import Page
from macros.plain import words

CITING = ("guidance/", "strategies/", "briefings/")
NEXT = "## What next"
GOING_ON = ("guidance/", "strategies/", "training/", "tools/")
BRIEFING = (
    "1. Background",
    "2. Why it matters",
    "3. What to look for",
    "4. What gets missed",
    "5. What to do",
    "6. Talk about it",
    "7. Take it further",
)
LONGEST_BRIEFING = 700
"""Words, so that it prints on one sheet and can be read aloud in seven minutes."""
DISCUSSION = 3
HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)


def problems(pages: Iterable[Page]) -> Iterator[Problem]:
    """What a page of its part of the site lacks."""
    for page in pages:
        if page.head is None or page.path.endswith("index.md"):
            continue
        yield from (Problem(page.file, line, text) for line, text in _lacks(page))


def _lacks(page: Page) -> Iterator[tuple[int, str]]:
    if page.path.startswith(CITING) and not _sourced(page):
        yield 1, "the page cites no fact; what it says has to rest on something a reader can check"
    if page.path.startswith(GOING_ON) and not re.search(rf"^{NEXT}\s*$", page.body, re.MULTILINE):
        yield 1, f"the page does not say what to do next; give it a heading `{NEXT}` with a tool, a module, a page and who to talk to"
    if page.path.startswith("briefings/") and not page.path.startswith("briefings/poster"):
        yield from _briefing(page.body)


def _sourced(page: Page) -> bool:
    return "{{ cite(" in page.body or "{{ poster(" in page.body or "{{ comparison(" in page.body


def _briefing(body: str) -> Iterator[tuple[int, str]]:
    found = list(HEADING.finditer(body))
    if [heading[1] for heading in found] != list(BRIEFING):
        allowed = "; ".join(BRIEFING)
        line = body.count("\n", 0, found[0].start()) + 1 if found else 1
        yield line, f"a briefing has these seven headings, in this order: {allowed}"
        return
    talk = body[found[5].end() : found[6].start()]
    asked = len(re.findall(r"^\d+\. ", talk, re.MULTILINE))
    if asked != DISCUSSION:
        line = body.count("\n", 0, found[5].start()) + 1
        yield line, f"found {asked} numbered questions to talk about; a briefing has {DISCUSSION}"
    count = len(words(body))
    if count > LONGEST_BRIEFING:
        yield 1, f"found {count} words; a briefing has at most {LONGEST_BRIEFING}, so that it prints on one sheet"
    if "{{ team_record() }}" not in body:
        yield 1, "there is no {{ team_record() }}, the box where a team writes how it used the briefing"
