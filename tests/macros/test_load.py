"""Reading YAML: what its words become, and every way a file can be impossible to read."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from macros import check, library, load
from tests.project import changed


def _data(text: str) -> Any:
    document = load.parse(text, "x.yml")
    assert not document.problems, [str(problem) for problem in document.problems]
    return document.data


@pytest.mark.parametrize("word", ["No", "yes", "on", "OFF", "y", "12:30", "2026-11-22", "0o14", "0x1F", "1_000", ".inf", ".nan", "1.2.3"])
def test_words_stay_words(word: str) -> None:
    assert _data(f"a: {word}\n") == {"a": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("16", 16), ("-1", -1), ("0800", 800), (".5", 0.5),
     ("1e3", 1000.0), ("'true'", "true"), ('"16"', "16"), ("|\n  12", "12\n"), ("9" * 40, "9" * 40)],
)  # fmt: skip
def test_plain_values_are_those_of_yaml_1_2(text: str, value: object) -> None:
    found = _data(f"a: {text}\n")["a"]
    assert found == value
    assert type(found) is type(value)


def test_every_place_has_its_line() -> None:
    document = load.parse("# first\na:\n  - b: 1\n    c: >\n      words\n  - {d: 2,\n     e: 3}\n", "x.yml", first_line=11)
    assert document.line(("a",)) == 12
    assert document.line(("a", 0, "c")) == 14
    assert document.line(("a", 1, "e")) == 17
    assert document.line(("a", 1, "missing", "below")) == 16


def test_ids_are_made_out_in_text_that_cannot_be_read() -> None:
    broken = load.parse("id: src\nfacts:\n  - id: one\n\tid: two\n  - {id: 'three', x: [}\n", "docs/src.yml")
    assert broken.problems
    assert broken.ids() == {"src", "one", "two", "three"}


def test_line_ends_and_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: two\r\n")
    assert load.read(tmp_path / "x.yml", tmp_path).data == {"a": 1, "b": "two"}


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"a: " + b"b" * load.LARGEST_FILE)
    found = load.read(tmp_path / "x.yml", tmp_path)
    assert [str(problem) for problem in found.problems] == [
        "x.yml:1: the file is too large: 1000003 bytes; allowed: at most 1000000"
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_depth_cannot_exhaust_the_reader(text: str) -> None:
    assert [problem.line for problem in load.parse(text, "x.yml").problems] == [1]


def test_a_file_of_another_encoding_or_none_at_all(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes("a: 1\n".encode("utf-16"))
    assert "not UTF-8" in str(load.read(tmp_path / "x.yml", tmp_path).problems[0])
    (tmp_path / "y.yml").symlink_to(tmp_path / "nowhere.yml")
    assert str(load.read(tmp_path / "y.yml", tmp_path).problems[0]) == "y.yml:1: the file cannot be opened: No such file or directory"


def test_names_of_files(project: Path) -> None:
    with changed(project / "quizzes/modules/new.yaml", b"id: new\n"), changed(project / "docs/_facts/factor.yml", b"factors: []\n"):
        assert check.everything(project)[1] == [
            "docs/_facts/factor.yml:1: nothing reads this file (did you mean `factors`?); allowed: references.yml, conflicts.yml,"
            " definitions.yml, factors.yml, indicators.yml, principles.yml, glossary.yml, systems.yml, comparison.yml, posters.yml,"
            " changes.yml, terms.yml, search.yml, uncited.yml, local.yml, profile.yml",
            "quizzes/modules/new.yaml:1: the file's name has to end in .yml, in small letters",
        ]
    os.symlink("nowhere", project / "quizzes/modules/.#open-in-an-editor.yml")
    assert check.everything(project)[1] == []
    (project / "quizzes/modules/.#open-in-an-editor.yml").unlink()


def test_a_missing_file_is_told_once(project: Path) -> None:
    with changed(project / "docs/_facts/local.yml", None):
        assert check.everything(project)[1] == ["docs/_facts/local.yml:1: this file is missing"]


@pytest.mark.parametrize(
    ("file", "line"),
    [("docs/_facts/sources/example-2019.yml", 2), *((f"docs/_facts/{name}.yml", 1) for name in (
        "references", "conflicts", "definitions", "factors", "indicators", "principles", "glossary", "local", "systems", "comparison",
        "posters", "changes", "terms", "search", "uncited",
    )), ("quizzes/modules/every-kind.yml", 2), ("quizzes/tools/care-picture.yml", 2)],
)  # fmt: skip
def test_one_broken_file_is_one_complaint(file: str, line: int, project: Path) -> None:
    """What refers to it says nothing false, whether it is no YAML or only has a mistake, and pages' mistakes are told as well."""
    text = (project / file).read_bytes()
    page = (project / "docs/index.md").read_bytes() + b'\n{{ cite("ex-oen") }}\n'
    number = page.count(b"\n")
    told = f"docs/index.md:{number}: cite(…): there is no fact `ex-oen` (did you mean `ex-one`?)"
    for broken in (text + b"\n\t- [", b"unknown: 1\n" + text):
        with changed(project / file, broken), changed(project / "docs/index.md", page):
            complaints = check.everything(project)[1]
        assert len(complaints) == 2, complaints
        assert complaints[1 if file > "docs/index.md" else 0].startswith(f"{file}:") or complaints[0].startswith(f"{file}:")
        assert told in complaints


def test_several_broken_files_are_told_at_once(project: Path) -> None:
    module, source, page = (project / name for name in ("quizzes/modules/a.yml", "docs/_facts/sources/a.yml", "docs/a.md"))
    with changed(module, b"id: a\n- b\n"), changed(source, b"\xff"), changed(page, b"words {{ nothing() }}\n"):
        complaints = check.everything(project)[1]
    assert [line.split(": ")[0] for line in complaints] == [
        "docs/_facts/sources/a.yml:1", "docs/a.md:1", "docs/a.md:1", "quizzes/modules/a.yml:2"
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["docs/guidance/index.md", "docs/index.md", "docs/tools/index.md"])
def test_a_page_with_a_broken_head_is_one_complaint(page: str, project: Path) -> None:
    """Lists, posters and changes link to these pages by their titles, and say nothing false while there is none."""
    text = (project / page).read_text(encoding="utf-8").replace("\ntitle: ", "\ntitel: ")
    with changed(project / page, text.encode()):
        complaints = check.everything(project)[1]
    assert [line.split(": ")[1] for line in complaints] == ["titel"]


@pytest.mark.parametrize("name", library.LISTS)
def test_an_empty_list_is_told_or_built(name: str, project: Path) -> None:
    with changed(project / f"docs/_facts/{name}.yml", f"{name}: []\n".encode()):
        complaints = check.everything(project)[1]
    assert all(re.match(r"(docs|quizzes)/[\w./-]+:\d+: ", line) for line in complaints)


@pytest.mark.parametrize("file", ["quizzes/modules/every-kind.yml", "docs/_facts/sources/example-2019.yml"])
def test_a_wrong_id_is_one_complaint(file: str, project: Path) -> None:
    stem = Path(file).stem
    text = (project / file).read_text(encoding="utf-8").replace(f"\nid: {stem}\n", "\nid: other\n")
    with changed(project / file, text.encode()):
        assert check.everything(project)[1] == [f"{file}:2: id: found `other`; it has to be the file's name, `{stem}`"]
