"""Moodle XML as questions of a bank: reading what Moodle, this site or anybody else wrote, with the line of every question. What a question
becomes here is in `take.py`.

The file is not trusted. A document type is refused before anything in it is read, so there are no entities and no other file is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from engine.quiz import PENALTY
from macros.exports import markup
from macros.exports.bank import Answer, Bank, Gap, Item
from macros.load import DEEPEST, Problem

GRADING = {"RELATIVE_NEXT_EXCLUDE_LAST": "adjacent", "ALL_OR_NOTHING": "exact"}
OVERALL = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
CODE = re.compile(r"\{(\d*):([A-Z]+)(?:_[A-Z]+)?:((?:\\.|[^{}\\])*)\}")
"""A gap in Moodle's shorthand: its mark, its sort and its answers."""
CHOSEN = frozenset(("MULTICHOICE", "MC", "MCV", "MCH", "MCS", "MCVS", "MCHS"))
TYPED = frozenset(("SHORTANSWER", "SA", "MW", "SAC", "MWC"))
ALTERNATIVE = re.compile(r"\s*(?:(=)|%(-?\d{1,3}(?:\.\d*)?)%)?(.*?)(?:(?<!\\)(?<!&)#(.*))?", re.DOTALL)


class _Stop(Exception):
    """The rest of the file is not read: the line, and why in plain words."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words


@dataclass(slots=True)
class _Tree:
    root: Element
    lines: dict[Element, int]


@dataclass(slots=True)
class _Question:
    """A question element, what was read of it so far, and where complaints go."""

    element: Element
    name: str
    tree: _Tree
    problems: list[Problem]
    item: Item = field(default_factory=lambda: Item("", "", ""))

    def complain(self, element: Element, words: str) -> None:
        self.problems.append(Problem(self.name, self.tree.lines[element], words))


def read(raw: bytes, name: str) -> Bank:
    """The questions of a Moodle XML file called `name`; what is wrong with it is in the answer's `problems`, never raised."""
    bank = Bank()
    try:
        tree = _parse(raw)
        if tree.root.tag != "quiz":
            raise _Stop(1, f"found <{tree.root.tag}> as the outermost element; a Moodle XML file has <quiz>")
    except _Stop as stop:
        bank.problems.append(Problem(name, stop.line, stop.words))
        return bank
    for element in tree.root:
        kind = element.get("type", "")
        line = tree.lines[element]
        if element.tag != "question":
            bank.problems.append(Problem(name, line, f"found <{element.tag}>; only <question> may stand here"))
        elif kind in _READERS:
            question = _Question(element, name, tree, bank.problems)
            _READERS[kind](question)
            bank.items += _finished(question, line)
        elif kind != "category":
            text = (
                f"{_id(element) or 'a question'}: left out. There is nothing here like a question of the type `{kind}`."
            )
            bank.losses.append(Problem(name, line, text))
    return bank


def _parse(raw: bytes) -> _Tree:
    """The elements of a file and the line each starts on. Raises _Stop for what is not XML, or not safe."""
    builder, lines, depth = TreeBuilder(), dict[Element, int](), 0
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _Stop(parser.CurrentLineNumber, f"elements are inside each other more than {DEEPEST} deep")
        lines[builder.start(tag, attributes)] = parser.CurrentLineNumber

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def refuse(*_: object) -> NoReturn:
        words = (
            "found a document type (<!DOCTYPE …>); allowed: none. Such a file can open other files, so it is not read"
        )
        raise _Stop(parser.CurrentLineNumber, words)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise _Stop(error.lineno, f"this is not XML from here on: {expat.ErrorString(error.code)}") from None
    except (ValueError, LookupError):
        raise _Stop(1, "the encoding named in the first line is not known; save the file as UTF-8") from None
    return _Tree(builder.close(), lines)


def _finished(question: _Question, line: int) -> Iterator[Item]:
    """The question with what every type has, if enough could be read of its own."""
    item, element = question.item, question.element
    if not item.kind:
        return
    item.id, item.line = _id(element), line
    item.text = item.text or _markdown(question, element.find("questiontext"))
    item.general = _markdown(question, element.find("generalfeedback"))
    hints = (_markdown(question, hint, one_line=True) for hint in element.iter("hint"))
    item.hints = [hint for hint in hints if hint]
    item.penalty = _number(question, element.find("penalty"), PENALTY)
    item.tags = [tag.findtext("text", "").strip() for tag in element.iter("tag")]
    if element.find("questiontext") is None:
        question.complain(element, f"{item.id or 'a question'}: <questiontext> is missing")
    item.said += _left(element, item.kind)
    yield item


def _left(element: Element, kind: str) -> Iterator[str]:
    """What a question of Moodle's has that ours have not."""
    yield from (f"the file `{file.get('name', '')}` stays behind" for file in element.iter("file"))
    if any((element.findtext(f"{name}/text") or "").strip() for name in OVERALL):
        yield "what is said for any right, partly right or wrong answer stays behind"
    mark = (element.findtext("defaultgrade") or "1").strip()
    if kind != "cloze" and not re.fullmatch(r"1(\.0*)?", mark):
        yield f"its mark of {mark} becomes 1, as for every question here"


def _id(element: Element) -> str:
    return (element.findtext("idnumber") or element.findtext("name/text") or "").strip()


def _number(question: _Question, element: Element | None, default: float) -> float:
    text = (element.text or "").strip() if element is not None else ""
    return _as_number(question, element, text) if element is not None and text else default


def _as_number(question: _Question, element: Element, text: str) -> float:
    if re.fullmatch(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", text.strip()):
        return float(text)
    question.complain(element, f"found '{text[:40]}'; a number is needed")
    return 0.0


def _html(element: Element) -> str:
    """The text in an element as HTML, whichever of Moodle's formats it is in. Moodle's own format may hold HTML."""
    text = element.findtext("text")
    text = (text if text is not None else element.text or "").strip()
    return markup.from_plain(text) if element.get("format") == "plain_text" else text


def _markdown(question: _Question, element: Element | None, *, one_line: bool = False) -> str:
    if element is None:
        return ""
    if element.get("format") == "markdown":
        return element.findtext("text", "").strip()
    return _converted(question.item, _html(element), one_line=one_line)


def _converted(item: Item, html: str, *, one_line: bool = False) -> str:
    text, lost = (markup.read_line if one_line else markup.read)(html)
    item.said += [f"{what} stays behind" for what in lost if f"{what} stays behind" not in item.said]
    return text


def _answers(question: _Question, *, plain: bool = False) -> list[Answer]:
    """The answers of a question; `plain` where they are typed and not marked up."""
    return [_answer(question, element, plain=plain) for element in question.element.findall("answer")]


def _answer(question: _Question, element: Element, *, plain: bool) -> Answer:
    text = (element.findtext("text") or element.text or "").strip()
    if not plain:
        text = _markdown(question, element, one_line=True)
    fraction = _as_number(question, element, element.get("fraction", "0")) / 100
    tolerance = _number(question, element.find("tolerance"), 0.0)
    return Answer(text, fraction, _markdown(question, element.find("feedback")), tolerance)


def _read_choice(question: _Question) -> None:
    one = (question.element.findtext("single") or "true").strip() in ("true", "1")
    question.item.kind = "single" if one else "multi"
    question.item.answers = _answers(question)


def _read_truefalse(question: _Question) -> None:
    question.item.kind = "truefalse"
    question.item.answers = _answers(question, plain=True)


def _read_short(question: _Question) -> None:
    question.item.kind = "short"
    question.item.answers = _answers(question, plain=True)
    if (question.element.findtext("usecase") or "0").strip() == "1":
        question.item.said.append("capital letters do not matter here, as they did there")


def _read_number(question: _Question) -> None:
    question.item.kind = "number"
    question.item.answers = _answers(question, plain=True)
    question.item.unit = (question.element.findtext("units/unit/unit_name") or "").strip()
    for answer, element in zip(question.item.answers, question.element.findall("answer"), strict=True):
        if answer.text != "*":
            _as_number(question, element, answer.text)
    if len(question.element.findall("units/unit")) > 1:
        question.item.said.append("only its first unit is kept")


def _read_match(question: _Question) -> None:
    question.item.kind = "match"
    for element in question.element.findall("subquestion"):
        choice = (element.findtext("answer/text") or element.findtext("answer") or "").strip()
        question.item.pairs.append((_markdown(question, element, one_line=True), choice))


def _read_order(question: _Question) -> None:
    grading = (question.element.findtext("gradingtype") or "").strip()
    question.item.kind, question.item.score = "order", GRADING.get(grading, "adjacent")
    question.item.answers = [
        Answer(_markdown(question, answer, one_line=True), 1.0) for answer in question.element.findall("answer")
    ]
    if grading not in GRADING:
        question.item.said.append("it is marked by the neighbours that stay together, not by the rule it had")


def _read_cloze(question: _Question) -> None:
    """The text with `{g1}` for each gap. The paragraphs before the first gap are the stem."""
    element = question.element.find("questiontext")
    html = _html(element) if element is not None else ""
    gaps = question.item.gaps
    odd = [found[2] for found in CODE.finditer(html) if found[2] not in CHOSEN | TYPED]
    if odd:
        question.complain(
            element if element is not None else question.element,
            f"found a gap of the sort {odd[0]}; allowed: a list or words",
        )
        return

    def gap(found: re.Match[str]) -> str:
        gaps.append(_gap(question, found, f"g{len(gaps) + 1}"))
        return f"{{g{len(gaps)}}}"

    text = _converted(question.item, CODE.sub(gap, html))
    parts = text.split("\n\n")
    first = next((place for place, part in enumerate(parts) if "{g1}" in part), 0)
    question.item.kind = "cloze"
    question.item.text, question.item.gapped = "\n\n".join(parts[:first]) or " ", "\n\n".join(parts[first:])


def _gap(question: _Question, found: re.Match[str], name: str) -> Gap:
    typed = found[2] in TYPED
    answers = [_alternative(question, text, typed) for text in re.split(r"(?<!\\)~", found[3])]
    return Gap(name, typed, answers)


def _alternative(question: _Question, text: str, typed: bool) -> Answer:
    found = ALTERNATIVE.fullmatch(text)
    assert found
    words, why = found[3].strip(), re.sub(r"\\(.)", r"\1", found[4] or "")
    shown = (
        markup.unescaped(re.sub(r"\\([^*])", r"\1", words))
        if typed
        else _converted(question.item, re.sub(r"\\(.)", r"\1", words), one_line=True)
    )
    fraction = 1.0 if found[1] else float(found[2] or 0) / 100
    return Answer(shown, fraction, _converted(question.item, why))


_READERS = {
    "multichoice": _read_choice,
    "truefalse": _read_truefalse,
    "shortanswer": _read_short,
    "numerical": _read_number,
    "matching": _read_match,
    "ordering": _read_order,
    "cloze": _read_cloze,
    "multianswer": _read_cloze,
}
