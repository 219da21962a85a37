"""The package of the small module, which has a question of every kind: whole, repeatable, and telling an LMS of each kind in its words."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine import KINDS
from macros import check
from macros.exports import scorm
from tests import manifests, packages
from tests.project import run

TYPES = {
    "single": "choice",
    "truefalse": "true-false",
    "multi": "choice",
    "match": "matching",
    "order": "sequencing",
    "short": "fill-in",
    "number": "numeric",
    "cloze": "fill-in",
    "case": "choice",
    "grade": "numeric",
}
"""As in the tables of SCORM 1.2, Run-Time Environment, 3.4.7."""


@pytest.fixture(scope="module")
def package(built: Path) -> Path:
    return built / "downloads/scorm/every-kind.zip"


def test_the_package_is_whole(package: Path) -> None:
    assert list(packages.wrong(package)) == []
    assert [path.name for path in package.parent.iterdir()] == ["every-kind.zip"]


def test_it_is_the_same_bytes_again(project: Path, built: Path, package: Path, tmp_path: Path) -> None:
    shutil.copy(built / "licences.txt", tmp_path)
    library, complaints = check.everything(project)
    assert not complaints
    scorm.write(tmp_path, library)
    assert (tmp_path / scorm.FOLDER / package.name).read_bytes() == package.read_bytes()


def test_a_broken_package_is_seen(package: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(package) as whole, zipfile.ZipFile(broken, "w") as made:
        for name in whole.namelist():
            if name != "settings.json":
                made.writestr(name, whole.read(name).replace(b'<h1>', b'<h1><a href="https://example.org/">'))
        made.writestr("more.py", b"")
    said = "\n".join(packages.wrong(broken))
    for words in ("settings.json", "more.py", "https://example.org/", "not in order"):
        assert words in said


@pytest.mark.parametrize(
    ("as_it_is", "broken", "said"),
    [
        ('adlcp:scormtype="sco"', 'adlcp:scormtype="scorm"', "must be one of ['asset', 'sco']"),
        (' type="webcontent"', "", "missing required attribute 'type'"),
        ("organizations", "organisations", "Unexpected child"),
        ('default="module"', 'default="other"', "IDREF 'other' not found"),
        ("</title>", "</title><title>Another</title>", "Unexpected child"),
    ],
)
def test_the_published_schemas_refuse_a_wrong_manifest(package: Path, as_it_is: str, broken: str, said: str) -> None:
    with zipfile.ZipFile(package) as files:
        manifest = files.read("imsmanifest.xml").decode()
    assert list(manifests.wrong(manifest)) == []
    assert said in "\n".join(manifests.wrong(manifest.replace(as_it_is, broken)))


def test_every_kind_is_told_in_the_words_of_scorm(project: Path, package: Path) -> None:
    told = packages.told(package)["questions"]
    library, _ = check.everything(project)
    kinds = {row["id"]: row["kind"] for row in library.written["every-kind"]["questions"]}
    assert set(kinds.values()) == set(KINDS) == set(TYPES)
    for name, question in told.items():
        assert question["interactions"], name
        assert {one["type"] for one in question["interactions"]} == {TYPES[kinds[name]]}, name
    ids = [one["id"] for question in told.values() for one in question["interactions"]]
    assert len(ids) == len(set(ids))


def test_a_title_with_markup_is_words(project: Path) -> None:
    library, _ = check.everything(project)
    module = library.modules["every-kind"].model_copy(update={"title": 'A < B & "C"'})
    titles = [one.text for one in ElementTree.fromstring(scorm.manifest(module, "1", ["index.html"])).iter() if one.tag.endswith("}title")]
    assert titles == [module.title] * 2


def test_a_build_without_downloads_has_none(project: Path) -> None:
    done = run(project, "macros.build", "--site", "quick", "--no-downloads")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (project / "quick/downloads").exists()
