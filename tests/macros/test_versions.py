"""Scripts are asked for under the build's version, everywhere one names another, and a change of any changes it."""

from __future__ import annotations

from pathlib import Path

from macros.finish import versions

PAGE = '<link rel="modulepreload" href="../assets/javascripts/b.mjs"><script src="../assets/javascripts/a.mjs" type="module"></script>'
SCRIPT = """/** @typedef {import('./b.mjs').B} B */
import { b } from './b.mjs';
import {
  c,
} from './c.mjs';
import './d.mjs';
const later = () => import('./e.mjs');
const word = 'from ./b.mjs';
"""


def _site(folder: Path, script: str) -> Path:
    scripts = folder / versions.FOLDER
    scripts.mkdir(parents=True)
    (scripts / "a.mjs").write_text(script, "utf-8")
    (scripts / "b.mjs").write_text("export const b = 1;\n", "utf-8")
    (folder / "index.html").write_text(PAGE, "utf-8")
    return folder


def test_every_address_of_a_script_has_the_version(tmp_path: Path) -> None:
    site = _site(tmp_path, SCRIPT)
    version = versions.write(site)
    text = (site / versions.FOLDER / "a.mjs").read_text("utf-8")
    for name in "bcde":
        assert f"'./{name}.mjs?v={version}'" in text
    assert text.count("?v=") == 4
    assert "import('./b.mjs').B" in text, "types are left alone"
    assert (site / "index.html").read_text("utf-8").count(f'.mjs?v={version}"') == 2


def test_a_change_of_any_script_is_another_version_and_none_is_the_same(tmp_path: Path) -> None:
    found = [
        versions.write(_site(tmp_path / name, text))
        for name, text in (("1", SCRIPT), ("2", SCRIPT), ("3", SCRIPT + "\n"))
    ]
    assert found[0] == found[1] != found[2]
