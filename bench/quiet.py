"""Waiting for a quiet moment: on a shared machine a start measured while something else runs says nothing."""

from __future__ import annotations

import time
from pathlib import Path

STAT = Path("/proc/stat")
ENOUGH = 0.85


def wait(longest: float = 15.0) -> None:
    """Return once the processors were mostly idle for half a second, or after `longest` seconds. Linux only: elsewhere at once."""
    end = time.monotonic() + longest
    while STAT.exists() and time.monotonic() < end:
        idle, total = _ticks()
        time.sleep(0.5)
        now_idle, now_total = _ticks()
        if now_idle - idle >= ENOUGH * (now_total - total):
            return


def _ticks() -> tuple[int, int]:
    """Idle and all processor time since the machine started."""
    ticks = [int(tick) for tick in STAT.read_text().splitlines()[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)
