"""Software of other people: every pinned package has a licence that is allowed, everything in the site is listed with its terms, and the
bill of materials says what the lock files say."""

from __future__ import annotations

import base64
import json
import re
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from macros import software
from macros.finish import styles
from macros.software import bom, notices
from scripts import licences
from tests.project import ROOT

PINNED = software.pinned(ROOT)
SHIPPED = software.shipped(ROOT)
DAY = date(2026, 11, 28)
PURL = re.compile(r"pkg:(pypi/[a-z0-9-]+@[\w.%+-]+|npm/(%40[\w.-]+/)?[\w.-]+@[\w.%+-]+|generic/[a-z0-9.-]+(@[\w.-]+)?)")
LONG = {"SHA-256": 64, "SHA-512": 128}


def _names() -> set[tuple[str, str, str]]:
    """Every package of the lock files, read in another way than the project reads them."""
    found = set()
    for file in ROOT.glob("requirements*.txt"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if "==" in line and not line.lstrip().startswith("#"):
                name, _, version = line.split()[0].partition("==")
                found.add(("pypi", name, version))
    for path, told in json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"].items():
        if path:
            found.add(("npm", path.split("node_modules/")[-1], told["version"]))
    return found


def test_every_pinned_package_is_listed() -> None:
    assert {(package.kind, package.name, package.version) for package in PINNED} == _names()
    assert {file.name for file in ROOT.glob("requirements*.txt")} == set(software.LOCKS)


@pytest.mark.parametrize("package", PINNED, ids=lambda package: f"{package.kind}-{package.name}-{package.version}")
def test_every_package_has_a_licence_that_is_allowed_and_a_home(package: software.Package) -> None:
    assert package.licence, "run scripts/licences.py"
    assert software.unknown(package.licence, software.BESIDE) == []
    assert re.match(r"https?://", package.home)
    assert package.hashes and all(len(digest) == LONG[algorithm] for algorithm, digest in package.hashes)


EXPRESSIONS = {
    "MIT": [],
    "MIT AND PSF-2.0": [],
    "MIT AND Nobody-1": ["Nobody-1"],
    "Nobody-1 OR MIT": [],
    "A-1 OR B-1": ["A-1", "B-1"],
    "": [""],
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_licence_that_is_not_allowed_is_noticed(expression: str) -> None:
    assert software.unknown(expression, software.IN_SITE) == EXPRESSIONS[expression]


def test_the_list_says_what_installed_packages_say_of_themselves() -> None:
    fresh = {"pypi": licences.python(ROOT), "npm": licences.node(ROOT)}
    assert len(fresh["pypi"]) > 50 and len(fresh["npm"]) > 100
    for package in PINNED:
        said = fresh[package.kind].get(package.name, {}).get("licence")
        assert not said or said == package.licence, f"{package.name}: run scripts/licences.py"


def test_what_is_in_the_site_has_its_terms_there() -> None:
    for thing in SHIPPED:
        assert thing.licence in software.IN_SITE, thing.name
        assert (software.HERE / "texts" / f"{thing.licence}.txt").is_file(), thing.name
        assert thing.copyright, thing.name
        pinned = [one for one in PINNED if f"{one.kind}/{one.name}" == thing.package]
        assert all(one.licence == thing.licence for one in pinned), thing.name
        assert bool(thing.files) != bool(thing.inside), thing.name
    assert {thing.inside for thing in SHIPPED} - {""} <= {thing.name for thing in SHIPPED}


def test_everything_in_the_site_is_ours_or_listed(built: Path) -> None:
    listed = [pattern for thing in SHIPPED for pattern in thing.files]
    ours = {path.relative_to(ROOT / "overrides").as_posix() for path in (ROOT / "overrides/assets").rglob("*")}
    made = ("assets/runtime/*", styles.SHEET)  # here: the engine, the worker and the manifest; all of our style sheets
    found = [path.relative_to(built).as_posix() for path in (built / "assets").rglob("*") if path.is_file()]
    assert [name for name in found if name not in ours and not any(fnmatch(name, pattern) for pattern in [*listed, *made])] == []
    names = {thing.name for thing in software.held(built, SHIPPED)}
    assert {"Pyodide", "Python", "MiniSearch", "Atkinson Hyperlegible Next", "Material for MkDocs", "SQLite"} <= names
    assert "Sveltia CMS" not in names or (built / "admin").is_dir()


def test_notices_go_along_with_the_site(built: Path) -> None:
    text = (built / notices.NAME).read_text(encoding="utf-8")
    for thing in software.held(built, SHIPPED):
        assert thing.copyright in text and thing.home in text, thing.name
    for words in ("Mozilla Public License Version 2.0", "SIL OPEN FONT LICENSE Version 1.1", "PYTHON SOFTWARE FOUNDATION LICENSE"):
        assert words in text
    version = json.loads((ROOT / "node_modules/pyodide/package.json").read_text(encoding="utf-8"))["version"]
    assert f"https://github.com/pyodide/pyodide/tree/{version}" in text


def test_the_bill_is_one_that_other_programs_can_read(built: Path) -> None:
    made = json.loads((built / bom.NAME).read_text(encoding="utf-8"))
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made["serialNumber"])
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(refs) == len(set(refs)) > 200
    for one in made["components"]:
        assert PURL.fullmatch(one["purl"]), one["purl"]
        assert one["scope"] in ("required", "excluded") and one["type"] == "library" and one["licenses"]
    assert set(made["dependencies"][0]["dependsOn"]) == {one["bom-ref"] for one in made["components"] if one["scope"] == "required"}


def _hashes(made: dict[str, Any], name: str) -> set[str]:
    return {digest["content"] for one in made["components"] if one["name"] == name for digest in one["hashes"]}


def test_the_bill_has_the_hashes_of_the_locks() -> None:
    made = bom.bill(PINNED, SHIPPED, "1", DAY)
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        name = line.partition("==")[0]
        assert set(re.findall(r"sha256:(\w+)", line)) <= _hashes(made, name)
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    digest = packages["node_modules/pyodide"]["integrity"].removeprefix("sha512-")
    assert base64.b64decode(digest).hex() in _hashes(made, "pyodide")


def test_the_serial_follows_the_content() -> None:
    made, again, less = (bom.bill(rows, SHIPPED, "1", DAY) for rows in (PINNED, PINNED, PINNED[1:]))
    assert made == again
    assert made["serialNumber"] != less["serialNumber"]
