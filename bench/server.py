"""A local host for the bench: everything from memory, right types, long caching, the content policy the site has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css",
    "mjs": "text/javascript",
    "json": "application/json",
    "wasm": "application/wasm",
}
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " worker-src 'self'; connect-src 'self'"
)


@contextmanager
def serve(files: dict[str, bytes]) -> Iterator[str]:
    """Serve `{"/path": content}` on a free local port for as long as the block lasts; yields the origin."""

    class Host(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            content = files.get(path)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", TYPES.get(path.rpartition(".")[2], "application/octet-stream"))
            self.send_header("Content-Length", str(len(content or b"")))
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the bench prints its own table."""

    host = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    host.daemon_threads = True
    Thread(target=host.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{host.server_port}"
    finally:
        host.shutdown()
        host.server_close()
