"""One build, one set of scripts: each address of a script ends in the build's version, in pages and in the scripts that import it.

Many hosts let a browser keep a script for some minutes without asking. Without a version it may then start a new script with an old one,
which lacks what the new one imports, and no script of the page runs. A file's name stays what it is, so a page that is older than the site
still finds its scripts, and gets the new ones together.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

FOLDER = "assets/javascripts"
IMPORTED = re.compile(r"""((?:\bfrom |^import |\bimport\()'\./[\w-]+\.mjs)(?=')""", re.MULTILINE)
NAMED = re.compile(rf"""((?:src|href)="[^"?]*{FOLDER}/[\w-]+\.mjs)(?=")""")
COMMENT = re.compile(r"/\*\*.*?\*/", re.DOTALL)


def write(site: Path) -> str:
    """Put the version into every script and page under `site`; returns it."""
    scripts = sorted((site / FOLDER).glob("*.mjs"))
    version = hashlib.sha256(b"".join(script.read_bytes() for script in scripts)).hexdigest()[:12]
    for script in scripts:
        script.write_text(imports(script.read_text(encoding="utf-8"), version), encoding="utf-8")
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        page.write_text(NAMED.sub(rf"\1?v={version}", text), encoding="utf-8")
    return version


def imports(text: str, version: str) -> str:
    """A script that imports others of this version. Types in comments name files too, and are left alone."""
    parts = re.split(rf"({COMMENT.pattern})", text, flags=re.DOTALL)
    return "".join(part if part.startswith("/**") else IMPORTED.sub(rf"\1?v={version}", part) for part in parts)
