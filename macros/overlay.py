"""Pages of a partnership's own, in `local/pages/`, laid over those of `docs/` without changing them: `guidance/thresholds.md` stands for
the page of that name or is a new one, `guidance/thresholds.add.md` is put into it before "What next"."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from macros.load import Problem

DOCS, OVERLAY = "docs", "local/pages"
ADDED = ".add.md"
SETTINGS, COMPOSED = "mkdocs.local.yml", ".cache/pages"
NEXT = re.compile(r"^## What next[ \t]*$", re.MULTILINE)


def pages(root: Path) -> dict[str, str]:
    """Each page's path below `docs/`, and the file it comes from: the partnership's own where it has one."""
    found = {}
    for folder in (DOCS, OVERLAY):
        for path in sorted((root / folder).rglob("[!.]*.md")):
            if not path.name.endswith(ADDED):
                found[path.relative_to(root / folder).as_posix()] = path.relative_to(root).as_posix()
    return found


def additions(root: Path) -> dict[str, str]:
    """What is added to a page, by the page's path: the file it comes from."""
    folder = root / OVERLAY
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob(f"[!.]*{ADDED}")))
    return {name.removesuffix(ADDED) + ".md": f"{OVERLAY}/{name}" for name in found}


def problems(root: Path) -> Iterator[Problem]:
    """A complaint for what is added to no page."""
    known = pages(root)
    for page, file in additions(root).items():
        if page not in known:
            yield Problem(file, 1, f"there is no page `{page}` to add this to; name it after a page, or leave out `.add` for a new one")


def settings(root: Path) -> str:
    """The settings the site builder is to use. Where there are pages of a partnership's own, all pages are put together first."""
    if not (root / OVERLAY).is_dir():
        return "mkdocs.yml"
    _compose(root, root / COMPOSED)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    made = {"INHERIT": "mkdocs.yml", "docs_dir": COMPOSED, **_nav(root, yaml.safe_load(text))}
    (root / SETTINGS).write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return SETTINGS


def _compose(root: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / DOCS, folder, ignore=shutil.ignore_patterns("_facts"))
    (folder / "_facts").mkdir()
    shutil.copytree(root / OVERLAY, folder, ignore=shutil.ignore_patterns(f"*{ADDED}"), dirs_exist_ok=True)
    for page, file in additions(root).items():
        path = folder / page
        path.write_text(join(path.read_text(encoding="utf-8"), (root / file).read_text(encoding="utf-8")), encoding="utf-8")


def join(page: str, more: str) -> str:
    """A page with more put in before "What next", or at its end where it has no such heading."""
    found = NEXT.search(page)
    at = found.start() if found else len(page)
    return f"{page[:at].rstrip()}\n\n{more.strip()}\n\n{page[at:]}"


def _nav(root: Path, known: dict[str, Any]) -> dict[str, Any]:
    """The navigation with a section for pages that are new, where the settings have one at all."""
    new = sorted(page for page in pages(root) if not (root / DOCS / page).exists())
    if not new or "nav" not in known:
        return {}
    title = _area(root) or "Local pages"
    at = next((place for place, entry in enumerate(known["nav"]) if "Contribute" in entry), len(known["nav"]))
    return {"nav": [*known["nav"][:at], {title: new}, *known["nav"][at:]]}


def _area(root: Path) -> str | None:
    local: dict[str, str | None] = yaml.safe_load((root / DOCS / "_facts/local.yml").read_text(encoding="utf-8"))
    return local.get("area") or local.get("partnership")
