"""Making a copy of the site one partnership's own: what `docs/_facts/local.yml` still lacks before it may be published, and asking for it:
`python -m macros.partnership`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from macros import load
from macros.library import Library, known_to, read
from macros.load import Problem
from macros.schema.local import Local
from macros.schema.words import nearest

FILE = "docs/_facts/local.yml"
HEAD = "# What makes this site one partnership's own. Change it with `make new-partnership`, or here.\n"
NEEDED = {
    "partnership": "the partnership's name",
    "area": "the area it is for, as people there call it",
    "address": "where the site will be, as https://…/",
    "suggestions": "where suggestions go: an email address or an https:// page",
    "front_door.number": "the number people ring with a concern, in office hours",
    "front_door.out_of_hours": "the emergency duty team's number",
    "front_door.checked_on": "the day somebody rang them",
    "thresholds": "the threshold document: `title`, `url` and `checked_on`",
    "escalation": "the escalation steps: `steps`, `url` and `checked_on`",
    "signing": "who agrees to each change: `editor` and `professional`",
}
"""What a published copy has to have, and what to write there."""
QUESTIONS = (
    ("partnership", "The partnership's name"),
    ("area", "The area it is for, as people there call it"),
    ("address", "Where the site will be (https://…/)"),
    ("suggestions", "Where suggestions go (an email address, or https://…)"),
    ("repository.url", "Where these files are kept (https://…), for “Edit this page”"),
    ("signing.editor", "The editor, by role or name"),
    ("signing.professional", "The safeguarding professional who agrees to changes"),
    ("front_door.name", "What the front door is called"),
    ("front_door.number", "Its number in office hours"),
    ("front_door.out_of_hours", "The emergency duty team's number"),
    ("front_door.url", "The page for reporting a concern (https://…)"),
    ("front_door.checked_on", "The day somebody rang them (like 2026-11-28)"),
    ("thresholds.title", "The threshold document's title"),
    ("thresholds.url", "Where it is (https://…)"),
    ("thresholds.checked_on", "The day somebody checked that (like 2026-11-28)"),
    ("escalation.steps", "The escalation steps, with a semicolon between them"),
    ("escalation.url", "Where the procedure is (https://…)"),
    ("escalation.checked_on", "The day somebody checked that (like 2026-11-28)"),
    ("training.title", "The title of the partnership's own training page"),
    ("training.url", "Where it is (https://…)"),
    ("training.checked_on", "The day somebody checked that (like 2026-11-28)"),
)


def missing(local: Local, text: str) -> Iterator[Problem]:
    """A complaint for everything a published copy has to have and this one has not."""
    for place, what in NEEDED.items():
        value: Any = local
        for name in place.split("."):
            value = getattr(value, name, None)
        if not value:
            yield Problem(FILE, _line(text, place), f"{place}: this is missing; fill in {what}")


def problems(library: Library) -> Iterator[Problem]:
    """A complaint for a licensed tool that is not in the catalogue."""
    names = [system.id for system in library.systems]
    for one in library.local.licensed_tools if library.local else []:
        if one.tool not in names:
            text = (library.root / FILE).read_text(encoding="utf-8")
            line = text.count("\n", 0, text.find(f"tool: {one.tool}")) + 1
            yield Problem(FILE, line, f"there is no `{one.tool}` in the catalogue{nearest(one.tool, names)}")


def _line(text: str, place: str) -> int:
    """The line of a key, of the one it is in, or the first."""
    for name in (place.rpartition(".")[2], place.partition(".")[0]):
        for number, line in enumerate(text.splitlines(), 1):
            if line.lstrip().startswith(f"{name}:"):
                return number
    return 1


def ask(root: Path, reply: Callable[[str], str], say: Callable[[str], None]) -> list[str]:
    """Ask for each thing, keep what stands where the reply is blank, and ask again about what cannot be right. The file is written once
    nothing in it is wrong; returns what it still lacks, or what has to be mended before anything is asked."""
    library, found = read(root)
    if wrong := [problem for problem in found if problem.file == FILE]:
        return list(load.tell(wrong))
    data = load.read(root / FILE, root).data
    say("Press Enter to leave a thing as it is. A hyphen (-) takes it out.")
    local, text, asked = None, "", list(QUESTIONS)
    while local is None:
        for place, question in asked:
            _put(data, place, _typed(f"{question} [{_shown(data, place)}]: ", reply, say))
        text = HEAD + yaml.safe_dump(_whole(data), allow_unicode=True, sort_keys=False, width=120)
        document = load.parse(text, FILE)
        local = load.check(document, Local, known_to(library))
        for problem in document.problems:
            say(problem.message)
        parts = {re.split(r"\W", problem.message)[0] for problem in document.problems}
        asked = [row for row in QUESTIONS if row[0].partition(".")[0] in parts] or asked
    (root / FILE).write_text(text, encoding="utf-8")
    return list(load.tell(missing(local, text)))


def _typed(question: str, reply: Callable[[str], str], say: Callable[[str], None]) -> str:
    """A reply on one line, of letters that show."""
    while not (text := " ".join(reply(question).split())).isprintable():
        say("There is something in this that does not show; type it again.")
    return text


def _put(data: dict[str, Any], place: str, text: str) -> None:
    *outer, name = place.split(".")
    for key in outer:
        if not isinstance(data.get(key), dict):
            data[key] = {}
        data = data[key]
    if text == "-":
        data.pop(name, None)
    elif text:
        data[name] = [step.strip() for step in text.split(";") if step.strip()] if name == "steps" else text


def _shown(data: dict[str, Any], place: str) -> str:
    value: Any = data
    for name in place.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return "; ".join(value) if isinstance(value, list) else str(value or "nothing yet")


def _whole(value: Any) -> Any:
    """Without what is empty, and what holds nothing else."""
    return {key: kept for key, one in value.items() if (kept := _whole(one))} if isinstance(value, dict) else value


def main() -> int:
    """Ask for what makes the project in the current folder a partnership's own, and say what is still missing."""
    sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    try:
        wrong = ask(Path.cwd(), input, print)
    except (EOFError, KeyboardInterrupt):
        print(f"\nStopped; {FILE} is as it was.", file=sys.stderr)
        return 1
    lacking = f"{len(wrong)} to fill in or mend before the site can be published."
    print("\n".join([*wrong, lacking if wrong else f"{FILE} has all it needs."]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
