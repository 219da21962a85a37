"""The editing page at `/admin/`: Sveltia CMS with a form for every file that authors write, where a repository is known to save to.

The page, its forms and the program are put into the built site here. Nothing of it is there while `local.yml` names no `repository`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from macros.admin import backend, forms, program
from macros.finish import policy
from macros.library import Library
from macros.schema.local import Repository

FOLDER = "admin"
PAGE = Path(__file__).parent / "page.html"
OUTPUT = {"omit_empty_optional_fields": True, "yaml": {"quote": "double", "indent_sequences": True}}
"""Text is always quoted, so that no number or date is read out of it; what is left empty is left out."""


def write(site: Path, library: Library) -> dict[str, str]:
    """Write the editing page into the built site; returns the headers that differ under it, and none where there is no such page.

    Raises ValueError saying what is not as expected in the program's own files.
    """
    repository = library.local.repository if library.local else None
    if repository is None:
        return {}
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    script = program.write(folder, library.root / "node_modules/@sveltia/cms")
    text = json.dumps(config(library.root, repository), ensure_ascii=False, indent=1)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8")
    sent = headers(repository)
    page = PAGE.read_text(encoding="utf-8").replace("__SCRIPT__", script)
    page = page.replace(policy.PLACEHOLDER, without_frames(sent["Content-Security-Policy"]))
    (folder / "index.html").write_text(page, encoding="utf-8")
    return sent


def config(root: Path, repository: Repository) -> dict[str, Any]:
    """What Sveltia CMS is told: where to save, how to write a file, and every form."""
    return {
        "backend": backend.backend(repository),
        "publish_mode": "editorial_workflow",
        "app_title": "Noticing Neglect: edit",
        "logo": {"src": "../assets/images/favicon.svg"},
        "media_folder": "local/pages/pictures",
        "public_folder": "/pictures",
        "media_libraries": {"default": False, "stock_assets": {"providers": []}},
        "show_preview_links": False,
        "editor": {"preview": False},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": OUTPUT,
        "collections": forms.collections(root),
    }


def headers(repository: Repository) -> dict[str, str]:
    """What a server sends with the editing page in place of what it sends with every other."""
    opener = "unsafe-none" if backend.by_window(repository) else "same-origin"
    return {"Content-Security-Policy": own_policy(backend.hosts(repository)), "Cross-Origin-Opener-Policy": opener}


def own_policy(hosts: list[str]) -> str:
    """The page's policy. The program writes styles into the page, so `style-src` cannot be strict; scripts are the site's alone."""
    asked = " ".join(["'self'", *hosts])
    return (
        f"default-src 'none'; script-src 'self'; connect-src {asked}; style-src 'self' 'unsafe-inline';"
        " img-src 'self' blob: data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def without_frames(text: str) -> str:
    """A policy as a page's head may give it: only a server can say who may put the page into a frame."""
    return text.partition("; frame-ancestors")[0]
