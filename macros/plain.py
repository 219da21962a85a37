"""A page's words as a reader meets them, and how hard they are to read: `python -m macros.plain` prints it page by page."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from macros import pages

LONGEST = 40
"""Words in a sentence; none on the site is longer."""
TYPICAL = 20
"""Words in the median sentence of a page."""
MARKUP = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|^```.*?^```|<!--.*?-->|^[ \t]*\|?[-:| ]+\|[-:| ]*$|<[^>]+>|\{[:#.][^}]*\}",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
BLOCK = re.compile(r"^\s*(?:[-*>]|\d+\.|!!! \w+|:)\s+")
END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(A-Z0-9])")


def lines(body: str) -> Iterator[tuple[int, str]]:
    """Each paragraph, list item or table cell that is not a heading, with its line."""
    text = LINK.sub(r"\1", MARKUP.sub(lambda found: "\n" * found[0].count("\n"), body))
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        parts = line.strip().strip("|").split("|") if line.lstrip().startswith("|") else [line]
        for part in parts:
            plain = re.sub(r"[*_`]+", "", BLOCK.sub("", part)).strip()
            if plain:
                yield number, plain


def sentences(body: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its line."""
    for number, text in lines(body):
        yield from ((number, part) for part in END.split(text) if len(part.split()) > 1)


def words(body: str) -> list[str]:
    """Every word of a page, headings and macro calls apart."""
    return [word for _, text in lines(body) for word in re.findall(r"[\w’'-]+", text)]


def main() -> int:
    """Print words, median and longest sentence of every page, longest sentence first; 1 when one is over the limit."""
    rows = []
    for page in pages.read(Path.cwd()):
        found = sorted((len(text.split()), number) for number, text in sentences(page.body))
        if found:
            lengths = [length for length, _ in found]
            rows.append((lengths[-1], median(lengths), len(words(page.body)), f"docs/{page.path}:{found[-1][1]}"))
    print("longest  median  words  page and line of the longest sentence")
    for longest, middle, count, where in sorted(rows, reverse=True):
        print(f"{longest:7}  {middle:6g}  {count:5}  {where}")
    hard = [row for row in rows if row[0] > LONGEST or row[1] > TYPICAL]
    print(f"{len(rows)} pages, {len(hard)} with a sentence over {LONGEST} words or a median over {TYPICAL}")
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main())
