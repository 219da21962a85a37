"""The day that a build is of, the one clock of everything built: SOURCE_DATE_EPOCH where it is set, else the day of the last commit, else
today. So the same commit builds the same site, whenever and wherever it is built."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import UTC, date, datetime
from pathlib import Path

NAME = "SOURCE_DATE_EPOCH"


class NoDay(Exception):
    """SOURCE_DATE_EPOCH holds no number of seconds; the message says so in one sentence."""


def seconds(root: Path) -> int:
    """The moment that the build of `root` is of, in seconds since 1970. Raises `NoDay`."""
    given = os.environ.get(NAME)
    if not given:
        return _last_commit(root) or int(time.time())
    try:
        of(int(given))
    except (ValueError, OverflowError, OSError) as error:
        raise NoDay(f"{NAME} is {given}; it has to be a number of seconds since 1970") from error
    return int(given)


def of(moment: int) -> date:
    """The day of a moment, in UTC."""
    return datetime.fromtimestamp(moment, UTC).date()


def _last_commit(root: Path) -> int | None:
    """When the last change to the project was committed; None outside a repository of its own, or without git."""
    ask = ["git", "-C", str(root), "log", "-1", "--format=%ct", "--", "."]
    try:
        said = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(said) if said else None
