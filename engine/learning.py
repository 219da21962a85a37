"""What a person's attempts come to: what is done, what is due again and when, what was sure and wrong, how far the after questions went
beyond the before ones. The dates come in with the message.

The intervals are this project's design choice: a week for what was sure and wrong (after Butler, Fazio and Marsh 2011), and
follow-ups at 6 to 8 weeks, 6 months and 12 months, as safeguarding boards evaluate training.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from engine import calibration
from engine.attempts import Answer, Attempt
from engine.marks import RIGHT_ABOVE
from engine.reading import read_id, read_object, read_text

WEEK = timedelta(days=7)
WINDOWS = ((42, 56), (182, 212), (365, 395))
"""First and last day of each follow-up, counted from the day of the after questions."""
SHARED = 3  # answers over all attempts that come from one belief, for it to be worth a word

State: TypeAlias = Literal["coming", "due", "late", "done"]


@dataclass(frozen=True, slots=True)
class Now:
    """A module as it is now: the version of its content, and the revision of each of its questions."""

    version: str
    questions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """The latest time a module was taken in one mode: the day, the first-try score 0 to 1, and if its content has changed since."""

    attempt: str
    day: str
    score: float
    passed: bool
    version: str
    changed: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One follow-up of a module: which, from and until when, how it stands, and its score if it is done."""

    part: int
    opens: str
    closes: str
    state: State
    score: float | None


@dataclass(frozen=True, slots=True)
class ModuleReview:
    """What was done of one module. `change` is the normalised change from before to after, None where it cannot be said."""

    module: str
    practised: str | None
    check: Taken | None
    passed: Taken | None
    before: Taken | None
    after: Taken | None
    change: float | None
    follow_ups: tuple[FollowUp, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A question that was sure and wrong: in which module, and from which day it is worth another try."""

    question: str
    module: str
    opens: str
    due: bool


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that a person's attempts come to on one day."""

    modules: tuple[ModuleReview, ...]
    again: tuple[Again, ...]
    shared: Mapping[str, tuple[str, ...]]
    calibration: calibration.Calibration


def read_modules(value: object) -> dict[str, Now]:
    """Return the modules there are now from `{id: {version, questions: {id: revision}}}`. Raises Refused."""
    found = {}
    for name, row in read_object(value, "modules").items():
        module = read_object(row, "modules")
        questions = read_object(module.get("questions"), "questions")
        revisions = {read_id({"id": key}): read_text(questions, key) for key in questions}
        found[read_id({"id": name})] = Now(read_text(module, "version"), revisions)
    return found


def review(attempts: Sequence[Attempt], today: date, modules: Mapping[str, Now]) -> Review:
    """Return what `attempts` (the earliest first) come to on a day. Modules that are no more are left out."""
    known = [attempt for attempt in attempts if attempt.module in modules]
    shown = list(_with_reasons(known))
    return Review(
        modules=tuple(
            _review_module(name, now, [attempt for attempt in known if attempt.module == name], today)
            for name, now in modules.items()
            if any(attempt.module == name for attempt in known)
        ),
        again=tuple(_again(shown, today, modules)),
        shared=_shared(shown),
        calibration=calibration.calibrate([_sureness(answer) for attempt in shown for answer in attempt.answers.values()]),
    )


def change(before: float, after: float) -> float | None:
    """Return the normalised change of two scores 0 to 1 (Marx and Cummings 2007); None where both are 0 or both are 1."""
    if before == after:
        return None if before in (0, 1) else 0.0
    return (after - before) / (1 - before) if after > before else (after - before) / before


def _with_reasons(attempts: Sequence[Attempt]) -> Iterator[Attempt]:
    """The attempts whose reasons somebody has seen: a before form keeps them back until an after form is done."""
    for attempt in attempts:
        later = (other for other in attempts if other.module == attempt.module and other.finished >= attempt.finished)
        if attempt.mode != "before" or any(other.mode == "after" for other in later):
            yield attempt


def _review_module(name: str, now: Now, attempts: Sequence[Attempt], today: date) -> ModuleReview:
    before, after = _first(attempts, "before"), _first(attempts, "after")
    practised = [attempt.day.isoformat() for attempt in attempts if attempt.mode == "practice"]
    checks = [attempt for attempt in attempts if attempt.mode == "check"]
    passed = [attempt for attempt in checks if attempt.passed]
    return ModuleReview(
        module=name,
        practised=practised[-1] if practised else None,
        check=_taken(checks[-1], now) if checks else None,
        passed=_taken(passed[-1], now) if passed else None,
        before=_taken(before, now) if before else None,
        after=_taken(after, now) if after else None,
        change=change(before.score, after.score) if before and after else None,
        follow_ups=tuple(_follow_ups(after, attempts, today)) if after else (),
    )


def _first(attempts: Iterable[Attempt], mode: str) -> Attempt | None:
    """Figures use the first attempt only."""
    return next((attempt for attempt in attempts if attempt.mode == mode), None)


def _taken(attempt: Attempt, now: Now) -> Taken:
    changed = attempt.version != now.version
    return Taken(attempt.id, attempt.day.isoformat(), attempt.score, attempt.passed, attempt.version, changed)


def _follow_ups(after: Attempt, attempts: Sequence[Attempt], today: date) -> Iterator[FollowUp]:
    done = {attempt.part: attempt.score for attempt in reversed(attempts) if attempt.mode == "follow_up"}
    for part, (first, last) in enumerate(WINDOWS, 1):
        opens, closes = after.day + timedelta(days=first), after.day + timedelta(days=last)
        state: State = "done" if part in done else "coming" if today < opens else "due" if today <= closes else "late"
        yield FollowUp(part, opens.isoformat(), closes.isoformat(), state, done.get(part))


def _again(attempts: Iterable[Attempt], today: date, modules: Mapping[str, Now]) -> Iterator[Again]:
    """Questions that were sure and not right, from a week after they last went wrong until they go right; the earliest first."""
    opens: dict[tuple[str, str], date] = {}
    for attempt in attempts:
        for question, answer in attempt.answers.items():
            place = (attempt.module, question)
            if answer.revision != modules[attempt.module].questions.get(question):
                continue
            if not _is_right(answer) and (answer.certainty == "sure" or place in opens):
                opens[place] = attempt.day + WEEK
            elif place in opens and attempt.day >= opens[place]:
                del opens[place]
    for (module, question), day in sorted(opens.items(), key=lambda pair: (pair[1], pair[0])):
        yield Again(question, module, day.isoformat(), day <= today)


def _shared(attempts: Iterable[Attempt]) -> dict[str, tuple[str, ...]]:
    """Beliefs behind the latest answers to three or more questions, the commonest first."""
    latest = {question: answer for attempt in attempts for question, answer in attempt.answers.items()}
    found: dict[str, list[str]] = {}
    for question, answer in latest.items():
        for belief in dict.fromkeys(answer.misconceptions):
            found.setdefault(belief, []).append(question)
    often = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return {belief: tuple(questions) for belief, questions in often if len(questions) >= SHARED}


def _sureness(answer: Answer) -> calibration.Answer:
    return calibration.Answer(1, answer.first, answer.certainty)


def _is_right(answer: Answer) -> bool:
    return answer.first > RIGHT_ABOVE
