"""A question as a question bank holds it: what Moodle XML and GIFT have in common, whichever way a question travels. What a kind of
question becomes is in `give.py` and what it comes back as in `take.py`; how a bank is written and read is in the module of its format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.quiz import PENALTY
from macros.load import Problem

FRACTIONS = tuple(
    sorted({round(sign * share, 7) for share in (1, 0.9, 5 / 6, 0.8, 0.75, 0.7, 2 / 3, 0.6, 0.4, 0.3, *(1 / q for q in range(2, 11)),
                                                 0.05, 0) for sign in (1, -1)})
)  # fmt: skip
"""The shares of a mark that Moodle allows an option, as in its question bank."""
NEAR = 1e-5
"""Shares this close are one share to Moodle's import."""
LONGEST_TAG = 50
"""Characters. Moodle cuts a longer tag off."""

NOTE, UNIT, REASONS = "Content note: ", "Unit: ", "Why, line by line:"
"""What begins a paragraph, or a list, for which a bank has no place of its own."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something a format cannot hold: the question, the key that does not come back ("" where it only works otherwise there,
    `question` where all of it stays behind), and a sentence."""

    question: str
    part: str
    text: str

    def __str__(self) -> str:
        return f"{self.question}: {self.text}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its share of the mark, -1 to 1, what is said to whoever gives it, and of a number how far off it may be."""

    text: str
    fraction: float
    why: str = ""
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a text: its answers, either to choose from or to type."""

    id: str
    typed: bool
    answers: list[Answer]


@dataclass(slots=True)
class Item:
    """One question of a bank. Texts are Markdown. `kind` is one of ours; of the lists, only those of its kind are filled.

    `gapped` is the text of a cloze, with `{id}` for each gap; `pairs` are stems with their choices, a spare choice having the stem "";
    `line` is where it stands in the file it was read from, and `said` what could not be read of it."""

    kind: str
    id: str
    text: str
    general: str = ""
    answers: list[Answer] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    gapped: str = ""
    gaps: list[Gap] = field(default_factory=list)
    score: str = ""
    unit: str = ""
    hints: list[str] = field(default_factory=list)
    penalty: float = PENALTY
    tags: list[str] = field(default_factory=list)
    line: int = 0
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Bank:
    """What a file holds: its questions, what of it cannot come across, and what is wrong with it, each with its line."""

    items: list[Item] = field(default_factory=list)
    losses: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def allowed(fraction: float) -> bool:
    """Whether Moodle's import takes this share of a mark."""
    return any(abs(fraction - each) < NEAR for each in FRACTIONS)


def as_list(marks: Sequence[str], items: Sequence[str]) -> str:
    """Items as a list in Markdown. Where one has several paragraphs, all stand apart, or the next would run into it."""
    apart = "\n\n" if any("\n\n" in item for item in items) else "\n"
    return apart.join(mark + re.sub(r"\n(?=[^\n])", "\n    ", item) for mark, item in zip(marks, items, strict=True))


def with_note(stem: str, note: str) -> str:
    """The stem, below its content note if it has one."""
    return f"{NOTE}{note}\n\n{stem}" if note else stem


def without_note(text: str) -> tuple[str, str]:
    """The stem and its content note, `""` if it has none."""
    first, _, rest = text.partition("\n\n")
    return (rest, first.removeprefix(NOTE)) if rest and first.startswith(NOTE) else (text, "")


def with_unit(stem: str, unit: str) -> str:
    """The stem, and under it what its number counts."""
    return f"{stem}\n\n{UNIT}{unit}"


def without_unit(text: str) -> tuple[str, str]:
    """The stem and what its number counts, `""` if it does not say."""
    rest, _, last = text.rpartition("\n\n")
    return (rest, last.removeprefix(UNIT)) if rest and last.startswith(UNIT) else (text, "")


def with_reasons(explain: str, reasons: Sequence[str]) -> str:
    """What everyone reads afterwards, and under it the reason for each line in turn."""
    return f"{explain}\n\n{REASONS}\n\n{as_list([f'{place}. ' for place in range(1, len(reasons) + 1)], reasons)}"


def without_reasons(text: str) -> tuple[str, list[str]]:
    """What everyone reads afterwards, and the reasons, none where there is no such list."""
    explain, mark, lines = text.rpartition(f"{REASONS}\n\n")
    if not mark:
        return text, []
    found = re.split(r"^\d+\. +", lines, flags=re.MULTILINE)[1:]
    return explain.strip(), [re.sub(r"^ {4}", "", reason, flags=re.MULTILINE).strip() for reason in found]


def plain_ids(kind: str, count: int) -> list[str]:
    """The ids that parts of a question get where nobody has named them: letters for options and items, else s1, c1, g1."""
    if kind in ("option", "item"):
        return [chr(ord("a") + index) if index < 26 else f"o{index + 1}" for index in range(count)]
    return [f"{kind[0]}{index + 1}" for index in range(count)]
