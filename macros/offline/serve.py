"""Shows this saved copy of the site in your browser: `python3 serve.py`, or `py serve.py` on Windows. Ctrl+C stops it.

Pages can be read without it. Browsers start scripts only from an address, so marking, scoring and search need it. It answers this
computer alone, sends nothing but the files of its own folder, and stores nothing. It needs Python 3.9 or newer and nothing else.
"""

from __future__ import annotations

import functools
import http.server
import os
import sys
import webbrowser
from pathlib import Path

OLDEST = (3, 9)
PORT = 8416
"""The same each time, because a browser keeps what it is asked to keep by address."""
HEADERS: dict[str, str] = {}
TYPES: dict[str, str] = {}
"""Both are filled in when the copy is made, from the list that web servers are given."""


class Files(http.server.SimpleHTTPRequestHandler):
    """One request: a file of the folder, or a plain line that there is none. Folders are never listed."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}

    def end_headers(self) -> None:
        """What a web server would send too, and nothing is used without asking whether it is still the same."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def translate_path(self, path: str) -> str:
        """The file of an address. One that leads out of the folder, by a link for instance, is no file."""
        found = Path(super().translate_path(path))
        home = Path(self.directory).resolve()
        inside = found.resolve()
        trailing = os.sep if path.partition("?")[0].endswith("/") else ""
        return str(found) + trailing if inside == home or home in inside.parents else str(home / "outside")

    def list_directory(self, path: object) -> None:
        """A folder without a page of its own."""
        self.send_error(404, "There is no such page in this copy")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of ordinary requests."""


class Server(http.server.ThreadingHTTPServer):
    """Answers this computer alone, on a port that no other program shares."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def start(folder: Path) -> Server:
    """The server, on its usual port or, where another program has that, on a free one."""
    files = functools.partial(Files, directory=str(folder))
    try:
        return Server(("127.0.0.1", PORT), files)
    except OSError:
        return Server(("127.0.0.1", 0), files)


def main() -> int:
    """Show the folder that this file stands in until Ctrl+C; 1 when this Python is too old or the folder is no copy."""
    folder = Path(__file__).resolve().parent
    if sys.version_info < OLDEST:
        print("This needs Python 3.9 or newer; this one is " + sys.version.split()[0] + ".", file=sys.stderr)
        return 1
    if not (folder / "index.html").is_file():
        print("The pages are missing: unpack the whole zip, and start serve.py in its folder.", file=sys.stderr)
        return 1
    server = start(folder)
    address = "http://127.0.0.1:" + str(server.server_port) + "/"
    print("The saved copy is at " + address + "  (leave this window open; Ctrl+C stops)", flush=True)
    if "--no-browser" not in sys.argv[1:]:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
