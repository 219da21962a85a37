"""What of YAML authors may use, and plain words for what a YAML parser says when text cannot be read.

Scalars are those of YAML 1.2: `No` is a word and `12:30` a time of day. Anchors, aliases and tags are refused: nobody who
edits these files needs them, and they are how a small file becomes a huge one.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_NULL = re.compile(r"(?:~|null|Null|NULL)?")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]{1,18}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")

_FITS = "this line does not fit those above it: check the spaces at its start, and the quotes and brackets before it"
_COLON = "put text that holds a colon and a space in quotes; if this is a key, check the spaces at its start"
_WORDS = (
    ("quoted scalar found unknown escape", "a backslash means something special in double quotes; use single quotes"),
    ("quoted scalar", "the quotes that open here are never closed"),
    ("tab character", "found a tab; indent with spaces"),
    ("mapping values are not allowed", _COLON),
    ("could not find expected ':'", "this line has no key and is not indented: a key ends in a colon"),
    ("flow sequence", "the `[` here is not closed by `]`, or a comma is missing; text with brackets or commas needs quotes"),
    ("flow mapping", "the `{` here is not closed by `}`, or a comma is missing; text with braces or commas needs quotes"),
    ("block scalar", "nothing may stand after `|` or `>`: start the text on the next line"),
    ("block sequence entries", "a list starts on a line of its own; put text that starts with `- ` in quotes"),
    ("control characters", "found an invisible control character; delete it"),
    ("expected node content", "a bracket, brace or comma stands where text should; put text that starts with one in quotes"),
    ("document start", "`---` or `...` on a line of its own starts a second file; keep one in each"),
    ("'-' indicator", "this line does not fit the list above it: start it with `- `, or check the spaces at its start"),
    ("expected key", _FITS),
)
"""What the parser's words hold, and what to say instead; the first that fits."""
_OPENED = ("quoted scalar", "flow sequence", "flow mapping", "simple key")
"""Mistakes that are where something began, not where the parser gave up."""
_STARTERS = "@`%*&!?"


LONGEST = 1_500
"""Characters of a complaint. The longest that lists everything that is allowed has a third of that."""
UNSEEN = "found an invisible control character; delete it"
_UNSEEN = re.compile("\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
"""What no editor shows: control characters, line ends that YAML counts and editors do not, and what turns the order of letters about."""


def printable(message: str) -> str:
    """A complaint as one line that a terminal can show, whatever an author wrote that it quotes."""
    plain = "".join(mark if mark.isprintable() else " " if mark.isspace() else "\ufffd" for mark in message)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]} …"


def unseen(text: str) -> int | None:
    """The line, counted from 0, of the first character that nobody sees, if there is one."""
    found = _UNSEEN.search(text)
    return text.count("\n", 0, found.start()) if found else None


class NotAllowed(yaml.YAMLError):
    """YAML that these files do not use: the line, counted from 0, and why in plain words."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words


def line_of(event: yaml.Event) -> int:
    """The line an event starts on, counted from 0."""
    return event.start_mark.line if event.start_mark else 0


def refuse(event: yaml.Event, words: str) -> NotAllowed:
    """The error to raise where an event may not stand."""
    return NotAllowed(line_of(event), words)


def check(event: yaml.Event) -> None:
    """Raise NotAllowed for anchors, aliases and tags."""
    if isinstance(event, yaml.AliasEvent):
        raise refuse(event, "text that starts with * has to be in quotes (aliases are not used here)")
    if getattr(event, "anchor", None) is not None:
        raise refuse(event, "text that starts with & has to be in quotes (anchors are not used here)")
    if getattr(event, "tag", None) is not None:
        raise refuse(event, "text that starts with ! has to be in quotes (tags are not used here)")
    if isinstance(event, yaml.ScalarEvent) and _UNSEEN.search(event.value):
        raise refuse(event, UNSEEN)


def scalar(event: yaml.ScalarEvent) -> Any:
    """The value of a scalar: text when it is quoted or a block, else as YAML 1.2 reads it."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def plainly(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line of a mistake, counted from 0, and what it is in plain words."""
    if isinstance(error, NotAllowed):
        return error.line, error.words
    said = " ".join(str(getattr(error, part, None) or "") for part in ("context", "problem", "reason"))
    line, character = _where(error, said, text)
    line = min(line, text.rstrip().count("\n"))
    if "cannot start any token" in said or "alphabetic or numeric" in said or "directive" in said or "mapping keys" in said:
        words = "found a tab; indent with spaces" if character == "\t" else _quote_it(text, line)
    else:
        words = next((words for part, words in _WORDS if part in said), _FITS)
    return line, f"this cannot be read as YAML: {words}"


def _where(error: yaml.YAMLError, said: str, text: str) -> tuple[int, str]:
    """The line, counted from 0, and the character there."""
    mark = getattr(error, "problem_mark", None)
    if any(part in said for part in _OPENED):
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        at = getattr(error, "position", 0)
        return text.encode()[:at].count(b"\n"), ""
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    return mark.line, line[mark.column : mark.column + 1]


def _quote_it(text: str, line: int) -> str:
    found = re.search(rf"(?:^|[:\-\[,{{]\s*)([{_STARTERS}])", text.splitlines()[line])
    return f"text that starts with {found[1]} has to be in quotes" if found else "put this text in quotes"
