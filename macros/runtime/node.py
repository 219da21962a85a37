"""Finding Node and running one of our scripts with it, with one plain line when that fails."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from macros.runtime.problem import RuntimeProblem

OLDEST = 20


def find() -> str:
    """The path of a Node new enough (`NODE` in the environment, else the one on the path); raises `RuntimeProblem`."""
    node = os.environ.get("NODE") or shutil.which("node")
    if not node:
        raise RuntimeProblem(f"Node is missing: install Node {OLDEST} or newer, then run `make build`.")
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        major = int(said.lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise RuntimeProblem(f"Node at {node} does not start: install Node {OLDEST} or newer.") from error
    if major < OLDEST:
        raise RuntimeProblem(f"Node {said} is too old: install Node {OLDEST} or newer, then run `make build`.")
    return node


def run(root: Path, script: Path, *arguments: str) -> str:
    """Run a script from `root` and return what it printed; raises `RuntimeProblem` with the last line of its complaint."""
    everywhere = {**os.environ, "TZ": "UTC"}  # west of London the fixed date of an archive would fall before there can be one
    done = subprocess.run([find(), str(script), *arguments], cwd=root, env=everywhere, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["no message"]
        raise RuntimeProblem(f"{script.name} failed: {said[-1][:300]}")
    return done.stdout
