"""`python -m macros.runtime [--deflate]`: build the browser runtime and say how large it is."""

import argparse
import sys
from pathlib import Path

from macros.runtime import RuntimeProblem, build


def main() -> int:
    """Build in the current folder; 0 when the runtime is in place, 1 with one line on standard error when it is not."""
    parser = argparse.ArgumentParser(prog="python -m macros.runtime", description=__doc__)
    parser.add_argument("--deflate", action="store_true", help="for a host that does not compress .bin files itself")
    options = parser.parse_args()
    try:
        files = build(Path.cwd(), deflate=options.deflate)["files"]
    except RuntimeProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    assert isinstance(files, dict)
    for role, file in files.items():
        print(f"{role:8}{file['bytes']:>11,}  {file['path']}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
