"""What is wrong with the files, where an editor looks: as notes on a proposed change. `python -m macros.annotate github` prints them as
GitHub reads them, `python -m macros.annotate gitlab` writes `complaints.json` as GitLab does. The words are those of `macros.check`."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from macros import check

REPORT = "complaints.json"
TOLD = re.compile(r"(?P<file>[^:\n]+):(?P<line>\d+): (?P<words>.+)", re.DOTALL)


def github(complaints: Iterable[str]) -> list[str]:
    """A workflow command for each complaint."""
    return [f"::error file={_escape(found['file'], True)},line={found['line']}::{_escape(found['words'])}" for found in _read(complaints)]


def gitlab(complaints: Iterable[str]) -> list[dict[str, Any]]:
    """A row of a code quality report for each complaint."""
    return [
        {
            "description": found["words"],
            "check_name": "content",
            "fingerprint": hashlib.sha256(found[0].encode()).hexdigest(),
            "severity": "major",
            "location": {"path": found["file"], "lines": {"begin": int(found["line"])}},
        }
        for found in _read(complaints)
    ]


def _read(complaints: Iterable[str]) -> list[re.Match[str]]:
    return [found for complaint in complaints if (found := TOLD.fullmatch(complaint))]


def _escape(text: str, in_name: bool = False) -> str:
    marks = {"%": "%25", "\r": "%0D", "\n": "%0A"} | ({":": "%3A", ",": "%2C"} if in_name else {})
    return "".join(marks.get(mark, mark) for mark in text)


def main() -> int:
    """Tell the mistakes in the current folder; 1 when there are any."""
    parser = argparse.ArgumentParser(prog="python -m macros.annotate", description=__doc__)
    parser.add_argument("where", choices=["github", "gitlab"])
    where = parser.parse_args().where
    _, complaints = check.everything(Path.cwd())
    if where == "gitlab":
        Path(REPORT).write_text(json.dumps(gitlab(complaints), indent=1), encoding="utf-8")
    print("\n".join([*(github(complaints) if where == "github" else complaints), f"{len(complaints)} to mend."]))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
