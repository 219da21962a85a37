"""GIFT as questions of a bank: reading what Moodle, this site or anybody else wrote, with the line of every question. What a question
becomes here is in `take.py`. The rules are those of Moodle's own import."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.exports import markup
from macros.exports.bank import Answer, Bank, Item
from macros.load import Problem

ESCAPES = {f"\\{mark}": chr(0xE000 + place) for place, mark in enumerate("\\:#={}~n")}
MEANT = str.maketrans({stand_in: "\n" if escape == "\\n" else escape[1] for escape, stand_in in ESCAPES.items()})
"""A character that is meant as itself is put out of the way before anything is parted, and back afterwards."""
ESCAPED = re.compile(r"\\[\\:#={}~n]")
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d*)?)%")
NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


@dataclass(slots=True)
class _Block:
    """One question: the line it starts on, its lines without comments, and its comments."""

    line: int
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Wrong(Exception):
    """A question cannot be read: how far into its text, and why."""

    def __init__(self, at: int, words: str) -> None:
        super().__init__(words)
        self.at = at
        self.words = words


class _Left(Exception):
    """A question can be read and there is nothing like it here."""


def read(text: str, name: str) -> Bank:
    """The questions of a GIFT file called `name`; what is wrong with it is in the answer's `problems`, never raised."""
    bank = Bank()
    for block in _blocks(text):
        said = ESCAPED.sub(lambda found: ESCAPES[found[0]], "".join(f"{line}\n" for line in block.lines))
        try:
            bank.items.append(_question(said, block))
        except _Wrong as wrong:
            line = block.line + said[: wrong.at].count("\n")
            bank.problems.append(Problem(name, line, wrong.words))
        except _Left as left:
            bank.losses.append(Problem(name, block.line, f"left out. {left}"))
    return bank


def _blocks(text: str) -> Iterator[_Block]:
    """The questions of a file: an empty line ends one. A comment belongs to the question it stands in or right above."""
    block = _Block(0)
    for number, line in enumerate([*text.splitlines(), ""], 1):
        words = line.strip()
        if words.startswith("$CATEGORY:"):
            continue
        if words.startswith("//"):
            block.notes.append(words)
        elif words or block.lines:
            block.line = block.line or number
        if block.lines and not words:
            yield block
            block = _Block(0)
        elif not words:
            block = _Block(0)
        elif block.line:
            block.lines.append("" if words.startswith("//") else line)


def _question(text: str, block: _Block) -> Item:
    title = TITLE.match(text)
    start = title.end() if title else 0
    opened, closed = text.find("{", start), text.find("}", start)
    if opened < 0 and closed < 0:
        raise _Left("It only tells something and asks nothing.")
    if opened < 0 or 0 <= closed < opened:
        raise _Wrong(max(closed, 0), "found `}` with no `{` before it; to mean a brace, write \\}")
    if closed < 0:
        raise _Wrong(opened, "found `{` and no `}` after it before the next empty line; to mean a brace, write \\{")
    if "{" in text[closed:] or "}" in text[closed + 1 :] or "{" in text[opened + 1 : closed]:
        raise _Wrong(opened, "found braces more than once in one question; to mean a brace, write \\{ or \\}")
    before, after = text[start:opened], text[closed + 1 :]
    stem = f"{before}_____{after}" if after.strip() else before
    form, item = _format(stem, "moodle"), Item("", "", "", line=block.line)
    item.text = _markdown(item, stem, form)
    comments = "\n".join(block.notes)
    found = re.search(r"\[id:([^\[\]]*)\]", comments)
    item.id = found[1].strip() if found else title[1].translate(MEANT).strip() if title else ""
    item.tags = [tag.strip() for tag in re.findall(r"\[tag:([^\[\]]*)\]", comments)]
    inside, mark, general = text[opened + 1 : closed].rpartition("####")
    item.general = _markdown(item, general, form) if mark else ""
    _fill(item, inside if mark else general, opened + 1, form)
    return item


def _fill(item: Item, inside: str, at: int, form: str) -> None:
    """The answers, by the sort of question that their marks tell of."""
    begin = inside.lstrip()
    truth = re.split("#", inside, maxsplit=1)[0].strip()
    if not begin:
        raise _Left("It asks for an essay.")
    if begin.startswith("#"):
        _fill_number(item, inside, at, form)
    elif truth in TRUTHS:
        _fill_truefalse(item, inside, TRUTHS[truth], form)
    elif "~" in inside:
        _fill_choice(item, inside, form)
    elif "->" in inside:
        _fill_match(item, inside, at, form)
    elif "=" in inside:
        item.kind = "short"
        item.answers = [_answer(item, part, form, typed=True) for part in inside.split("=")[1:]]
    else:
        raise _Wrong(at, "found no answer between the braces; an answer starts with = or ~, or is TRUE or FALSE")


