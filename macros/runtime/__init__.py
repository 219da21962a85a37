"""What the browser loads, built before the site is.

`build(root)` turns the engine and the parts of Pyodide it needs into `overrides/assets/runtime/` and returns the manifest the
page is told it by. Everything is compiled by Pyodide's own interpreter under Node (`compile.mjs`, `inside.py`), because bytecode of
any other Python is refused by the browser's. A build of the same inputs is recognised by its key and does nothing; a new one is made in
a temporary folder and put in place file by file, the manifest last, so that a page never reads of a file that is not there.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from macros.runtime import inputs, pack
from macros.runtime.node import run
from macros.runtime.problem import RuntimeProblem

__all__ = ["Manifest", "RuntimeProblem", "build", "manifest"]

Manifest = dict[str, object]

OUTPUT = Path("overrides/assets/runtime")
NAME = "manifest.json"


def manifest(root: Path) -> Manifest | None:
    """The manifest of the build that stands in `root`, or None when there is none."""
    try:
        found = json.loads((root / OUTPUT / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def build(root: Path, *, deflate: bool = False) -> Manifest:
    """Build the runtime where it is not already up to date, and return its manifest.

    Shape: `{"key", "pyodide", "magic", "deflated", "lock", "files": {role: {"path", "sha256", "bytes"}}}`, with paths relative to
    the manifest and roles worker, loader, script, wasm, stdlib and engine. `deflate` is for hosts that do not compress the
    two archives themselves. Raises `RuntimeProblem` (one plain sentence) where something it needs is missing.
    """
    key = inputs.key(root, deflate=deflate)
    standing = manifest(root)
    if standing is not None and standing.get("key") == key and pack.complete(root / OUTPUT, standing):
        return standing
    (root / ".cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root / ".cache", prefix="runtime-") as folder:
        work = Path(folder)
        magic = _compile(root, work)
        made = work / "made"
        files = pack.make(root, work, made, deflate=deflate)
        told: Manifest = {
            "key": key,
            "pyodide": inputs.PYODIDE,
            "magic": magic,
            "deflated": deflate,
            "lock": inputs.lock(root),
            "files": files,
        }
        (made / NAME).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        pack.put(made, root / OUTPUT, last=NAME)
    return told


def _compile(root: Path, work: Path) -> str:
    """Compile the engine and the trimmed library inside Pyodide into `work/compiled`; return the magic number in hex."""
    pack.wheel(root / "engine", work / "compiled" / pack.WHEEL)
    job = {
        "wheels": [str(path) for path in inputs.wheels(root)],
        "engine": inputs.modules(root / "engine"),
        "keep": inputs.kept(root / "engine"),
        "drop": inputs.listed(inputs.DROP),
        "samples": ["", '{"task": "mark", "definition": {}, "responses": {}}'],
    }
    (work / "job.json").write_text(json.dumps(job), encoding="utf-8")
    return run(root, root / "macros/runtime/compile.mjs", str(work)).strip().splitlines()[-1]
