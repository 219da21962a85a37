"""How hard each page is to read: `python -m macros.reading` prints it page by page."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from macros import pages
from macros.plain import LONGEST, TYPICAL, sentences, words


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
