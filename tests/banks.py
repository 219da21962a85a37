"""What several tests of question banks do: write a module in a format, read it back, and compare."""

from __future__ import annotations

from typing import Any

from macros import load
from macros.exports import gift, gift_read, moodle, moodle_read
from macros.exports.bank import Loss
from macros.exports.read import Questions, questions, write
from macros.schema.module import Module

FORMATS = {"moodle": moodle.write, "gift": gift.write}
NEAR = 1e-6


def there_and_back(module: Module, form: str) -> tuple[list[Loss], dict[str, dict[str, Any]]]:
    """What the format says it loses of a module, and the questions that come back from it through a file of YAML, by id."""
    text, losses = FORMATS[form](module)
    bank = moodle_read.read(text.encode(), "bank.xml") if form == "moodle" else gift_read.read(text, "bank.gift")
    assert (bank.problems, bank.losses) == ([], [])
    document, lost = questions(bank, "bank")
    assert lost == []
    again = load.parse(write(document.data["questions"]), "again.yml")
    read = load.check(again, Questions)
    assert again.problems == []
    assert read
    return losses, {question.id: question.model_dump() for question in read.questions}


def differences(module: Module, form: str) -> list[tuple[str, str, Any, Any]]:
    """Every key of every question that comes back otherwise than it went, beyond what the format says it loses."""
    losses, back = there_and_back(module, form)
    found: list[tuple[str, str, Any, Any]] = []
    for question in module.questions:
        gone = {loss.part for loss in losses if loss.question == question.id}
        if "question" in gone:
            found += [(question.id, "question", None, back[question.id])] if question.id in back else []
            continue
        came = back[question.id]
        for key, value in question.model_dump().items():
            same = abs(value - came[key]) < NEAR if key == "penalty" else value == came[key]
            if not same and key not in gone:
                found.append((question.id, key, value, came[key]))
    return found
