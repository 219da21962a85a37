"""What no page tells yet: `python -m macros.coverage [SITE]` looks through the built site for every fact, conflict, publication and
catalogue entry. Facts that an editor has excused are in `docs/_facts/uncited.yml`, each with the reason."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from macros import check
from macros.library import Library

TELLS = {"data-fact": "fact", "data-conflict": "conflict", "data-system": "system", "data-reference": "reference"}


class _Told(HTMLParser):
    """Collects what elements say they tell."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: dict[str, set[str]] = defaultdict(set)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in TELLS and value:
                self.ids[TELLS[name]].update(value.split())


def told(site: Path) -> dict[str, set[str]]:
    """The ids of the facts that a page of the built site cites beside a sentence, and of the rest that stands on a page."""
    parser = _Told()
    for page in sorted(site.rglob("*.html")):
        parser.feed(page.read_text(encoding="utf-8"))
    return parser.ids


def missing(library: Library, site: Path) -> Iterator[str]:
    """A line for everything that no page tells, and for every fact that is excused without need."""
    ids = told(site)
    excused = {item.fact for item in library.uncited}
    for source in library.sources.values():
        for fact in source.facts:
            if fact.id not in ids["fact"] | excused:
                yield f"{source.id}: no page cites `{fact.id}`"
    yield from (f"`{name}` is excused in docs/_facts/uncited.yml, though a page cites it" for name in sorted(excused & ids["fact"]))
    lists = {
        "conflict": list(library.conflicts),
        "system": [system.id for system in library.systems],
        "reference": [reference.id for reference in library.references],
    }
    for what, names in lists.items():
        yield from (f"no page tells the {what} `{name}`" for name in names if name not in ids[what])


def main() -> int:
    """Print what is missing from the built site of the project in the current folder; 1 when anything is."""
    root = Path.cwd()
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "site"
    if not (site / "index.html").is_file():
        print(f"there is no built site in {site.name}/; run `make build` first", file=sys.stderr)
        return 1
    found, complaints = check.everything(root)
    if complaints:
        print("\n".join(complaints))
        return 1
    left = list(missing(found, site))
    print("\n".join([*left, _counted(found, left)]))
    return 1 if left else 0


def _counted(library: Library, left: list[str]) -> str:
    uncited = sum("no page cites" in line for line in left)
    untold = sum("tells the conflict" in line for line in left)
    lacking = sum("tells the system" in line for line in left)
    return (
        f"{uncited} of {len(library.facts)} facts uncited ({len(library.uncited)} excused),"
        f" {untold} of {len(library.conflicts)} conflicts untold, {lacking} of {len(library.systems)} systems missing"
    )


if __name__ == "__main__":
    sys.exit(main())
