"""What every scoring rule works with and gives: a form as it is filled in, what is wrong with it, and lines to say of it. No rule of any
one tool belongs here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.charts import Text
from engine.reading import Refused, Responses, read_list, read_object, read_responses

MOST_ROWS = 500  # of a table; this project's design choice
NOT_KNOWN = "not-known"
GRADES = ("0", "1", "2", "3")


@dataclass(frozen=True, slots=True)
class Given:
    """A form as it is filled in: values by name, and for a tool with a table its rows, each again values by name."""

    responses: Responses
    rows: tuple[Responses, ...] = ()

    def one(self, name: str) -> str:
        """The one value under a name, "" where there is none."""
        return next(iter(self.responses.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Problem:
    """A place in the form that cannot be used, by name and, in a table, by row (from 0), and the key of why."""

    name: str
    key: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A prepared sentence to show, by key, with what goes into its gaps."""

    key: str
    slots: Mapping[str, Text] = field(default_factory=dict)


def read_given(value: object) -> Given:
    """Return a form from `{responses: {name: [texts]}, rows: [{name: [texts]}]}`. Raises Refused under `bad_responses`."""
    form = read_object(value, "filled-in form", "bad_responses")
    rows = read_list(form, "rows")
    if len(rows) > MOST_ROWS:
        raise Refused(f"A table may hold at most {MOST_ROWS} rows.", "bad_responses")
    return Given(read_responses(form.get("responses", {})), tuple(read_responses(row) for row in rows))


def day(value: date) -> Text:
    """A day to be written out by the page."""
    return Text(day=value.isoformat())


def offered(given: Responses, allowed: Mapping[str, Iterable[str]], several: Iterable[str] = ()) -> None:
    """Raise Refused under `bad_responses` for a name or a value that the form does not offer, and for two values where one belongs."""
    many = frozenset(several)
    for name, values in given.items():
        if name not in allowed or (len(values) > 1 and name not in many) or not {*values} <= {"", *allowed[name]}:
            raise Refused("The responses hold something this form does not offer.", "bad_responses")


def blank(given: Given, names: Sequence[str]) -> tuple[Problem, ...]:
    """A problem for each of `names` that has no value."""
    return tuple(Problem(name, "unanswered") for name in names if not given.one(name))
