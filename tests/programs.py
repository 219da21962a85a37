"""Programs for a test to stand in for those of a machine."""

from __future__ import annotations

from pathlib import Path

RECORD = 'echo "$0 $*" >> "$RECORD"\n'
"""What a program begins with to be written down in the file that `RECORD` in its environment names."""


def program(folder: Path, name: str, body: str) -> Path:
    """A program that runs `body` as a shell would, with nothing but the shell's own commands."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}", encoding="utf-8")
    path.chmod(0o755)
    return path
