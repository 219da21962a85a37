"""Takes out of the built site what the theme puts there and no page loads: its own scripts, styles and search. A reader's browser never
asks for them, and each would be one more thing to license and to watch."""

from __future__ import annotations

from pathlib import Path

PATTERNS = (
    "assets/javascripts/bundle.*.js*",
    "assets/javascripts/lunr/**/*",
    "assets/javascripts/workers/*",
    "assets/javascripts/LICENSE",
    "assets/stylesheets/**/*.min.css*",
    "search.json",
    "assets/images/favicon.png",
)


def remove(site: Path) -> None:
    """Delete those files, and the folders that are then empty."""
    found = {path for pattern in PATTERNS for path in site.glob(pattern)}
    for path in sorted(found, reverse=True):
        if path.is_file():
            path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
