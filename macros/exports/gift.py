"""A module's questions as GIFT: how a question of a bank is written down there, and nothing of what a kind means.

Texts are Markdown, as the authors wrote them; a line break within a text is `\\n`, since an empty line ends a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.quiz import PENALTY
from macros.exports.bank import Answer, Item, Loss
from macros.exports.give import figure, give
from macros.exports.moodle import percent
from macros.schema.module import Module
from macros.schema.question import Question

HOLDS = ("single", "multi", "truefalse", "match", "short", "number")
ESCAPED = {**{mark: f"\\{mark}" for mark in "\\#=~{}:"}, "\n": "\\n", "\r": ""}
NAMED = re.compile(r"\[(html|moodle|plain|markdown)\]")
_ESCAPES = str.maketrans(ESCAPED)


def write(module: Module) -> tuple[str, list[Loss]]:
    """The bank of a module as GIFT, and what it cannot hold."""
    losses: list[Loss] = []
    blocks = [f"$CATEGORY: $course$/top/Noticing Neglect/{module.title.replace('/', '//')}"]
    for question in module.questions:
        item, lost = _give(question)
        losses += lost
        blocks += ["\n".join(_question(item))] if item else []
    return "\n\n".join(blocks) + "\n", losses


def _give(question: Question) -> tuple[Item | None, list[Loss]]:
    item, losses = give(question, HOLDS)
    if item is None:
        return None, losses
    if any("->" in text for text in _parted_by_arrows(item)):
        return None, [Loss(item.id, "question", "left out. An arrow in it would part lines from choices in GIFT.")]
    if item.hints:
        losses.append(Loss(item.id, "hints", "GIFT has no hints."))
    if abs(item.penalty - PENALTY) > 1e-6:
        losses.append(Loss(item.id, "penalty", f"GIFT has no penalty; Moodle takes a third and not {item.penalty:g}."))
    return item, losses


def _parted_by_arrows(item: Item) -> Iterator[str]:
    """The texts in which Moodle's import takes an arrow for the mark between a line and its choice. There is no escape for it."""
    yield from (text for pair in item.pairs for text in pair)
    if item.kind == "short":
        yield from (text for answer in item.answers for text in (answer.text, answer.why))


def _question(item: Item) -> Iterator[str]:
    tags = "".join(f" [tag:{tag}]" for tag in item.tags)
    yield f"// [id:{item.id}]{tags}"
    yield f"::{_safe(item.id)}::[markdown]{_safe(item.text)}{{{'#' if item.kind == 'number' else ''}"
    yield from (f"\t{line}" for line in _answers(item))
    yield f"\t####{_safe(item.general)}"
    yield "}"


def _answers(item: Item) -> Iterator[str]:
    match item.kind:
        case "truefalse":
            right, wrong = sorted(item.answers, key=lambda answer: -answer.fraction)
            yield f"{right.text.upper()}#{_safe(wrong.why)}#{_safe(right.why)}"
        case "match":
            yield from (f"={_safe(stem)} -> {_safe(choice)}" for stem, choice in item.pairs)
        case "single":
            yield from (f"{'=' if answer.fraction == 1 else '~%0%'}{_reasoned(answer)}" for answer in item.answers)
        case "multi":
            yield from (f"~%{percent(answer.fraction)}%{_reasoned(answer)}" for answer in item.answers)
        case "short":
            yield from (f"=%{percent(answer.fraction)}%{_typed(answer)}#{_safe(answer.why)}" for answer in item.answers)
        case "number":
            yield from (_number(answer) for answer in item.answers)


def _reasoned(answer: Answer) -> str:
    return f"{_safe(answer.text)}#{_safe(answer.why)}"


def _typed(answer: Answer) -> str:
    """A star stands for anything in a typed answer, so one that was meant is escaped for Moodle, and that again for GIFT."""
    return answer.text if answer.text == "*" else _safe(answer.text.replace("*", "\\*"))


def _number(answer: Answer) -> str:
    if answer.text == "*":
        return f"~#{_safe(answer.why)}"
    return f"=%{percent(answer.fraction)}%{answer.text}:{figure(answer.tolerance)}#{_safe(answer.why)}"


def _safe(text: str) -> str:
    """A text that ends nothing and parts nothing. One that begins as if it named a format is given one of its own."""
    form = "[markdown]" if NAMED.match(text) else ""
    return form + text.translate(_ESCAPES)
