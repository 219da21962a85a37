"""Building a project twice as if by two people: in different folders, at different times, in different parts of the world."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMITTED = "1795824000 +0000"
"""When both say that they were committed: 28 November 2026."""
CLOCK = """\
import os, time
shift, real, given, local = int(os.environ["SHIFT"]), time.time, time.gmtime, time.localtime
time.time = lambda: real() + shift
time.time_ns = lambda: int(time.time() * 10**9)
time.gmtime = lambda seconds=None: given(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
"""
PEOPLE: list[dict[str, str]] = [
    {"TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "SHIFT": "0"},
    {"TZ": "Etc/GMT-14", "LC_ALL": "C", "PYTHONHASHSEED": "2", "SHIFT": str(400 * 24 * 60 * 60), "PYTHONUTF8": "1"},
]
"""Two environments. Their places are 26 hours apart, so their dates always differ; the second clock is 400 days fast as well."""


def commit(project: Path) -> None:
    """Make a project a repository with one commit of a fixed day."""
    day = {**os.environ, "GIT_COMMITTER_DATE": COMMITTED, "GIT_AUTHOR_DATE": COMMITTED}
    name = ["-c", "user.name=A test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    for what in (["init", "--quiet"], ["add", "--all"], [*name, "commit", "--quiet", "--no-verify", "-m", "All"]):
        subprocess.run(["git", *what], cwd=project, env=day, check=True, capture_output=True)


def build(project: Path, number: int) -> Path:
    """Build a project as one of `PEOPLE`; its files are of another day than those of the other. Returns the site."""
    for folder, _, files in os.walk(project):
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink() and ".git" not in path.parts:
                os.utime(path, (10**9 + number * 10**7,) * 2)
    clock = project.parent / f"clock-{number}"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment |= {**PEOPLE[number], "PYTHONPATH": str(clock)}
    command = [sys.executable, "-m", "macros.build", "--site", str(project / "site")]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def differing(one: Path, other: Path) -> list[str]:
    """The files that are not the same, byte for byte, in two folders, or are in one alone."""
    names = [{path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} for site in (one, other)]
    same = names[0] & names[1]
    return sorted((names[0] ^ names[1]) | {name for name in same if (one / name).read_bytes() != (other / name).read_bytes()})
