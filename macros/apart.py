"""Programs that are installed apart from the project's own packages, each in a folder of `.cache` from a lock file of its own."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path


def lock(name: str) -> str:
    """The name of a program's lock file."""
    return f"requirements-{name}.txt"


def install(root: Path, name: str) -> Path:
    """The folder of the program called `name`, with what `requirements-<name>.txt` pins; installed anew only when that file is new."""
    folder, pins = root / ".cache" / name, root / lock(name)
    stamp, wanted = folder / "installed", pins.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        venv.create(folder, clear=True, with_pip=True)
        options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "-r", str(pins)]
        subprocess.run([folder / "bin/python", "-m", "pip", "install", *options], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return folder
