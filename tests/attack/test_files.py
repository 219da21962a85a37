"""Files made to break the check: whatever stands in one, it is told with a line that is there, or it is nothing wrong and can be shown."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros import load
from tests import cases
from tests.attack import one_file
from tests.attack.guard import guarded
from tests.attack.mutate import Place, joined, places, spoiled, spoiled_bytes, spoiled_text
from tests.project import ROOT

TOLD = re.compile(r"(?P<file>[\w./-]+):(?P<line>[1-9]\d*): \S.*")
JARGON = re.compile(r"Traceback|pydantic|validat\w+ error|Input should|NoneType|function-|loc=|ctx=|yaml\.")
PATIENCE = 10
"""Seconds for one file: checking and showing a whole page takes more than a message does."""
FILES = one_file.files()
HOSTILE: list[dict[str, Any]] = yaml.load((cases.FOLDER / "attack/files.yml").read_text("utf-8"), cases.Loader)
NEARLY_NOTHING = (b"", b"\n", b"# a\n", b"---\n", b"null\n", b"[]\n", b"\x00", b"\xef\xbb\xbf", b"a", b"- a\n", b"1\n", b"...\n")
QUICK, CHUNK, CHUNKS = 300, 500, 20
SEEDS = [(0, QUICK), *(pytest.param(seed, CHUNK, marks=pytest.mark.full) for seed in range(1, CHUNKS + 1))]


@cache
def _parts(file: str) -> tuple[str, Any, list[Place], str]:
    """The text of a file; of a YAML file or of a page's head its value and the places in it; and what stands after the head."""
    text = (ROOT / file).read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2) if file.endswith(".md") else ("", text, "")
    value = load.parse(head, file).data
    return text, value, list(places(value)), body


def _attack(file: str, chance: random.Random) -> bytes:
    """The file with something wrong in it: in its values, its lines or its bytes."""
    text, value, known, body = _parts(file)
    match chance.choices(range(4), (6, 6, 3, 0.2))[0]:
        case 0:
            head = yaml.dump(spoiled(value, known, chance), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120)
            return (f"---\n{head}---\n{body}" if body else head).encode("utf-8", "replace")
        case 1:
            return spoiled_text(text, chance).encode("utf-8", "replace")
        case 2:
            return spoiled_bytes(text.encode(), chance)
    return chance.choice(NEARLY_NOTHING)


def _attacks(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Every file in turn, then each once more, until there are enough; data is attacked twice as often as pages."""
    chance = random.Random(seed)
    order = [*FILES, *(file for file in FILES if file.endswith(".yml"))]
    chance.shuffle(order)
    for turn in range(count):
        file = order[turn % len(order)]
        yield file, _attack(file, chance)


def told_well(file: str, raw: bytes, folder: Path) -> list[str]:
    """What is said of a file, having made sure that it is said as it should be; where nothing is, that the file can be shown."""
    one_file.whole()
    with guarded(PATIENCE):
        problems, show = one_file.told(file, raw, folder)
        told = list(load.tell(problems))
        if not told:
            show()
    lines = max(raw.count(b"\n") + 1, raw.count(b"\r") + 1)
    for said in told:
        found = TOLD.fullmatch(said)
        assert found, said[:2_000]
        assert found["file"] == file, said[:2_000]
        assert int(found["line"]) <= lines, (said[:2_000], lines)
        assert said.isprintable() and len(said) < 2_000, said[:2_000]
        assert not JARGON.search(said), said
    return told


def test_every_file_is_told_nothing_as_it_is_and_can_be_shown(tmp_path: Path) -> None:
    assert [file for file in FILES if told_well(file, (ROOT / file).read_bytes(), tmp_path)] == []


@pytest.mark.parametrize(("seed", "count"), SEEDS)
def test_a_spoiled_file_is_told_or_shown(seed: int, count: int, tmp_path: Path) -> None:
    told = [told_well(file, raw, tmp_path) for file, raw in _attacks(seed, count)]
    assert any(told)


@pytest.mark.parametrize("row", HOSTILE, ids=lambda row: row["name"])
def test_a_hostile_file_is_told_or_shown(row: dict[str, Any], tmp_path: Path) -> None:
    told = told_well(row["file"], joined(row["text"]).encode(), tmp_path)
    assert told[0].startswith(f"{row['file']}:{row['told']}") if "told" in row else told == [], told[:3]
