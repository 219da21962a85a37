"""Write what each pinned package says of its licence and its home into `macros/software/licences.yml`, after `make lock` and an
installation: `python scripts/licences.py [a further site-packages folder …]`. What is installed nowhere here, such as a package of another
system, keeps what is written of it, and what nothing is known of is told."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from macros import software  # noqa: E402

SAID = {
    "Apache 2.0": "Apache-2.0",
    "APACHE-2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "The MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
}
"""Names of licences that packages use, and their SPDX names."""
HOMES = ("homepage", "home", "repository", "source", "source code", "github", "code", "documentation")
Told = dict[str, str]


def main() -> int:
    """Write the file; 1, and a line for each, where a package has no licence that can be read."""
    before = yaml.safe_load(software.LICENCES.read_text(encoding="utf-8")) if software.LICENCES.exists() else {}
    fresh: dict[str, dict[str, Told]] = {"pypi": python(ROOT, *map(Path, sys.argv[1:])), "npm": node(ROOT)}
    names: dict[str, set[str]] = {"pypi": set(), "npm": set()}
    for package in [*software._python(ROOT), *software._node(ROOT)]:
        names[package.kind].add(package.name)
    made = {kind: {name: _one(fresh, before, kind, name) for name in sorted(found)} for kind, found in names.items()}
    lines = ["# Made by scripts/licences.py from what each package says of itself. One that is not installed here is written by hand.\n"]
    text = yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=200)
    software.LICENCES.write_text("".join([*lines, text]), encoding="utf-8")
    blank = [f"{kind}/{name}" for kind, found in made.items() for name, told in found.items() if not all(told.values())]
    lacking = [f"{name}: nothing installed says its licence or its home: write it into {software.LICENCES.name}" for name in blank]
    print("\n".join(lacking), end="\n" if lacking else "")
    return int(bool(lacking))


def _one(fresh: dict[str, dict[str, Told]], before: Any, kind: str, name: str) -> Told:
    told = {"licence": "", "home": "", **(before.get(kind) or {}).get(name, {})}
    return told | {key: words for key, words in fresh[kind].get(name, {}).items() if words}


# Python


def python(root: Path, *more: Path) -> dict[str, Told]:
    """What installed Python packages, those of the programs apart, and the downloaded wheels say of themselves."""
    apart = sorted((root / ".cache").glob("*/lib/python3*/site-packages"))
    places = [*more, *apart, *(root / ".venv").glob("lib/python3*/site-packages")]
    found: dict[str, Told] = {}
    for text, terms in [*_wheels(root), *(pair for place in places for pair in _installed(place))]:
        about = Parser().parsestr(text, headersonly=True)
        found[re.sub(r"[-_.]+", "-", about["Name"]).lower()] = {"licence": licence(about, terms), "home": home(about)}
    return found


def _installed(place: Path) -> Iterator[tuple[str, str]]:
    """The metadata of each package in a folder, with the text of its licence files."""
    for path in sorted(place.glob("*.dist-info/METADATA")):
        files = [one for one in path.parent.rglob("*") if one.is_file() and re.match(r"(LICEN[SC]E|COPYING)", one.name, re.IGNORECASE)]
        yield path.read_text("utf-8", "replace"), "\n".join(one.read_text("utf-8", "replace") for one in files)


def _wheels(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((root / ".cache/wheels").glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            yield next(wheel.read(name).decode() for name in wheel.namelist() if name.endswith(".dist-info/METADATA")), ""


def licence(about: Message, text: str) -> str:
    """The SPDX name of the licence that metadata states, from the fullest statement to the loosest; empty when it states none."""
    said = [about["License-Expression"], *(line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if "License ::" in line)]
    for words in [*said, (about["License"] or "").splitlines()[:1]]:
        for word in [words] if isinstance(words, str) else words or []:
            if word in ("BSD License", "BSD"):
                return "BSD-3-Clause" if "Neither the name" in text else "BSD-2-Clause" if "Redistribution" in text else ""
            name = SAID.get(word, word)
            if name in software.BESIDE or " AND " in name or " OR " in name:
                return name
    return ""


def home(about: Message) -> str:
    """Where a package says that it is at home."""
    links = {name.strip().lower(): url.strip() for name, _, url in (line.partition(",") for line in about.get_all("Project-URL", []))}
    found = [about["Home-page"] or "", *(links[name] for name in HOMES if name in links), *links.values()]
    return next((url for url in found if url and "//pypi." not in url), "")


# Node


def node(root: Path) -> dict[str, Told]:
    """What installed Node packages say of themselves, and the lock file of the licence of each."""
    locked = json.loads((root / software.NODE_LOCK).read_text("utf-8"))["packages"]
    names = {path.rpartition("node_modules/")[2]: told.get("license", "") for path, told in locked.items() if path}
    found = {name: {"licence": SAID.get(said, said), "home": ""} for name, said in names.items()}
    for path in sorted((root / "node_modules").rglob("package.json")):
        told = json.loads(path.read_text("utf-8")) if re.search(r"node_modules/(@[^/]+/)?[^/]+/package\.json$", path.as_posix()) else {}
        if told.get("name") in found:
            found[told["name"]]["home"] = told.get("homepage") or _repository(told.get("repository"))
    return found


def _repository(told: Any) -> str:
    """A repository as an address for people."""
    where = told.get("url", "") if isinstance(told, dict) else told or ""
    where = re.sub(r"^(git\+|git:|ssh:|https?:)*/*(git@)?", "", where).removesuffix(".git").replace("github.com:", "github.com/")
    where = where.removeprefix("github:")
    return "" if not where else f"https://{where}" if "." in where.split("/")[0] else f"https://github.com/{where}"


if __name__ == "__main__":
    sys.exit(main())
