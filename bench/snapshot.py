"""A second visit that begins from a snapshot of Python's memory, tried out: the site does not use one.

The snapshot is taken with the engine in, so nothing has to be imported. What takes and reads it is private to Pyodide.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from macros.runtime import OUTPUT, RuntimeProblem
from macros.runtime.node import run

WORKER, MEMORY = "/bench/snapshot.mjs", "/bench/snapshot.bin"
CHANGES = [
    ("const ENGINE", f"const remembered = fetch('{MEMORY}').then((response) => response.arrayBuffer());\nconst ENGINE"),
    ("loadPyodide(options(base, runtime))", "loadPyodide({ ...options(base, runtime), _loadSnapshot: new Uint8Array(await remembered) })"),
    ("return install(python, new Uint8Array(await engine));", "return python.pyimport('engine.messages').handle;"),
]
"""What makes our worker one that starts from the snapshot."""


def files(root: Path, worker: str) -> dict[str, bytes]:
    """The snapshot and a worker that starts from it, by path. `worker` is the text of ours. Raises RuntimeProblem."""
    with tempfile.TemporaryDirectory() as holding:
        memory = Path(holding) / "memory"
        run(root, Path(__file__).parent / "remember.mjs", str((root / OUTPUT).resolve()), str(memory))
        content = memory.read_bytes()
    for ours, other in CHANGES:
        if worker.count(ours) != 1:
            raise RuntimeProblem(f"The worker no longer has this in it: {ours}")
        worker = worker.replace(ours, other)
    return {WORKER: worker.encode(), MEMORY: content}
