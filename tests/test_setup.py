"""Readying a machine: what it takes, what it leaves alone, and the one plain line it says when it cannot go on."""

from __future__ import annotations

import ast
import errno
import hashlib
import os
import sys
from pathlib import Path

import pytest

from scripts import plain, setup
from tests.programs import RECORD, program

ROOT = Path(__file__).resolve().parent.parent
NEW_PYTHON = 'case "$*" in *version_info*) echo "3 12 1";; esac\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a `.venv` that answers, every lock file, a Node, and a record of every program that was run."""
    folder = tmp_path / "a project"
    program(folder / ".venv/bin", "python", RECORD + NEW_PYTHON)
    program(tmp_path / "node", "node", "echo v22.1.0")
    program(tmp_path / "node", "npm", RECORD + "[ -d node_modules ] || /bin/mkdir node_modules")
    for name in ("requirements.txt", "requirements-node.txt", "requirements-runtime.txt", "package.json", "package-lock.json"):
        (folder / name).write_text(name, encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path / "node"))
    monkeypatch.setenv("RECORD", str(tmp_path / "record"))
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.setattr(plain.Log, "begun", False)
    return folder


def installed(root: Path) -> list[str]:
    """What was installed so far: the verb of each pip and npm that ran, and the file it was given."""
    record = root.parent / "record"
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    words = [line.partition(".venv/bin/python ")[2] or line.partition("node/")[2] for line in lines]
    return [line.split(" --")[0] + line[line.find(" -r ") :] * (" -r " in line) for line in words if line.startswith(("-m pip", "npm"))]


# A run


def test_a_second_run_installs_nothing(root: Path) -> None:
    setup.set_up(str(root))
    assert installed(root) == ["-m pip install -r requirements.txt", "npm ci"]
    setup.set_up(str(root))
    assert len(installed(root)) == 2


@pytest.mark.parametrize(
    ("name", "again"),
    [("requirements.txt", "-m pip install -r requirements.txt"), ("package-lock.json", "npm ci"), ("package.json", "npm ci")],
)
def test_only_what_a_changed_file_asks_for_is_installed_again(root: Path, name: str, again: str) -> None:
    setup.set_up(str(root))
    (root / name).write_text("changed", encoding="utf-8")
    setup.set_up(str(root))
    assert installed(root)[2:] == [again]


def test_a_failed_installation_is_tried_again_by_the_next_run(root: Path) -> None:
    program(root / ".venv/bin", "python", RECORD + NEW_PYTHON + 'case "$*" in *requirements.txt*) exit 1;; esac')
    for _ in range(2):
        with pytest.raises(plain.Problem):
            setup.set_up(str(root))
    assert installed(root) == ["-m pip install -r requirements.txt"] * 2


def test_the_runtime_s_compiler_is_downloaded_only_while_it_is_missing(root: Path) -> None:
    digest = hashlib.sha256(b"wheel").hexdigest()
    (root / "requirements-runtime.txt").write_text(f"one==1 --hash=sha256:{digest}\n", encoding="utf-8")
    setup.set_up(str(root))
    assert "-m pip download -r requirements-runtime.txt -d .cache/wheels" in installed(root)
    (root / ".cache/wheels").mkdir()
    (root / ".cache/wheels/one.whl").write_bytes(b"wheel")
    before = len(installed(root))
    setup.set_up(str(root))
    assert len(installed(root)) == before


def test_a_missing_lock_file_is_named(root: Path) -> None:
    (root / "requirements.txt").unlink()
    with pytest.raises(plain.Problem, match=r"^requirements\.txt is missing, .* fetch it again\.$"):
        setup.set_up(str(root))


# Python


def test_what_an_old_python_starts_can_be_read_by_it() -> None:
    for name in ("__init__.py", "plain.py", "setup.py"):
        tree = ast.parse((ROOT / "scripts" / name).read_text(encoding="ascii"), feature_version=(3, 7))
        newer = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Nonlocal)
        assert not [node for node in ast.walk(tree) if isinstance(node, newer)], name
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        assert not [node.name for node in functions if node.returns or node.args.kwonlyargs or node.args.posonlyargs], name


