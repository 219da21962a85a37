"""A whole project, small: what is in `tests/cases/valid/`, beside links to this project's own engine, macros and theme.

It is what broken files are tried in, what is built and what is served, so that no test touches the real words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros import software

ROOT = Path(__file__).resolve().parents[1]
VALID = Path(__file__).parent / "cases" / "valid"
INSTALLED = ("node_modules", ".venv", ".cache/wheels")
LINKED = ("engine", "macros", "node_modules", "package.json", "package-lock.json", *software.LOCKS)


def make(root: Path) -> Path:
    """Write the small project into an empty folder. The theme is copied, because a build writes parts of it."""
    shutil.copytree(VALID, root, dirs_exist_ok=True)
    for name in LINKED:
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "overrides", root / "overrides", copy_function=_link)
    (root / ".cache").mkdir()
    (root / ".cache/wheels").symlink_to(ROOT / ".cache/wheels")
    settings, _, _ = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")
    (root / "mkdocs.yml").write_text(settings + "\n", encoding="utf-8")
    return root


def copy(project: Path) -> Path:
    """The real project in another folder, as somebody would fetch it: nothing built, and what set-up installs linked."""
    leave = shutil.ignore_patterns(
        ".git", ".venv", ".cache", "node_modules", "site", "hosting", "runtime", "generated", "minisearch.mjs", "__pycache__", ".*_cache"
    )
    for name in os.listdir(ROOT):
        if (ROOT / name).is_dir() and name not in leave(str(ROOT), [name]):
            # `runtime` is built in overrides, and a room of macros.
            shutil.copytree(ROOT / name, project / name, ignore=leave if name == "overrides" else shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.is_file() and path.name != ".git":
            shutil.copy(path, project / path.name)
    (project / ".cache").mkdir()
    for name in INSTALLED:
        (project / name).symlink_to(ROOT / name)
    return project


def _link(source: str, target: str) -> None:
    """The runtime is large and never changed in place, so a link will do; everything else is copied."""
    if "/assets/runtime/" in source:
        os.symlink(source, target)
    else:
        shutil.copy(source, target)


def run(root: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of our programs in a project, as `make` does."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)


@contextmanager
def changed(file: Path, content: bytes | None) -> Iterator[None]:
    """The project with one file holding something else, or not there at all; mended afterwards."""
    before = file.read_bytes() if file.exists() else None
    try:
        _put(file, content)
        yield
    finally:
        _put(file, before)


def _put(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(content)
