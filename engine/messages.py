"""The engine's one door: a JSON text in, a JSON text out, the same natively and in a browser's worker. Which tasks
there are and how a reply is written belong here; what a task works out does not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from itertools import accumulate

from engine import quiz
from engine.reading import Definition, Refused, read_choice, read_object, read_responses
from engine.tools import TOOLS

Reply = dict[str, object]

DEEPEST = 50  # lists and objects inside each other; a definition has ten
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')


def handle(text: str) -> str:
    """Answer one message. Never raises, whatever the text; the same text always gets the same reply.

    `{"task": "mark", "definition", "responses"}` gets `{"ok": true, "marks", "summary"}`; `score` gets `result`, or
    `result: null` and what is `missing`; `compare`, with `before` and `after` for `responses`, gets `change` in the
    same way. Anything else gets `{"ok": false, "problem": {"key", "text"}}`. Replies are ASCII with sorted keys.
    """
    try:
        reply = {"ok": True, **_answer(_parse(text))}
    except Refused as refused:
        reply = _refuse(refused.key, refused.text)
    except Exception:  # noqa: BLE001 - the page waits for a reply, so a fault of ours must reach it as one
        reply = _refuse("engine_fault", "The engine failed on this message, which is a fault in the engine.")
    return json.dumps(reply, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _parse(text: str) -> dict[str, object]:
    if _measure_depth(text) > DEEPEST:
        raise Refused("The message is nested too deeply to read.", "not_json")
    try:
        message = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, TypeError):
        raise Refused("The message is not JSON.", "not_json") from None
    return read_object(message, "message", "unknown_task")


def _measure_depth(text: str) -> int:
    """Return how deep brackets stand inside each other. A browser's stack gives out far sooner than Python says it does."""
    steps = (1 if mark in "[{" else -1 for mark in _MARKS.findall(text) if mark in "[]{}")
    return max(accumulate(steps), default=0)


def _answer(message: Definition) -> Reply:
    match message.get("task"):
        case "mark":
            return _mark(message)
        case "score":
            return _score(message)
        case "compare":
            return _compare(message)
    raise Refused("The message must name a task: mark, score or compare.", "unknown_task")


def _mark(message: Definition) -> Reply:
    module = quiz.read(_read_definition(message))
    marks = quiz.mark(module, read_responses(message.get("responses")))
    summary = quiz.score(module, marks)
    return {"marks": {id_: asdict(mark) for id_, mark in marks.items()}, "summary": asdict(summary)}


def _score(message: Definition) -> Reply:
    definition = _read_definition(message)
    rule = TOOLS[read_choice(definition, "rule", TOOLS)]
    tool, responses = rule.read(definition), read_responses(message.get("responses"))
    missing = rule.missing(tool, responses)
    return {"result": None, "missing": missing} if missing else {"result": asdict(rule.score(tool, responses))}


def _compare(message: Definition) -> Reply:
    definition = _read_definition(message)
    rule = TOOLS[read_choice(definition, "rule", TOOLS)]
    tool = rule.read(definition)
    before, after = read_responses(message.get("before")), read_responses(message.get("after"))
    missing = {"before": rule.missing(tool, before), "after": rule.missing(tool, after)}
    if any(missing.values()):
        return {"change": None, "missing": missing}
    return {"change": asdict(rule.compare(tool, before, after))}


def _read_definition(message: Mapping[str, object]) -> Definition:
    return read_object(message.get("definition"), "definition")


def _refuse(key: str, text: str) -> Reply:
    return {"ok": False, "problem": {"key": key, "text": text}}


def _refuse_constant(name: str) -> object:
    raise ValueError(name)
