"""The site's style sheets are one: in their order, under a name that changes with them."""

from __future__ import annotations

import re
from pathlib import Path

from macros.finish import styles

LINKS = '<link rel="stylesheet" href="{0}assets/stylesheets/b.css">\n\n  <link rel="stylesheet" href="{0}assets/stylesheets/a.css">\n'


def _site(folder: Path, sheet: str) -> Path:
    (folder / styles.FOLDER).mkdir(parents=True)
    for name, text in {"a.css": sheet, "b.css": "@font-face { src: url(../x.woff2) }"}.items():
        (folder / styles.FOLDER / name).write_text(text, "utf-8")
    for page, way in {"index.html": "", "404.html": "/", "one/two/index.html": "../../"}.items():
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text(f"<head>{LINKS.format(way)}</head>", "utf-8")
    return folder


def test_pages_name_one_sheet_that_holds_all(tmp_path: Path) -> None:
    site = _site(tmp_path, "p { color: red }")
    styles.write(site)
    assert [path.name for path in (site / styles.FOLDER).iterdir()] == ["site.css"]
    assert (site / styles.SHEET).read_text("utf-8") == "@font-face { src: url(../x.woff2) }\np { color: red }"
    for page, way in {"index.html": "", "404.html": "/", "one/two/index.html": "../../"}.items():
        text = (site / page).read_text("utf-8")
        assert re.fullmatch(rf'<head><link rel="stylesheet" href="{way}{styles.SHEET}\?v=[0-9a-f]{{12}}">\n</head>', text), text


def test_other_looks_have_another_address(tmp_path: Path) -> None:
    pages = []
    for number, colour in enumerate(("red", "blue", "red")):
        site = _site(tmp_path / str(number), f"p {{ color: {colour} }}")
        styles.write(site)
        pages.append((site / "index.html").read_text("utf-8"))
    assert pages[0] == pages[2] != pages[1]


def test_every_page_of_the_small_site_asks_for_it_once(built: Path) -> None:
    for page in built.rglob("*.html"):
        assert page.read_text("utf-8").count('rel="stylesheet"') == 1, page
