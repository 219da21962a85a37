"""What every authored file shares: strict models, names, prose, and references to what other files define."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationInfo

from macros import depth
from macros.schema.words import Place, nearest

Found = Iterator[tuple[Place, str]]
"""Complaints: the place below the value being checked, and what is wrong there."""


class Strict(BaseModel):
    """A closed set of keys, read without guessing: a number is not text and `yes` is not true."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class File(Strict):
    """A whole authored file."""

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        """What is wrong between the parts of a file. Takes plain values, so that it is told even where a part is broken."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may refer to: names that other files define. None where those files have mistakes: then anything may be meant."""

    facts: Set[str] = frozenset()
    sections: Mapping[str, Set[str] | None] = field(default_factory=dict)
    pages: Set[str] = frozenset()
    misconceptions: Set[str] | None = None
    modules: Set[str] = frozenset()


LINK = re.compile(
    r"(?P<picture>!?)\[[^\]]*\]\(\s*(?P<inline>(?:[^()\s]|\([^()\s]*\))*)"
    r"|^ {0,3}\[[^\]]+\]:\s*(?P<reference>\S+)",
    re.MULTILINE,
)
SAFE = re.compile(r"https://[^\s<>\"]+|#[\w-]+|(?P<page>[\w./-]+\.md)(#[\w-]+)?")


def _prose(text: str, info: ValidationInfo) -> str:
    """Prose may link to `https://…`, to `#…` on the page and to `.md` pages."""
    for _, words in depth.problems(text):
        raise ValueError(words)
    for link in LINK.finditer(text):
        target = link["inline"] if link["reference"] is None else link["reference"]
        safe = SAFE.fullmatch(target)
        if link["picture"]:
            raise ValueError("found a picture; allowed: words and links")
        if not safe:
            raise ValueError(f"found the link '{target}'; allowed: https:// addresses, pages (.md) and #places")
        if safe["page"] and isinstance(info.context, Known) and safe["page"] not in info.context.pages:
            raise ValueError(f"there is no page `{safe['page']}`{nearest(safe['page'], info.context.pages)}")
    return text


def _one_paragraph(text: str) -> str:
    if re.search(r"\n\s*\n", text):
        raise ValueError("found more than one paragraph; allowed: one, because this is shown inside a sentence or a table")
    return text


def _in_known(attribute: str, what: str) -> Callable[[str, ValidationInfo], str]:
    def look_up(name: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Known):
            names = getattr(info.context, attribute)
            if names is not None and name not in names:
                raise ValueError(f"there is no {what} `{name}`{nearest(name, names)}")
        return name

    return look_up


def _shaped(pattern: str, words: str) -> Callable[[str], str]:
    def fits(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"found '{text}'; allowed: {words}")
        return text

    return fits


def _told(words: str, pattern: str = "") -> Any:
    """What a form says of a value, and the pattern it holds it against: no check here looks at either."""
    extra: dict[str, Any] = {"x-allowed": words}
    return Field(json_schema_extra={**extra, "pattern": f"^(?:{pattern})$"} if pattern else extra)


