"""The one place that knows MkDocs: it gives pages their macros, and stops the build when a file has mistakes in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Give pages their macros (called by mkdocs-macros, once a build)."""
    from macros import made

    handed = made.handed_on()
    if handed is None:  # MkDocs was started by itself
        from macros import check

        library, complaints = check.everything(Path(env.project_dir))
        if complaints:
            raise SystemExit("\n".join(complaints))
        handed = library.made

    def way_up() -> str:
        return "../" * str(env.variables["page"].url).removeprefix("/").count("/")

    for name, macro in made.macros(handed, way_up).items():
        env.macro(macro, name)
