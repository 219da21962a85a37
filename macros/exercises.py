"""What people fill in, as HTML: a module, a tool, where to start, and what a person has done. Each page carries what the engine works with,
and finds the engine itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import shorten
from typing import Any

from markupsafe import Markup

from engine import TOOLS as RULES
from engine.counts import MOST_ROWS
from engine.kinds import order
from engine.messages import MOST_VISITS
from macros import revisions, runtime, training
from macros.facts import address
from macros.fill import fill, one
from macros.library import Library
from macros.plain import lines
from macros.schema.module import Module
from macros.schema.profile import for_engine

SCRIPTS = "overrides/assets/javascripts"
IMPORT = re.compile(r"^import .*?from '\./([\w-]+\.mjs)';$", re.MULTILINE | re.DOTALL)
LONGEST_TITLE = 100
ENGINE_KEYS = frozenset(
    "id kind critical weight score pass answer answers tolerance range typos unit correct choice choices stems items equal"
    " gaps scenes start value to harm ending key outcome misconception penalty module roles"
    " options mistakes questions areas rule ages vulnerable_ages cut_offs coverage serious_item high_area several_areas stages hazards"
    " conditions widespread unseen child environment people known needs kinds sources windows days repeating spreading relapse cycles gap"
    " importance outcomes missed moved persistent severe barriers weeks vignettes blocks prompts lead dates change_days restarts"
    " parts".split()
)
"""What of a module or tool travels to the engine: everything it marks with, and no prose; of hints, how many there are."""


def module(library: Library, base: str, name: str) -> str:
    """The module itself: every screen, question and reason as HTML, and what the engine marks with."""
    return _module(library, base, name, in_lms=False)


def packaged(library: Library, name: str) -> Markup:
    """The same module for a page at the top of a package, in which a learning management system keeps the record."""
    return Markup(_module(library, "", name, in_lms=True))


def _module(library: Library, base: str, name: str, *, in_lms: bool) -> str:
    found = one("module", name, library.modules)
    written = library.written[name]["questions"]
    starts = {row["id"]: order.start(order.read(row)) for row in written if row["kind"] == "order"}
    taught = training.show(library, found)
    course = inert_json(training.carried(library, found))
    carried = _carried(library, base, library.written[name], "module.mjs")
    return fill(library, base, "quiz/module.html", module=found, starts=starts, course=course, in_lms=in_lms, **taught, **carried)


def tool(library: Library, base: str, name: str) -> str:
    """The scoring tool itself: every area, item and result in words as HTML, and what the engine scores with."""
    found = one("tool", name, library.tools)
    sheet = library.sheets[name]
    told = {"version": revisions.stamp(sheet), "compares": hasattr(RULES[found.rule], "compare"), "most_visits": MOST_VISITS}
    return fill(library, base, f"tool/{found.rule}.html", tool=found, **told, **_carried(library, base, sheet, "tool.mjs"))


def packages(library: Library, base: str) -> str:
    """List every module's package for a learning management system, to download."""
    return fill(library, base, "lms/list.html", modules=library.modules.values())


def tools(library: Library, base: str, *names: str) -> str:
    """List tools: what each is for, and how long it takes."""
    return fill(library, base, "tool/list.html", tools=[one("tool", name, library.tools) for name in names])


def paths(library: Library, base: str) -> str:
    """Table the modules to begin with, by the sort of work, with the time they take."""
    assert library.start
    rows = [(role, [(library.modules[name], _page(library, name)) for name in role.modules]) for role in library.start.roles]
    return fill(library, base, "quiz/paths.html", rows=rows)


def where_to_start(library: Library, base: str) -> str:
    """The pre-check: a sort of work and a few scenes, and the way to take the training that they suggest."""
    assert library.start
    pages = {name: _page(library, name) for name in library.modules}
    carried = _carried(library, base, library.written["where-to-start"], "start.mjs")
    return fill(library, base, "quiz/where-to-start.html", start=library.start, pages=pages, **carried)


def my_learning(library: Library, base: str) -> str:
    """What a person has done and what is due, from what their own browser keeps."""
    assert library.published
    rows = {name: _listed(library, base, module) for name, module in library.modules.items()}
    carried = _carried(library, base, None, "learning.mjs")
    return fill(library, base, "quiz/my-learning.html", catalogue=inert_json(rows), **carried)


def data_profile(library: Library, base: str) -> str:
    """The data profile: what may be counted, with its cautions, and a place for a partnership's own counts."""
    assert library.profile
    groups: dict[str, list[Any]] = {}
    for measure in library.profile.indicators:
        groups.setdefault(measure.source, []).append(measure)
    definition = inert_json(for_engine(measure.model_dump() for measure in library.profile.indicators))
    carried = _carried(library, base, None, "profile.mjs")
    known = {"profile": library.profile, "groups": groups, "most": MOST_ROWS, "definition": definition}
    return fill(library, base, "partnership/data-profile.html", **known, **carried)


def _listed(library: Library, base: str, module: Module) -> dict[str, Any]:
    assert library.published
    written = library.written[module.id]["questions"]
    return {
        "title": module.title,
        "address": base + _page(library, module.id),
        "version": revisions.version(library, module),
        "questions": {row["id"]: revisions.revision(library.published, row) for row in written},
    }


def training_report(library: Library, base: str) -> str:
    """What many people's records say of the training: files are chosen in the page and read there."""
    modules = {name: _reported(library, base, module) for name, module in library.modules.items()}
    beliefs = {belief.id: belief.idea for belief in library.misconceptions}
    carried = _carried(library, base, None, "report.mjs")
    return fill(library, base, "quiz/training-report.html", reported=inert_json({"modules": modules, "beliefs": beliefs}), **carried)


def _reported(library: Library, base: str, module: Module) -> dict[str, Any]:
    assert library.published
    written = library.written[module.id]["questions"]
    questions = {row["id"]: {"revision": revisions.revision(library.published, row), **_asked(row)} for row in written}
    return {"title": module.title, "address": base + _page(library, module.id), "questions": questions}


def _asked(question: dict[str, Any]) -> dict[str, Any]:
    """How a question begins, and where it is answered by choosing, what may be chosen and which alone is right."""
    begins = {"title": shorten(" ".join(text for _, text in lines(question["stem"])), LONGEST_TITLE, placeholder=" …")}
    if question["kind"] == "truefalse":
        right = str(question["answer"]).lower()
        choices = [{"id": text.lower(), "text": text, "correct": text.lower() == right} for text in ("True", "False")]
        return begins | {"options": choices, "right": right}
    if question["kind"] not in ("single", "multi"):
        return begins
    offered = [{"id": row["id"], "text": row["text"], "correct": bool(row.get("correct"))} for row in question["options"]]
    only = {"right": next(row["id"] for row in offered if row["correct"])} if question["kind"] == "single" else {}
    return begins | {"options": offered} | only


def _page(library: Library, name: str) -> str:
    """The address of a module's page: `training/<id>.md`, as the tests keep it."""
    return address(f"training/{name}.md")


def _carried(library: Library, base: str, written: Any, script: str) -> dict[str, Any]:
    """What the page carries: as JSON that no browser runs and no text in it can end, the definition, and where the browser finds Python
    (the build's manifest, and its folder relative to the page; nearly empty when only checking); and the scripts to ask for early."""
    told = {**(runtime.manifest(library.root) or {}), "base": f"{base}assets/runtime/"}
    definition = {"definition": inert_json(_without_prose(written))} if written else {}
    return {**definition, "runtime": inert_json(told), "early": scripts(library.root, "exercise.mjs", script)}


def scripts(root: Path, *entries: str) -> list[str]:
    """The scripts that some scripts import, themselves first: a page names them, so that a browser asks for all of them at once."""
    found: dict[str, None] = {}
    waiting = list(entries)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += IMPORT.findall((root / SCRIPTS / name).read_text(encoding="utf-8"))
    return list(found)


def inert_json(value: Any) -> Markup:
    """A value as JSON that no text in it can end."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _without_prose(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_prose(below) for key, below in value.items() if key in ENGINE_KEYS}
        return kept | {"hints": [0] * len(value["hints"])} if value.get("hints") else kept
    return [_without_prose(below) for below in value] if isinstance(value, list) else value
