"""What the browser loads: names, hashes, bytecode and locks; and every case of the engine on the Python that readers get."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from macros.runtime import OUTPUT, RuntimeProblem, build, inputs, node, pack
from tests import cases

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("run_cases.mjs")
ROLES = {"worker", "loader", "script", "wasm", "stdlib", "engine"}
ARCHIVES = ("stdlib", "engine")


@pytest.fixture(scope="session")
def manifest() -> dict[str, Any]:
    """The manifest of an up-to-date build."""
    return dict(build(ROOT))


@pytest.fixture(scope="session")
def run(manifest: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One start of the built runtime under Node: its magic number, what it could not import, and a reply to every case."""
    kept = ["traceback", *inputs.kept(ROOT / "engine")]
    job = {"modules": [*inputs.modules(ROOT / "engine"), *kept], "texts": [text for _, text, _ in cases.messages()]}
    told = tmp_path_factory.mktemp("runtime") / "job.json"
    told.write_text(json.dumps(job), encoding="utf-8")
    command = [node.find(), str(SCRIPT), str(ROOT / OUTPUT), str(told)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def held(manifest: dict[str, Any], role: str) -> Path:
    return ROOT / OUTPUT / manifest["files"][role]["path"]


def test_files_are_what_the_manifest_says(manifest: dict[str, Any]) -> None:
    assert manifest["files"].keys() == ROLES
    for role, file in manifest["files"].items():
        content = held(manifest, role).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file["sha256"], file["bytes"]), role


def test_nothing_else_is_published(manifest: dict[str, Any]) -> None:
    named = {held(manifest, role) for role in ROLES} | {ROOT / OUTPUT / "manifest.json"}
    assert {path for path in (ROOT / OUTPUT).rglob("*") if path.is_file()} == named


def test_every_name_carries_a_hash_of_its_content(manifest: dict[str, Any]) -> None:
    files = manifest["files"]
    for role in ("worker", *ARCHIVES):
        assert f"-{files[role]['sha256'][:12]}." in files[role]["path"]
    together = hashlib.sha256("".join(files[role]["sha256"] for role in inputs.PARTS).encode()).hexdigest()
    assert {Path(files[role]["path"]).parent.name for role in inputs.PARTS} == {f"pyodide-{together[:12]}"}


def test_vendor_files_are_as_the_vendor_made_them(manifest: dict[str, Any]) -> None:
    for role, name in inputs.PARTS.items():
        assert held(manifest, role).read_bytes() == (ROOT / inputs.VENDOR / name).read_bytes()


def test_archives_hold_only_dated_sorted_bytecode(manifest: dict[str, Any]) -> None:
    for role in ARCHIVES:
        with zipfile.ZipFile(held(manifest, role)) as archive:
            names = archive.namelist()
            assert names == sorted(names)
            assert {Path(name).suffix for name in names} == {".pyc"}
            assert {info.date_time for info in archive.infolist()} == {pack.DATE}
            assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_bytecode_is_for_the_python_that_is_shipped(manifest: dict[str, Any], run: dict[str, Any]) -> None:
    assert run["magic"] == manifest["magic"]
    for role in ARCHIVES:
        with zipfile.ZipFile(held(manifest, role)) as archive:
            assert {archive.read(name)[:4].hex() for name in archive.namelist()} == {run["magic"]}


def test_the_whole_engine_is_in(manifest: dict[str, Any]) -> None:
    with zipfile.ZipFile(held(manifest, "engine")) as archive:
        sources = {path.relative_to(ROOT).as_posix() + "c" for path in inputs.sources(ROOT / "engine")}
        assert set(archive.namelist()) == sources


def test_every_module_imports_with_the_trimmed_library(run: dict[str, Any]) -> None:
    assert run["refused"] == {}


def test_every_case_on_the_python_of_readers(run: dict[str, Any]) -> None:
    expected = list(cases.messages())
    assert len(run["answers"]) == len(expected)
    replies = zip(expected, map(json.loads, run["answers"]), strict=True)
    assert [(name, reply) for (name, _, wanted), reply in replies if not cases.same(reply, wanted)] == []


def test_a_second_build_does_nothing(manifest: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.runtime.run", lambda *_: pytest.fail("built again"))
    assert build(ROOT) == manifest


def test_any_input_changes_the_key(tmp_path: Path) -> None:
    root = copy(tmp_path)
    keys = [inputs.key(root, deflate=False), inputs.key(root, deflate=True)]
    for path in (root / inputs.WORKER, root / "engine/messages.py", root / inputs.REQUIREMENTS):
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        keys.append(inputs.key(root, deflate=False))
    assert len(set(keys)) == len(keys)


def copy(root: Path) -> Path:
    """The inputs of a build in a folder of their own, with everything installed linked."""
    for path in [inputs.WORKER, inputs.REQUIREMENTS, *(p.relative_to(ROOT) for p in inputs.sources(ROOT / "engine"))]:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes((ROOT / path).read_bytes())
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    (root / ".cache").mkdir()
    (root / inputs.WHEELS).symlink_to(ROOT / inputs.WHEELS)
    (root / "macros").symlink_to(ROOT / "macros")
    return root


@pytest.mark.full
def test_a_build_is_repeatable_and_removes_what_is_stale(manifest: dict[str, Any], tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / OUTPUT / "pyodide-000000000000").mkdir(parents=True)
    (root / OUTPUT / "pyodide-000000000000/pyodide.mjs").write_text("old", encoding="utf-8")
    assert build(root)["files"] == manifest["files"]
    assert not (root / OUTPUT / "pyodide-000000000000").exists()
    smaller: Any = build(root, deflate=True)["files"]
    assert smaller["stdlib"]["bytes"] < manifest["files"]["stdlib"]["bytes"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("node_modules", "node_modules/pyodide is missing"), (".cache/wheels", "wheels are not in .cache/wheels")],
)
def test_what_is_missing_is_said_in_one_line(tmp_path: Path, name: str, said: str) -> None:
    root = copy(tmp_path)
    (root / name).unlink()
    with pytest.raises(RuntimeProblem, match=said) as told:
        build(root)
    assert "make build" in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(("version", "said"), [("v18.1.0", "Node v18.1.0 is too old"), ("", "does not start")])
def test_an_old_node_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, said: str) -> None:
    old = tmp_path / "node"
    old.write_text(f"#!/bin/sh\necho '{version}'\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("NODE", str(old))
    with pytest.raises(RuntimeProblem, match=said):
        node.find()


def test_no_node_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NODE", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeProblem, match="Node is missing"):
        node.find()


def test_locks_name_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["lockfileVersion"] == 3
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name
    for path in [ROOT / "package.json", ROOT / ".npmrc", *ROOT.glob("requirements*.txt")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links|registry *=", text), path.name


def test_versions_are_pinned_alike() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert package["dependencies"]["pyodide"] == inputs.PYODIDE == lock["node_modules/pyodide"]["version"]
    for name, version in (package["dependencies"] | package["devDependencies"]).items():
        assert lock[f"node_modules/{name}"]["version"] == version, name
    pinned = [line for line in (ROOT / inputs.REQUIREMENTS).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+ --hash=sha256:[0-9a-f]{64}", line) for line in pinned)
