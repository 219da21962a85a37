"""Files of other people's questions, made to break what reads them: each is refused with a line that is there, or read, written as YAML
that says the same, and told what it still lacks."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros import load
from macros.exports import read as reading
from macros.schema.module import Module
from tests import cases
from tests.attack.guard import guarded
from tests.attack.mutate import NASTY, Chance, joined, spoiled_bytes, spoiled_text
from tests.banks import FORMATS

PATIENCE = 8
"""Seconds for the largest file of the rows; an ordinary bank takes a tenth of one."""
QUICK, CHUNK, CHUNKS = 200, 1_000, 10
SEEDS = [(0, QUICK), *(pytest.param(seed, CHUNK, marks=pytest.mark.full) for seed in range(1, CHUNKS + 1))]
MARKS: list[str] = yaml.load((cases.FOLDER / "attack/bank-marks.yml").read_text(encoding="utf-8"), cases.Loader)
"""What means something to either format."""


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load((cases.FOLDER / name).read_text(encoding="utf-8"), cases.Loader)
    return rows


def _written(question: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A question as each format has it."""
    read = reading.Questions.model_validate({"questions": [question]})
    module = Module.model_construct(id="odd", title="Odd / even", outcome="You can.", questions=read.questions)
    for form, write in FORMATS.items():
        yield "a.xml" if form == "moodle" else "a.gift", write(module)[0]


FILES = [(row["file"], row["text"]) for row in _rows("banks/reading.yml") if row["file"].endswith(reading.ENDINGS)]
FILES += [file for row in _rows("banks/questions.yml") for file in _written(row["question"])]
HOSTILE = _rows("attack/imports.yml")


def _attack(text: str, chance: Chance) -> bytes:
    if chance.random() < 0.2:
        return spoiled_bytes(text.encode(), chance)
    if chance.random() < 0.3:
        return spoiled_text(text, chance).encode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(text) + 1)
        until = at + chance.choice((0, 0, 0, 1, 5, 100))
        text = text[:at] + chance.choice((*MARKS, *MARKS, *NASTY)) + text[until:]
    return text.encode("utf-8", "replace")


def _told(name: str, raw: bytes, folder: Path, patience: float = 2) -> list[str]:
    """What is said of a file that is not read; of one that is, that its questions are written and read again the same."""
    (folder / name).write_bytes(raw)
    with guarded(patience):
        bank = reading.read(folder / name, name)
        document, lost = reading.questions(bank, name) if not bank.problems else (None, [])
        text = reading.write(document.data["questions"]) if document else ""
        rest = reading.unfinished(document, folder, None) if document else []
    most = max(len(re.findall(rb"\r\n?|\n", raw)) + 1, len(raw.decode("utf-8", "replace").splitlines()))
    said = list(load.tell([*bank.problems, *lost, *rest]))
    for words in said:
        found = re.fullmatch(rf"{re.escape(name)}:([1-9]\d*): \S.*", words)
        assert found and int(found[1]) <= most, words[:2_000]
        assert words.isprintable() and len(words) < 2_000, words[:2_000]
    if document and len(text) < 100_000:
        assert yaml.load(text, cases.Loader)["questions"] == document.data["questions"], raw[:2_000]
    return list(load.tell(bank.problems))


@pytest.mark.parametrize(("seed", "count"), SEEDS)
def test_a_spoiled_bank_is_refused_or_read(seed: int, count: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    refused = []
    for turn in range(count):
        name, text = FILES[turn % len(FILES)]
        refused.append(bool(_told(name, _attack(text, chance), tmp_path)))
    assert any(refused)
    assert not all(refused)


@pytest.mark.parametrize("row", HOSTILE, ids=lambda row: row["name"])
def test_a_hostile_bank_is_refused_or_read(row: dict[str, Any], tmp_path: Path) -> None:
    said = _told(row["file"], joined(row["text"]).encode(), tmp_path, PATIENCE)
    if "wrong" in row:
        assert len(said) == 1 and said[0].startswith(f"{row['file']}:{row['wrong']}"), said
    else:
        assert said == []
