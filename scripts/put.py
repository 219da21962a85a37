"""Putting the built site where a host serves it from: a branch of this repository. `python scripts/put.py BRANCH [FOLDER]` makes the branch
hold the site, in a folder of it for a preview, and sends it to `origin`. What else stands on the branch in folders of its own stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PREVIEWS = "preview"
"""The folder of the branch that holds previews, one for each proposed change."""


def put(root: Path, branch: str, folder: str = "", site: str = "site") -> str:
    """Commit the site to the branch and push it; returns a line that says so. Raises `CalledProcessError` where git refuses."""
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place) / "tree"
        _git(root, "worktree", "add", "--quiet", "--detach", str(tree))
        try:
            _begin(tree, branch)
            _write(root / site, tree, folder)
            return _send(tree, branch, folder)
        finally:
            _git(root, "worktree", "remove", "--force", str(tree))


def _begin(tree: Path, branch: str) -> None:
    """The branch as `origin` has it, or an empty one."""
    known = subprocess.run(["git", "fetch", "--quiet", "origin", branch], cwd=tree, capture_output=True, check=False).returncode == 0
    if known:
        _git(tree, "checkout", "--quiet", "-B", branch, "FETCH_HEAD")
    else:
        _git(tree, "checkout", "--quiet", "--orphan", branch)
        _git(tree, "rm", "--quiet", "-r", "--force", ".")


def _write(site: Path, tree: Path, folder: str) -> None:
    target = tree / folder
    if folder:
        shutil.rmtree(target, ignore_errors=True)
    else:
        for old in tree.iterdir():
            if old.name not in (".git", PREVIEWS):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(site, target, dirs_exist_ok=True)
    (tree / ".nojekyll").touch()  # so that GitHub serves the files as they are


def _send(tree: Path, branch: str, folder: str) -> str:
    _git(tree, "add", "--all", "--force")
    if _git(tree, "status", "--porcelain"):
        _git(tree, "commit", "--quiet", "-m", f"Put the site into {folder or 'place'}")
    _git(tree, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
    return f"The site is on the branch {branch}{f', in {folder}/' if folder else ''}."


def _git(where: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=where, capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Put `site/` of the current folder on a branch."""
    if len(sys.argv) == 1:
        print("Say which branch: make put BRANCH=gh-pages", file=sys.stderr)
        return 1
    if not (Path.cwd() / "site").is_dir():
        print("There is no site/ yet: run make publish first.", file=sys.stderr)
        return 1
    branch, *folder = sys.argv[1:]
    try:
        print(put(Path.cwd(), branch, *folder))
    except subprocess.CalledProcessError as error:
        said = str(error.stderr).strip().splitlines() or ["git said nothing"]
        print(f"The site was not put on {branch}: {said[-1]}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
