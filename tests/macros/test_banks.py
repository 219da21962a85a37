"""Question banks: what is hard to carry goes and comes back, what is lost is told, and files of other people's are read or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.exports import banks, markup
from macros.exports import read as reading
from macros.library import read as read_library
from macros.schema.module import Module
from tests.banks import FORMATS, differences
from tests.cases import FOLDER, Loader
from tests.project import ROOT, run


def _cases(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load((FOLDER / f"banks/{name}.yml").read_text(encoding="utf-8"), Loader)
    return rows


def _module(question: dict[str, Any]) -> Module:
    """A module with one question; the rest of it is nobody's business here."""
    read = reading.Questions.model_validate({"questions": [question]})
    return Module.model_construct(id="odd", title="Odd / even", outcome="You can.", questions=read.questions)


TRIPS = [(row, form) for row in _cases("questions") for form in FORMATS]


@pytest.mark.parametrize(("row", "form"), TRIPS, ids=[f"{form}: {row['name']}" for row, form in TRIPS])
def test_a_question_goes_and_comes_back(row: dict[str, Any], form: str) -> None:
    module = _module(row["question"])
    _, losses = FORMATS[form](module)
    assert [str(loss) for loss in losses] == row[form]
    assert [key for _, key, *_ in differences(module, form)] == row.get("changed", {}).get(form, [])


@pytest.mark.parametrize("row", _cases("markup"), ids=lambda row: row["html"])
def test_html_becomes_markdown(row: dict[str, Any]) -> None:
    assert markup.read(row["html"]) == (row["markdown"], row["lost"])


READING = _cases("reading")


@pytest.mark.parametrize("row", READING, ids=lambda row: row["name"])
def test_a_file_of_somebody_elses_is_read_or_refused(row: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / row["file"]
    file.write_text(row["text"], encoding="utf-8")
    bank = reading.read(file, row["file"])
    assert _told(bank.problems, row["file"]) == row.get("wrong", [])
    if "questions" not in row:
        return
    document, lost = reading.questions(bank, row["file"])
    again = yaml.load(reading.write(document.data["questions"]), Loader)
    assert again["questions"] == row["questions"]
    assert _told(lost, row["file"]) == sorted(row["lost"], key=lambda line: int(line.partition(":")[0]))
    if "unfinished" in row:
        assert _told(reading.unfinished(document, tmp_path, None), row["file"]) == row["unfinished"]


def _told(problems: list[Any], name: str) -> list[str]:
    return [str(problem).removeprefix(f"{name}:") for problem in sorted(problems, key=lambda problem: problem.line)]


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "huge.xml"
    file.write_bytes(b" " * (reading.LARGEST + 1))
    said = [problem.message for problem in reading.read(file, "huge.xml").problems]
    assert said == [f"the file is too large: {reading.LARGEST + 1} bytes; allowed: at most {reading.LARGEST}"]


@pytest.mark.parametrize(
    "text", ["<quiz>" + "<a>" * 100_000, "<quiz><question type='cloze'><questiontext><text>" + "{1:MC:" * 200_000]
)
def test_a_file_made_to_be_heavy_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "deep.xml").write_text(text, encoding="utf-8")
    assert len(reading.read(tmp_path / "deep.xml", "deep.xml").problems) == 1


def test_html_made_to_be_heavy_is_read() -> None:
    assert markup.read("<b>" * 50_000 + "x" + "</i>" * 50_000)[0].strip("*") == "x"


def test_the_program_writes_questions_and_says_the_rest(tmp_path: Path) -> None:
    row = READING[0]
    (tmp_path / "a.xml").write_text(row["text"], encoding="utf-8")
    done = run(ROOT, "macros.exports.read", str(tmp_path / "a.xml"), "--out", str(tmp_path / "a.yml"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "a.xml:20: E1: left out." in done.stderr
    assert yaml.load((tmp_path / "a.yml").read_text(encoding="utf-8"), Loader)["questions"] == row["questions"]


def test_the_program_holds_questions_against_a_module(project: Path, tmp_path: Path) -> None:
    text = (
        READING[0]["text"]
        .replace("outcome:one", "outcome:ones")
        .replace("fact:ex-one", "fact:ex-oen")
        .replace("Who Is It?", "ek-single")
    )
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    done = run(project, "macros.exports.read", str(tmp_path / "a.xml"), "--module", "every-kind")
    said = done.stderr.partition("can go into a module:")[2]
    assert done.returncode == 1
    assert "ek-single: there is no outcome `ones` (did you mean `one`?); allowed: one, two, three" in said
    assert "ek-single: `every-kind` has this id already; replace that question or take a new id" in said
    assert "questions[1].facts[1]: there is no fact `ex-oen` (did you mean `ex-one`?)" in said


@pytest.mark.parametrize("arguments", [["none.xml"], ["README.md"]])
def test_the_program_refuses_in_one_line(arguments: list[str]) -> None:
    done = run(ROOT, "macros.exports.read", *arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 2
    assert f"{arguments[0]}:1: " in done.stderr


def test_banks_stand_beside_the_built_pages_and_never_change(project: Path, built: Path, tmp_path: Path) -> None:
    library, _ = read_library(project)
    banks.write(tmp_path, library)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert [path.as_posix() for path in written] == [
        f"downloads/{form}/every-kind.{ending}"
        for form, ending in (("gift", "gift"), ("gift", "txt"), ("moodle", "txt"), ("moodle", "xml"), ("qti", "txt"), ("qti", "zip"))
    ]
    for path in written:
        assert (built / path).read_bytes() == (tmp_path / path).read_bytes(), path


def test_the_parser_of_the_tests_is_pinned() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert package["devDependencies"]["gift-pegjs"] == "1.0.2"
