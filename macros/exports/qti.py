"""A module's questions as QTI 1.2, for LMSs that take no Moodle files. The library text2qti writes the format from a text of its own;
what a question becomes in that text is all that belongs here.

Ticks, orders, matches and gaps are marked in too many ways by those who read QTI, so they stay behind. Hints, penalties and tags have no
place in it; the title of a question is its id."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Iterator

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from macros.exports.bank import Item, Loss
from macros.exports.give import figure, give
from macros.schema.module import Module

HOLDS = ("single", "truefalse", "number")
DATE = (1980, 1, 1, 0, 0, 0)
DAY = re.compile(rb"\s*<imsmd:date>.*?</imsmd:date>", re.DOTALL)


def write(module: Module) -> tuple[bytes, list[Loss]]:
    """The package of a module's questions, a zip, and the questions that it cannot hold."""
    given = [give(question, HOLDS) for question in module.questions]
    text = "\n\n".join([f"Quiz title: {module.title}", *("\n".join(_question(item)) for item, _ in given if item)])
    losses = [loss for _, lost in given for loss in lost if loss.part == "question"]
    return _dateless(QTI(Quiz(text, config=Config())).zip_bytes()), losses


def _question(item: Item) -> Iterator[str]:
    yield f"Title: {item.id}"
    yield _part("1.", item.text)
    yield _part("...", item.general)
    if item.kind == "number":
        yield from _number(item)
        return
    for answer in item.answers:
        words = answer.text.capitalize() if item.kind == "truefalse" else answer.text
        yield _part("*a)" if answer.fraction == 1 else "a)", words)
        yield _part("...", answer.why)


def _number(item: Item) -> Iterator[str]:
    """QTI says why to whoever is right and to whoever is not, and knows no particular slips."""
    right, other = item.answers[0], item.answers[-1]
    yield _part("+", right.why)
    yield _part("-", other.why)
    middle = float(right.text)
    yield f"= [{figure(middle - right.tolerance)}, {figure(middle + right.tolerance)}]"


def _part(mark: str, text: str) -> str:
    """A text below its mark. A dollar sign would begin a formula."""
    return f"{mark} " + textwrap.indent(text.replace("$", "\\$"), "    ").lstrip()


def _dateless(package: bytes) -> bytes:
    """The same files in the same order, without the day on which they were written: the same module gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(made, "w") as written:
        for name in read.namelist():
            content = DAY.sub(b"", read.read(name)) if name == "imsmanifest.xml" else read.read(name)
            written.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()
