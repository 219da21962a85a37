"""Building the site: `python -m macros.build` checks what authors wrote, then writes `site/`.

The order of the steps is all that belongs here; each step is another module's.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from macros import admin, builders, check, day, made, offline, runtime, theme
from macros.finish import copy, feed, headers, links, policy, search, styles, tree, unused, versions, words
from macros.library import Library
from macros.software import bom, notices

LIBRARIES = {"minisearch/dist/es/index.js": "overrides/assets/javascripts/minisearch.mjs"}
"""Scripts of other people's that the site serves itself: where npm puts them, and where the browser finds them."""
DOWNLOADS = "downloads/"


def build(root: Path, site: Path, *, downloads: bool = True, builder: str = "mkdocs") -> list[str]:
    """Build the site of `root` into `site`, with its downloads or without; returns what is wrong, and nothing when the site is whole."""
    library, complaints = check.everything(root)
    if complaints:
        return complaints
    try:
        seconds = day.seconds(root)
        if prepare(root, library, day.of(seconds)):
            library, _ = check.everything(root)
    except (day.NoDay, runtime.RuntimeProblem) as error:
        return [str(error)]
    with made.hand_on(library.made) as handed:
        failed = builders.BUILDERS[builder](root, site, {day.NAME: str(seconds), **handed})
    return failed or finish(site, library, day.of(seconds), downloads=downloads)


def prepare(root: Path, library: Library, today: date) -> bool:
    """What has to be there before the site builder starts: the runtime, parts of the theme made from facts, and libraries. Returns whether
    the runtime is another, so that pages which name it have to be filled in again."""
    before = runtime.manifest(root)
    changed = runtime.build(root) != before
    theme.write(root, library, today)
    for source, target in LIBRARIES.items():
        text = (root / "node_modules" / source).read_text(encoding="utf-8")
        (root / target).write_text(f"// @ts-nocheck\n{text}", encoding="utf-8")
    return changed


def finish(site: Path, library: Library, today: date, *, downloads: bool) -> list[str]:
    """What every built page has to have, and the files beside the pages."""
    unused.remove(site)
    feed.write(site, library)
    words.explain(site, library.glossary)
    versions.write(site)
    styles.write(site)
    notices.write(site, library.root)
    bom.write(site, library.root, today)
    try:
        server_policy = policy.write(site)
        headers.write(site, server_policy, admin.write(site, library))
        read = {name: (search.read(page), links.read(page)) for name, page in tree.pages(site)}
        search.write(site, library, {name: said for name, (said, _) in read.items()})
        copy.write(site, today)
        if downloads:
            offline.write(site, server_policy, today)
    except ValueError as error:
        return [str(error)]
    if downloads:
        from macros.exports import banks, scorm  # what reads and writes other programs' formats takes a while to start

        banks.write(site, library)
        scorm.write(site, library)
    return list(links.broken(site, {name: page for name, (_, page) in read.items()}, () if downloads else (DOWNLOADS,)))


def main() -> int:
    """Build the project in the current folder into `site/`, or the folder given; 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m macros.build", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"), help="where to write it")
    parser.add_argument("--no-downloads", action="store_true", help="leave out the files for other programs, which take time")
    parser.add_argument("--builder", choices=builders.BUILDERS, default="mkdocs", help="what builds it")
    chosen = parser.parse_args()
    root, site = Path.cwd(), chosen.site.resolve()
    wrong = build(root, site, downloads=not chosen.no_downloads, builder=chosen.builder)
    if wrong:
        print("\n".join(wrong))
        print(f"{len(wrong)} to mend; the site was not built.", file=sys.stderr)
        return 1
    print(f"{site.name}/ holds {sum(1 for _ in site.rglob('*.html'))} pages.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
