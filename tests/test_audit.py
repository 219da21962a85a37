"""The audit of what is pinned: a known weakness fails, an acceptance ends, and what could not be asked is never "nothing found"."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros import apart
from scripts import audit
from tests.programs import RECORD, program
from tests.project import ROOT

DATA: dict[str, Any] = yaml.safe_load((ROOT / "tests/cases/audit.yml").read_text(encoding="utf-8"))
DAY = date(2026, 11, 28)


@pytest.mark.parametrize("name", DATA["cases"])
def test_what_the_programs_say_becomes_plain_lines(name: str) -> None:
    case = DATA["cases"][name]
    found = [audit.read_pip("requirements.txt", case["pip"], case.get("complained", "")), audit.read_npm(case["npm"], DATA["lock"])]
    status, lines = audit.verdict(found, case.get("accepted", []), DAY, required=case.get("required", False))
    assert (status, lines) == (case["status"], case["lines"])


def test_every_acceptance_has_its_reason_and_its_end() -> None:
    for row in yaml.safe_load(audit.ACCEPTED.read_text(encoding="utf-8"))["accepted"]:
        assert row.keys() == {"id", "reason", "until"}
        assert len(row["reason"].split()) > 2 and isinstance(row["until"], date)


def test_a_program_that_cannot_be_installed_leaves_its_lock_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart.venv, "create", lambda folder, **_: program(folder / "bin", "python", "exit 1"))
    (tmp_path / "requirements-audit.txt").write_text("no-such-package==1 --hash=sha256:00\n", encoding="utf-8")
    found = audit.python(tmp_path, tmp_path / "requirements-audit.txt")
    assert (found.weaknesses, found.unasked) == ([], ["requirements-audit.txt: pip-audit could not be installed"])


def test_a_program_apart_is_installed_only_while_its_lock_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECORD", str(tmp_path / "record"))
    made: list[Path] = []

    def create(folder: Path, **_: object) -> None:
        made.append(folder)
        program(folder / "bin", "python", RECORD)

    monkeypatch.setattr(apart.venv, "create", create)
    lock = tmp_path / "requirements-one.txt"
    for text, times in (("a==1\n", 1), ("a==1\n", 1), ("a==2\n", 2)):
        lock.write_text(text, encoding="utf-8")
        assert apart.install(tmp_path, "one") == tmp_path / ".cache/one"
        assert len(made) == times
    assert f"--require-hashes -r {lock}" in (tmp_path / "record").read_text(encoding="utf-8")


def test_npm_is_asked_and_its_answer_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package-lock.json").write_text('{"packages": {}}', encoding="utf-8")
    program(tmp_path / "bin", "npm", 'echo \'{"vulnerabilities": {}}\'')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert audit.node(tmp_path) == audit.Found()
    monkeypatch.setenv("PATH", "")
    assert audit.node(tmp_path).unasked == ["package-lock.json: npm did not start (No such file or directory)"]
