"""Dates for a person's own calendar, as an iCalendar text (RFC 5545): the follow-ups of what they learned, whole days, no names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.learning import WINDOWS
from engine.reading import Definition, Refused, read_day, read_id, read_rows, read_text

MOST = 100  # modules
LONGEST = 75  # octets in a line
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")  # a calendar may hold none of them, nor half of a pair of letters


@dataclass(frozen=True, slots=True)
class Event:
    """One whole day: a name that stays the same when it is made again, its first day, its title and a line about it."""

    uid: str
    day: date
    title: str
    text: str


def read(message: Definition) -> list[Event]:
    """Return an event for each follow-up of `afters: [{module, day, title, text}]`, the days of the after questions. Raises Refused."""
    rows = read_rows(message, "afters")
    if not 1 <= len(rows) <= MOST:
        raise Refused(f"“afters” must hold 1 to {MOST}.")
    return [event for row in rows for event in _follow_ups(row)]


def write(events: Sequence[Event], today: date) -> str:
    """Return the calendar: CRLF line ends, lines folded at 75 octets, times left out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Noticing Neglect//Training//EN", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escape(event.uid)}",
            f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(event.title)}",
            f"DESCRIPTION:{_escape(event.text)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{line}\r\n" for line in _fold([*lines, "END:VCALENDAR"]))


def _follow_ups(row: Definition) -> Iterator[Event]:
    module, after = read_id(row, "module"), read_day(row, "day")
    for part, (opens, _) in enumerate(WINDOWS, 1):
        uid = f"{module}-{after}-{part}@noticing-neglect"
        yield Event(uid, after + timedelta(days=opens), read_text(row, "title"), read_text(row, "text"))


def _escape(text: str) -> str:
    plain = _UNPRINTED.sub("", text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _fold(lines: Iterable[str]) -> Iterator[str]:
    """Break long lines between characters, never inside one; each part after the first begins with a space."""
    for line in lines:
        part = ""
        for character in line:
            if len((part + character).encode()) > LONGEST:
                yield part
                part = " "
            part += character
        yield part
