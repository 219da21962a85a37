"""Text from a spreadsheet, and for one: the lines that stand under a line of headings, and cells that no spreadsheet takes for a formula.
What a column means belongs to whoever asks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.reading import Refused

LONGEST = 200_000  # characters of text
FORMULA = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), in both widths."""
_FORMULA = re.compile(rf"[\s\ufeff]*[{re.escape(''.join(FORMULA))}]|[\t\r\n]")
_QUOTED = re.compile(r'[",;\t\r\n]')  # what parts cells, in the settings of any country
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?%?")


@dataclass(frozen=True, slots=True)
class Table:
    """Each line that is not blank, with its number in the text (from 1) and its cells by the name of their column; and the headings of the
    columns that nobody asked for, whose cells were not looked at."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    dropped: tuple[str, ...]


def read(text: str, name: Callable[[str], str], needed: Sequence[str], most: int) -> Table:
    """Return the rows of text copied from a spreadsheet (tabs) or of a CSV file. `name` says which column a heading means, "" for none.

    Raises Refused under `no_heading` where the first line does not name the columns that are `needed`, and `too_long` past the limits.
    """
    if len(text) > LONGEST:
        raise Refused("The text is too long.", "too_long")
    lines = _lines(text)
    heads = [name(cell) for cell in lines[0][1]] if lines else []
    if not {*needed} <= {*heads}:
        raise Refused(f"The first line must name the columns, and these must be among them: {', '.join(needed)}.", "no_heading")
    if len(lines) > most + 1:
        raise Refused(f"At most {most} rows can be read at once.", "too_long")
    rows = tuple((number, _cells(heads, line)) for number, line in lines[1:])
    dropped = tuple(cell.strip() for cell, head in zip(lines[0][1], heads, strict=True) if not head and cell.strip())
    return Table(rows, dropped)


def _lines(text: str) -> list[tuple[int, list[str]]]:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    dialect = csv.excel_tab if "\t" in plain.lstrip("\n").partition("\n")[0] else csv.excel
    found, before = [], 0
    reader = csv.reader(io.StringIO(plain), dialect=dialect)
    try:
        for line in reader:
            if any(cell.strip() for cell in line):
                found.append((before + 1, line))
            before = reader.line_num  # a cell in quotes may go over several lines
    except csv.Error:  # one cell alone past the reader's own limit
        raise Refused("The text is too long.", "too_long") from None
    return found


def _cells(heads: Sequence[str], line: Sequence[str]) -> Mapping[str, str]:
    """The cells of a line by column; of two columns of one name, the first."""
    return {name: cell.strip() for name, cell in reversed([*zip(heads, line, strict=False)]) if name}


def write(rows: Iterable[Sequence[str]]) -> str:
    """Return the text of a CSV file. A cell that a spreadsheet would take for a formula has an apostrophe put before it."""
    return "".join(",".join(map(_written, row)) + "\r\n" for row in rows)


def _written(cell: str) -> str:
    safe = f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe
