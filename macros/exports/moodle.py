"""A module's questions as Moodle XML: how a question of a bank is written down there, and nothing of what a kind means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from macros.exports.bank import FRACTIONS, Answer, Gap, Item, Loss
from macros.exports.give import figure, give
from macros.prose import phrase, prose
from macros.schema.module import Module

TYPES = {
    "single": "multichoice",
    "multi": "multichoice",
    "truefalse": "truefalse",
    "match": "matching",
    "order": "ordering",
    "short": "shortanswer",
    "number": "numerical",
    "cloze": "cloze",
}
GRADING = {"adjacent": "RELATIVE_NEXT_EXCLUDE_LAST", "exact": "ALL_OR_NOTHING"}
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 may not hold."""


def write(module: Module) -> tuple[str, list[Loss]]:
    """The bank of a module as Moodle XML, and what it cannot hold."""
    losses: list[Loss] = []
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *_category(module)]
    for question in module.questions:
        item, lost = give(question, TYPES)
        losses += lost
        lines += _question(item) if item else []
    return "\n".join([*lines, "</quiz>", ""]), losses


def _category(module: Module) -> Iterator[str]:
    yield '  <question type="category">'
    yield f"    <category><text>$course$/top/Noticing Neglect/{escape(module.title.replace('/', '//'))}</text></category>"
    yield f'    <info format="html">{_text(str(prose(module.outcome)))}</info>'
    yield f"    <idnumber>{module.id}</idnumber>"
    yield "  </question>"


def _question(item: Item) -> Iterator[str]:
    yield f'  <question type="{TYPES[item.kind]}">'
    yield f"    <name><text>{escape(item.id)}</text></name>"
    yield f'    <questiontext format="html">{_text(_stem(item))}</questiontext>'
    yield f'    <generalfeedback format="html">{_text(str(prose(item.general)))}</generalfeedback>'
    yield "    <defaultgrade>1</defaultgrade>"
    yield f"    <penalty>{item.penalty:.7f}</penalty>"
    yield "    <hidden>0</hidden>"
    yield f"    <idnumber>{escape(item.id)}</idnumber>"
    yield from (f"    {line}" for line in _body(item))
    yield from (f'    <hint format="html">{_text(str(prose(hint)))}</hint>' for hint in item.hints)
    yield "    <tags>"
    yield from (f"      <tag><text>{escape(tag)}</text></tag>" for tag in item.tags)
    yield "    </tags>"
    yield "  </question>"


def _body(item: Item) -> Iterator[str]:
    """What stands in the questions of one type alone. Options and lines stay in the order they were written in."""
    match item.kind:
        case "single" | "multi":
            yield f"<single>{str(item.kind == 'single').lower()}</single>"
            yield "<shuffleanswers>false</shuffleanswers>"
            yield "<answernumbering>abc</answernumbering>"
            yield from (_answer(answer, str(phrase(answer.text))) for answer in item.answers)
        case "truefalse":
            yield from (_answer(answer) for answer in item.answers)
        case "short":
            yield "<usecase>0</usecase>"
            yield from (_answer(answer) for answer in item.answers)
        case "number":
            yield from _number(item)
        case "match":
            yield "<shuffleanswers>false</shuffleanswers>"
            yield from (_pair(stem, choice) for stem, choice in item.pairs)
        case "order":
            yield from _order(item)


def _number(item: Item) -> Iterator[str]:
    """A unit may be typed after the number and costs nothing if it is not."""
    for answer in item.answers:
        tolerance = "" if answer.text == "*" else f"<tolerance>{figure(answer.tolerance)}</tolerance>"
        yield _answer(answer, extra=tolerance)
    yield "<unitgradingtype>0</unitgradingtype>"
    yield "<unitpenalty>0.1</unitpenalty>"
    yield "<showunits>0</showunits>"
    yield "<unitsleft>0</unitsleft>"
    yield f"<units><unit><multiplier>1</multiplier><unit_name>{escape(item.unit)}</unit_name></unit></units>"


def _order(item: Item) -> Iterator[str]:
    yield "<layouttype>VERTICAL</layouttype>"
    yield "<selecttype>ALL</selecttype>"
    yield "<selectcount>0</selectcount>"
    yield f"<gradingtype>{GRADING[item.score]}</gradingtype>"
    yield "<showgrading>SHOW</showgrading>"
    yield "<numberingstyle>none</numberingstyle>"
    for place, answer in enumerate(item.answers, 1):
        yield f'<answer fraction="{place}.0000000" format="html">{_text(str(phrase(answer.text)))}</answer>'


def _answer(answer: Answer, html: str = "", extra: str = "") -> str:
    """An answer with its reason: as `html` where it may be marked up, or a plain word or number."""
    kept = f' format="html">{_text(html)}' if html else f">{_text(_literal(answer.text))}"
    why = f'<feedback format="html">{_text(str(prose(answer.why)))}</feedback>'
    return f'<answer fraction="{percent(answer.fraction)}"{kept}{why}{extra}</answer>'


def _pair(stem: str, choice: str) -> str:
    asked = _text(str(phrase(stem)) if stem else "")
    return f'<subquestion format="html">{asked}<answer>{_text(choice)}</answer></subquestion>'


def percent(fraction: float) -> str:
    """A share of the mark as Moodle writes one: per cent, with five places where it does not come out even."""
    nearest = min(FRACTIONS, key=lambda each: abs(each - fraction))
    return f"{nearest * 100:.5f}".rstrip("0").rstrip(".")


def _literal(text: str) -> str:
    """A typed answer. A star stands for anything there, so one that was meant is escaped."""
    return text if text == "*" else text.replace("*", "\\*")


def _stem(item: Item) -> str:
    stem = str(prose(item.text))
    if item.kind != "cloze":
        return stem
    gapped = str(prose(item.gapped))
    for gap in item.gaps:
        gapped = gapped.replace(f"{{{gap.id}}}", _gap(gap))
    return f"{stem}\n{gapped}"


def _gap(gap: Gap) -> str:
    """A gap in Moodle's shorthand. In it `~`, `#`, `\\` and braces part things, so in words they are written as HTML numbers."""
    answers = "~".join(
        ("=" if answer.fraction > 0 else "") + _inside(answer.text, gap.typed) + "#" + _coded(str(phrase(answer.why)))
        for answer in gap.answers
    )
    return f"{{1:{'SHORTANSWER' if gap.typed else 'MULTICHOICE'}:{answers}}}"


def _inside(text: str, typed: bool) -> str:
    coded = _coded(escape(_literal(text), quote=False) if typed else str(phrase(text)))
    return f"&#{ord(coded[0])};{coded[1:]}" if coded[0] in "=%" else coded


def _coded(html: str) -> str:
    return re.sub(r"&#(\d+);|[~#{}\\]", lambda found: found[0] if found[1] else f"&#{ord(found[0])};", html)


def _text(text: str) -> str:
    safe = UNFIT.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<text><![CDATA[{safe}]]></text>"
