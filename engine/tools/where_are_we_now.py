"""Where are we now, 0 to 10: each person's own number, shown together once all are in. Which flags the numbers raise, and what may stand
on a screen that a family sees. No mean is worked out; the flags are this project's design choice, after solution-focused scaling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.charts import Drawing, Shape, Text
from engine.reading import Definition, Refused, read_ids, read_rows
from engine.tools.result import Given, Line, Problem, offered

CHILD, NOBODY, SHOWN = "child", "none", "child-shown"
KNOWN = ("seen", "told", "guessed")
NUMBERS = tuple(str(number) for number in range(11))
MOST = 12  # people
ACT, LOW, APART, BELOW = 1, 3, 3, 2
"""The highest number at which someone must act today; the highest that is low; the range that is far apart; how far a child is below."""


@dataclass(frozen=True, slots=True)
class Tool:
    """The sorts of people there are; `child` is among them."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person: who, the how-manieth of that sort, their number 0 to 10 or None where they could not be asked, and how they know."""

    who: str
    nth: int
    number: int | None
    known: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The people, the child first and then the lowest; the lowest number, how far apart they are, and the flags."""

    people: tuple[Person, ...]
    lowest: int | None
    range: int | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What everybody may see, and, where the child's number stays off that screen, what the practitioner alone sees; with the keys and
    lines of the prepared texts, those for the practitioner under `private`."""

    shared: Standing
    private: Standing | None
    keys: tuple[str, ...]
    lines: tuple[Line, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `people: [{id}]`. Raises Refused where the child is not among them."""
    people = read_ids(read_rows(definition, "people"), "people")
    if CHILD not in people:
        raise Refused(f"“people” must hold “{CHILD}”.")
    return Tool(people)


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return which rows (`who`, `number`, `known`) are not whole, and whether it was said that the child's number may be shown.

    Raises Refused for a value the form does not offer and for more than 12 people.
    """
    if len(given.rows) > MOST:
        raise Refused(f"At most {MOST} people can be shown at once.", "bad_responses")
    offered(given.responses, {SHOWN: ("yes", "no")})
    found = [] if given.rows else [Problem("who", "nobody")]
    for number, row in enumerate(given.rows):
        offered(row, {"who": tool.people, "number": (*NUMBERS, NOBODY), "known": KNOWN})
        wanted = ("who", "number") if row.get("number") == (NOBODY,) else ("who", "number", "known")
        found += [Problem(name, "unanswered", number) for name in wanted if not any(row.get(name, ()))]
    if _child_numbers(given) and not given.one(SHOWN):
        found.append(Problem(SHOWN, "unanswered"))
    return tuple(found)


def score(tool: Tool, given: Given) -> Result:
    """Return the numbers together. Where the child's is not to be shown, it is in `private` alone, and so are the flags it raises: the
    shared screen is then the same as where nobody has asked the child."""
    people = list(_people(given))
    hidden = bool(_child_numbers(given)) and given.one(SHOWN) == "no"
    shared = _stand([person for person in people if not (hidden and person.who == CHILD)])
    private = _stand(people) if hidden else None
    keys = [*(f"flag:{flag}" for flag in shared.flags), *(() if shared.flags else ("no-flag",))]
    lines = [_line("person", person) for person in shared.people]
    if not private:
        keys.append("private:none")
    else:
        keys += ["private:kept", *(f"private:flag:{flag}" for flag in private.flags), *(() if private.flags else ("private:no-flag",))]
        lines += [_line("private-person", person) for person in private.people]
    return Result(shared, private, tuple(keys), tuple(lines))


def draw(result: Result, width: int) -> dict[str, Drawing]:
    """Return a line from 0 to 10 for each person."""
    found = {"people": _lines(result.shared, width)}
    return found | ({"private-people": _lines(result.private, width)} if result.private else {})


def _child_numbers(given: Given) -> list[str]:
    children = [row for row in given.rows if row.get("who") == (CHILD,)]
    return [number for row in children for number in row.get("number", ()) if number not in (NOBODY, "")]


def _people(given: Given) -> Iterator[Person]:
    counts: dict[str, int] = {}
    for row in given.rows:
        who, number = row["who"][0], row["number"][0]
        counts[who] = counts.get(who, 0) + 1
        yield Person(who, counts[who], None if number == NOBODY else int(number), next(iter(row.get("known", ())), ""))


def _stand(people: Sequence[Person]) -> Standing:
    ordered = sorted(people, key=lambda one: (one.who != CHILD, one.number is None, one.number or 0))
    numbers = [one.number for one in people if one.number is not None]
    lowest = min(numbers, default=None)
    spread = max(numbers) - min(numbers) if numbers else None
    return Standing(tuple(ordered), lowest, spread, tuple(_flags(people, numbers)))


def _flags(people: Sequence[Person], numbers: Sequence[int]) -> Iterator[str]:
    children = [one.number for one in people if one.who == CHILD and one.number is not None]
    adults = [one.number for one in people if one.who != CHILD and one.number is not None]
    guesses = sum(one.known == "guessed" for one in people if one.number is not None)
    if any(number <= ACT for number in numbers):
        yield "act-today"
    if any(ACT < number <= LOW for number in numbers):
        yield "low"
    if numbers and max(numbers) - min(numbers) >= APART:
        yield "apart"
    if children and adults and max(adults) - min(children) >= BELOW:
        yield "hear-child"
    if not children:
        yield "child-absent"
    if guesses * 2 > len(numbers):
        yield "guesswork"


def _line(key: str, person: Person) -> Line:
    number = Text("not-asked") if person.number is None else Text(text=str(person.number))
    slots = {"who": Text(f"who:{person.who}"), "nth": Text(text=str(person.nth) if person.nth > 1 else ""), "number": number}
    return Line(key, slots | {"known": Text(f"known:{person.known}" if person.known and person.number is not None else "")})


def _who(person: Person) -> Text:
    """The sort of person; the second of a sort and later with a number behind."""
    return Text(f"who:{person.who}", f" {person.nth}" if person.nth > 1 else "")


def _lines(standing: Standing, width: int) -> Drawing:
    full = width - 24
    shapes = []
    for row, person in enumerate(standing.people):
        top = row * 64
        shapes.append(Shape("text", "label", {"x": 0, "y": top + 20}, _who(person)))
        shapes.append(Shape("line", "axis", {"x1": 12, "y1": top + 42, "x2": 12 + full, "y2": top + 42}))
        shapes += [Shape("line", "tick", {"x1": x, "y1": top + 37, "x2": x, "y2": top + 47}) for x in _ticks(full)]
        if person.number is not None:
            place = round(12 + full * person.number / 10, 1)
            shapes.append(Shape("circle", f"point chart__point--{person.known}", {"cx": place, "cy": top + 42, "r": 10}))
            shapes.append(Shape("text", "figure", {"x": width, "y": top + 20}, Text(text=str(person.number))))
        else:
            shapes.append(Shape("text", "figure", {"x": width, "y": top + 20}, Text("not-asked")))
    head = (Text("person"), Text("number"), Text("how-known"))
    rows = tuple(
        (
            _who(one),
            Text("not-asked") if one.number is None else Text(text=str(one.number)),
            Text(f"known:{one.known}" if one.number is not None else "nothing"),
        )
        for one in standing.people
    )
    return Drawing(width, max(1, 64 * len(standing.people)), tuple(shapes), head, rows)


def _ticks(full: int) -> list[float]:
    return [round(12 + full * step / 10, 1) for step in range(11)]
