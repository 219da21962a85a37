"""What holds for the project's own files: commands that exist, links that lead somewhere, and nothing of one machine in them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import program

ROOT = Path(__file__).resolve().parent.parent
INSTALLED_OR_BUILT = re.compile(
    r"\.git|\.venv|node_modules|\.\w*cache|\.hypothesis|site|hosting|overrides/(assets/runtime|generated)|.*__pycache__"
)
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
READ_FIRST = ["README.md", "CONTRIBUTING.md", "docs/contribute/index.md"]
HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"))]
FOLDERS = re.compile(r"(?<![\w.:/-])/(?:root|work|home/\w+|Users/\w+)(?=/|\b)")

ALONE = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
"""The environment of a `make` that no other `make` started."""


def committed() -> list[Path]:
    """Every file that is, or is about to be, committed; without git, every file that is neither installed nor built."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        found = [ROOT / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for folder in _folders(ROOT) for path in folder.iterdir()]
    return [path for path in found if path.is_file()]


def _folders(folder: Path) -> Iterator[Path]:
    """A folder and the folders under it, but none that is installed or built."""
    yield folder
    for under in folder.iterdir():
        if under.is_dir() and not INSTALLED_OR_BUILT.fullmatch(under.relative_to(ROOT).as_posix()):
            yield from _folders(under)


def texts() -> dict[str, str]:
    """The committed text files by name."""
    raw = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in committed()}
    return {name: content.decode("utf-8", "replace") for name, content in raw.items() if b"\0" not in content}


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if FOLDERS.search(line) or any(host in line for host in HOSTS)
    ]
    assert len(texts()) > 50
    assert not found, "\n".join(found)


@pytest.mark.parametrize("line", ["cd %sroot/x", "see `%swork/main`", '"%shome/ann/x"', "in %swork."])
def test_a_folder_of_one_machine_is_noticed(line: str) -> None:
    assert FOLDERS.search(line % "/")


@pytest.mark.parametrize("line", ["https://example.org/work/x", "paid/root", "docs/work/a", "/workshop", "and/or"])
def test_other_words_with_a_slash_are_left_alone(line: str) -> None:
    assert not FOLDERS.search(line)


@pytest.mark.parametrize("name", LOCKS)
def test_every_pinned_package_has_a_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    assert not [line for line in lines if not re.match(r"[\w.-]+==\S+( ; [^#]+?)? +--hash=sha256:[0-9a-f]{64}", line)]


def test_every_pinned_node_package_has_a_hash_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned = {name: package for name, package in packages.items() if name}
    assert pinned
    assert not [name for name, package in pinned.items() if "integrity" not in package or "resolved" in package]


def test_what_the_project_needs_is_what_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["test"]
    pinned = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    assert {re.match(r"[\w.-]+", name).group().lower() for name in needed} <= pinned  # type: ignore[union-attr]


@pytest.mark.parametrize("name", READ_FIRST)
def test_every_command_that_is_written_about_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    written = re.findall(r"(?:^|`)make((?: [a-z-]+)+)", text, re.MULTILINE)
    commands = {command for line in written for command in line.split()}
    assert "test" in commands
    assert commands <= TARGETS


def test_the_two_commands_come_straight_after_the_first_sentence() -> None:
    blocks = (ROOT / "README.md").read_text(encoding="utf-8").split("\n\n")
    assert blocks[0].startswith("# ")
    assert blocks[1].count(". ") == 0
    assert [line.split("#")[0].strip() for line in blocks[2].splitlines()[1:-1]] == ["make serve", "make test"]


def test_make_lists_every_command_in_a_line_each() -> None:
    said = subprocess.run(["make"], cwd=ROOT, env=ALONE, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in said.splitlines()} == TARGETS - {"setup"}
    assert all(len(line) < 140 for line in said.splitlines())


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_link_to_a_file_leads_to_one(name: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    files = [link.partition("#")[0] for link in links if "://" not in link]
    assert not [link for link in files if not (ROOT / link).is_file()]


def test_both_licences_are_stated() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in text
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text
    assert "docs/ and quizzes/" in text


def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)


def test_make_says_in_one_line_that_there_is_no_such_python() -> None:
    done = subprocess.run(["make", "setup", "PYTHON=/no/python"], cwd=ROOT, env=ALONE, capture_output=True, text=True, check=False)
    said = done.stderr.splitlines()
    assert done.returncode
    assert said[0] == "There is no /no/python here: install Python 3.11 or newer (Debian: apt install python3 python3-venv)."
    assert [line for line in said[1:] if not line.startswith("make")] == []


def test_ci_says_what_a_machine_lacks_when_it_may_not_install_it(tmp_path: Path) -> None:
    for name in ("make", "git", "nginx"):
        program(tmp_path, name, "exit 0")
    program(tmp_path, "python3", "exit 1")
    program(tmp_path, "id", "echo 1000")
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "dirname")
    environment = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    command = [shutil.which("bash") or "bash", ".ci/run"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "This machine lacks python3-venv chromium firefox-esr, and only root on Debian or Ubuntu can be helped to them: "
        "install them, then run this again.\n"
    )
