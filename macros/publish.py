"""Building a copy that may be published: `python -m macros.publish` refuses while the partnership has not said who it is, whom to call and
who agrees to changes, and names all of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from macros import build, load
from macros.library import read
from macros.partnership import FILE, missing


def publish(root: Path, site: Path) -> list[str]:
    """Build the site of a whole partnership into `site`; returns what is missing or wrong."""
    library, found = read(root)
    if found or not library.local:
        return list(load.tell(found))
    lacking = list(missing(library.local, (root / FILE).read_text(encoding="utf-8")))
    return list(load.tell(lacking)) or build.build(root, site)


def main() -> int:
    """Build the project in the current folder for publishing; 1 when something is missing or wrong."""
    parser = argparse.ArgumentParser(prog="python -m macros.publish", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"), help="where to write it")
    site = parser.parse_args().site
    wrong = publish(Path.cwd(), site.resolve())
    if wrong:
        print("\n".join(wrong))
        print(f"{len(wrong)} to fill in or mend; nothing was published.", file=sys.stderr)
        return 1
    print(f"{site}/ is ready to publish.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
