"""A slow processor: the browser's page processes stand still for three quarters of the time.

The browser's own slow-down (`Emulation.setCPUThrottlingRate`) holds up the page's main thread only and is refused for workers. Our engine
runs in a worker and PyScript on the page, so it would flatter us. This holds up every thread of a page alike. Linux only.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
CYCLE = 0.020
"""Seconds of one standstill and one move."""
LOOK = 10
"""Cycles until new page processes are looked for."""


@contextmanager
def pages(times: int) -> Iterator[None]:
    """For as long as the block lasts, every page process this program's browsers have gets one part of `times` of its time."""
    over = Event()
    thread = Thread(target=_hold, args=(times, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _hold(times: int, over: Event) -> None:
    held: list[int] = []
    cycle = 0
    while not over.is_set():
        if cycle % LOOK == 0:
            held = renderers()
        _send(held, signal.SIGSTOP)
        time.sleep(CYCLE * (times - 1) / times)
        _send(held, signal.SIGCONT)
        time.sleep(CYCLE / times)
        cycle += 1


def _send(processes: list[int], what: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process, what)
        except ProcessLookupError:
            continue  # the page was closed meanwhile


def renderers() -> list[int]:
    """The page processes among what this program has started, itself or through others."""
    parents = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return [process for process in parents if _ours(process, parents) and b"--type=renderer" in _command(process)]


def _ours(process: int, parents: dict[int, int]) -> bool:
    while process in parents:
        process = parents[process]
        if process == os.getpid():
            return True
    return False


def _command(process: int) -> bytes:
    try:
        return (PROC / str(process) / "cmdline").read_bytes()
    except OSError:
        return b""
