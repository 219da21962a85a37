"""Spoiling what works: one or a few places of a plain value, of a YAML text or of the bytes of any file. All chance comes from the
`random.Random` that is handed in, so a seed brings the same attack back."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from tests import cases

Chance = random.Random
Place = tuple[Any, ...]


def joined(parts: Any) -> str:
    """A text as the files of cases write it: itself, or a list of texts and of `{text, times}`, where № is how many there were before."""
    if isinstance(parts, str):
        return parts
    return "".join("".join(_times(**one)) if isinstance(one, dict) else one for one in parts)


def _times(text: str, times: int) -> Iterator[str]:
    return (text.replace("№", str(at)) for at in range(times))


FOUND: dict[str, list[Any]] = yaml.load((cases.FOLDER / "attack/texts.yml").read_text("utf-8"), cases.Loader)
NASTY = [joined(text) for text in FOUND["texts"]]
"""Texts that have troubled somebody's program."""
WRONG: list[Any] = [
    None, True, False, 0, 1, -1, 2, 7, -0.5, 0.1, 1e-300, 1e308, -1e308, 10**17, -(10**17), [], {}, [[]], [None], {"a": 1}, {"id": "a"},
    [{}], [{"id": "a"}, {"id": "a"}], {"__proto__": {"x": 1}}, {"": ""}, [1, "a", None], *NASTY,
]  # fmt: skip
"""Values of every sort, for a place that wants another."""


def places(value: Any, above: Place = ()) -> Iterator[Place]:
    """Every place in a plain value but the outermost, from the outside in."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in below:
        yield (*above, key)
        yield from places(inner, (*above, key))


def spoiled(value: Any, known: list[Place], chance: Chance) -> Any:
    """The value with something wrong at one to three of its places (`known`, as `places` gives them). What is handed in stays the same."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        value = _at(value, chance.choice(known), chance) if known else chance.choice(WRONG)
    return value


def _at(value: Any, place: Place, chance: Chance) -> Any:
    """A copy of the way to a place, with something done there; where an earlier change took the place away, the value as it is."""
    if not isinstance(value, dict | list):
        return value
    new: Any = dict(value) if isinstance(value, dict) else list(value)
    key, *rest = place
    if key not in new if isinstance(new, dict) else not isinstance(key, int) or key >= len(new):
        return value
    if rest:
        new[key] = _at(new[key], tuple(rest), chance)
        return new
    return chance.choice(CHANGES)(new, key, chance)


def _drop(new: Any, key: Any, chance: Chance) -> Any:
    del new[key]
    return new


def _retype(new: Any, key: Any, chance: Chance) -> Any:
    new[key] = chance.choice(WRONG)
    return new


def _wrap(new: Any, key: Any, chance: Chance) -> Any:
    new[key] = chance.choice(([new[key]], {"id": new[key]}, [new[key]] * 3, [new[key]] * 40))
    return new


def _lift(new: Any, key: Any, chance: Chance) -> Any:
    """What is in the place takes the place of what it is in."""
    return new[key]


def _swap(new: Any, key: Any, chance: Chance) -> Any:
    other = chance.choice(list(new) if isinstance(new, dict) else range(len(new)))
    new[key], new[other] = new[other], new[key]
    return new


def _append(new: Any, key: Any, chance: Chance) -> Any:
    text = chance.choice(NASTY)
    new[key] = f"{new[key]}{text}" if isinstance(new[key], str) else new[key] + new[key] if isinstance(new[key], list) else text
    return new


def _rename(new: Any, key: Any, chance: Chance) -> Any:
    if isinstance(new, dict):
        new[chance.choice(NASTY)] = new.pop(key)
    else:
        new.insert(0, new[key])
    return new


CHANGES: tuple[Callable[[Any, Any, Chance], Any], ...] = (_drop, _retype, _retype, _wrap, _lift, _swap, _append, _append, _rename)

MARKS = [joined(text) for text in FOUND["marks"]]
"""What means something in a file, put where it was not meant."""


def spoiled_text(text: str, chance: Chance) -> str:
    """A text with one to three of its lines spoiled: dropped, given twice, swapped, moved in or out, joined, or with a mark put in."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        text = "\n".join(chance.choice(LINES)(lines, at, chance))
    return text.replace("\n", "\r\n") if chance.random() < 0.05 else text


def _mark(lines: list[str], at: int, chance: Chance) -> list[str]:
    line, mark = lines[at], chance.choice(MARKS)
    starts = [found.end() for found in re.finditer(r"^ *(?:- )?|: |^", line)]
    column = chance.choice([*starts, chance.randrange(len(line) + 1)])
    return [*lines[:at], line[:column] + mark + line[column:], *lines[at + 1 :]]


def _swap_lines(lines: list[str], at: int, chance: Chance) -> list[str]:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return lines


LINES: tuple[Callable[[list[str], int, Chance], list[str]], ...] = (
    lambda lines, at, _: lines[:at] + lines[at + 1 :],
    lambda lines, at, _: lines[: at + 1] + lines[at:],
    lambda lines, at, _: [*lines[:at], f"  {lines[at]}", *lines[at + 1 :]],
    lambda lines, at, _: [*lines[:at], lines[at].removeprefix("  "), *lines[at + 1 :]],
    lambda lines, at, chance: [*lines[:at], lines[at] + chance.choice(NASTY), *lines[at + 1 :]],
    lambda lines, at, chance: [*lines[:at], lines[at].partition(":")[0] + ": " + chance.choice(NASTY), *lines[at + 1 :]],
    lambda lines, at, _: [*lines[:at], " ".join(lines[at : at + 2]), *lines[at + 2 :]],
    lambda lines, at, chance: lines[:at] + lines[at : at + chance.randrange(20)] * 2 + lines[at:],
    _swap_lines, _mark, _mark, _mark, _mark,
)  # fmt: skip


BROKEN = (b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\r", b"\xc0\x80", b"\xf4\x90\x80\x80")
"""Bytes that are no UTF-8, or stand where they may not."""


def spoiled_bytes(raw: bytes, chance: Chance) -> bytes:
    """Bytes with some flipped, deleted or put in, or cut short."""
    made = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(6):
            case 0 if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                del made[at : at + chance.choice((1, 2, 10, 500))]
            case 2:
                made[at:at] = chance.randbytes(chance.choice((1, 2, 8)))
            case 3:
                made[at:at] = chance.choice(BROKEN)
            case 4 if chance.random() < 0.3:
                del made[at:]
            case _:
                made[at:at] = chance.choice(MARKS).encode()
    return bytes(made)
