"""When two spellings of a typed answer count as the same, and how near a slip of the keyboard may come."""

from __future__ import annotations

import unicodedata

LONGEST = 500  # characters of a typed answer, this project's design choice

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "‘’‛ʼ′´`"), "'")
_TYPOGRAPHY = _HYPHENS | _APOSTROPHES


def fold(text: str) -> str:
    """Make spellings alike: width and ligatures (NFKC), case, runs of spaces, curly marks, one last full stop."""
    plain = unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY))
    folded = unicodedata.normalize("NFKC", plain.casefold())
    return " ".join(folded.split()).removesuffix(".").rstrip()


def is_near(answer: str, given: str) -> bool:
    """Say if `given` is within the slips allowed, as H5P's blanks allow them: 1 above 3 characters, 2 above 9.

    An answer with a digit in it allows none: "section 17" and "section 47" are one slip apart.
    """
    if any(character.isdigit() for character in answer):
        return False
    allowed = (len(answer) > 3) + (len(answer) > 9)
    return abs(len(answer) - len(given)) <= allowed and _distance(answer, given) <= allowed


def _distance(one: str, two: str) -> int:
    """Damerau-Levenshtein distance, the restricted form: add, drop or change a letter, or swap two neighbours."""
    older: list[int] = []
    above = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other in enumerate(two, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                row[j] = min(row[j], older[j - 2] + 1)
        older, above = above, row
    return above[-1]


def find(answers: tuple[str, ...], typos: bool, given: str) -> bool:
    """Say if folded `given` is one of the folded `answers`, or within the slips allowed of one where `typos` says so."""
    return given in answers or (typos and any(is_near(answer, given) for answer in answers))