def test_a_python_that_is_too_old_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    assert setup.main([]) == 1
    said = capsys.readouterr()
    assert said.err == (
        "Python 3.11 or newer is needed and this is Python 3.9.18: install one, or name it, "
        "as in `make build PYTHON=python3.12`.\n"
    )
    assert said.out == ""


def test_an_old_python_hands_over_to_a_newer_one_that_starts(tmp_path: Path) -> None:
    program(tmp_path / "shims", "python3.13", "exit 127")
    program(tmp_path / "shims", "python3.12", 'echo "3 10 2"')
    newer = program(tmp_path / "real", "python3.12", 'echo "3 12 1"')
    environment = {"PATH": f"{tmp_path / 'shims'}{os.pathsep}{tmp_path / 'real'}"}
    started: list[tuple[str, list[str], dict[str, str]]] = []
    setup.restart_with_newer(environment, (3, 9, 18), lambda *what: started.append(what))
    assert started == [(str(newer), [str(newer), *sys.argv], environment | {setup.RESTARTED: "1"})]


@pytest.mark.parametrize("said", [{"PYTHON": "python3.9"}, {setup.RESTARTED: "1"}])
def test_a_python_that_was_named_is_not_replaced_and_no_hand_over_repeats(tmp_path: Path, said: dict[str, str]) -> None:
    program(tmp_path, "python3.12", 'echo "3 12 1"')
    with pytest.raises(plain.Problem, match=r"^Python 3\.11 or newer is needed and this is Python 3\.9\.18: "):
        setup.restart_with_newer({"PATH": str(tmp_path), **said}, (3, 9, 18))


def test_a_python_new_enough_goes_on(tmp_path: Path) -> None:
    setup.restart_with_newer({"PATH": ""}, (3, 11, 0), pytest.fail)


@pytest.mark.parametrize(
    ("name", "package"), [("python3", "python3-venv"), ("python3.12", "python3.12-venv"), ("python", "python3-venv")]
)
def test_a_python_without_venv_names_the_package(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    (root / ".venv/bin/python").unlink()
    monkeypatch.setattr(sys, "executable", str(program(tmp_path / "bin", name, "exit 1")))
    with pytest.raises(plain.Problem, match=f"^This Python cannot make virtual environments: run `apt install {package}`"):
        setup.set_up(str(root))


@pytest.mark.parametrize(
    ("why", "answers", "made_in", "asked"),
    [
        ("it does not start", "exit 1", "", ""),
        ("its pip is missing", 'case "$*" in *"import pip"*) exit 1;; esac; echo "3 12 1"', "", ""),
        ("it is too old", 'echo "3 10 1"', "", ""),
        ("the folder was moved", 'echo "3 12 1"', "/elsewhere", ""),
        ("another Python was asked for", 'echo "3 99 0"', "", "python3"),
    ],
)
def test_a_virtual_environment_that_does_not_serve_is_made_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str, answers: str, made_in: str, asked: str
) -> None:
    program(root / ".venv/bin", "python", answers)
    (root / ".venv/made-in").write_text(made_in, encoding="utf-8")
    monkeypatch.setenv("PYTHON", asked)
    monkeypatch.setattr(sys, "executable", str(program(tmp_path / "bin", "python3", RECORD + "echo 1")))
    setup.virtual_environment(str(root))
    assert f"-m venv --clear {root / '.venv'}" in (tmp_path / "record").read_text(encoding="utf-8"), why
    assert (root / ".venv/made-in").read_text(encoding="utf-8") == str(root)


# Node


@pytest.mark.parametrize(("said", "number"), [("v20.0.0", 20), ("v8.17.0", 8), ("", 0), ("command not found: node", 0)])
def test_node_s_version_is_read(said: str, number: int) -> None:
    assert setup.major(said) == number


