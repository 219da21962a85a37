"""A local host for the bench: everything from memory, right types, long caching, compression, and a slow line where one is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

from bench import wire
from macros.finish.headers import TYPES

OWN_TYPES = {**TYPES, ".html": "text/html; charset=utf-8", ".woff": "font/woff", ".py": "text/plain", ".toml": "text/plain"}
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " worker-src 'self'; connect-src 'self'"
)
CHUNK = 4096


@dataclass
class Line:
    """A line that all answers share. The figures of slow 4G are those Lighthouse uses: 1.6 Mbit/s, and 150 ms there and back."""

    bytes_a_second: float = 1_600_000 / 8
    seconds_there_and_back: float = 0.150
    lock: Lock = field(default_factory=Lock)

    def send(self, write: Callable[[bytes], object], content: bytes) -> None:
        """Write the content no faster than the line carries it."""
        for at in range(0, len(content), CHUNK):
            with self.lock:
                time.sleep(len(content[at : at + CHUNK]) / self.bytes_a_second)
                write(content[at : at + CHUNK])


@dataclass
class Host:
    """What is being served: where, and every path asked for so far."""

    origin: str
    asked: list[str] = field(default_factory=list)


def folder(site: Path) -> dict[str, bytes]:
    """The files of a built site by path, a folder's page also under the folder's own name."""
    held = {f"/{path.relative_to(site).as_posix()}": path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    return held | {path.removesuffix("index.html"): held[path] for path in held if path.endswith("/index.html")}


@contextmanager
def serve(files: dict[str, bytes], *, policy: str = POLICY, line: Line | None = None) -> Iterator[Host]:
    """Serve `{"/path": content}` on a free local port for as long as the block lasts. Over a `line`, text and code go as brotli 11."""
    found = Host("")
    host = _Quiet(("127.0.0.1", 0), _answering(files, policy, line, found.asked))
    host.daemon_threads = True
    Thread(target=host.serve_forever, daemon=True).start()
    found.origin = f"http://127.0.0.1:{host.server_port}"
    try:
        yield found
    finally:
        host.shutdown()
        host.server_close()


def _answering(files: dict[str, bytes], policy: str, line: Line | None, asked: list[str]) -> type[BaseHTTPRequestHandler]:
    """What answers each request, and writes down what was asked for."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            if line:
                time.sleep(line.seconds_there_and_back)  # a connection takes a way there and back before anything is asked

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            asked.append(path)
            content, packed = files.get(path), False
            if content is not None and line and "br" in self.headers.get("Accept-Encoding", ""):
                smaller = wire.brotli_of(content)
                content, packed = (smaller, True) if len(smaller) < len(content) else (content, False)
            self._start(path, content, packed)
            if line:
                time.sleep(line.seconds_there_and_back)
                line.send(self.wfile.write, content or b"")
            else:
                self.wfile.write(content or b"")

        def _start(self, path: str, content: bytes | None, packed: bool) -> None:
            ending = Path(path).suffix if not path.endswith("/") else ".html"
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", OWN_TYPES.get(ending, "application/octet-stream"))
            self.send_header("Content-Length", str(len(content or b"")))
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
            for name, value in (("Content-Security-Policy", policy), ("Content-Encoding", "br" if packed else "")):
                if value:
                    self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the figures are what matters."""

    return Answer


class _Quiet(ThreadingHTTPServer):
    """A browser that hangs up in the middle is no error: it is closed after each measurement."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass
