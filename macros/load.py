"""Reading authors' files: YAML 1.2 text to plain values and line numbers, and saying what is wrong with them.

Everything that turns a file an author wrote into a value, or into a complaint an author can act on, belongs here. What is
allowed in a file is said in `macros/schema/`; this module only knows how to find the line it was said on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import ValidationError

from macros import syntax
from macros.schema.base import File
from macros.schema.words import dotted, sentences

Place: TypeAlias = tuple[str | int, ...]
Events: TypeAlias = Iterator[yaml.Event]
Model = TypeVar("Model", bound=File)

LARGEST_FILE = 1_000_000
"""Bytes. The longest file of this project is a tenth of that; a larger one is a mistake or an attack."""
DEEPEST = 30
"""Lists and keys inside each other. No file of this project has more than eight."""
MOST = 5_000
"""Keys and list items of a file. The most of this project are 1,600; each may be a complaint."""

ID = re.compile(r"\bid:\s*[\"']?([^\s\"',{}\[\]]+)")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one author's file, printed as `file:line: message`."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {syntax.printable(self.message)}"


@dataclass(slots=True)
class Document:
    """A file as plain values, with the line of every key and list item."""

    file: str
    text: str = ""
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that is in the file."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1

    def complain(self, place: Place, message: str) -> Problem:
        return Problem(self.file, self.line(place), message)

    def ids(self) -> set[str]:
        """Every id that can be made out in the text, however broken: others may refer to it and be told nothing false."""
        return {Path(self.file).stem, *ID.findall(self.text)}


def read(path: Path, root: Path) -> Document:
    """Read one YAML file; what is wrong with it as YAML is in the answer's `problems`, never raised."""
    name = path.relative_to(root).as_posix()
    text, problem = read_text(path, name)
    if problem:
        return Document(name, text, problems=[problem])
    return parse(text, name)


def read_text(path: Path, name: str) -> tuple[str, Problem | None]:
    """The text of an author's file, and why it cannot be used if it cannot."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return "", Problem(name, 1, f"the file cannot be opened: {error.strerror}")
    if len(raw) > LARGEST_FILE:
        return "", Problem(name, 1, f"the file is too large: {len(raw)} bytes; allowed: at most {LARGEST_FILE}")
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        text = raw.decode("utf-8", "replace")
        return text, Problem(name, line, "the file is not UTF-8 text from this line on; save it as UTF-8")


def parse(text: str, name: str, first_line: int = 1) -> Document:
    """Read YAML text that starts on `first_line` of the file called `name`."""
    document = Document(name, text, lines={(): first_line})
    unseen = syntax.unseen(text)
    if unseen is not None:
        document.problems.append(Problem(name, unseen + first_line, f"this cannot be read as YAML: {syntax.UNSEEN}"))
        return document
    try:
        document.data = _read_file(yaml.parse(text, Loader=yaml.CSafeLoader), document, first_line)
    except yaml.YAMLError as error:
        line, words = syntax.plainly(error, text)
        document.problems.append(Problem(name, line + first_line, words))
    return document


def _read_file(events: Events, document: Document, first: int) -> Any:
    """The value of the one document in a file. The parser is asked for everything, so that it finds every mistake it can."""
    value = None
    starts = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            starts += 1
            if starts > 1:
                raise syntax.refuse(event, "`---` or `...` on a line of its own starts a second file; keep one in each")
            value = _value(next(events), events, (), document, first)
    if not starts:
        document.problems.append(Problem(document.file, first, "the file is empty"))
    return value


def _value(event: yaml.Event, events: Events, place: Place, document: Document, first: int) -> Any:
    """The plain value that starts with an event; notes the line of every place under it."""
    syntax.check(event)
    document.lines.setdefault(place, syntax.line_of(event) + first)
    if len(place) > DEEPEST:
        raise syntax.refuse(event, f"lists and keys are inside each other more than {DEEPEST} deep")
    if len(document.lines) > MOST:
        raise syntax.refuse(event, f"the file has too many keys and list items; allowed: at most {MOST}")
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, place, document, first)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, place, document, first)
    assert isinstance(event, yaml.ScalarEvent)
    return syntax.scalar(event)


def _sequence(events: Events, place: Place, document: Document, first: int) -> list[Any]:
    result: list[Any] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        result.append(_value(event, events, (*place, len(result)), document, first))
    return result


def _mapping(events: Events, place: Place, document: Document, first: int) -> dict[str, Any]:
    result: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        syntax.check(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise syntax.refuse(event, "a key has to be a plain word")
        key, line = event.value, syntax.line_of(event) + first
        below = (*place, key)
        if key in result:
            words = f"{dotted(below)}: this key is given twice; keep one"
            document.problems.append(Problem(document.file, line, words))
            below = (*below, len(document.lines))  # a place of its own
        document.lines[below] = line
        value = _value(next(events), events, below, document, first)
        result.setdefault(key, value)
    return result


def check(document: Document, model: type[Model], known: object = None) -> Model | None:
    """Hold a document against the model of its kind; adds every complaint to `document.problems`.

    `known` is what other files define (fact ids, sources, …): the schema's types look names up in it.
    """
    if document.data is None and document.problems:
        return None
    checked = None
    try:
        checked = model.model_validate(document.data, context=known)
    except ValidationError as error:
        document.problems.extend(document.complain(place, text) for place, text in sentences(error, model))
    if isinstance(document.data, dict):
        for place, text in model.across(document.data):
            document.problems.append(document.complain(place, f"{dotted(place)}: {text}"))
    return None if document.problems else checked


def tell(problems: Iterable[Problem]) -> Iterator[str]:
    """The one printer: every problem once, in the order of files and lines."""
    yield from (str(problem) for problem in sorted(set(problems)))
