"""A server for the built site as a real host would send it: the policy in `_headers`, right types, its own page for what is not
there. A test may spoil files for a while (`faults`), send another policy, or put another build in place (`folder`). What browsers
report against the policy, from a page or a worker, is in `reports`."""

from __future__ import annotations

import functools
import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from macros.finish.headers import EDITING, HEADERS, TYPES, sent
from macros.serve import server_policy

MISSING, BROKEN, CORRUPT, SILENT = "missing", "broken", "corrupt", "silent"
REPORTS = "/refused-by-the-policy"
Fault = str | Callable[[bytes], bytes]
"""One of the words above (404, 500, wrong content, no answer), or what is sent in place of a file's content."""


class Server:
    """One site on a port, a free one where none is given, until `close`."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.policy = server_policy(folder)
        self.faults: dict[str, Fault] = {}
        self.reports: list[str] = []
        self.mended = threading.Event()
        self.http = Http(("127.0.0.1", port), functools.partial(Files, self))
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    @contextmanager
    def faulty(self, part: str, fault: Fault) -> Iterator[None]:
        """For a while, every file with `part` in its path is missing, corrupt, another, or never arrives."""
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

    def fault(self, path: str) -> Fault:
        """What is wrong with a file now, or nothing."""
        return next((fault for part, fault in self.faults.items() if part in path), "")

    def close(self) -> None:
        self.mended.set()
        self.http.shutdown()
        self.http.server_close()


class Http(ThreadingHTTPServer):
    """A browser that hangs up in the middle is no error here: that is what leaving a page is. Once closed, nobody is answered any more."""

    def __init__(self, *args: object) -> None:
        self.callers: list[socket.socket] = []
        super().__init__(*args)  # type: ignore[arg-type]

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        self.callers.append(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        super().server_close()
        for caller in self.callers:
            with suppress(OSError):
                caller.shutdown(socket.SHUT_RDWR)

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
        self.directory = str(self.site.folder)  # another build may have been put in place since this connection began
        path = self.path.partition("?")[0]
        fault = self.site.fault(path)
        if fault == SILENT:
            self.site.mended.wait()
        file = Path(self.translate_path(path))
        file = file / "index.html" if path.endswith("/") else file
        status = 500 if fault == BROKEN else 200 if file.is_file() and fault != MISSING else 404
        file = file if status == 200 else self.site.folder / "404.html"
        body = file.read_bytes()
        body = body[::-1] if fault == CORRUPT else fault(body) if callable(fault) else body
        self._send(status, self.guess_type(str(file)), body)

    def do_POST(self) -> None:
        """Take what a browser reports of the policy; nothing else is ever sent."""
        text = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        report = (
            json.loads(text).get("csp-report", {})
            if self.path == REPORTS
            else {"document-uri": f"a POST to {self.path}"}
        )
        said = (
            str(report.get(key, "")) for key in ("effective-directive", "blocked-uri", "source-file", "document-uri")
        )
        self.site.reports.append("policy: {} refused {} in {} of {}".format(*said))
        self._send(204, "text/plain", b"")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            editing = sent(self.site.folder, self.path.partition("?")[0]) if self.path.startswith(EDITING) else {}
            headers = {"Content-Security-Policy": self.site.policy, **HEADERS, **editing}
            if headers["Content-Security-Policy"]:
                headers["Content-Security-Policy"] += f"; report-uri {REPORTS}"
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the browser has gone elsewhere
