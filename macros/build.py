"""Building the site: `python -m macros.build` checks what authors wrote, then writes `site/`.

The order of the steps is all that belongs here; each step is another module's.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from macros import check, render, runtime
from macros.finish import links, policy
from macros.library import Library

GENERATED = "overrides/generated"
LIBRARIES = {"minisearch/dist/es/index.js": "overrides/assets/javascripts/minisearch.mjs"}
"""Scripts of other people's that the site serves itself: where npm puts them, and where the browser finds them."""


def build(root: Path, site: Path) -> list[str]:
    """Build the site of `root` into `site`; returns what is wrong, and nothing when the site is whole."""
    library, complaints = check.everything(root)
    if complaints:
        return complaints
    try:
        prepare(root, library)
    except runtime.RuntimeProblem as error:
        return [str(error)]
    failed = _mkdocs(root, site)
    return failed or finish(site)


def prepare(root: Path, library: Library) -> None:
    """What has to be there before the site builder starts: the runtime, and parts of the theme made from facts."""
    runtime.build(root)
    folder = root / GENERATED
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "helplines.html").write_text(inert(render.helplines(library)), encoding="utf-8")
    for source, target in LIBRARIES.items():
        text = (root / "node_modules" / source).read_text(encoding="utf-8")
        (root / target).write_text(f"// @ts-nocheck\n{text}", encoding="utf-8")


def inert(html: str) -> str:
    """HTML that the theme may include as a template: braces in an author's words are characters, never instructions."""
    return html.replace("{", "&#123;")


def finish(site: Path) -> list[str]:
    """What every built page has to have."""
    try:
        server_policy = policy.write(site)
    except ValueError as error:
        return [str(error)]
    (site / "_headers").write_text(f"/*\n  Content-Security-Policy: {server_policy}\n", encoding="utf-8")
    return list(links.broken(site))


def _mkdocs(root: Path, site: Path) -> list[str]:
    """Run the site builder; its own words when it fails."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return said or [f"mkdocs stopped with {done.returncode} and said nothing"]


def main() -> int:
    """Build the project in the current folder into `site/`, or the folder given; 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m macros.build", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"), help="where to write it")
    root, site = Path.cwd(), parser.parse_args().site.resolve()
    wrong = build(root, site)
    if wrong:
        print("\n".join(wrong))
        print(f"{len(wrong)} to mend; the site was not built.", file=sys.stderr)
        return 1
    print(f"{site.name}/ holds {sum(1 for _ in site.rglob('*.html'))} pages.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