def day(value: Any) -> Any:
    """A date is written as text in YAML 1.2; `2026-11-22` is the one form. Anything else is handed back as it is."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _given(value: Any) -> Any:
    if value is None:
        raise ValueError("found nothing; write a value, or leave the key out")
    return value


Given = BeforeValidator(_given)
"""For a key that may be left out but, where it stands, has to have a value."""
Day = Annotated[date, BeforeValidator(day)]
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60),
    _told("small letters, digits and single hyphens"),
]
_Words = StringConstraints(min_length=1, max_length=6000, strip_whitespace=True)
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True), AfterValidator(_prose)]
Prose = Annotated[str, _Words, AfterValidator(_prose)]
Phrase = Annotated[str, _Words, AfterValidator(_one_paragraph), AfterValidator(_prose)]
_HTTPS = r"https://[^\s<>\"]+", "an address that starts with https://"
_HTTP = r"https?://[^\s<>\"]+", "an address that starts with http(s)://"
_ORIGIN = (
    r"https://(?:github\.com(?:/[^\s<>\"/?#]+){2}|(?!github\.com/)[^\s<>\"/?#]+(?:/[^\s<>\"/?#]+){2,})/?",
    "the repository's own page, with its owner and its name, like https://github.com/our-area/noticing-neglect",
)
_DIGITS = r"[0-9 ]{3,14}", "a telephone number in digits and spaces"
_INBOX = r"https://[^\s<>\"]+|[^@\s]+@[^@\s]+\.[^@\s]+", "an https:// address or an email address"
Url = Annotated[str, AfterValidator(_shaped(*_HTTPS)), _told(_HTTPS[1], _HTTPS[0])]
Printed = Annotated[str, AfterValidator(_shaped(*_HTTP)), _told(_HTTP[1], _HTTP[0])]
Origin = Annotated[str, AfterValidator(_shaped(*_ORIGIN)), _told(_ORIGIN[1], _ORIGIN[0])]
Phone = Annotated[str, AfterValidator(_shaped(*_DIGITS)), _told(_DIGITS[1], _DIGITS[0])]
Inbox = Annotated[str, AfterValidator(_shaped(*_INBOX)), _told(_INBOX[1], _INBOX[0])]
FactId = Annotated[str, AfterValidator(_in_known("facts", "fact")), _told("the id of a fact, as its source lists it")]
SourceId = Annotated[str, AfterValidator(_in_known("sections", "source")), _told("the id of a source")]
Page = Annotated[str, AfterValidator(_in_known("pages", "page")), _told("a page's file below docs/, like guidance/thresholds.md")]
Belief = Annotated[Slug, AfterValidator(_in_known("misconceptions", "misconception")), _told("the id of a belief in Misconceptions")]
ModuleId = Annotated[str, AfterValidator(_in_known("modules", "module")), _told("the id of a module")]
Figure = Annotated[float, Field(strict=False, allow_inf_nan=False)]


class Kept(File):
    """A file with somebody who keeps it, the day it was written and the day it is due."""

    owner: Line
    """Who keeps this up to date, by role."""
    drafted: Day
    """The day it was written."""
    review_by: Day
    """The day by which somebody has to look at it again."""
    reviewed: Day | None = None
    """The day a safeguarding professional read the whole of it. Leave it empty until then."""
    reviewer: Line | None = None
    """Who read it, by role."""

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        drafted, review_by = day(data.get("drafted")), day(data.get("review_by"))
        if isinstance(drafted, date) and isinstance(review_by, date) and review_by <= drafted:
            yield ("review_by",), f"{review_by} is not after `drafted` ({drafted})"
        if bool(data.get("reviewed")) != bool(data.get("reviewer")):
            there, missing = ("reviewed", "reviewer") if data.get("reviewed") else ("reviewer", "reviewed")
            yield (there,), f"`{missing}` is missing: the date of a review and who reviewed go together"


def rows(data: dict[str, Any], key: str) -> Iterable[tuple[int, dict[str, Any]]]:
    """The keyed items of a list, each with its index, as far as there are any."""
    found = data.get(key)
    return [(index, row) for index, row in enumerate(found) if isinstance(row, dict)] if isinstance(found, list) else []


def names(data: dict[str, Any], key: str, what: str = "id") -> list[str]:
    """The ids in a list, as far as they can be made out."""
    return [str(row[what]) for _, row in rows(data, key) if row.get(what) is not None]


def repeated_ids(data: dict[str, Any], key: str, what: str = "id") -> Found:
    """A complaint for every item of `key` whose id an earlier one has."""
    seen: set[str] = set()
    for index, row in rows(data, key):
        name = row.get(what)
        if isinstance(name, str):
            if name in seen:
                rule = "an id names one thing" if what == "id" else "keep one"
                yield (key, index, what), f"`{name}` is used twice; {rule}"
            seen.add(name)


def section_complaint(source: str, section: str, info: ValidationInfo) -> str | None:
    """What is wrong with a reference to a section of a source, if anything."""
    known = info.context.sections.get(source) if isinstance(info.context, Known) else None
    if known is None or section in known:
        return None
    return f"`{source}` has no section `{section}`{nearest(section, known)}"
