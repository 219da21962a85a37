"""Values spoilt as a bad disk, another program or somebody hostile would spoil them; the same seed spoils in the same way."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

MARKUP = "<img src=x onerror='globalThis.pwned = 1'><script>globalThis.pwned = 1</script>"
BAD: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        7,
        1e308,
        0.5,
        "",
        " ",
        "x",
        MARKUP,
        "__proto__",
        "constructor",
        "9" * 4_000,
        "\u0000",
        "\ud800",
        "﻿",
    ),
    *([], {}, [[]], [None], {"__proto__": {"values": ["x"]}}, {"toString": 1}, ["a"] * 500),
    *(
        "2026-02-31",
        "0000-00-00",
        "9999-12-31",
        "9999-12-31T23:59",
        "2026-13-01T10:00",
        "2026-11-28T25:61",
        "javascript:alert(1)",
    ),
]
KEYS = ["__proto__", "constructor", "hasOwnProperty", MARKUP, "", "schema"]
TEXTS = [
    "",
    "{",
    "null",
    "NaN",
    "[" * 5_000,
    '{"a":' * 3_000,
    "\ufeff{}",
    MARKUP,
    "\u0000\u0001",
    "7" * 10_000,
    '"text"',
    "[1e999]",
]


def texts(valid: Any, seed: int, count: int) -> Iterator[str]:
    """`count` texts made from a valid value: most are still JSON and wrong in one to three places, some are cut off or no JSON at all."""
    random = Random(seed)
    for number in range(count):
        if number % 12 == 0:
            yield TEXTS[number // 12 % len(TEXTS)]
        elif number % 12 == 1:
            whole = json.dumps(valid)
            yield whole[: random.randrange(len(whole))]
        else:
            spoilt = copy.deepcopy(valid)
            for _ in range(random.choice([1, 1, 1, 2, 3])):
                spoilt = _spoil(spoilt, random)
            yield json.dumps(spoilt)


def _spoil(value: Any, random: Random) -> Any:
    """One place in it, deeper ones as likely as others, is something else, gone, there twice or under a strange name."""
    places = list(_places(value))
    if not places:
        return random.choice(BAD)
    holder, key = random.choice(places)
    match random.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[random.choice(KEYS)] = holder.pop(key)
        case 2 if isinstance(holder, list):
            holder.insert(0, copy.deepcopy(holder[key]))
        case 3:
            holder[key] = [holder[key]]
        case _:
            holder[key] = copy.deepcopy(random.choice(BAD))
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])
