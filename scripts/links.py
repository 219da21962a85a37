"""The links of the built site that lead elsewhere, as a report: `python scripts/links.py [folder]`. It stops nothing: what another site
does is not this one's to mend today. The program that follows them, linkchecker, is installed apart, in `.cache/links`."""

from __future__ import annotations

import csv
import functools
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from macros import apart  # noqa: E402

PATIENCE = 20
"""Seconds to wait for another site."""


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> int:
    """Print each link that does not work, where it stands and why; always 0, unless linkchecker itself could not be had."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site").resolve()
    try:
        program = install(ROOT)
    except subprocess.CalledProcessError:
        print("linkchecker could not be installed, so no link was followed.", file=sys.stderr)
        return 1
    rows = list(broken(program, site))
    print("\n".join([*rows, f"{len(rows)} links to look at."]))
    return 0


def install(root: Path) -> Path:
    """The linkchecker of `requirements-links.txt`, installed when that file is new; where it is."""
    return apart.install(root, "links") / "bin/linkchecker"


def broken(program: Path, site: Path) -> Iterator[str]:
    """A line for each link that does not work, of the site as a browser sees it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}/"
        options = ["--check-extern", "--no-robots", "--no-status", f"--timeout={PATIENCE}", "--output=csv", "--threads=4"]
        done = subprocess.run([program, *options, home], capture_output=True, text=True, check=False)
        server.shutdown()
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith("#")]
    for row in csv.DictReader(lines, delimiter=";"):
        if row.get("valid") == "False":
            page = row["parentname"].removeprefix(home) or "the home page"
            yield f"{page}: {row['urlname']}: {row['result'][:100]}"


if __name__ == "__main__":
    sys.exit(main())
