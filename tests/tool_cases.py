"""Reads the rows in `tests/cases/tools/` and turns each into a message for the engine, and a reply back into the short form of the row: one
pair of functions a tool. pytest and the browser run the same messages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from tests.cases import rows

Row = dict[str, Any]
Reply = dict[str, Any]

GRADES = {"NK": "not-known", "DNA": "does-not-apply"}
AREAS = ("food", "home", "clothing", "health", "safety", "warmth", "learning")
CARE_PICTURE: dict[str, Any] = {
    "id": "care-picture",
    "rule": "care-picture",
    "ages": [{"id": age} for age in ("unborn", "under-2", "2-4", "5-10", "11-17")],
    "vulnerable_ages": ["unborn", "under-2"],
    "cut_offs": {"coverage": 0.75, "serious_item": 3, "high_area": 2, "several_areas": 3},
    "areas": [{"id": area, "items": [{"id": f"{area}-{n}"} for n in range(1, 5)]} for area in AREAS],
}


def _ids(*names: str) -> list[dict[str, str]]:
    return [{"id": name} for name in names]


STAGES = ("baby", "toddler", "older", "additional-needs")
HAZARDS = {f"h{n}": ["baby"] if n < 3 else ["toddler"] if n < 5 else [STAGES[n - 3]] if n < 7 else [*STAGES] for n in range(1, 10)}
CONDITIONS = tuple(f"c{n}" for n in range(1, 9))
STATEMENTS = {side: tuple(f"{side}-{n}" for n in range(1, 9)) for side in ("child", "environment")}
PEOPLE = ("child", "carer", "health-visitor", "social-worker", "teacher", "gp", "police", "other")
SOURCES = ("child", "family", "school", "health", "police", "housing", "social-care", "early-help", "other")
BARRIERS = ("understanding", "money", "health", "control", "trust", "delay")
BLOCKS = ("morning", "school", "after-school", "evening", "night", "weekend")
DATES = ("seen", "alone", "change", "review", "next")
PROMPTS = {"gone-without": "The child has gone without", "know": "We know this because", "do": "Next we will"}
PARTS = tuple(f"part-{n}" for n in range(1, 9))

DEFINITIONS: dict[str, dict[str, Any]] = {
    "care-picture": CARE_PICTURE,
    "home-check": {
        "stages": _ids(*STAGES),
        "hazards": [{"id": name, "stages": stages} for name, stages in HAZARDS.items()],
        "conditions": _ids(*CONDITIONS),
    },
    "resilience-matrix": {"ages": CARE_PICTURE["ages"], **{side: _ids(*names) for side, names in STATEMENTS.items()}},
    "where-are-we-now": {"people": _ids(*PEOPLE)},
    "pattern-finder": {"needs": _ids(*AREAS), "kinds": _ids("concern", "improvement", "contact"), "sources": _ids(*SOURCES)},
    "was-not-brought": {
        "importance": _ids("routine", "important", "critical", "not-known"),
        "outcomes": _ids("brought", "not-brought", "cancelled", "moved", "service"),
    },
    "is-it-changing": {"known": _ids("carer", "seen", "child", "agency"), "barriers": _ids(*BARRIERS)},
    "grade-together": {},
    "childs-day": {"blocks": _ids(*BLOCKS)},
    "say-the-concern": {"prompts": [{"id": name, "lead": lead} for name, lead in PROMPTS.items()]},
    "check-for-drift": {"dates": _ids(*DATES)},
    "in-place": {"parts": _ids(*PARTS)},
}
for _name, _definition in DEFINITIONS.items():
    _definition |= {"id": _name, "rule": _name}


def messages() -> Iterator[tuple[str, str, str, Row]]:
    """Yield `(tool, name, request text, the row)` for every row of every tool."""
    for tool in DEFINITIONS:
        for row in rows(f"tools/{tool}.yml"):
            yield tool, row["name"], json.dumps(message(tool, row), ensure_ascii=False), row


def message(tool: str, row: Row) -> dict[str, Any]:
    """The message that a row stands for: a form to score, or visits to compare."""
    write, _ = FORMS[tool]
    definition = DEFINITIONS[tool]
    if tool == "care-picture":
        definition = definition | {"cut_offs": definition["cut_offs"] | row.get("cut_offs", {})}
    if tool == "grade-together":
        keys = [{"id": f"i{place}", "key": int(key)} for place, key in enumerate(str(row["key"]), 1)]
        definition = definition | {"vignettes": [{"id": "scene", "items": keys}]}
    if "visits" in row:
        visits = [{"day": f"2026-01-{place:02}", **write(row | visit)} for place, visit in enumerate(row["visits"], 1)]
        return {"task": "compare", "definition": definition, "visits": visits}
    return {"task": "score", "definition": definition, **write(row)}


def told(tool: str, reply: Reply) -> Row:
    """What a reply says, in the short form of the rows."""
    if not reply["ok"]:
        return {"refused": reply["problem"]["key"]}
    if "problems" in reply:
        found = chain(*reply["problems"]) if "change" in reply else reply["problems"]
        return {"problems": list(map(_problem, found))}
    return FORMS[tool][1](reply.get("result") or reply["change"])


def wanted(tool: str, row: Row) -> Row:
    """What a row says that the reply must be."""
    asked = {"name", "visits", *ASKED[tool]}
    said = {name: value for name, value in row.items() if name not in asked}
    for name, rest in (("says", row.get("says_rest", "graded 0")), ("change", "same 0 0")):
        if tool == "care-picture" and name in said:
            said[name] = said[name] + [rest] * (len(AREAS) - len(said[name]))
    return said


def _problem(problem: dict[str, Any]) -> str:
    place = "" if problem["row"] is None else f" {problem['row'] + 1}"
    return f"{problem['name']}{place} {problem['key']}"


def care_picture(row: Row) -> dict[str, Any]:
    """Return the form a row stands for: `areas` lists of four grades, `rest` (0) for the areas not listed."""
    given = row["areas"] + [[row.get("rest", 0)] * 4] * (len(AREAS) - len(row["areas"]))
    responses = {
        f"{area}-{n}": [GRADES.get(grade, str(grade))]
        for area, grades in zip(AREAS, given, strict=True)
        for n, grade in enumerate(grades, 1)
        if grade != ""
    }
    age = row.get("age", "5-10")
    tick = ["yes"] if row.get("cannot_tell") else []
    return {"responses": responses | {"age": [age] if age else [], "cannot-tell": tick}}


def _say_picture(found: Reply) -> Row:
    """Each area by its words, and what follows from them."""
    if "left_out" in found:
        words = [f"{area['change']} {_grade(area['before'])} {_grade(area['after'])}" for area in found["areas"]]
        left_out = [area["id"] for area in found["areas"] if area["change"] == "left_out"]
        assert found["left_out"] == left_out
        assert ("left-out" in found["keys"]) == bool(left_out)
        assert all(f"change:{area['id']}:{area['change']}" in found["keys"] for area in found["areas"])
        return {"change": words}
    words = [area["status"] + ("" if area["grade"] is None else f" {area['grade']}") for area in found["areas"]]
    assert f"prompt:{found['prompt']}" in found["keys"]
    assert [key for key in found["keys"] if key.startswith("gap:")] == [f"gap:{item}" for item in found["gaps"]]
    return {"says": words, "prompt": found["prompt"], "keys": found["keys"]}


def _grade(grade: int | None) -> str:
    return "-" if grade is None else str(grade)


def _home_check(row: Row) -> dict[str, Any]:
    hazards = dict(zip(HAZARDS, ({"Y": "yes", "N": "no", "-": "not-seen", " ": ""}[one] for one in row["hazards"]), strict=True))
    conditions = dict(zip(CONDITIONS, ("not-seen" if one == "-" else one.strip() for one in row["conditions"]), strict=True))
    return _form({"stage": row.get("stage", "older"), **hazards, **conditions})


def _say_home(found: Reply) -> Row:
    if "slipped_back" in found:
        went: dict[str, list[str]] = {}
        for line in found["lines"]:
            if "item" in line["slots"]:
                went.setdefault(line["key"], []).append(line["slots"]["item"]["key"].removeprefix("item:"))
        return {"slipped_back": found["slipped_back"], "went": went}
    assert ("hazard-now" in found["keys"]) == bool(found["hazards"])
    return {"yes": found["hazards"], "find_out": found["find_out"], "band": found["band"], "at_least": found["at_least"]}


def _matrix(row: Row) -> dict[str, Any]:
    answers = {name: GRADES.get(one, str(one)) for side, names in STATEMENTS.items() for name, one in zip(names, row[side], strict=True)}
    return _form({"age": row["age"], **answers})


def _say_matrix(found: Reply) -> Row:
    return {
        "quadrant": found["quadrant"],
        "child_side": found["child"],
        "environment_side": found["environment"],
        "close": found["close"],
    }


def _people(row: Row) -> dict[str, Any]:
    people = [dict(zip(("who", "number", "known"), one.split(), strict=True)) for one in row["people"]]
    cells = [_row(one | {"number": "none" if one["number"] == "-" else one["number"]}) for one in people]
    return _form({"child-shown": row.get("shown", "yes")}, cells)


def _say_people(found: Reply) -> Row:
    told = {name: found["shared"][name] for name in ("lowest", "range", "flags")}
    return told | ({"private": found["private"]["flags"]} if found["private"] else {})


def _chronology(row: Row) -> dict[str, Any]:
    names = ("date", "need", "kind", "effect", "source")
    return _form({"review": str(row["review"])}, [_row(dict(zip(names, one.split(), strict=True))) for one in row["rows"]])


def _say_patterns(found: Reply) -> Row:
    flags: dict[str, Any] = {}
    for pattern in found["patterns"]:
        if pattern["flag"] in ("repeating", "slipping-back"):
            flags.setdefault(pattern["flag"], []).append(pattern["about"])
        else:
            flags[pattern["flag"]] = pattern["about"] if pattern["flag"] == "one-agency" else True
    return {"flags": flags}


def _appointments(row: Row) -> dict[str, Any]:
    names = ("date", "importance", "outcome")
    school = dict(zip(("sessions-possible", "sessions-missed"), map(str, row.get("school", ())), strict=False))
    school |= {"today": row["today"]} if "today" in row else {}
    return _form(school, [_row(dict(zip(names, one.split(), strict=True))) for one in row["rows"]])


def _changes(row: Row) -> dict[str, Any]:
    names = ("type", "done", "known", "effect", "weeks", "barriers")
    cells = [dict(zip(names, one.split(), strict=False)) for one in row["changes"]]
    return {"rows": [{name: [] if text == "-" else text.split(",") for name, text in one.items()} for one in cells]}


def _say_changes(found: Reply) -> Row:
    return {"statuses": [change["status"] for change in found["changes"]], "plan": found["plan"], "flags": found["flags"]}


def _scene(row: Row) -> dict[str, Any]:
    return _form({"vignette": "scene"} | {f"i{place}": grade.strip() for place, grade in enumerate(str(row["given"]), 1)})


def _say_agreement(found: Reply) -> Row:
    kappa = found["kappa"] if found["kappa"] is None else round(found["kappa"], 3)
    misses = [int(item[1:]) for item in found["misses"]]
    return _pick("points", "out_of", "close", "exact")(found) | {"kappa": kappa, "misses": misses}


def _drift(row: Row) -> dict[str, Any]:
    words = {"NK": "not-known", "never": "never"}
    dates = {f"{name}-instead" if row[name] in words else name: words.get(row[name], row[name]) for name in DATES if row[name]}
    return _form(dates | {name: str(row[name]) for name in ("today", "restarts", "interval")})


def _in_place(row: Row) -> dict[str, Any]:
    answers = {"-": "", "N": "none", "P": "partly", "Y": "yes", "?": "not-known"}
    given = dict(zip(PARTS, (answers[one] for one in row["answers"]), strict=True))
    texts = {f"part-{place}-{what}": "Some words" for what in ("evidence", "next") for place in row.get(what, ())}
    return _form(given | texts)


def _say_in_place(found: Reply) -> Row:
    if "answers" not in found:
        return {"keys": found["keys"]}
    keys = found["keys"]
    return {
        "said": "".join({"none": "N", "partly": "P", "yes": "Y", "not-known": "?"}[answer] for answer in found["answers"].values()),
        "no_next": [int(key.rpartition("-")[2]) for key in keys if key.startswith("no-next:")],
        "with_evidence": [int(key.rpartition("-")[2]) for key in keys if key.startswith("evidence:")],
    }


def _form(responses: dict[str, str], cells: list[dict[str, list[str]]] | None = None) -> dict[str, Any]:
    return {"responses": {name: [value] for name, value in responses.items() if value}, "rows": cells or []}


def _row(cells: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in cells.items() if value != "_"}


def _pick(*names: str) -> Callable[[Reply], Row]:
    return lambda found: {name: found[name] for name in names}


FORMS: dict[str, tuple[Callable[[Row], dict[str, Any]], Callable[[Reply], Row]]] = {
    "care-picture": (care_picture, _say_picture),
    "home-check": (_home_check, _say_home),
    "resilience-matrix": (_matrix, _say_matrix),
    "where-are-we-now": (_people, _say_people),
    "pattern-finder": (_chronology, _say_patterns),
    "was-not-brought": (_appointments, _pick("missed", "possible", "flags")),
    "is-it-changing": (_changes, _say_changes),
    "grade-together": (_scene, _say_agreement),
    "childs-day": (lambda row: _form(row["day"]), _pick("counts")),
    "say-the-concern": (lambda row: _form(row["written"]), _pick("paragraph", "blank")),
    "check-for-drift": (_drift, _pick("flags")),
    "in-place": (_in_place, _say_in_place),
}
ASKED: dict[str, tuple[str, ...]] = {
    "care-picture": ("areas", "rest", "says_rest", "age", "cannot_tell", "cut_offs"),
    "home-check": ("stage", "hazards", "conditions"),
    "resilience-matrix": ("age", "child", "environment"),
    "where-are-we-now": ("people", "shown"),
    "pattern-finder": ("review", "rows"),
    "was-not-brought": ("rows", "school", "today"),
    "is-it-changing": ("changes",),
    "grade-together": ("key", "given"),
    "childs-day": ("day",),
    "say-the-concern": ("written",),
    "check-for-drift": ("today", *DATES, "restarts", "interval"),
    "in-place": ("answers", "evidence", "next"),
}
