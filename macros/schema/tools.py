"""What may stand in `quizzes/tools/`, rule by rule. A partnership may change words and make a cut-off stricter; a weaker one, or a rule
without the worst answer, is refused here and again by the engine."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from macros.schema.base import Figure, Found, Line, Phrase, Prose, Slug, Strict, repeated_ids, rows
from macros.schema.tool import NOTE, AgeBand, Choice, Flag, Frame, Graded, Titled, exactly, holding

Four = Field(min_length=4, max_length=4)
Eight = Field(min_length=8, max_length=8)
Choices = Annotated[list[Choice], Field(min_length=2, max_length=16)]
class Hazard(Strict):
    """Something dangerous that is there or not, and the stages of childhood it matters most for."""

    id: Slug
    text: Line
    stages: Annotated[list[Slug], Field(min_length=1)]


class Bands(Strict):
    serious: Flag
    widespread: Flag
    some: Flag
    slight: Flag
    not_enough: Annotated[Flag, Field(alias="not-enough")]
    nothing: Flag


class HomeCutOffs(Strict):
    widespread: Annotated[int, Field(ge=1, le=3)]
    unseen: Annotated[Figure, Field(ge=0, le=0.2)]
    note: NOTE


class HomeCheck(Frame):
    rule: Literal["home-check"]
    stages: Annotated[list[Choice], Four]
    hazards: Annotated[list[Hazard], Field(min_length=9, max_length=9)]
    conditions: Annotated[list[Graded], Eight]
    cut_offs: HomeCutOffs
    hazard_now: Titled
    find_out: Phrase
    slipped_back: Phrase
    landlord: Phrase
    bands: Bands

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        for key in ("stages", "hazards", "conditions"):
            yield from repeated_ids(data, key)


class Says(Strict):
    """A sentence for each thing a side of the matrix may say."""

    child_not_enough: Annotated[Line, Field(alias="child-not-enough")]
    environment_not_enough: Annotated[Line, Field(alias="environment-not-enough")]
    child_decided: Annotated[Line, Field(alias="child-decided")]
    environment_decided: Annotated[Line, Field(alias="environment-decided")]
    always_vulnerable: Annotated[Line, Field(alias="always-vulnerable")]
    child_close: Annotated[Line, Field(alias="child-close")]
    environment_close: Annotated[Line, Field(alias="environment-close")]


class Quadrants(Strict):
    resilient_protective: Annotated[Flag, Field(alias="resilient-protective")]
    resilient_adverse: Annotated[Flag, Field(alias="resilient-adverse")]
    vulnerable_protective: Annotated[Flag, Field(alias="vulnerable-protective")]
    vulnerable_adverse: Annotated[Flag, Field(alias="vulnerable-adverse")]


class Step(Strict):
    """A step of a scale from strongly untrue to strongly true."""

    value: Annotated[int, Field(ge=-2, le=2)]
    text: Line


class MatrixCutOffs(Strict):
    """The matrix's rule is fixed; these are said on the page."""

    answered: Literal[6]
    line: Literal[2]
    close: Annotated[list[Literal[1, 4]], Field(min_length=2, max_length=2)]
    note: NOTE


class ResilienceMatrix(Frame):
    rule: Literal["resilience-matrix"]
    ages: Annotated[list[AgeBand], Field(min_length=5, max_length=5)]
    scale: Annotated[list[Step], Field(min_length=5, max_length=5)]
    child: Annotated[list[Choice], Eight]
    environment: Annotated[list[Choice], Eight]
    says: Says
    quadrants: Quadrants
    cut_offs: MatrixCutOffs

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from repeated_ids(data, "child")
        yield from repeated_ids(data, "environment")
        if [row.get("value") for _, row in rows(data, "scale")] not in ([], [-2, -1, 0, 1, 2]):
            yield ("scale",), "the values have to be -2, -1, 0, 1, 2 in that order; the words may change, the scale may not"


class StandingFlags(Strict):
    act_today: Annotated[Flag, Field(alias="act-today")]
    low: Flag
    apart: Flag
    hear_child: Annotated[Flag, Field(alias="hear-child")]
    child_absent: Annotated[Flag, Field(alias="child-absent")]
    guesswork: Flag


class WhereAreWeNow(Frame):
    rule: Literal["where-are-we-now"]
    zero: Line
    ten: Line
    people: Choices
    known: Choices
    child_first: Prose
    flags: StandingFlags
    none: Flag

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from holding(data, "people", ("child",))
        yield from exactly(data, "known", ("seen", "told", "guessed"))


class PatternFlags(Strict):
    repeating: Flag
    spreading: Flag
    slipping_back: Annotated[Flag, Field(alias="slipping-back")]
    serious: Flag
    one_agency: Annotated[Flag, Field(alias="one-agency")]
    no_child_voice: Annotated[Flag, Field(alias="no-child-voice")]
    quiet_gap: Annotated[Flag, Field(alias="quiet-gap")]


class PatternWindows(Strict):
    """A longer window or a lower count finds more, and that is the only way they may be moved."""

    days: Annotated[int, Field(ge=365, le=1000)]
    repeating: Annotated[int, Field(ge=1, le=3)]
    spreading: Annotated[int, Field(ge=1, le=3)]
    relapse: Annotated[int, Field(ge=183, le=1000)]
    cycles: Annotated[int, Field(ge=1, le=2)]
    gap: Annotated[int, Field(ge=1, le=183)]
    note: NOTE


class PatternFinder(Frame):
    rule: Literal["pattern-finder"]
    needs: Annotated[list[Choice], Field(min_length=7, max_length=7)]
    kinds: Annotated[list[Choice], Field(min_length=3, max_length=3)]
    sources: Choices
    windows: PatternWindows
    flags: PatternFlags
    none: Flag

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from repeated_ids(data, "needs")
        yield from exactly(data, "kinds", ("concern", "improvement", "contact"))
        yield from holding(data, "sources", ("child", "family"))


class BroughtFlags(Strict):
    critical_missed: Annotated[Flag, Field(alias="critical-missed")]
    two_in_a_row: Annotated[Flag, Field(alias="two-in-a-row")]
    three_in_a_year: Annotated[Flag, Field(alias="three-in-a-year")]
    importance_unknown: Annotated[Flag, Field(alias="importance-unknown")]
    kept_moving: Annotated[Flag, Field(alias="kept-moving")]
    persistent_absence: Annotated[Flag, Field(alias="persistent-absence")]
    severe_absence: Annotated[Flag, Field(alias="severe-absence")]


class BroughtWindows(Strict):
    days: Annotated[int, Field(ge=365, le=1000)]
    missed: Annotated[int, Field(ge=1, le=3)]
    moved: Annotated[int, Field(ge=1, le=3)]
    persistent: Annotated[Figure, Field(gt=0, le=0.1)]
    severe: Annotated[Figure, Field(gt=0, le=0.5)]
    note: NOTE


class WasNotBrought(Frame):
    rule: Literal["was-not-brought"]
    importance: Annotated[list[Choice], Four]
    outcomes: Annotated[list[Choice], Field(min_length=5, max_length=5)]
    windows: BroughtWindows
    flags: BroughtFlags
    none: Flag
    asking_first: Phrase

    @classmethod
    def across(cls, data: dict[str, Any]) -> Found:
        yield from super().across(data)
        yield from exactly(data, "importance", ("routine", "important", "critical", "not-known"))
        yield from exactly(data, "outcomes", ("brought", "not-brought", "moved", "cancelled", "service"))
