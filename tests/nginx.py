"""A real nginx, or Caddy, on a free port, with the very file that the build wrote: only the lines marked CHANGE are changed.

Both run as the user that runs the tests, keep everything in a folder of the test's own, and listen to this machine alone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SECONDS = 30
MISSING = "No nginx was found, so the files for web servers cannot be tried: install it (Debian: `apt install nginx`)."
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin"])
"""Debian puts servers where only root looks for programs."""
AROUND = """daemon off;
{user}pid nginx.pid;
error_log errors.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    include site.conf;
}}
"""


def found(name: str) -> str | None:
    """The path of a server program, or None where the machine has none."""
    return shutil.which(name, path=PLACES)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def put(text: str, *changes: tuple[str, str]) -> str:
    """The text with each change made, as whoever installs the file makes them: what is to be changed stands there once."""
    for before, after in changes:
        assert text.count(before) == 1, f"`{before}` stands {text.count(before)} times in the file"
        text = text.replace(before, after)
    return text


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[str]:
    """The site behind nginx; yields its address. Without an nginx the test fails in one plain line, and is not skipped."""
    program = found("nginx")
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    port = free_port()
    text = (site.with_name("hosting") / "nginx.conf").read_text(encoding="utf-8")
    listen, root = (f"\n    listen 127.0.0.1:{port}; "), f"root {site};"
    (folder / "site.conf").write_text(put(text, ("\n    listen 80; ", listen), ("root /var/www/noticing-neglect;", root)), encoding="utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers would be somebody who may not read the test's folder
    (folder / "nginx.conf").write_text(AROUND.format(user=user), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", "nginx.conf", "-e", "errors.log"]
    with running(command, f"http://127.0.0.1:{port}", folder / "errors.log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def caddy(site: Path, folder: Path) -> Iterator[str]:
    """The site behind Caddy; yields its address."""
    port = free_port()
    text = (site.with_name("hosting") / "Caddyfile").read_text(encoding="utf-8")
    name, root = f"\n{{\n\tadmin off\n}}\nhttp://127.0.0.1:{port} {{", f"root * {site}\n"
    changed = put(text, ("\nneglect.example.org {", name), ("root * /var/www/noticing-neglect\n", root))
    (folder / "Caddyfile").write_text(changed, encoding="utf-8")
    command = [found("caddy") or "caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with running(command, f"http://127.0.0.1:{port}", folder / "errors.log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(command: list[str], address: str, log: Path) -> Iterator[None]:
    """A server from the moment it answers to the end of the block."""
    environment = {**os.environ, "XDG_DATA_HOME": str(log.parent), "XDG_CONFIG_HOME": str(log.parent)}
    with log.open("ab") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
    try:
        _wait(process, address, log)
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=SECONDS):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{command_of(process)} does not answer:\n{log.read_text(encoding='utf-8')}")


def command_of(process: subprocess.Popen[bytes]) -> str:
    """What was started, for a message."""
    return " ".join(process.args) if isinstance(process.args, list) else str(process.args)
