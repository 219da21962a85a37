"""The scoring rules, by the name a tool's definition gives under `rule`; nothing about one tool belongs here.

Each is a module with `read`, `problems` and `score`. One that draws has `draw`, one that compares over time `compare` (and `draw_change`),
one whose table can be pasted `columns`.
"""

from __future__ import annotations

from types import ModuleType

from engine.tools import (
    care_picture,
    check_for_drift,
    childs_day,
    grade_together,
    home_check,
    in_place,
    is_it_changing,
    pattern_finder,
    resilience_matrix,
    say_the_concern,
    was_not_brought,
    where_are_we_now,
)

TOOLS: dict[str, ModuleType] = {
    "care-picture": care_picture,
    "home-check": home_check,
    "resilience-matrix": resilience_matrix,
    "where-are-we-now": where_are_we_now,
    "pattern-finder": pattern_finder,
    "was-not-brought": was_not_brought,
    "is-it-changing": is_it_changing,
    "grade-together": grade_together,
    "childs-day": childs_day,
    "say-the-concern": say_the_concern,
    "check-for-drift": check_for_drift,
    "in-place": in_place,
}