def _fill_truefalse(item: Item, inside: str, truth: bool, form: str) -> None:
    """What is said to whoever is wrong comes before what is said to whoever is right."""
    _, wrong, right = [*(_markdown(item, part, form) for part in inside.split("#", 2)), "", ""][:3]
    item.kind = "truefalse"
    item.answers = [
        Answer("true", float(truth), right if truth else wrong),
        Answer("false", float(not truth), wrong if truth else right),
    ]


def _fill_choice(item: Item, inside: str, form: str) -> None:
    item.kind = "single" if "=" in inside else "multi"
    parts = re.split(r"([~=])", inside)[1:]
    for mark, part in zip(parts[::2], parts[1::2], strict=True):
        if part.strip():
            answer = _answer(item, part, form)
            item.answers.append(Answer(answer.text, 1.0, answer.why) if mark == "=" else answer)


def _answer(item: Item, part: str, form: str, *, typed: bool = False) -> Answer:
    """One answer with its share and its reason. A typed one is right unless it says otherwise, a chosen one wrong."""
    weight = WEIGHT.match(part)
    text, _, why = part[weight.end() if weight else 0 :].partition("#")
    fraction = float(weight[1]) / 100 if weight else float(typed)
    shown = text.translate(MEANT).strip() if typed else _markdown(item, text, form, one_line=True)
    return Answer(shown, fraction, _markdown(item, why, form))


def _fill_match(item: Item, inside: str, at: int, form: str) -> None:
    item.kind = "match"
    for found in re.finditer("=([^=]*)", inside):
        stem, arrow, choice = found[1].partition("->")
        if not arrow:
            raise _Wrong(at + found.start(), f"found '{found[1].strip()[:40]}'; a line to match has -> and its choice")
        item.pairs.append((_markdown(item, stem, form, one_line=True), choice.translate(MEANT).strip()))


def _fill_number(item: Item, inside: str, at: int, form: str) -> None:
    """`=` before each number, or none before the only one; `~` before what is said to everyone else."""
    item.kind = "number"
    told, mark, other = inside.partition("~")
    start = told.index("#") + 1
    for found in re.finditer("[^=]+", told[start:]):
        if found[0].strip():
            item.answers.append(_number(item, found[0], at + start + found.start(), form))
    if mark:
        item.answers.append(Answer("*", 0.0, _markdown(item, other.partition("#")[2], form)))


def _number(item: Item, part: str, at: int, form: str) -> Answer:
    weight = WEIGHT.match(part)
    text, _, why = part[weight.end() if weight else 0 :].partition("#")
    fraction = float(weight[1]) / 100 if weight else 1.0
    words = text.translate(MEANT).strip()
    if words == "*":
        return Answer("*", fraction, _markdown(item, why, form))
    ranged = ".." in words
    parts = [each.strip() for each in words.split(".." if ranged else ":", 1)]
    if not all(NUMBER.fullmatch(each) for each in parts):
        raise _Wrong(at, f"found '{words[:40]}'; a number is needed, as 11, 11:1 or 10..12")
    first, second = float(parts[0]), float(parts[1]) if len(parts) > 1 else 0.0
    reason = _markdown(item, why, form)
    if ranged:
        return Answer(repr((first + second) / 2), fraction, reason, abs(second - first) / 2)
    return Answer(parts[0], fraction, reason, second)


def _format(text: str, default: str) -> str:
    found = FORMAT.match(text)
    return found[1] if found else default


def _markdown(item: Item, text: str, form: str, *, one_line: bool = False) -> str:
    """A text as Markdown, whichever of Moodle's formats it is in."""
    form = _format(text, form)
    words = FORMAT.sub("", text, count=1) if FORMAT.match(text) else text
    words = words.translate(MEANT).strip()
    if form == "markdown":
        return words
    html = (
        words if form == "html" else markup.from_plain(words) if form == "plain" else re.sub(r"\n\s*\n", "<p>", words)
    )
    read, lost = (markup.read_line if one_line else markup.read)(html)
    item.said += [f"{what} stays behind" for what in lost if f"{what} stays behind" not in item.said]
    return read
