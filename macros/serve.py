"""The site on the author's machine: `python -m macros.serve` builds it, serves it and builds again when a file changes.

Every build runs on its own, so an edit to any file counts. When a file has a mistake, the terminal and every page say where;
the page comes back by itself once it is mended. Pages are served with the policy and the headers that a real server sends.
"""

from __future__ import annotations

import contextlib
import functools
import html
import os
import re
import subprocess
import sys
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from macros.finish import styles
from macros.finish.headers import TYPES, sent

WATCHED = ("docs", "local", "quizzes", "engine", "macros", "overrides", "mkdocs.yml")
GENERATED = ("overrides/generated", "overrides/assets/runtime", "minisearch.mjs", "__pycache__")
PLACE = re.compile(r"[\w./-]+\.\w+(:\d+)?(?=: )")
"""Where a complaint is: a file, and mostly a line in it."""
RELOAD = b"""const changes = new EventSource('/reload');
changes.addEventListener('message', () => location.reload());
addEventListener('pagehide', () => changes.close());
"""


class Site:
    """The newest whole build, what is wrong with the files as they are now, and a count of changes to wait on."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".cache" / "site"
        self.complaints: list[str] = []
        self.version = 0
        self.changed = threading.Condition()

    def build(self) -> None:
        """Build beside the old site, and put the new one in its place only when it is whole."""
        started = time.monotonic()
        fresh = self.folder.with_name("site-next")
        command = [sys.executable, "-m", "macros.build", "--site", str(fresh), "--no-downloads"]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        said = [line for line in (done.stdout or done.stderr).splitlines() if line.strip()]
        silent = f"the build stopped with {done.returncode} and said nothing"
        self.complaints = (said or [silent]) if done.returncode else []
        if done.returncode:
            print("\n".join([*self.complaints, *(done.stderr.splitlines() if done.stdout else [])]), flush=True)
        else:
            _swap(fresh, self.folder)
            print(f"built in {time.monotonic() - started:.1f} s", flush=True)
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def wait(self, seen: int, seconds: float = 15) -> int:
        """The version after the one seen, or the same one when nothing changes for a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != seen, timeout=seconds)
            return self.version

    def watch(self) -> None:
        """Build again after every change, until the program ends."""
        paths = [path for name in WATCHED if (path := self.root / name).exists()]
        for changes in watch(*paths, watch_filter=lambda _, path: not any(part in path for part in GENERATED)):
            names = sorted({os.path.relpath(path, self.root) for _, path in changes})
            print(f"changed: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}", flush=True)
            self.build()


def _swap(fresh: Path, folder: Path) -> None:
    old = folder.with_name("site-old")
    subprocess.run(["rm", "-rf", str(old)], check=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)


class Pages(SimpleHTTPRequestHandler):
    """Files of the site, the reload channel, and the complaints in place of pages while there are any."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}
    protocol_version = "HTTP/1.1"

    def __init__(self, site: Site, *args: object) -> None:
        self.site = site
        super().__init__(*args, directory=str(site.folder))  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of ordinary requests: the terminal is for complaints."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/reload":
            self._wait()
        elif path == "/reload.mjs":
            self._send(200, "text/javascript", RELOAD)
        elif path.endswith("/") and self.site.complaints:
            self._send(500, "text/html; charset=utf-8", complaints_page(self.site.complaints))
        elif path.endswith("/"):
            self._page(path)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        built = (self.site.folder / "_headers").is_file()
        for name, value in sent(self.site.folder, self.path.partition("?")[0]).items() if built else ():
            if name != "Cache-Control":
                self.send_header(name, value)
        super().end_headers()

    def _page(self, path: str) -> None:
        file = Path(self.translate_path(path)) / "index.html"
        found = file.is_file()
        page = file if found else self.site.folder / "404.html"
        text = page.read_bytes().replace(b"</body>", b'<script type="module" src="/reload.mjs"></script></body>')
        self._send(200 if found else 404, "text/html; charset=utf-8", text)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _wait(self) -> None:
        """Tell the page of the next build, as a server-sent event."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = self.site.version
        try:
            while True:
                now = self.site.wait(seen)
                self.wfile.write(b": still here\n\n" if now == seen else b"data: built\n\n")
                self.wfile.flush()
                seen = now
        except OSError:
            self.close_connection = True


def server_policy(folder: Path) -> str:
    """The policy the build wrote for servers to send; nothing before the first whole build."""
    headers = folder / "_headers"
    if not headers.is_file():
        return ""
    return headers.read_text(encoding="utf-8").partition("Content-Security-Policy: ")[2].partition("\n")[0]


def complaints_page(complaints: list[str]) -> bytes:
    """The page that stands in place of every other while something is to be mended, in the looks of the last whole build."""
    rows = "".join(f"<li>{_complaint(line)}</li>" for line in complaints)
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{len(complaints)} to mend</title>'
        f'<link rel="stylesheet" href="/{styles.SHEET}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
        f'<main class="md-main"><div class="md-main__inner md-grid"><div class="content"><article class="md-typeset">'
        f"<h1>{len(complaints)} to mend</h1><p>Readers still have the site as it was. Mend these and save, and this page"
        " comes back by itself.</p>"
        f'<ul>{rows}</ul></article></div></div></main><script type="module" src="/reload.mjs"></script></body></html>'
    ).encode()


def _complaint(line: str) -> str:
    """A complaint with its place apart from its words, where it has one."""
    place = PLACE.match(line)
    where = f"<code>{html.escape(place[0])}</code> " if place else ""
    words = html.escape(line[place.end() :].lstrip(": ") if place else line)
    return where + re.sub(r"`([^`]+)`", r"<code>\1</code>", words)


class Server(ThreadingHTTPServer):
    """A thread for each request. A browser that goes away in the middle is nothing to tell an author."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _open(site: Site, port: int) -> ThreadingHTTPServer | str:
    """The server, or why there can be none."""
    try:
        server = Server(("127.0.0.1", port), functools.partial(Pages, site))
    except PermissionError:
        return f"this user may not open port {port}; choose one from 1024 up: make serve PORT=8000"
    except OSError:
        return f"port {port} is in use; stop the other program, or choose another: make serve PORT={port % 65535 + 1}"
    return server


def main() -> int:
    """Serve the project in the current folder until Ctrl+C; 1 when the port cannot be had."""
    chosen = os.environ.get("PORT") or "8000"
    if not chosen.isdecimal() or not 0 < int(chosen) < 65536:
        print(f"PORT is {chosen}; it has to be a number from 1 to 65535: make serve PORT=8000", file=sys.stderr)
        return 1
    port, site = int(chosen), Site(Path.cwd())
    site.folder.mkdir(parents=True, exist_ok=True)
    server = _open(site, port)
    if isinstance(server, str):
        print(server, file=sys.stderr)
        return 1
    print("Building the site: half a minute, or a few on a slow machine.", flush=True)
    site.build()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{port}/  (Ctrl+C stops)", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        site.watch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
