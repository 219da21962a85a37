"""Bringing questions back: `python -m macros.exports.read FILE` turns a Moodle XML or GIFT file into questions as a module's file has them.

The questions go to standard output or to `--out`; what could not come across, and what is still to be written, to standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from macros import library, load, syntax
from macros.exports import gift_read, moodle_read
from macros.exports.bank import Bank
from macros.exports.take import Written, take
from macros.load import Document, Problem
from macros.schema.base import File, Known, repeated_ids
from macros.schema.composed import AnyQuestion
from macros.schema.words import nearest

LARGEST = 5_000_000
"""Bytes. Our longest bank is a fiftieth of that; a bank with pictures in it may be as large."""
ENDINGS = (".xml", ".gift", ".txt")
WIDTH = 110


class Questions(File):
    """The questions of a module, without the module."""

    questions: list[AnyQuestion]

    @classmethod
    def across(cls, data: dict[str, Any]) -> Any:
        yield from repeated_ids(data, "questions")


def read(path: Path, name: str) -> Bank:
    """The bank in a file; what is wrong with it is in the answer's `problems`, never raised. `.txt` is what Moodle calls GIFT."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Bank(problems=[Problem(name, 1, f"the file cannot be opened: {error.strerror}")])
    if path.suffix.lower() not in ENDINGS:
        return Bank(
            problems=[Problem(name, 1, f"found a file that ends in '{path.suffix}'; allowed: {', '.join(ENDINGS)}")]
        )
    if len(raw) > LARGEST:
        return Bank(problems=[Problem(name, 1, f"the file is too large: {len(raw)} bytes; allowed: at most {LARGEST}")])
    if path.suffix.lower() == ".xml":
        return moodle_read.read(raw, name)
    try:
        return gift_read.read(raw.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Bank(problems=[Problem(name, line, "the file is not UTF-8 text from this line on; save it as UTF-8")])


def questions(bank: Bank, name: str) -> tuple[Document, list[Problem]]:
    """The questions of a bank as a document whose lines are the bank's, and what did not come across."""
    document, lost = Document(name, lines={(): 1}, data={"questions": []}), list(bank.losses)
    for place, item in enumerate(bank.items):
        question, said = take(item)
        document.data["questions"].append(question)
        document.lines["questions", place] = item.line
        lost += (Problem(name, item.line, f"{question['id']}: {words}") for words in said)
    return document, lost


def unfinished(document: Document, root: Path, module: str | None) -> list[Problem]:
    """What keeps the questions out of a module: by the rules every question has to keep, and by those of one module if it is named."""
    known = None
    if module:
        shelf, wrong = library.read(root)
        if wrong:
            return wrong
        if module not in shelf.modules:
            return [Problem(document.file, 1, f"there is no module `{module}`{nearest(module, shelf.modules)}")]
        beliefs = {belief.id for belief in shelf.misconceptions}
        known = Known(facts=shelf.facts.keys(), pages=shelf.pages.keys(), misconceptions=beliefs)
        document.problems += _in_module(document, shelf.modules[module])
    load.check(document, Questions, known)
    return document.problems


def _in_module(document: Document, module: Any) -> Iterator[Problem]:
    outcomes, taken = [outcome.id for outcome in module.outcomes], {question.id for question in module.questions}
    for place, question in enumerate(document.data["questions"]):
        name, outcome = question["id"], question.get("outcome")
        if outcome and outcome not in outcomes:
            text = (
                f"{name}: there is no outcome `{outcome}`{nearest(outcome, outcomes)}; allowed: {', '.join(outcomes)}"
            )
            yield document.complain(("questions", place), text)
        if name in taken:
            yield document.complain(
                ("questions", place),
                f"{name}: `{module.id}` has this id already; replace that question or take a new id",
            )


class _Dumper(yaml.SafeDumper):
    """Writes as authors do: long text folded, several paragraphs as a block, nothing repeated by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if syntax.unseen(text) is not None else "|" if "\n" in text else ">" if len(text) > WIDTH - 20 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _figure(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    whole = value.is_integer()
    return dumper.represent_scalar(
        f"tag:yaml.org,2002:{'int' if whole else 'float'}", str(int(value)) if whole else repr(value)
    )


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _figure)


def write(written: list[Written]) -> str:
    """The questions as a module's file holds them."""
    return yaml.dump({"questions": written}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


def main() -> int:
    """Read the file that is named; 1 when it cannot be read or its questions are not finished."""
    parser = argparse.ArgumentParser(prog="python -m macros.exports.read", description=__doc__)
    parser.add_argument("file", type=Path, help="a Moodle XML file (.xml) or a GIFT file (.gift or .txt)")
    parser.add_argument("--module", help="the module they are for: hold outcomes, facts and ids against it")
    parser.add_argument("--out", type=Path, help="where to write the questions, in place of the screen")
    given = parser.parse_args()
    bank = read(given.file, str(given.file))
    if bank.problems:
        return _tell("These have to be mended before the file can be read:", bank.problems)
    document, lost = questions(bank, str(given.file))
    text = write(document.data["questions"])
    try:
        _put(text, given.out)
    except OSError as error:
        return _tell(
            "The questions were not written:",
            [Problem(str(given.out), 1, f"the file cannot be written: {error.strerror}")],
        )
    _tell("These did not come across:", lost)
    return _tell(
        "These are to be mended before the questions can go into a module:",
        unfinished(document, Path.cwd(), given.module),
    )


def _put(text: str, path: Path | None) -> None:
    if path:
        path.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


def _tell(heading: str, problems: list[Problem]) -> int:
    if problems:
        print("\n".join([heading, *load.tell(problems)]), file=sys.stderr)
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
