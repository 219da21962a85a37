"""The question banks beside the built pages: one of each format for every module, and a list of what it cannot hold where that is
anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.exports import gift, moodle, qti
from macros.exports.bank import Loss
from macros.library import Library
from macros.schema.module import Module

FORMATS: dict[str, tuple[str, Callable[[Module], tuple[str | bytes, list[Loss]]]]] = {
    "moodle": ("xml", moodle.write),
    "gift": ("gift", gift.write),
    "qti": ("zip", qti.write),
}
"""What writes a module, by the folder below `downloads/`, with how the file's name ends."""


def write(site: Path, library: Library) -> None:
    """Write `downloads/<format>/<module>.<ending>` into the built site, and `.txt` beside it for what is lost."""
    for name, (ending, form) in FORMATS.items():
        folder = site / "downloads" / name
        folder.mkdir(parents=True, exist_ok=True)
        for module in library.modules.values():
            bank, losses = form(module)
            (folder / f"{module.id}.{ending}").write_bytes(bank if isinstance(bank, bytes) else bank.encode())
            if losses:
                lines = [f"What {module.id}.{ending} does not hold of “{module.title}”:", "", *map(str, losses), ""]
                (folder / f"{module.id}.txt").write_text("\n".join(lines), encoding="utf-8", newline="\n")
