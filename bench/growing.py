"""Larger projects made from this one: more pages like those of the guidance, and more modules of questions, each with names of its own."""

from __future__ import annotations

import os
import re
import shutil
from itertools import cycle
from pathlib import Path

LINKED = ("engine", "macros", "node_modules", "package*.json", "pyproject.toml", "requirements*.txt")
MODULES = "quizzes/modules"
SECTION = 50
"""Copies in one section of the navigation."""
QUESTION = re.compile(r"^  - id: ([a-z]+-\d+(?:-\d+)?)$", re.MULTILINE)
PAGE = """---
title: Module {number}
description: "A copy of a module, to see how the build bears many of them: number {number}."
owner: Safeguarding training lead
drafted: 2026-11-22
review_by: 2027-05-22
applies_to: England
---
# Module {number}

In about 10 minutes, answer questions.

{{{{ module("{slug}") }}}}

## What next

- **Next module:** [What neglect is](what-neglect-is.md).
"""


def grow(root: Path, folder: Path, pages: int, questions: int) -> list[str]:
    """Make a project in an empty folder with at least so many questions and exactly so many pages, where there are not more already.

    Returns the paths of the pages that were added, which are in no navigation yet.
    """
    _copy(root, folder)
    added = [*_modules(folder, questions)]
    standing = sum(1 for _ in (folder / "docs").rglob("*.md"))
    return [*added, *_guidance(folder, pages - standing)]


def _copy(root: Path, folder: Path) -> None:
    for name in ("docs", "quizzes"):
        shutil.copytree(root / name, folder / name)
    shutil.copytree(root / "overrides", folder / "overrides", copy_function=_link)
    for path in (path for name in LINKED for path in root.glob(name)):
        (folder / path.name).symlink_to(path.resolve())
    (folder / ".cache").mkdir()
    (folder / ".cache/wheels").symlink_to((root / ".cache/wheels").resolve())
    shutil.copy(root / "mkdocs.yml", folder / "mkdocs.yml")


def _link(source: str, target: str) -> None:
    """The runtime is large and never changed in place, so a link will do; everything else is copied."""
    if "/assets/runtime/" in source:
        os.symlink(os.path.abspath(source), target)
    else:
        shutil.copy(source, target)


def _modules(folder: Path, questions: int) -> list[str]:
    originals = {path.stem: path.read_text(encoding="utf-8") for path in _free(folder, MODULES, "*.yml")}
    counts = {slug: len(set(_ids(text))) for slug, text in originals.items()}
    total, added = sum(len(set(_ids(path.read_text(encoding="utf-8")))) for path in (folder / MODULES).glob("*.yml")), []
    for slug in cycle(originals):
        if total >= questions:
            return added
        number = len(added) + 1
        name, text = f"{slug}-{number}", originals[slug]
        for question in set(_ids(text)):
            text = re.sub(rf"\b{question}\b", f"{question}-{number}", text)
        text = re.sub(r"^id: .*$", f"id: {name}", text, count=1, flags=re.MULTILINE)
        (folder / MODULES / f"{name}.yml").write_text(text, encoding="utf-8")
        page = f"training/{name}.md"
        (folder / "docs" / page).write_text(PAGE.format(number=number, slug=name), encoding="utf-8")
        added.append(page)
        total += counts[slug]
    return added


def _ids(module: str) -> list[str]:
    """The ids of a module's questions, which stand after its screens."""
    return QUESTION.findall(module.partition("\nquestions:\n")[2])


def _guidance(folder: Path, count: int) -> list[str]:
    originals = [path for path in _free(folder, "docs/guidance", "*.md") if path.name != "index.md"]
    added = []
    for number, original in zip(range(1, max(0, count) + 1), cycle(originals), strict=False):
        target = original.with_name(f"{original.stem}-{number}.md")
        text = re.sub(r"^(title: .*?)(['\"]?)$", rf"\1 {number}\2", original.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        target.write_text(text, encoding="utf-8")
        added.append(target.relative_to(folder / "docs").as_posix())
    return added


def _free(folder: Path, under: str, names: str) -> list[Path]:
    """Files that need no permission of their own for a word: a copy would have none."""
    permitted = (folder / "docs/_facts/terms.yml").read_text(encoding="utf-8")
    return sorted(path for path in (folder / under).glob(names) if path.relative_to(folder).as_posix() not in permitted)


def nav(standing: str, added: list[str]) -> str:
    """A navigation in YAML with the added pages in sections of fifty."""
    sections = [added[at : at + SECTION] for at in range(0, len(added), SECTION)]
    lines = [f"  - More {number}:\n" + "".join(f"      - {page}\n" for page in pages) for number, pages in enumerate(sections, 1)]
    return standing.rstrip("\n") + "\n" + "".join(lines)
