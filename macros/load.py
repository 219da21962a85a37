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
from pydantic import BaseModel, ValidationError

from macros.schema.words import sentences

Place: TypeAlias = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

LARGEST_FILE = 1_000_000
"""Bytes. The longest file of this project is a tenth of that; a larger one is a mistake or an attack."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one author's file, printed as `file:line: message`."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(slots=True)
class Document:
    """A file as plain values, with the line of every key and list item."""

    file: str
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


class Loader(yaml.CSafeLoader):
    """PyYAML's fast composer with the scalars of YAML 1.2: `No` is a word and `12:30` is a time of day."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]{1,18}$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]{1,18}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?$", list("-+.0123456789")),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def read(path: Path, root: Path) -> Document:
    """Read one YAML file; what is wrong with it as YAML is in the answer's `problems`, never raised."""
    name = path.relative_to(root).as_posix()
    raw = path.read_bytes()
    if len(raw) > LARGEST_FILE:
        return Document(name, problems=[Problem(name, 1, f"the file is too large: {len(raw)} bytes; at most {LARGEST_FILE}")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Document(name, problems=[Problem(name, line, "the file is not UTF-8 text; save it as UTF-8")])
    return parse(text, name)


def parse(text: str, name: str, first_line: int = 1) -> Document:
    """Read YAML text that starts on `first_line` of the file called `name`."""
    document = Document(name, lines={(): first_line})
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(error, name, first_line))
        return document
    except RecursionError:
        document.problems.append(Problem(name, first_line, "the file is nested too deeply to read"))
        return document
    if node is None:
        document.problems.append(Problem(name, first_line, "the file is empty"))
        return document
    document.data = _value(node, (), document, first_line, set())
    return document


def _syntax_problem(error: yaml.YAMLError, name: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + first_line if mark else first_line
    what = " ".join(str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part)
    return Problem(name, line, f"this is not YAML: {what or 'it holds a character that YAML does not allow'}")


def _value(node: yaml.Node, place: Place, document: Document, first: int, seen: set[int]) -> Any:
    """The plain value of a node; notes the line of every place under it."""
    line = node.start_mark.line + first
    document.lines.setdefault(place, line)
    if id(node) in seen:
        document.problems.append(Problem(document.file, line, "anchors and aliases (& and *) are not allowed; write it out"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, document, first, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, index), document, first, seen) for index, item in enumerate(node.value)]
    return _scalar(node, document, line)


def _mapping(node: yaml.MappingNode, place: Place, document: Document, first: int, seen: set[int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + first
        if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
            document.problems.append(Problem(document.file, line, "a key has to be a plain word"))
            continue
        key = key_node.value
        if key in result:
            document.problems.append(Problem(document.file, line, f"`{key}` is given twice; keep one"))
            continue
        document.lines[(*place, key)] = line
        result[key] = _value(value_node, (*place, key), document, first, seen)
    return result


def _scalar(node: yaml.Node, document: Document, line: int) -> Any:
    kind = node.tag.rpartition(":")[2]
    match kind:
        case "str":
            return node.value
        case "null":
            return None
        case "bool":
            return node.value.lower() == "true"
        case "int":
            return int(node.value)
        case "float":
            return float(node.value)
    document.problems.append(Problem(document.file, line, f"the tag `{node.tag}` is not allowed; write plain text"))
    return None


def check(document: Document, model: type[Model], known: object = None) -> Model | None:
    """Hold a document against the model of its kind; adds every complaint to `document.problems`.

    `known` is what other files define (fact ids, sources, …): the schema's types look names up in it.
    """
    if document.data is None and document.problems:
        return None
    try:
        checked = model.model_validate(document.data, context=known)
    except ValidationError as error:
        document.problems.extend(document.complain(place, text) for place, text in sentences(error, model))
        return None
    return None if document.problems else checked


def tell(problems: Iterable[Problem]) -> Iterator[str]:
    """The one printer: every problem once, in the order of files and lines."""
    yield from (str(problem) for problem in sorted(set(problems)))
