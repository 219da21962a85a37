"""Runs inside Pyodide, not on the author's Python: trims the standard library and compiles it and the engine.

`JOB` is set by compile.mjs. First everything the engine and the allow list need is imported, before anything this file
needs itself; what then stands in `sys.modules`, less the drop list, is what the trimmed library holds. `pyodide-build`
compiles both archives in /made.
"""

import importlib
import importlib.util
import json
import sys

SHIPPED = f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip"


def used(job: dict[str, list[str]]) -> list[str]:
    """Names in the shipped library's archive of every module a run of the engine loads."""
    sys.path.append("/made/engine-0-py3-none-any.whl")
    for name in [*job["engine"], *job["keep"]]:
        importlib.import_module(name)
    handle = sys.modules["engine.messages"].handle
    for sample in job["samples"]:
        handle(sample)
    files = (getattr(module, "__file__", None) or "" for module in sys.modules.values() if not frozen(module))
    names = {name.removeprefix(SHIPPED + "/") for name in files if name.startswith(SHIPPED)}
    return sorted(names - {f"{name.replace('.', '/')}.py" for name in job["drop"]})


def frozen(module: object) -> bool:
    """Whether the interpreter holds this module itself and would never open a copy in the library."""
    return getattr(getattr(module, "__spec__", None), "origin", None) == "frozen"


def trim(names: list[str]) -> None:
    """Copy the sources named into an archive of their own."""
    zipfile = importlib.import_module("zipfile")
    with zipfile.ZipFile(SHIPPED) as shipped, zipfile.ZipFile("/made/stdlib.zip", "w") as trimmed:
        for name in names:
            trimmed.writestr(name, shipped.read(name))


def compile_all() -> None:
    """Run pyodide-build's own command on the folder that holds both archives."""
    wheels = importlib.import_module("glob").glob("/wheels/*.whl")
    sys.path[:0] = wheels
    command = importlib.import_module("pyodide_build.cli.py_compile").main
    command(["/made", "--silent", "--keep", "--compression-level", "0"], standalone_mode=False)


trim(used(json.loads(JOB)))  # type: ignore[name-defined]  # noqa: F821
compile_all()
importlib.util.MAGIC_NUMBER.hex()
