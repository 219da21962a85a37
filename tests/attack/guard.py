"""A guard against hanging: work that takes more than two seconds of the processor's time is stopped, and that is a failure. Time spent
waiting for a busy machine does not count, so this measures no speed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 2
"""Seconds of the processor's time. A message of 1 MB takes a tenth of that."""


class Stuck(BaseException):
    """The work was still going on. No `except Exception` on the way hides it."""


@contextmanager
def guarded(seconds: float = PATIENCE) -> Iterator[None]:
    """Stop what is done in this block once it has taken `seconds` of the processor's time, by raising Stuck."""

    def stop(*_: object) -> None:
        raise Stuck(f"still going on after {seconds} seconds of the processor's time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
