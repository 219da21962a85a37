"""The site on the author's machine: served as a real server would, and telling of a mistake wherever the author looks."""

from __future__ import annotations

import os
import queue
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests import project as projects

SECONDS = 60


class Served:
    """`python -m macros.serve` in a project, and what its terminal says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process = _start(root, str(self.port))
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def wait_for(self, words: str) -> str:
        """The first line of the terminal from here on that holds `words`."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                line = self.lines.get(timeout=1)
            except queue.Empty:
                continue
            if words in line:
                return line
        raise AssertionError(f"the terminal never said {words!r}")

    def get(self, path: str) -> tuple[int, str, Message]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=SECONDS) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8", "replace"), error.headers

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=SECONDS)
        assert self.process.stdout
        self.process.stdout.close()


def _start(root: Path, port: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "macros.serve"], cwd=root, env=os.environ | {"PORT": port},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = projects.make(tmp_path_factory.mktemp("served") / "project")
    running = Served(root)
    try:
        running.wait_for("http://127.0.0.1")
        time.sleep(1)  # the watcher starts just after the address is printed
        yield running
    finally:
        running.close()


def test_pages_and_files_come_with_the_policy(served: Served) -> None:
    for path, kind in {
        "/": "text/html; charset=utf-8",
        "/training/every-kind/": "text/html; charset=utf-8",
        "/assets/javascripts/main.mjs": "text/javascript",
        "/reload.mjs": "text/javascript",
    }.items():
        status, _, headers = served.get(path)
        assert (status, headers["Content-Type"]) == (200, kind)
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
        assert headers["Cache-Control"] == "no-cache"
    assert '<script type="module" src="/reload.mjs"></script>' in served.get("/")[1]


def test_what_is_not_there(served: Served) -> None:
    status, html, _ = served.get("/nowhere/")
    assert status == 404
    assert "Page not found" in html
    assert served.get("/%2e%2e/%2e%2e/mkdocs.yml")[0] == 404
    assert served.get("/training")[1] == served.get("/training/")[1]


def test_a_mistake_is_told_on_the_page_and_in_the_terminal_until_it_is_mended(served: Served) -> None:
    file = served.root / "docs/_facts/glossary.yml"
    place, words = "docs/_facts/glossary.yml:1", "glosary: this key is not known"
    with projects.changed(file, file.read_bytes().replace(b"glossary:", b"glosary:", 1)):
        served.wait_for("changed: docs/_facts/glossary.yml")
        served.wait_for(f"{place}: {words}")
        served.wait_for("to mend")
        status, html, headers = served.get("/training/every-kind/")
        assert status == 500
        assert f"<code>{place}</code> {words}" in html
        assert '<script type="module" src="/reload.mjs"></script>' in html
        assert headers["Content-Security-Policy"]
    served.wait_for("built in")
    assert served.get("/training/every-kind/")[0] == 200


def test_an_open_page_is_told_of_the_next_build(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=SECONDS) as page:
        page.sendall(b"GET /reload HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"text/event-stream" in page.recv(4096)
        file = served.root / "docs/index.md"
        with projects.changed(file, file.read_bytes() + b"\nMore words.\n"):
            served.wait_for("built in")
        assert page.recv(4096) == b"data: built\n\n"
    served.wait_for("built in")


def test_a_browser_that_goes_away_is_not_told_of(served: Served) -> None:
    page = socket.create_connection(("127.0.0.1", served.port), timeout=SECONDS)
    page.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # so that closing resets the connection
    page.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert page.recv(1)
    page.close()
    file = served.root / "docs/index.md"
    with projects.changed(file, file.read_bytes() + b"\nMore words.\n"):
        assert served.lines.get(timeout=SECONDS) == "changed: docs/index.md"
        served.wait_for("built in")
    served.wait_for("built in")


def test_a_fault_in_a_program_is_told_too(served: Served) -> None:
    with projects.changed(served.root / "mkdocs.yml", b"site_name: [\n"):
        served.wait_for("changed: mkdocs.yml")
        served.wait_for("to mend")
        assert served.get("/")[0] == 500
    served.wait_for("built in")
    assert served.get("/")[0] == 200


def test_a_port_in_use_is_one_plain_line(served: Served) -> None:
    second = _start(served.root, str(served.port))
    said, _ = second.communicate(timeout=SECONDS)
    assert second.returncode == 1
    assert said == f"port {served.port} is in use; stop the other program, or choose another: make serve PORT={served.port + 1}\n"


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1"])
def test_a_port_that_is_none_is_one_plain_line(served: Served, port: str) -> None:
    second = _start(served.root, port)
    said, _ = second.communicate(timeout=SECONDS)
    assert (second.returncode, said) == (1, f"PORT is {port}; it has to be a number from 1 to 65535: make serve PORT=8000\n")
