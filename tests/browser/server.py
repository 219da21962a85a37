"""A server for the built site as a real host would send it: the policy in `_headers`, right types, its own page for what is not
there. A test may spoil files for a while (`faults`) or send another policy."""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from macros.finish.headers import EDITING, HEADERS, TYPES, sent
from macros.serve import server_policy

MISSING, CORRUPT, SILENT = "missing", "corrupt", "silent"


class Server:
    """One site on a free port, until `close`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.policy = server_policy(folder)
        self.faults: dict[str, str] = {}
        self.mended = threading.Event()
        self.http = Http(("127.0.0.1", 0), functools.partial(Files, self))
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    @contextmanager
    def faulty(self, part: str, fault: str) -> Iterator[None]:
        """For a while, every file with `part` in its path is missing, corrupt, or never arrives."""
        self.mended.clear()
        self.faults[part] = fault
        try:
            yield
        finally:
            del self.faults[part]
            self.mended.set()

    @contextmanager
    def with_policy(self, policy: str) -> Iterator[None]:
        """For a while, every file comes with this Content-Security-Policy."""
        own, self.policy = self.policy, policy
        try:
            yield
        finally:
            self.policy = own

    def fault(self, path: str) -> str:
        """What is wrong with a file now, or nothing."""
        return next((fault for part, fault in self.faults.items() if part in path), "")

    def close(self) -> None:
        self.mended.set()
        self.http.shutdown()
        self.http.server_close()


class Http(ThreadingHTTPServer):
    """A browser that hangs up in the middle is no error here: that is what leaving a page is."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Files(SimpleHTTPRequestHandler):
    """One request. Nothing is kept by the browser, so a mended file is seen at once."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}
    protocol_version = "HTTP/1.1"

    def __init__(self, server: Server, *args: object) -> None:
        self.site = server
        super().__init__(*args, directory=str(server.folder))  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what matters is what the browser says."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        fault = self.site.fault(path)
        if fault == SILENT:
            self.site.mended.wait()
        file = Path(self.translate_path(path))
        file = file / "index.html" if path.endswith("/") else file
        status = 200 if file.is_file() and fault != MISSING else 404
        file = file if status == 200 else self.site.folder / "404.html"
        body = file.read_bytes()
        self._send(status, self.guess_type(str(file)), body[::-1] if fault == CORRUPT else body)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            editing = sent(self.site.folder, self.path.partition("?")[0]) if self.path.startswith(EDITING) else {}
            for name, value in {"Content-Security-Policy": self.site.policy, **HEADERS, **editing}.items():
                self.send_header(name, value)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the browser has gone elsewhere
