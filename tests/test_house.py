"""The rules between rooms, as tests: who may import what, which names belong to one file, and the sizes to notice drift by."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

from engine import KINDS, TOOLS
from macros import inert
from macros.schema.words import nearest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("engine", "macros", "bench", "scripts", "tests")
PYTHON = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts)
ENGINE = [path for path in PYTHON if path.is_relative_to(ROOT / "engine")]
MACROS = [path for path in PYTHON if path.is_relative_to(ROOT / "macros")]
BORROWED = {"minisearch.mjs"}
"""Scripts that others wrote and we carry as they are."""
SCRIPTS = sorted((ROOT / "overrides/assets/javascripts").rglob("*.mjs"))
OURS = [path for path in SCRIPTS if path.name not in BORROWED]
MANUAL = ROOT / "docs/contribute/question-kinds.md"

FORBIDDEN_MODULES = {"asyncio", "http", "js", "os", "pathlib", "pyodide", "random", "secrets", "socket", "subprocess", "time",
                     "urllib", "uuid"}  # fmt: skip
FORBIDDEN_NAMES = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}
LONGEST_FUNCTION, LONGEST_MODULE = 40, 300


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), _name(path))


def _imports(path: Path) -> Iterator[str]:
    """The first part of every module a file imports, wherever in the file."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if not node.level else path.relative_to(ROOT).parts[0]


def _without_comments(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(?m)(?:^|\s)//.*$", "", text)


def test_there_is_something_to_test() -> None:
    assert ENGINE
    assert MACROS
    assert SCRIPTS


@pytest.mark.parametrize("path", ENGINE, ids=_name)
def test_the_engine_imports_the_standard_library_and_itself(path: Path) -> None:
    assert set(_imports(path)) <= ({"engine", *sys.stdlib_module_names} - FORBIDDEN_MODULES)


@pytest.mark.parametrize("path", ENGINE, ids=_name)
def test_the_engine_reads_no_file_no_clock_and_prints_nothing(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Name):
            assert node.id not in FORBIDDEN_NAMES, f"line {node.lineno}: {node.id}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"now", "today", "utcnow", "fromtimestamp"}, f"line {node.lineno}: {node.attr}"


def test_only_one_file_knows_mkdocs() -> None:
    assert [_name(path) for path in MACROS if {"mkdocs", "mkdocs_macros"} & set(_imports(path))] == []
    tree = _tree(ROOT / "macros/__init__.py")
    defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert defined == ["define_env"]
    assert not [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    used = re.findall(r'env\.variables\["page"\]\)?\.(\w+)', (ROOT / "macros/__init__.py").read_text(encoding="utf-8"))
    assert set(used) <= {"url", "title", "meta"}


def test_macros_import_what_they_may() -> None:
    libraries = {"pydantic", "pydantic_core", "yaml", "jinja2", "lxml", "markdown", "markupsafe", "segno", "text2qti", "watchfiles"}
    allowed = {"engine", "macros", *libraries}
    inside = {"pyodide_build"}  # runs in Pyodide, not here
    found = {name for path in MACROS for name in _imports(path)}
    assert found - set(sys.stdlib_module_names) - allowed - inside == set()


def test_the_plugins_are_those_of_the_house() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    plugins = text.partition("\nplugins:")[2].partition("\nmarkdown_extensions:")[0]
    assert set(re.findall(r"^  - (\w+)", plugins, re.MULTILINE)) <= {"search", "macros", "tags", "meta", "redirects"}
    assert "hooks:" not in text


def test_pages_are_checked_as_markdown_of_the_builders_extensions() -> None:
    listed = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nmarkdown_extensions:")[2].partition("\nvalidation:")[0]
    own = MkDocsConfig.markdown_extensions.builtins
    assert {*inert.EXTENSIONS} == {*own, *re.findall(r"^  - (\w+)(?![\w.])", listed, re.MULTILINE)}


def _saying(words: str) -> set[str]:
    return {path.name for path in SCRIPTS if words.lower() in _without_comments(path).lower()}


def test_each_power_has_one_script() -> None:
    assert _saying("pyodide") <= {"worker.mjs"}
    assert _saying("localStorage") <= {"storage.mjs"}
    assert _saying("sessionStorage") == set()
    assert _saying("serviceWorker") <= {"copy.mjs"}
    assert _saying("caches.") <= {"copy.mjs", "copy-worker.mjs"}
    assert _saying("innerHTML") == set()
    assert _saying("outerHTML") == _saying("insertAdjacentHTML") == _saying("document.write") == set()


def test_templates_run_nothing() -> None:
    for path in (ROOT / "overrides").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:|\|\s*safe\b", text), _name(path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_one_name_across_rooms(kind: str) -> None:
    for place in (f"engine/kinds/{kind}.py", f"overrides/partials/quiz/{kind}.html", f"tests/cases/marking/{kind}.yml"):
        assert (ROOT / place).is_file(), place
    assert f"\n## {kind}\n" in MANUAL.read_text(encoding="utf-8"), f"{_name(MANUAL)} has no heading for {kind}"


def test_no_room_has_a_kind_of_its_own() -> None:
    assert {path.stem for path in (ROOT / "engine/kinds").glob("[!_]*.py")} == set(KINDS)
    assert {path.stem for path in (ROOT / "tests/cases/marking").glob("*.yml")} <= {*KINDS, "summary"}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_is_one_name_across_rooms(tool: str) -> None:
    for place in (
        f"engine/tools/{tool.replace('-', '_')}.py",
        f"quizzes/tools/{tool}.yml",
        f"overrides/partials/tool/{tool}.html",
        f"tests/cases/tools/{tool}.yml",
        f"docs/tools/{tool}.md",
    ):
        assert (ROOT / place).is_file(), place


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", PYTHON, ids=_name)
def test_sizes(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for function in _functions(path):
        assert (function.end_lineno or 0) - function.lineno < LONGEST_FUNCTION, function.name


@pytest.mark.parametrize("path", PYTHON, ids=_name)
def test_every_module_says_what_belongs_in_it(path: Path) -> None:
    assert ast.get_docstring(_tree(path)), "the file opens with no docstring"


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_every_script_says_what_belongs_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("/**")
    assert len(text.splitlines()) <= LONGEST_MODULE


def test_an_unknown_key_is_answered_with_the_nearest() -> None:
    assert nearest("minuts", ["minutes", "title"]) == " (did you mean `minutes`?)"
    assert nearest("zzz", ["minutes", "title"]) == ""


def test_python_names_are_plain() -> None:
    names = {path.stem for path in PYTHON}
    assert not names & {"utils", "helpers", "common", "misc", "base_classes"}
    for path in [*ENGINE, *MACROS]:
        classes = {node.name for node in ast.walk(_tree(path)) if isinstance(node, ast.ClassDef)}
        assert not [name for name in classes if name.endswith(("Manager", "Handler", "Service", "Base"))], _name(path)
