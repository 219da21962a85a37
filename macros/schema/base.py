"""What every authored file shares: strict models, names, prose, and references to what other files define."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationInfo

from macros.schema.words import Place, nearest


class Strict(BaseModel):
    """A closed set of keys, read without guessing: a number is not text and `yes` is not true."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may refer to: names that other files define."""

    facts: Set[str] = frozenset()
    sections: dict[str, Set[str]] = field(default_factory=dict)
    pages: Set[str] = frozenset()


UNSAFE_LINK = re.compile(r"\]\(\s*(?!https://|#|[\w./-]+\.md)[^)]*\)")


def _prose(text: str) -> str:
    """Prose may link to `https://…`, to `#…` on the page and to `.md` pages."""
    found = UNSAFE_LINK.search(text)
    if found:
        raise ValueError(f"found the link {found.group(0)[1:]!r}; allowed: https:// addresses, pages (.md) and #places")
    return text


def _in_known(attribute: str, what: str) -> Callable[[str, ValidationInfo], str]:
    def look_up(name: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Known):
            names = getattr(info.context, attribute)
            if name not in names:
                raise ValueError(f"there is no {what} `{name}`{nearest(name, names)}")
        return name

    return look_up


def _day(value: Any) -> Any:
    """A date is written as text in YAML 1.2; `2026-11-22` is the one form."""
    return date.fromisoformat(value) if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


Day = Annotated[date, BeforeValidator(_day)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=6000, strip_whitespace=True), AfterValidator(_prose)]
FactId = Annotated[str, AfterValidator(_in_known("facts", "fact"))]
SourceId = Annotated[str, AfterValidator(_in_known("sections", "source"))]
Page = Annotated[str, AfterValidator(_in_known("pages", "page"))]


def repeats(names: list[str]) -> Iterator[tuple[int, str]]:
    """Each name that has stood in the list before, with its index."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield index, name
        seen.add(name)


def repeated_ids(key: str, items: list[Any]) -> Iterator[tuple[Place, str]]:
    """A complaint for every item of `key` whose id an earlier one has."""
    for index, name in repeats([item.id for item in items]):
        yield (key, index, "id"), f"{key}[{index + 1}].id: `{name}` is used twice; an id names one thing"


def section_complaint(source: str, section: str, info: ValidationInfo) -> str | None:
    """What is wrong with a reference to a section of a source, if anything."""
    known = info.context.sections.get(source) if isinstance(info.context, Known) else None
    if known is None or section in known:
        return None
    return f"`{source}` has no section `{section}`{nearest(section, known)}"
