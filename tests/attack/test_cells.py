"""Cells made to be taken for a formula, in the tables that the engine saves and in those that a page does."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable

import pytest
import yaml

from engine import spreadsheet
from macros.runtime import node
from tests import cases
from tests.project import ROOT

CELLS: dict[str, list[str | float]] = yaml.load((cases.FOLDER / "attack/cells.yml").read_text("utf-8"), cases.Loader)
WANTED = {f"'{cell}": cell for cell in CELLS["formulas"]} | {str(cell): cell for cell in [*CELLS["plain"], *CELLS["numbers"]]}
FIGURES = """import { comma } from './overrides/assets/javascripts/figures.mjs';
const rows = JSON.parse(process.argv[1]).map((one) => [{ text: String(one), value: typeof one === 'number' ? one : undefined }]);
process.stdout.write(comma([{ name: 'a', rows }], {}));"""


def _saved_by_the_page() -> str:
    command = [node.find(), "--input-type=module", "-e", FIGURES, json.dumps([*WANTED.values()])]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().removeprefix("\ufeffa\r\n\r\n")


def _saved_by_the_engine() -> str:
    return spreadsheet.write([str(cell)] for cell in WANTED.values())


@pytest.mark.parametrize("save", [_saved_by_the_page, _saved_by_the_engine])
def test_no_text_is_a_formula_and_every_number_is_a_number(save: Callable[[], str]) -> None:
    """In any country's settings: a spreadsheet may part cells at a semicolon or a tab too."""
    for mark in ",;\t":
        read = csv.reader(save().splitlines(keepends=True), delimiter=mark)
        assert [row for row in read if row] == [[cell] for cell in WANTED if cell]
