"""The copy that a person may keep on their own device: `copy.json`, the list of what belongs in it, and the worker that hands it out.

It is not the copy that is downloaded as a zip (`macros/offline`): this one lives in the browser, at the site's own address, and is fetched
only when somebody asks for it. The list is made last, because it holds a hash of each file as it is published.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from macros import offline

SCHEMA = 1
"""The sort of list this is: `copy.mjs` and `copy-worker.mjs` leave any other alone."""
DAYS = 30
"""Days until a page of the copy warns that it may be out of date. Contacts change, so a month is long."""
LIST = "copy.json"
WORKER = "copy-worker.mjs"
SCRIPTS = "assets/javascripts"
PAGE = "about/keep-a-copy/index.html"
SIZE = "__COPY_MB__"
LEFT_OUT = (*offline.LEFT_OUT, "preview/*", "previews/*", f"{SCRIPTS}/scorm*.mjs")
"""What only a server, an editor or an LMS needs, and downloads: those are large, and saved once fetched."""


def write(site: Path, day: date) -> None:
    """Put the worker at the top of the built site, where it may answer for all of it; say the copy's size on its page; write the list."""
    shutil.move(site / SCRIPTS / WORKER, site / WORKER)
    page = site / PAGE
    if page.is_file():
        size = sum(path.stat().st_size for _, path in _files(site))
        page.write_text(page.read_text(encoding="utf-8").replace(SIZE, str(max(1, round(size / 1_000_000)))), encoding="utf-8")
    (site / LIST).write_text(json.dumps(listed(site, day), separators=(",", ":")) + "\n", encoding="utf-8")


def listed(site: Path, day: date) -> dict[str, Any]:
    """The list: `{schema, version, built, days, bytes, files: [{path, bytes, sha256}]}`. A page's path is its address, `guidance/`."""
    files: list[dict[str, Any]] = []
    for address, path in _files(site):
        content = path.read_bytes()
        files.append({"path": address, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    version = hashlib.sha256("".join(f"{file['path']} {file['sha256']}\n" for file in files).encode()).hexdigest()[:12]
    total = sum(file["bytes"] for file in files)
    return {"schema": SCHEMA, "version": version, "built": day.isoformat(), "days": DAYS, "bytes": total, "files": files}


def _files(site: Path) -> Iterator[tuple[str, Path]]:
    """The files of the copy, each with its address below the site's."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not any(fnmatch(name, pattern) for pattern in LEFT_OUT):
            yield name[: -len("index.html")] if path.name == "index.html" else name, path
