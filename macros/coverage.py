"""Which facts no page cites yet, by source: `python -m macros.coverage [SITE]`, over the built site."""

from __future__ import annotations

import sys
from pathlib import Path

from macros import check, facts


def main() -> int:
    """Print the uncited facts of the project in the current folder, source by source."""
    root = Path.cwd()
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "site"
    if not (site / "index.html").is_file():
        print(f"there is no built site in {site.name}/; run `make build` first", file=sys.stderr)
        return 1
    found, complaints = check.everything(root)
    if complaints:
        print("\n".join(complaints))
        return 1
    left = facts.uncited(found, site)
    for name, ids in left.items():
        total = len(found.sources[name].facts)
        print(f"{name}: {total - len(ids)} of {total} facts cited")
        for line in ids:
            print(f"  {line}")
    print(f"{sum(map(len, left.values()))} of {len(found.facts)} facts uncited")
    return 0


if __name__ == "__main__":
    sys.exit(main())