def test_the_first_node_that_is_new_enough_and_has_npm_is_taken(tmp_path: Path) -> None:
    for folder, version in {"old": "v18.19.0", "broken": "", "bare": "v22.0.0", "own": "v24.0.0", "good": "v20.0.0"}.items():
        program(tmp_path / folder, "node", f"echo {version}; [ {folder} != broken ]")
        if folder != "bare":
            program(tmp_path / folder, "npm", "")
    path = os.pathsep.join(str(tmp_path / name) for name in ("none", "old", "broken", "bare", "own", "good"))
    assert setup.find_node(path, str(tmp_path / "own")) == str(tmp_path / "good")
    assert setup.find_node(str(tmp_path / "old"), "") is None
    assert setup.find_node("", "") is None


def test_a_machine_without_node_gets_one_in_the_virtual_environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    program(root / ".venv/bin", "npm", RECORD + "[ -d node_modules ] || /bin/mkdir node_modules")
    setup.set_up(str(root))
    assert "-m pip install -r requirements-node.txt" in installed(root)
    assert (root / "node_modules/.installed").is_file()


# Plain lines


PIP = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(…)'\nERROR: No matching distribution found for a"
SAID = {
    "answer": [PIP, "npm error code ENOTFOUND", "npm error code ECONNREFUSED", "ReadTimeoutError: Read timed out.", "HTTP error 503"],
    "does not have": ["ERROR: No matching distribution found for a==9", "npm error code E404", "npm error code ETARGET"],
    "disk is full": ["OSError: [Errno 28] No space left on device", "npm error code ENOSPC"],
    "refused": ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "npm error code EINTEGRITY"],
    "apt install python3-venv": ["Error: Command '['python', '-m', 'ensurepip']' returned non-zero exit status 1."],
    "could not be installed": ["", "Segmentation fault"],
}


@pytest.mark.parametrize(("told", "said"), [(told, said) for told, sayings in SAID.items() for said in sayings])
def test_what_an_installer_said_becomes_one_plain_line(told: str, said: str) -> None:
    line = plain.cause(said, "a.txt", "a.log")
    assert told in line
    assert line.endswith(".")
    assert line.count("\n") == 0


def test_an_installer_that_fails_leaves_its_words_in_the_log(root: Path) -> None:
    program(root / ".venv/bin", "python", NEW_PYTHON + 'case "$*" in *pip*install*) echo "NewConnectionError" >&2; exit 1;; esac')
    with pytest.raises(plain.Problem) as told:
        setup.set_up(str(root))
    assert str(told.value) == (
        "The package registry did not answer, so what requirements.txt names could not be fetched: check the network, "
        "then run the command again (the full log is .cache/setup.log)."
    )
    assert "NewConnectionError" in (root / ".cache/setup.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (plain.Problem("As it is."), "As it is."),
        (OSError(errno.ENOSPC, "No space left on device"), plain.FULL),
        (PermissionError(errno.EACCES, "Permission denied", "/folder"), "This user may not write to /folder: "),
        (OSError(errno.EROFS, "Read-only file system", "/folder"), "This user may not write to /folder: "),
        (ValueError("one\ntwo"), "Set-up stopped: one two (ValueError)."),
        (RuntimeError(), "Set-up stopped: no reason given (RuntimeError)."),
    ],
)
def test_no_error_is_more_than_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, line: str
) -> None:
    def fail(root: str) -> None:
        raise error

    monkeypatch.setattr(setup, "set_up", fail)
    assert setup.main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith(line)
    assert said.count("\n") == 1


def test_a_disk_left_full_is_the_cause_whatever_was_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "LEAST_FREE", 10**18)
    program(root / ".venv/bin", "python", NEW_PYTHON + 'case "$*" in *pip*install*) exit 1;; esac')
    with pytest.raises(plain.Problem, match=r"^The disk is full"):
        setup.set_up(str(root))


def test_an_interruption_leaves_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(root: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "set_up", interrupt)
    assert setup.main([]) == 130
    assert capsys.readouterr().err == "Stopped.\n"
