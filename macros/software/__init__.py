"""The software of other people that the site holds, is built with and is tested with.

What is pinned comes from the lock files, its licence from `licences.yml` (written by `scripts/licences.py` from what each package says of
itself), and what reaches readers from `shipped.yml`. Nothing here asks whether a package is installed.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LICENCES = HERE / "licences.yml"
NODE_LOCK = "package-lock.json"
LOCKS = {
    "requirements.txt": "Builds, checks and tests the site",
    "requirements-runtime.txt": "Compiles the marking for the browser",
    "requirements-node.txt": "Brings Node to a machine without it",
    "requirements-links.txt": "Follows links to other sites",
    "requirements-audit.txt": "Looks for known weaknesses",
    "requirements-next.txt": "Builds the site with the next builder",
}
"""The lock files of Python packages, and what is in each for."""
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<rest>[^\n]*)$", re.MULTILINE)
IN_SITE = frozenset(
    ["0BSD", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib", "blessing", "bzip2-1.0.6"]
)
"""Licences that what readers are given may have: each has its text in `texts/`."""
BESIDE = IN_SITE | {"Apache-2.0", "BlueOak-1.0.0", "CC0-1.0", "ISC", "GPL-2.0-or-later"}
"""Licences that what builds and tests the site may have. The last is linkchecker's, which runs apart and reaches nobody."""


def unknown(expression: str, allowed: frozenset[str]) -> list[str]:
    """The licences of an expression that are not allowed: each of those joined by AND, and all of those joined by OR."""
    choices = [[word for word in part.split(" AND ") if word not in allowed] for part in expression.split(" OR ")]
    return [] if [] in choices else [word for part in choices for word in part]


@dataclass(frozen=True, slots=True)
class Package:
    """A package that a lock file pins. `kind` is `pypi` or `npm`, `hashes` are pairs of algorithm and hex, `uses` says what for."""

    kind: str
    name: str
    version: str
    hashes: tuple[tuple[str, str], ...]
    uses: tuple[str, ...]
    licence: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Shipped:
    """Something of other people's that the site holds: see `shipped.yml`. What is `inside` something else has that thing's files."""

    name: str
    does: str
    licence: str
    home: str
    copyright: str
    version: str = ""
    package: str = ""
    inside: str = ""
    source: str = ""
    files: tuple[str, ...] = ()


def pinned(root: Path) -> list[Package]:
    """Every package of every lock file, once for each version, with its licence; those of Python first, by name."""
    known = _told()
    found: dict[tuple[str, str, str], Package] = {}
    for package in [*_python(root), *_node(root)]:
        key = (package.kind, package.name, package.version)
        before = found.get(key)
        found[key] = _both(before, package) if before else package
    ordered = sorted(found.values(), key=lambda one: (one.kind != "pypi", one.name.lower(), one.version))
    return [replace(package, **known[package.kind].get(package.name, {})) for package in ordered]


@cache
def _told() -> Any:
    return yaml.load(LICENCES.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _both(one: Package, other: Package) -> Package:
    hashes = tuple(sorted({*one.hashes, *other.hashes}))
    return replace(one, hashes=hashes, uses=tuple(dict.fromkeys([*one.uses, *other.uses])))


def _python(root: Path) -> Iterator[Package]:
    for file, use in LOCKS.items():
        text = (root / file).read_text(encoding="utf-8").replace("\\\n", " ")
        for line in PINNED.finditer(text):
            hashes = tuple(("SHA-256", digest) for digest in sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", line["rest"])))
            yield Package("pypi", line["name"].lower(), line["version"], hashes, (use,))


def _node(root: Path) -> Iterator[Package]:
    packages: dict[str, Any] = json.loads((root / NODE_LOCK).read_text(encoding="utf-8"))["packages"]
    for path, told in packages.items():
        if path:
            algorithm, _, digest = told["integrity"].partition("-")
            hashes = ((algorithm.upper().replace("SHA", "SHA-"), base64.b64decode(digest).hex()),)
            use = "Tests and checks the site" if told.get("dev") else "In the site, or brought by what is"
            yield Package("npm", path.rpartition("node_modules/")[2], told["version"], hashes, (use,))


def shipped(root: Path) -> list[Shipped]:
    """What the site may hold, with versions from the lock files. Raises KeyError where one is of a package that nothing pins."""
    versions = {f"{package.kind}/{package.name}": package.version for package in pinned(root)}
    return list(_shipped(versions, _python_of_runtime(root)))


def _shipped(versions: dict[str, str], python: str) -> Iterator[Shipped]:
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / "shipped.yml").read_text(encoding="utf-8"))
    for row in rows:
        version = versions[row["package"]] if "package" in row else python if row.get("version") else ""
        told = {**row, "version": version, "source": row.get("source", "").format(version=version), "files": tuple(row.get("files", ()))}
        yield Shipped(**told)


@cache
def _python_of_runtime(root: Path) -> str:
    stock = json.loads((root / "node_modules/pyodide/pyodide-lock.json").read_text(encoding="utf-8"))
    return str(stock["info"]["python"])


def held(site: Path, things: Iterable[Shipped]) -> list[Shipped]:
    """Those that a built site really holds, by their files."""
    everything = list(things)
    outer = {one.name for one in everything if any(any(site.glob(pattern)) for pattern in one.files)}
    return [one for one in everything if (one.inside or one.name) in outer]
