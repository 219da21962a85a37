"""Codes that a telephone's camera reads, as one path of an SVG: drawn at build, so that no other host is ever asked."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4
"""Squares of white that a code needs on every side (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code `size` squares wide, its white edge included. `path` holds a square for each dark one."""

    size: int
    path: str


def squares(address: str) -> Code:
    """The code that leads to `address`, which a quarter of the sheet may be torn off and it still reads (level Q)."""
    rows = segno.make_qr(address, error="q", boost_error=False).matrix
    dark = [(x, y) for y, row in enumerate(rows) for x, square in enumerate(row) if square]
    path = "".join(f"M{x + QUIET} {y + QUIET}h1v1h-1z" for x, y in dark)
    return Code(len(rows) + 2 * QUIET, path)
