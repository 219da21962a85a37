"""What a build is made from: where each input is, and the key that says whether any of them changed."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
from pathlib import Path

from macros.runtime.problem import RuntimeProblem

PYODIDE = "314.0.7"
VENDOR = Path("node_modules/pyodide")
# Pyodide's own parts by role. The lock file and the stock library stay behind: the page gets a smaller one of each.
PARTS = {"loader": "pyodide.mjs", "script": "pyodide.asm.mjs", "wasm": "pyodide.asm.wasm"}
WORKER = Path("overrides/assets/javascripts/worker.mjs")
REQUIREMENTS = Path("requirements-runtime.txt")
WHEELS = Path(".cache/wheels")
KEEP = Path(__file__).with_name("keep.txt")
DROP = Path(__file__).with_name("drop.txt")


def key(root: Path, *, deflate: bool) -> str:
    """A hash over everything the output depends on. The vendor's files stand for themselves by version and size."""
    described = [PYODIDE, str(deflate), *_vendor(root)]
    digest = hashlib.sha256("\n".join(described).encode())
    here = sorted(path for path in Path(__file__).parent.iterdir() if path.is_file())
    for path in [root / WORKER, root / REQUIREMENTS, *here, *sources(root / "engine")]:
        digest.update(f"\n{path.relative_to(root) if path.is_relative_to(root) else path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _vendor(root: Path) -> list[str]:
    """The names and sizes of the vendor's files, once their version is known to be the one we pin."""
    try:
        version = json.loads((root / VENDOR / "package.json").read_text(encoding="utf-8"))["version"]
        sizes = [f"{name} {(root / VENDOR / name).stat().st_size}" for name in [*PARTS.values(), "python_stdlib.zip"]]
    except OSError as error:
        raise RuntimeProblem("node_modules/pyodide is missing: run `make build`, which installs it.") from error
    if version != PYODIDE:
        raise RuntimeProblem(f"node_modules/pyodide is {version}, not {PYODIDE}: run `make build`, which installs it.")
    return sizes


def sources(engine: Path) -> list[Path]:
    """Every Python file of the engine, in a fixed order."""
    found = sorted(engine.rglob("*.py"))
    if not found:
        raise RuntimeProblem(f"There is no engine in {engine}.")
    return found


def modules(engine: Path) -> list[str]:
    """The dotted name of every module of the engine."""
    names = [path.relative_to(engine.parent).with_suffix("").parts for path in sources(engine)]
    return sorted({".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in names})


def kept(engine: Path) -> list[str]:
    """Modules the trimmed library must hold whatever the engine's own run imports: the allow list, and what functions import late."""
    late = {name for path in sources(engine) for name in _imported(path) if name.split(".")[0] in sys.stdlib_module_names}
    return sorted(late | set(listed(KEEP)))


def listed(path: Path) -> list[str]:
    """The names in a list of ours, one a line, `#` starting a comment."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def _imported(path: Path) -> set[str]:
    """Every module a source file names in an absolute import, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def wheels(root: Path) -> list[Path]:
    """The compiler's wheels, each known by a hash in `requirements-runtime.txt`."""
    text = (root / REQUIREMENTS).read_text(encoding="utf-8")
    wanted = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", text))
    found = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted((root / WHEELS).glob("*.whl"))}
    if not wanted <= found.keys():
        raise RuntimeProblem(f"The compiler's wheels are not in {WHEELS}: run `make build`, which downloads them.")
    return [found[digest] for digest in sorted(wanted)]


def lock(root: Path) -> dict[str, object]:
    """A lock that names no package: the loader asks for one, and the stock one is 119 KB about packages nobody loads."""
    stock = json.loads((root / VENDOR / "pyodide-lock.json").read_text(encoding="utf-8"))
    return {"info": stock["info"], "packages": {}}
