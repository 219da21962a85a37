"""The engine's one door: a JSON text in, a JSON text out, the same natively and in a browser's worker. Which tasks
there are and how a reply is written belong here; what a task works out does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from types import ModuleType

from engine import (
    attempts,
    calendar,
    calibration,
    charts,
    counts,
    forms,
    learning,
    people,
    profile,
    quiz,
    report,
    routes,
    run_chart,
    shared,
    tallies,
    tries,
)
from engine.marks import Mark
from engine.reading import (
    Definition,
    Refused,
    Responses,
    parse,
    read_choice,
    read_day,
    read_id,
    read_list,
    read_object,
    read_responses,
    read_rows,
    read_texts,
    read_whole,
)
from engine.tools import TOOLS, tables
from engine.tools.result import read_given

Reply = dict[str, object]

MOST_VISITS = 12


def handle(text: str) -> str:
    """Answer one message. Raises MemoryError and nothing else, whatever the text; the same text always gets the same reply.

    `{"task": …}` names one of `TASKS`, whose functions say what else a message holds; the reply is `{"ok": true, …}`. Anything
    else gets `{"ok": false, "problem": {"key", "text"}}`. Replies are ASCII with sorted keys.
    """
    try:
        return _write({"ok": True, **_answer(read_object(parse(text), "message", "unknown_task"))})
    except Refused as refused:
        return _write(_refuse(refused.key, refused.text))
    except MemoryError:  # no fault of the message: whoever asked begins again, with a fresh engine
        raise
    except Exception:  # noqa: BLE001 - the page waits for a reply, so a fault of ours must reach it as one
        return _write(_refuse("engine_fault", "The engine failed on this message, which is a fault in the engine."))


def _write(reply: Reply) -> str:
    return json.dumps(reply, sort_keys=True, separators=(",", ":"), allow_nan=False, default=str)  # days as 2026-11-28


def _answer(message: Definition) -> Reply:
    task = message.get("task")
    if not isinstance(task, str) or task not in TASKS:
        raise Refused(f"The message must name a task: {', '.join(TASKS)}.", "unknown_task")
    return TASKS[task](message)


def _mark(message: Definition) -> Reply:
    """`definition`, `responses` → `marks`, `summary`.

    With `mode` and `seed` (and `part` for a follow-up), responses to questions outside that form are refused. With `earlier`
    (`{question: [responses]}`), the tries before are counted: → `tries` too. With `certainty` (`{question: level}`) → `calibration`
    and its `chart`.
    """
    module = quiz.read(_read_definition(message))
    responses = read_responses(message.get("responses"))
    if "seed" in message:
        _refuse_outsiders(_draw_form(message, module), responses)
    marks = quiz.mark(module, responses)
    reply: Reply = {}
    if "earlier" in message:
        earlier = read_object(message["earlier"], "earlier tries", "bad_responses")
        both = {id_: tries.mark(module.entries[id_], [*_read_tries(earlier.get(id_, [])), responses[id_]]) for id_ in marks}
        marks = {id_: mark for id_, (mark, _) in both.items()}
        reply["tries"] = {id_: asdict(stand) for id_, (_, stand) in both.items()}
    if "certainty" in message:
        levels = read_object(message["certainty"], "certainty", "bad_responses")
        reply |= _show_sureness(message, _calibrate(module, marks, levels))
    summary = quiz.score(module, marks)
    return {"marks": {id_: asdict(mark) for id_, mark in marks.items()}, "summary": asdict(summary), **reply}


def _calibrate(module: quiz.Module, marks: Mapping[str, Mark], levels: Definition) -> calibration.Calibration:
    rows = [(module.entries[id_].weight, mark.fraction, calibration.read_level(levels, id_)) for id_, mark in marks.items()]
    return calibration.calibrate([calibration.Answer(*row) for row in rows])


def _show_sureness(message: Definition, found: calibration.Calibration) -> Reply:
    return {"calibration": asdict(found), "chart": asdict(charts.draw_calibration(found.levels, charts.read_room(message)))}


def _draw(message: Definition) -> Reply:
    """`definition`, `mode`, `seed` (and `part` for a follow-up) → `form`, the ids of the questions to ask, in order."""
    return {"form": _draw_form(message, quiz.read(_read_definition(message)))}


def _score(message: Definition) -> Reply:
    """`definition`, `responses` (and `rows` of a table, `room` for drawings) → `result` and `drawings`, or `result: null` and the
    `problems`."""
    rule, tool = _read_tool(message)
    given = read_given(message)
    problems = rule.problems(tool, given)
    if problems:
        return {"result": None, "problems": list(map(asdict, problems))}
    result = rule.score(tool, given)
    drawings = rule.draw(result, charts.read_room(message)) if hasattr(rule, "draw") else {}
    return {"result": asdict(result), "drawings": {name: asdict(drawing) for name, drawing in drawings.items()}}


def _compare(message: Definition) -> Reply:
    """`definition`, `visits` (two or more `{day, responses, rows}`) → `change` and `drawings`, or `change: null` and the `problems` of
    each visit. Visits are put in the order of their days."""
    rule, tool = _read_tool(message)
    if not hasattr(rule, "compare"):
        raise Refused("This tool does not compare.", "bad_definition")
    read = [(read_day(visit, "day").isoformat(), read_given(visit)) for visit in read_rows(message, "visits")]
    if not 2 <= len(read) <= MOST_VISITS:
        raise Refused(f"“visits” must hold 2 to {MOST_VISITS}.", "too_long" if len(read) > MOST_VISITS else "bad_responses")
    visits = sorted(read, key=lambda visit: visit[0])
    problems = [list(map(asdict, rule.problems(tool, given))) for _, given in visits]
    if any(problems):
        return {"change": None, "problems": problems}
    drawings = rule.draw_change(tool, visits, charts.read_room(message)) if hasattr(rule, "draw_change") else {}
    return {"change": asdict(rule.compare(tool, visits)), "drawings": {name: asdict(drawing) for name, drawing in drawings.items()}}


def _paste(message: Definition) -> Reply:
    """`definition`, `text`, `words` (`{column: {choice: [words]}}`) → `rows`, `problems` and `dropped` columns."""
    rule, tool = _read_tool(message)
    if not hasattr(rule, "columns"):
        raise Refused("This tool has no table to paste into.", "bad_definition")
    words = read_object(message.get("words", {}), "words")
    offered = {column: _read_words(words.get(column, {}), choices) for column, choices in rule.columns(tool).items()}
    optional = {"optional": rule.may_stay_blank} if hasattr(rule, "may_stay_blank") else {}
    text = message.get("text")
    if not isinstance(text, str):
        raise Refused("“text” must be a text.", "bad_responses")
    return asdict(tables.read_pasted(text, offered, **optional))


def _read_words(value: object, choices: Sequence[str]) -> dict[str, tuple[str, ...]]:
    row = read_object(value, "words")
    return {choice: read_texts(row, choice) if choice in row else () for choice in choices}


def _read_tool(message: Definition) -> tuple[ModuleType, object]:
    definition = _read_definition(message)
    rule = TOOLS[read_choice(definition, "rule", TOOLS)]
    return rule, rule.read(definition)


def _route(message: Definition) -> Reply:
    """`definition` (where to start), `role`, `responses` → `marks`, `keys`."""
    return asdict(routes.route(routes.read(_read_definition(message)), message, read_responses(message.get("responses"))))


def _review(message: Definition) -> Reply:
    """`record` (a kept record or a file), `today`, `modules` → `review`, `chart`, the ids `kept`, and `problems`: a sentence for
    each attempt left out."""
    found, problems = attempts.read_all(message.get("record"))
    review = learning.review(found, read_day(message, "today"), learning.read_modules(message.get("modules")))
    kept = [attempt.id for attempt in found]
    return {"review": asdict(review), **_show_sureness(message, review.calibration), "kept": kept, "problems": problems}


def _tally(message: Definition) -> Reply:
    """`records` (some people's files) with the `kinds` of their attempts (as `engine.shared` reads both), `answers` by letter (those not
    told of yet), `modules` (what `engine.tallies.read_modules` reads) → `told`, what is told of each of the answers, or None where it
    cannot be used; and `read`: for each record its `tally`, or None and the `key` and `text` of why it is left out."""
    modules = tallies.read_modules(message.get("modules"))
    questions = {name: offered for asked in modules.values() for name, offered in asked.items()}
    kinds = shared.read_kinds(read_list(message, "kinds"))
    unusable: dict[str, Refused] = {}

    def tell(letter: str, answer: object) -> str | None:
        try:
            return tallies.tell(*shared.read_shared_answer(answer), questions)
        except Refused as refused:
            unusable[letter] = refused
            return None

    def tally(record: object) -> Reply:
        try:
            found = tallies.write(shared.read_rows(record, kinds), modules, unusable)
        except Refused as refused:
            return {"tally": None, "key": refused.key, "text": refused.text}
        return {"tally": found, "key": "", "text": ""} if found["modules"] else {"tally": None, "key": "empty", "text": ""}

    told = {letter: tell(letter, answer) for letter, answer in read_object(message.get("answers"), "answers").items()}
    return {"told": told, "read": list(map(tally, read_list(message, "records")))}


def _people(message: Definition) -> Reply:
    """`told` (of all answers, by letter, as `tally` gave it), `people` (of the tallies their `ids`, and the letters of their `answers`) →
    `people`, the report over all modules."""
    return {"people": asdict(people.report(tallies.read_people(message.get("people"), tallies.read_told(message.get("told")))))}


def _modules(message: Definition) -> Reply:
    """`taken` (`{module: columns}` of the tallies that count, as `engine.tallies.read_taken` reads them) → `modules`, the reports."""
    taken = read_object(message.get("taken"), "taken")
    return {"modules": [asdict(report.report(read_id({"id": name}), tallies.read_taken(columns))) for name, columns in taken.items()]}


def _questions(message: Definition) -> Reply:
    """`questions` of a module, what is `told` of the answers to them, `answered` (of each tally that counts and has the module, the letters
    of what was answered first) → `report` on the questions."""
    questions = tallies.read_questions(message.get("questions"))
    answered = tallies.read_answered(message, tallies.read_told(message.get("told")))
    return {"report": asdict(report.report_questions(questions, answered))}


def _calendar(message: Definition) -> Reply:
    """`afters` (`[{module, day, title, text}]`), `today` → `calendar`, the text of a calendar file with their follow-ups."""
    return {"calendar": calendar.write(calendar.read(message), read_day(message, "today"))}


def _profile(message: Definition) -> Reply:
    """`definition` (the indicators), `text` of counts, `room` → for each indicator with counts its `lines`; `drawings`, how many rows were
    `read`, `problems`, `dropped` columns, and `saved`, the text of a CSV file of the results."""
    indicators = counts.read_indicators(_read_definition(message))
    text = message.get("text")
    if not isinstance(text, str):
        raise Refused("“text” must be a text.", "bad_responses")
    read = counts.read(text, indicators)
    found = profile.work_out(read.counts, indicators)
    return {
        "indicators": {series.id: [asdict(line) for line in profile.lines(series)] for series in found},
        "drawings": {name: asdict(drawing) for name, drawing in run_chart.draw(found, charts.read_room(message)).items()},
        "read": len(read.counts),
        "problems": list(map(asdict, read.problems)),
        "dropped": read.dropped,
        "saved": profile.save(found),
    }


TASKS: Mapping[str, Callable[[Definition], Reply]] = {
    "mark": _mark,
    "draw": _draw,
    "score": _score,
    "compare": _compare,
    "paste": _paste,
    "route": _route,
    "review": _review,
    "calendar": _calendar,
    "profile": _profile,
    "tally": _tally,
    "people": _people,
    "modules": _modules,
    "questions": _questions,
}


def _draw_form(message: Definition, module: quiz.Module) -> forms.Form:
    seed = read_whole(message, "seed", 0, forms.LARGEST_SEED)
    part = read_whole(message, "part", 1, forms.FOLLOW_UPS, 1)
    return quiz.draw_form(module, forms.read_mode(message), seed, part)


def _refuse_outsiders(form: forms.Form, responses: Responses) -> None:
    if not responses.keys() <= set(form):
        raise Refused("The responses name a question this form does not ask.", "bad_responses")


def _read_tries(value: object) -> list[tuple[str, ...]]:
    return [read_responses({"try": row})["try"] for row in read_list({"earlier": value}, "earlier")]


def _read_definition(message: Mapping[str, object]) -> Definition:
    return read_object(message.get("definition"), "definition")


def _refuse(key: str, text: str) -> Reply:
    return {"ok": False, "problem": {"key": key, "text": text}}
