"""Results as drawings: shapes with places and sizes, and the same in rows and columns. Words are keys that the page has the words for, so
nothing here is prose; looks are classes, so nothing here is a colour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.calibration import BANDS, LevelResult
from engine.reading import Definition, read_number

Attributes: TypeAlias = dict[str, float | str]


@dataclass(frozen=True, slots=True)
class Text:
    """Words on a drawing, in a cell or in a gap: those the page has for `key` and the text behind them, or the text and behind it a day
    for the page to write out, or else the text alone."""

    key: str = ""
    text: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One `rect`, `line`, `circle`, `path` or `text`: its looks by class, its places and sizes in the drawing's own units."""

    shape: str
    look: str
    at: Attributes
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing `width` by `height`, and its twin: a head and rows of words, which say all that the drawing says."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...] = field(default=())


NARROWEST, WIDEST = 280, 720  # a drawing is made as wide as there is room, so that its words keep their size
ROW = 72


def read_room(message: Definition) -> int:
    """Return how wide a drawing may be, under `room`: what is asked for, within what looks right."""
    return round(min(WIDEST, max(NARROWEST, read_number(message, "room", WIDEST))))


def draw_calibration(levels: Sequence[LevelResult], width: int) -> Drawing:
    """Return a bar for each level with answers: the share of them that were right, beside the share that fits the level."""
    used = [level for level in levels if level.count]
    shapes = [shape for row, level in enumerate(used) for shape in _bar(row * ROW, level, width)]
    head = (Text("level"), Text("answers"), Text("right"), Text("says"))
    return Drawing(width, max(1, ROW * len(used)), tuple(shapes), head, tuple(map(_row, used)))


def _row(level: LevelResult) -> tuple[Text, ...]:
    return Text(f"level:{level.level}"), Text(text=str(level.count)), Text(text=str(level.right)), Text(f"word:{level.word}")


def _bar(top: int, level: LevelResult, width: int) -> list[Shape]:
    low, high = BANDS[level.level]
    right = round(width * level.right / level.count, 1)
    return [
        Shape("text", "label", {"x": 0, "y": top + 20}, Text(f"level:{level.level}")),
        Shape("text", "figure", {"x": width, "y": top + 20}, Text(text=f"{level.right}/{level.count}")),
        Shape("rect", "track", {"x": 0, "y": top + 32, "width": width, "height": 20}),
        Shape("rect", "fill", {"x": 0, "y": top + 32, "width": right, "height": 20}),
        Shape("rect", "band", {"x": round(width * low, 1), "y": top + 28, "width": round(width * (high - low), 1), "height": 28}),
    ]


def draw_visits(
    days: Sequence[str], rows: Sequence[tuple[Text, Sequence[int | None]]], width: int, least: Collection[tuple[int, int]] = ()
) -> Drawing:
    """Return a row for each thing graded and a column for each visit, by a letter: four places, the one that is meant filled, and the
    place struck through where nothing is known, and where the grade is one of `least`, (row, column): at least that, not enough known.
    The twin has the days, and says each grade in words."""
    step = min(96, (width - 8) // max(1, len(days)))
    shapes = [Shape("text", "small", {"x": column * step, "y": 16}, Text(text=chr(65 + column))) for column in range(len(days))]
    for row, (words, grades) in enumerate(rows):
        top = 30 + row * 62
        shapes.append(Shape("text", "label", {"x": 0, "y": top + 18}, words))
        for column, grade in enumerate(grades):
            shapes += _place(column * step, top + 28, grade, (row, column) in least)
    head = (Text("what"), *(Text(day=when, text=f"{chr(65 + column)}: ") for column, when in enumerate(days)))
    twin = tuple(
        (words, *(_grade(grade, (row, column) in least) for column, grade in enumerate(grades))) for row, (words, grades) in enumerate(rows)
    )
    return Drawing(width, 30 + 62 * len(rows), tuple(shapes), head, twin)


def _grade(grade: int | None, least: bool) -> Text:
    return Text("at-least" if least else "grade:none" if grade is None else f"grade:{grade}")


def _place(left: float, top: float, grade: int | None, least: bool) -> list[Shape]:
    looks = ["step chart__step--on" if place == grade else "step" for place in range(4)]
    places = [Shape("rect", look, {"x": left + at * 20 + 1, "y": top, "width": 16, "height": 16}) for at, look in enumerate(looks)]
    struck = Shape("line", "axis", {"x1": left, "y1": top + 8, "x2": left + 78, "y2": top + 8})
    return [*places, struck] if grade is None or least else places
