"""What is due for review: `python -m macros.stale` lists pages, modules and tools, the longest overdue first, and the questions whose facts
or page of guidance have changed since somebody checked them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from macros import check, training
from macros.library import MODULES, TOOLS, Library

SOON = timedelta(days=60)


def today() -> date:
    """The day of the report: SOURCE_DATE_EPOCH (seconds since 1970) where it is set, else today. A build's day is `macros/day.py`'s."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(given), UTC).date() if given else datetime.now(UTC).date()


def due(library: Library) -> list[tuple[date, str, str]]:
    """When each page, module and tool is due, its file and its owner, the earliest first."""
    pages = ((head.review_by, f"docs/{path}", head.owner) for path, head in library.pages.items())
    modules = ((module.review_by, f"{MODULES}/{name}.yml", module.owner) for name, module in library.modules.items())
    tools = ((tool.review_by, f"{TOOLS}/{name}.yml", tool.owner) for name, tool in library.tools.items())
    return sorted([*pages, *modules, *tools])


def report(rows: list[tuple[date, str, str]], day: date) -> Iterator[str]:
    """A line for each thing that is overdue on `day` or due soon after it, and one that counts them."""
    for when, file, owner in rows:
        days = (day - when).days
        if days > 0:
            yield f"{file}: {days} day{'s' if days != 1 else ''} overdue (was due {when}), {owner}"
        elif when - day <= SOON:
            yield f"{file}: due in {-days} day{'s' if days != -1 else ''} ({when}), {owner}"
    overdue = sum(when < day for when, _, _ in rows)
    soon = sum(day <= when <= day + SOON for when, _, _ in rows)
    yield f"{overdue} of {len(rows)} overdue on {day}, {soon} more due within {SOON.days} days"


def main() -> int:
    """Print the report for the project in the current folder. Being overdue is told, and stops nothing."""
    try:
        day = today()
    except (ValueError, OverflowError, OSError):
        found = os.environ["SOURCE_DATE_EPOCH"]
        print(f"SOURCE_DATE_EPOCH is {found}; it has to be a number of seconds since 1970", file=sys.stderr)
        return 1
    library, complaints = check.everything(Path.cwd())
    if complaints:
        print("\n".join(complaints))
        return 1
    again = [str(problem) for problem in training.to_check_again(library)]
    print("\n".join([*report(due(library), day), *again, f"{len(again)} questions and modules to check again"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
