"""Which files the editing page has forms for, and where they are: a collection of forms for each sort of file that authors write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from macros import overlay
from macros.admin.fields import Field, fields, label
from macros.library import FACTS, LISTS, MODULES, QUIZ_LISTS, QUIZZES, SOURCES, TOOLS
from macros.schema.module import Module
from macros.schema.page import Head
from macros.schema.source import Source
from macros.schema.worksheets import MODELS

Collection = dict[str, Any]
MADE = {"published"}
"""Files that `make` writes and nobody edits."""
BODY: Field = {
    "name": "body",
    "label": "Words of the page",
    "widget": "text",
    "use_emoji_autocomplete": False,
    "hint": "Markdown. Leave {{ … }} as it stands: it is filled in when the site is built.",
}
LISTED = {"format": "yaml", "publish": False}
FOLDER = {"create": True, "delete": False, "publish": False}


def collections(root: Path) -> list[Collection]:
    """Every collection of forms, in the order in which the page lists them."""
    lists = {name: model for name, model in LISTS.items() if name != "local"}
    quizzes = {name: model for name, model in QUIZ_LISTS.items() if name not in MADE}
    return [
        {**_files("local-details", "Local details", FACTS, {"local": LISTS["local"]}), "icon": "location_on"},
        *_pages(root),
        *_own_pages(root),
        _entries("sources", "Sources and their facts", SOURCES, Source, "{{short}}: {{title}}"),
        _files("lists", "Lists of facts", FACTS, lists),
        _entries("modules", "Training modules", MODULES, Module, "{{title}}"),
        _files("training", "Lists for training", QUIZZES, quizzes),
        _files("tools", "Tools", TOOLS, {name: model for name, model in MODELS.items() if (root / TOOLS / f"{name}.yml").is_file()}),
    ]


def _entries(name: str, title: str, folder: str, model: type[Any], summary: str) -> Collection:
    """A folder with a file for each thing, named after its id."""
    return {
        "name": name,
        "label": title,
        "folder": folder,
        "extension": "yml",
        **LISTED,
        **FOLDER,
        "identifier_field": "id",
        "slug": "{{id}}",
        "summary": summary,
        "fields": fields(model),
    }


def _files(name: str, title: str, folder: str, models: dict[str, Any]) -> Collection:
    """Files that are there already, each with a form of its own."""
    files = [
        {"name": one, "label": label(one), "file": f"{folder}/{one}.yml", "format": "yaml", "fields": fields(model)}
        for one, model in models.items()
    ]
    return {"name": name, "label": title, **LISTED, "files": files}


def _pages(root: Path) -> list[Collection]:
    """The pages of `docs/`, a collection for each folder: a page is named after its title when it is made, and keeps that name."""
    docs = root / overlay.DOCS
    folders = sorted({path.parent.relative_to(docs).as_posix() for path in docs.rglob("[!.]*.md")} - {"."})
    home = {"name": "home", "label": "Home", "file": f"{overlay.DOCS}/index.md", **_page()}
    return [
        {"name": "pages", "label": "Pages: home", "publish": False, "files": [home]},
        *({**_pages_of(folder), **FOLDER} for folder in folders),
    ]


def _pages_of(folder: str) -> Collection:
    return {
        "name": f"pages-{folder.replace('/', '-')}",
        "label": f"Pages: {label(folder)}",
        "folder": f"{overlay.DOCS}/{folder}",
        "extension": "md",
        **_page(),
        "slug": {"template": "{{title}}", "editable": ["create"]},
        "description": "A new page also needs a line under nav in mkdocs.yml.",
    }


def _page() -> dict[str, Any]:
    return {"format": "yaml-frontmatter", "fields": [*fields(Head), BODY]}


def _own_pages(root: Path) -> list[Collection]:
    """The partnership's own pages that are there: whole ones, and what is added to a page of ours."""
    whole = {page: file for page, file in overlay.pages(root).items() if file.startswith(overlay.OVERLAY)}
    files = [{**_own(page, file), **_page()} for page, file in whole.items()]
    files += [
        {**_own(page, file), "label": f"Added to {page}", "format": "raw", "fields": [BODY]}
        for page, file in overlay.additions(root).items()
    ]
    return [{"name": "own-pages", "label": "Your own pages", "publish": False, "files": files}] if files else []


def _own(page: str, file: str) -> dict[str, Any]:
    name = file.removeprefix(f"{overlay.OVERLAY}/").replace("/", "-").replace(".", "-")
    return {"name": name, "label": page, "file": file}
