"""The saved copy: a zip of the built site that opens from a folder, and a small program that starts its scripts.

A browser runs no module from a file. So in the copy every page looks as it does without scripts, until one runs: that is what the
class `no-js` on the page says, which `main.mjs` of the copy takes away. Pages name `index.html` in their links, because no server
is there to do it. The same site on the same day gives the same zip, byte for byte.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from macros.finish.headers import TYPES, every
from macros.offline import pages

NAME = "downloads/noticing-neglect-offline.zip"
FOLDER = "noticing-neglect"
READ_ME = "READ-ME-FIRST.txt"
ONLINE = ("copy.json", "copy-worker.mjs")
"""What the other copy rests on, which a browser keeps (`macros/finish/copy.py`)."""
LEFT_OUT = (*ONLINE, "_headers", "404.html", "admin/*", "sitemap.xml*", "downloads/*", "sbom.json")
"""What only a web server or those who look after one need, the editing page, and other downloads."""
OWN = Path(__file__).parent


def write(site: Path, server_policy: str, day: date) -> None:
    """Write the zip into the built site. Raises ValueError naming the pages that cannot be made to open from a folder."""
    target = site / NAME
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as copy:
        for name, content in sorted(_contents(site, server_policy, day)):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            copy.writestr(entry, content)


def _contents(site: Path, server_policy: str, day: date) -> Iterator[tuple[str, bytes]]:
    """The name and the content of every file of the copy."""
    told = f"{day.day} {day:%B %Y}"
    yield READ_ME, (OWN / "read-me-first.txt").read_text(encoding="utf-8").replace("__DAY__", told.upper()).encode()
    yield "serve.py", server(server_policy).encode()
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    kept = {name for name in names if not any(fnmatch(name, pattern) for pattern in LEFT_OUT)}
    wrong = []
    for name in sorted(kept):
        content = (site / name).read_bytes()
        try:
            yield name, changed(name, content, kept | {READ_ME}, told)
        except ValueError as error:
            wrong.append(f"{name}: {error}")
    if wrong:
        raise ValueError("\n".join(wrong))


def changed(name: str, content: bytes, names: set[str], told: str) -> bytes:
    """A file as the copy has it: pages, styles and the first script are changed, all others are as they were."""
    if name.endswith(".html"):
        return pages.page(name, content.decode(), names, told, READ_ME).encode()
    if name.endswith(".css"):
        return pages.style(content.decode()).encode()
    if name == "assets/javascripts/main.mjs":
        return b"document.documentElement.classList.remove('no-js');\n" + content
    return content


def server(server_policy: str) -> str:
    """The text of `serve.py` with the headers and types that every server of the site sends."""
    text = (OWN / "serve.py").read_text(encoding="utf-8")
    for name, value in (("HEADERS", every(server_policy)), ("TYPES", TYPES)):
        empty = f"\n{name}: dict[str, str] = {{}}\n"
        assert empty in text, f"serve.py has no place for {name}"
        text = text.replace(empty, empty.replace("{}", json.dumps(value, indent=4)))
    return text
