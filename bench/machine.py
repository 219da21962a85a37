"""The machine a part was measured on, and the programs, by what they say of themselves. No name of the machine and no path."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from importlib import metadata
from pathlib import Path

from bench import browsers
from macros.runtime.inputs import PYODIDE

PACKAGES = {"pyscript": "node_modules/@pyscript/core/package.json", "pagefind": "node_modules/pagefind/package.json"}


def describe(root: Path) -> dict[str, str | int | float]:
    """Processors, memory in GiB, the system and the versions of everything that takes part."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processors": os.cpu_count() or 0,
        "processor": _processor(),
        "memory": round(pages / 2**30),
        "system": _system(),
        "python": platform.python_version(),
        "chromium": _version(browsers.chromium_program()),
        "firefox": _version(browsers.firefox_program()),
        "pyodide": PYODIDE,
        "material": metadata.version("mkdocs-material"),
        "mkdocs": metadata.version("mkdocs"),
        **{name: json.loads((root / path).read_text(encoding="utf-8"))["version"] for name, path in PACKAGES.items()},
    }


def _system() -> str:
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.system()} {_number(platform.release())}"
    except (OSError, KeyError):
        return f"{platform.system()} {_number(platform.release())}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE) if info.exists() else None
    return found[1].strip() if found else platform.machine()


def _version(program: str) -> str:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    except OSError:
        return ""
    return _number(said)


def _number(words: str) -> str:
    found = re.search(r"\d+(?:\.\d+)+", words)
    return found[0] if found else ""
