"""Archives and files: the engine as a wheel to compile, bytecode repacked so that it is repeatable, and hashed names.

Every name carries a hash of its content, so a host may let browsers keep the files for ever and an old page never meets a new
file. Pyodide's loader takes any address for its library, but finds `pyodide.asm.wasm` only by that name beside `indexURL`; its
three files therefore keep their names in a folder that carries the hash of all three, and stay exactly as the vendor made them.
The archives end in `.bin`: some learning platforms refuse packages that hold a `.zip`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from pathlib import Path

from macros.runtime import inputs

WHEEL = "engine-0-py3-none-any.whl"
COMPILED = "engine-0-cp314-none-any.whl"
LIBRARY = "stdlib.zip"
DATE = (1980, 1, 1, 0, 0, 0)

File = dict[str, str | int]


def wheel(engine: Path, path: Path) -> None:
    """Write the engine's sources as a wheel: pyodide-build compiles wheels, and names the result by the interpreter it used."""
    about = {
        "METADATA": "Metadata-Version: 2.1\nName: engine\nVersion: 0\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: macros.runtime\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for source in inputs.sources(engine):
            archive.writestr(zipfile.ZipInfo(source.relative_to(engine.parent).as_posix(), DATE), source.read_bytes())
        for name, text in about.items():
            archive.writestr(zipfile.ZipInfo(f"engine-0.dist-info/{name}", DATE), text)


def bytecode(source: Path, target: Path, *, deflate: bool) -> None:
    """Repack only the bytecode of an archive: sorted names, one fixed date, so that the same input gives the same bytes."""
    method = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(name for name in old.namelist() if name.endswith(".pyc")):
            new.writestr(zipfile.ZipInfo(name, DATE), old.read(name), compress_type=method, compresslevel=9)


def make(root: Path, work: Path, made: Path, *, deflate: bool) -> dict[str, File]:
    """Put every file of the runtime into `made` under its hashed name; the result maps roles to files."""
    made.mkdir()
    vendor = {role: root / inputs.VENDOR / name for role, name in inputs.PARTS.items()}
    folder = "pyodide-" + hashlib.sha256("".join(map(_sha256, vendor.values())).encode()).hexdigest()[:12]
    files = {role: _place(path, made, f"{folder}/{path.name}") for role, path in vendor.items()}
    for role, name in {"stdlib": LIBRARY, "engine": COMPILED}.items():
        archive = work / f"{role}.bin"
        bytecode(work / "compiled" / name, archive, deflate=deflate)
        files[role] = _place(archive, made, f"{role}-{_sha256(archive)[:12]}.bin")
    worker = root / inputs.WORKER
    return {"worker": _place(worker, made, f"worker-{_sha256(worker)[:12]}.mjs"), **files}


def _place(source: Path, folder: Path, path: str) -> File:
    target = folder / path
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, target)
    return {"path": path, "sha256": _sha256(target), "bytes": target.stat().st_size}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def complete(folder: Path, manifest: dict[str, object]) -> bool:
    """Whether every file the manifest names is there at its size."""
    files = manifest.get("files")
    if not isinstance(files, dict):
        return False
    paths = {folder / file["path"]: file["bytes"] for file in files.values()}
    return all(path.is_file() and path.stat().st_size == size for path, size in paths.items())


def put(made: Path, folder: Path, *, last: str) -> None:
    """Move what was made into place: files first, `last` after them, and only then remove what nothing names any more."""
    names = sorted((path.relative_to(made) for path in made.rglob("*") if path.is_file()), key=lambda name: (str(name) == last, name))
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(made / name, folder / name)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(folder) not in names:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
