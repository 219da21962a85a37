"""The list of what was published: `python -m macros.published` adds to `quizzes/published.yml` what is new."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from macros import check, pages, revisions
from macros.library import PUBLISHED, Library
from macros.schema.training import Published


def now(library: Library) -> Published:
    """What the list would hold if everything were new: every question, and the facts and pages they rest on."""
    modules = library.modules.values()
    questions = {row["id"]: [revisions.meaning(row)] for module in modules for row in library.written[module.id]["questions"]}
    facts = {name for module in modules for question in module.questions for name in question.facts}
    taught = {page for module in modules for page in module.guidance}
    bodies = {page.path: page.body.split() for page in pages.read(library.root)}
    return Published(
        questions=questions,
        facts={name: revisions.fact(library, name) for name in sorted(facts)},
        pages={page: revisions.stamp(bodies[page]) for page in sorted(taught)},
    )


def update(old: Published, new: Published, same: Iterable[str], checked: Iterable[str]) -> Published:
    """The list with what is new added, with the spelling of the questions in `same` mended, and with what is in `checked` (facts and pages,
    or `all`) as it is now. Nothing is ever dropped: an id that is no longer used may not be used again."""
    ids = frozenset(checked)
    mended = {name: [*dict.fromkeys([*old.questions.get(name, []), *new.questions[name]])] for name in same}

    def merged(was: Mapping[str, str], is_now: Mapping[str, str]) -> dict[str, str]:
        looked_at = {name: value for name, value in is_now.items() if name not in was or name in ids or "all" in ids}
        return {**was, **looked_at}

    questions = {**new.questions, **old.questions, **mended}
    return Published(questions=questions, facts=merged(old.facts, new.facts), pages=merged(old.pages, new.pages))


def text(listed: Published) -> str:
    """The list as a file: a line for each thing, sorted."""
    lines = ["# What published questions ask, and what they rested on when last checked. `make published` writes this file."]
    for title, values in (("questions", listed.questions), ("facts", listed.facts), ("pages", listed.pages)):
        lines += [f"{title}:" if values else f"{title}: {{}}", *(f"  {name}: {value!r}" for name, value in sorted(values.items()))]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Bring the list of the project in the current folder up to date; 1 when something else is wrong."""
    parser = argparse.ArgumentParser(prog="python -m macros.published", description=__doc__)
    parser.add_argument("--same", nargs="*", default=[], metavar="QUESTION", help="only the spelling of these changed")
    parser.add_argument("--checked", nargs="*", default=[], metavar="FACT_OR_PAGE", help="or all: what rests on it was read again")
    given = parser.parse_args()
    root = Path.cwd()
    library, complaints = check.content(root)
    if complaints:
        print("\n".join(complaints))
        return 1
    assert library.published
    fresh = now(library)
    unknown = [*(set(given.same) - fresh.questions.keys()), *(set(given.checked) - {"all"} - fresh.facts.keys() - fresh.pages.keys())]
    if unknown:
        print(f"no question, fact or page is called {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    listed = update(library.published, fresh, given.same, given.checked)
    (root / PUBLISHED).write_text(text(listed), encoding="utf-8")
    added = listed.questions.keys() - library.published.questions.keys()
    print(f"{len(listed.questions)} questions in {PUBLISHED}, {len(added)} of them new.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
