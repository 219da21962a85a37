"""Known weaknesses of what the lock files pin: `python -m scripts.audit`, as `make audit` runs it.

pip-audit, installed apart in `.cache/audit`, asks about Python packages, and `npm audit` about Node packages. What stays unasked is told as
that and never as "nothing found"; with AUDIT=required in the environment it is a failure. `audit.yml` beside this file lists weaknesses
that do not touch us, each with its reason and the day until which that holds.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from macros import apart

ROOT = Path(__file__).resolve().parents[1]
ACCEPTED = Path(__file__).with_name("audit.yml")


@dataclass(frozen=True, slots=True)
class Weakness:
    """A known weakness of a pinned version: every name it is known by, and where it is mended."""

    package: str
    version: str
    names: tuple[str, ...]
    fixed: str


@dataclass(slots=True)
class Found:
    """What an audit learned: the weaknesses, and a line for each thing that it could not ask about."""

    weaknesses: list[Weakness] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)


def main() -> int:
    """Print what is known; 1 for a weakness that nobody has accepted, and, where it is required, for what could not be asked."""
    accepted = yaml.safe_load(ACCEPTED.read_text(encoding="utf-8"))["accepted"]
    found = [python(ROOT, lock) for lock in sorted(ROOT.glob("requirements*.txt"))] + [node(ROOT)]
    status, lines = verdict(found, accepted, date.today(), required=os.environ.get("AUDIT") == "required")
    print("\n".join(lines))
    return status


def python(root: Path, lock: Path) -> Found:
    """What is known of the packages of one lock file."""
    try:
        program = apart.install(root, "audit") / "bin/pip-audit"
    except subprocess.CalledProcessError:
        return Found(unasked=[f"{lock.name}: pip-audit could not be installed"])
    options = ["--requirement", str(lock), "--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run([program, *options], capture_output=True, text=True, check=False)
    return read_pip(lock.name, done.stdout, done.stderr)


def node(root: Path) -> Found:
    """What is known of the packages of `package-lock.json`."""
    command = ["npm", "audit", "--json", "--package-lock-only"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except OSError as error:
        return Found(unasked=[f"package-lock.json: npm did not start ({error.strerror})"])
    return read_npm(done.stdout, json.loads((root / "package-lock.json").read_text(encoding="utf-8")))


def read_pip(name: str, said: str, complained: str) -> Found:
    """What pip-audit said of a lock file, as JSON. A package that its registry had no answer for was not asked about."""
    try:
        rows = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Found(unasked=[f"{name}: {_last(complained) or 'pip-audit gave no answer'}"])
    found = Found()
    skipped = [row["name"] for row in rows if "skip_reason" in row]
    if skipped:
        found.unasked.append(f"{name}: the registry had no answer for {_some(skipped)}")
    for row in rows:
        for told in row.get("vulns", []):
            names = (told["id"], *told.get("aliases", []))
            found.weaknesses.append(Weakness(row["name"], row["version"], names, _in(told["fix_versions"])))
    return found


def read_npm(said: str, lock: dict[str, Any]) -> Found:
    """What `npm audit` said, as JSON. Each package that is weak only because of another is left to that other."""
    try:
        told = json.loads(said)
        packages = told["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        reason = re.search(r'"message": "([^"]+)"', said)
        return Found(unasked=[f"package-lock.json: {reason[1] if reason else 'npm audit gave no answer'}"])
    found = Found()
    for name, row in packages.items():
        versions = sorted({lock["packages"][node]["version"] for node in row["nodes"] if node in lock["packages"]})
        for cause in row["via"]:
            if isinstance(cause, dict):
                advice = (cause["url"].rpartition("/")[2],)
                found.weaknesses.append(Weakness(name, ", ".join(versions), advice, f"outside {cause['range']}"))
    return found


def verdict(
    found: Iterable[Found], accepted: Iterable[dict[str, Any]], day: date, *, required: bool
) -> tuple[int, list[str]]:
    """The exit status and the lines to print, for what was found on a day."""
    every = list(found)
    holding = {row["id"]: row for row in accepted}
    rows = list(dict.fromkeys(weakness for one in every for weakness in one.weaknesses))
    unasked = [line for one in every for line in one.unasked]
    open_ = [weakness for weakness in rows if not _held(weakness, holding, day)]
    lines = [_told(weakness, holding) for weakness in open_]
    lines += _unneeded(rows, holding) if not unasked else []
    lines += [f"NOT ASKED, so nothing is known of it: {line}" for line in unasked]
    if not unasked:
        lines.append(f"Every lock file was asked about: {len(open_)} known weaknesses to mend, {len(rows) - len(open_)} accepted.")
    elif not required:
        lines.append("This is not \"nothing found\". Run `make audit` where the registries can be asked (AUDIT=required makes this fail).")
    return int(bool(open_ or (unasked and required))), lines


def _held(weakness: Weakness, accepted: dict[str, dict[str, Any]], day: date) -> bool:
    return any(day <= accepted[name]["until"] for name in weakness.names if name in accepted)


def _told(weakness: Weakness, accepted: dict[str, dict[str, Any]]) -> str:
    ended = next((f" It was accepted until {accepted[name]['until']}." for name in weakness.names if name in accepted), "")
    mended = f"mended {weakness.fixed}" if weakness.fixed else "no version is mended yet"
    return f"{weakness.package} {weakness.version} has the known weakness {' or '.join(weakness.names)}: {mended}.{ended}"


def _unneeded(rows: list[Weakness], accepted: dict[str, dict[str, Any]]) -> Iterator[str]:
    """An acceptance that nothing needs any more is told, so that the list stays short."""
    names = {name for weakness in rows for name in weakness.names}
    return (f"scripts/audit.yml: {name} is accepted and nothing has it: take it out." for name in accepted if name not in names)


def _in(versions: list[str]) -> str:
    return f"in {', '.join(versions)}" if versions else ""


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _last(text: str) -> str:
    """The last line of what a program complained of."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:160] if lines else ""


if __name__ == "__main__":
    sys.exit(main())
