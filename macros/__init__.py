"""The one place that knows MkDocs: it gives pages their macros, and stops the build when a file has mistakes in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Give pages their macros (called by mkdocs-macros, once a build)."""
    from macros import check, render

    library, complaints = check.taken_over(Path(env.project_dir))
    if complaints:
        # The next builder has no such name; before it, macros/build.py has told what is wrong.
        from mkdocs.exceptions import Abort

        raise Abort("\n".join(complaints))

    def way_up() -> str:
        return "../" * str(env.variables["page"].url).removeprefix("/").count("/")

    for name, macro in render.page_macros(library, way_up).items():
        env.macro(macro, name)
