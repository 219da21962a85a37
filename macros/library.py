"""Everything authors have written, read and checked: the one value that pages, citations and reports are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from engine import TOOLS as RULES
from engine import Refused, read_module
from macros import load
from macros.load import Document, Problem
from macros.schema import facts as schema
from macros.schema.base import Known
from macros.schema.facts import Conflict, Definitions, Fact, Factor, Indicator, Local, PrincipleGroup, Reference, Source, Term
from macros.schema.module import Module
from macros.schema.tool import Tool

Model = TypeVar("Model", bound=BaseModel)

FACTS = "docs/_facts"
MODULES = "quizzes/modules"
TOOLS = "quizzes/tools"


@dataclass(slots=True)
class Library:
    """What the site knows. Dictionaries are keyed by id and keep the order of the files."""

    root: Path
    sources: dict[str, Source] = field(default_factory=dict)
    facts: dict[str, tuple[Source, Fact]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    definitions: Definitions | None = None
    factors: list[Factor] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    principles: dict[str, PrincipleGroup] = field(default_factory=dict)
    glossary: list[Term] = field(default_factory=list)
    local: Local | None = None
    modules: dict[str, Module] = field(default_factory=dict)
    tools: dict[str, Tool] = field(default_factory=dict)
    written: dict[str, Any] = field(default_factory=dict)
    """Modules and tools as their authors wrote them, by id: what the engine reads."""


def read(root: Path) -> tuple[Library, list[Problem]]:
    """Read every authored file under `root`. The library is whole only when there are no problems."""
    library = Library(root)
    problems = [*_read_sources(library), *_read_facts(library), *_read_quizzes(library)]
    return library, problems


def _read_sources(library: Library) -> Iterator[Problem]:
    """Sources first: everything else refers to their facts and sections."""
    known = Known(pages=_pages(library.root))
    for document in _documents(library.root, f"{FACTS}/sources"):
        source = load.check(document, Source, known)
        yield from document.problems
        if source is None:
            _keep_ids(document, library)
            continue
        yield from _named_after_file(document, source.id)
        library.sources[source.id] = source
        for index, fact in enumerate(source.facts):
            if fact.id in library.facts:
                other = library.facts[fact.id][0].id
                yield document.complain(("facts", index, "id"), f"facts[{index + 1}].id: `{fact.id}` is used in `{other}` too; an id names one thing")
            library.facts[fact.id] = (source, fact)


def _keep_ids(document: Document, library: Library) -> None:
    """Let other files refer to the facts of a source that has a mistake in it, so that one mistake is one complaint."""
    data = document.data if isinstance(document.data, dict) else {}
    rows = data.get("facts") if isinstance(data.get("facts"), list) else []
    sections = data.get("sections") if isinstance(data.get("sections"), list) else []
    source = Source.model_construct(
        id=str(data.get("id")),
        short="",
        page="",
        sections=[schema.Section.model_construct(id=str(s.get("id")), title="") for s in sections if isinstance(s, dict)],
    )
    library.sources[source.id] = source
    for row in rows:
        if isinstance(row, dict) and "id" in row:
            library.facts[str(row["id"])] = (source, Fact.model_construct(id=str(row["id"]), section="", claim=""))


def _known(library: Library) -> Known:
    sections = {name: {section.id for section in source.sections} for name, source in library.sources.items()}
    return Known(library.facts.keys(), sections, _pages(library.root))


def _read_facts(library: Library) -> Iterator[Problem]:
    known = _known(library)
    for name, model in _LISTS.items():
        document = _document(library.root, f"{FACTS}/{name}.yml")
        read = load.check(document, model, known)
        yield from document.problems
        if isinstance(read, schema.Conflicts):
            library.conflicts = {conflict.id: conflict for conflict in read.conflicts}
        elif isinstance(read, schema.Principles):
            library.principles = {group.source: group for group in read.principles}
        elif isinstance(read, schema.Listed):
            setattr(library, name, getattr(read, name))
        else:
            setattr(library, name, read)


_LISTS: dict[str, type[BaseModel]] = {
    "references": schema.References,
    "conflicts": schema.Conflicts,
    "definitions": schema.Definitions,
    "factors": schema.Factors,
    "indicators": schema.Indicators,
    "principles": schema.Principles,
    "glossary": schema.Glossary,
    "local": schema.Local,
}


def _read_quizzes(library: Library) -> Iterator[Problem]:
    known = _known(library)
    asked: dict[str, str] = {}
    for document in _documents(library.root, MODULES):
        module = load.check(document, Module, known)
        yield from document.problems
        if module is not None:
            yield from _named_after_file(document, module.id)
            yield from _asked_once(document, module, asked)
            yield from _engine_reads(document, read_module)
            library.modules[module.id] = module
            library.written[module.id] = document.data
    for document in _documents(library.root, TOOLS):
        tool = load.check(document, Tool, known)
        yield from document.problems
        if tool is not None:
            yield from _named_after_file(document, tool.id)
            yield from _engine_reads(document, RULES[tool.rule].read)
            library.tools[tool.id] = tool
            library.written[tool.id] = document.data


def _asked_once(document: Document, module: Module, asked: dict[str, str]) -> Iterator[Problem]:
    """An answer is kept under its question's id alone, so no two modules may share one."""
    for index, question in enumerate(module.questions):
        if question.id in asked:
            text = f"questions[{index + 1}].id: `{question.id}` is used in `{asked[question.id]}` too; an id names one thing"
            yield document.complain(("questions", index, "id"), text)
        asked[question.id] = module.id


def _engine_reads(document: Document, engine_read: Any) -> Iterator[Problem]:
    """What passes here has to be readable there: the engine has the last word."""
    try:
        engine_read(document.data)
    except Refused as refused:
        yield document.complain((), f"the marking engine cannot read this: {refused.text}")


def _named_after_file(document: Document, name: str) -> Iterator[Problem]:
    stem = Path(document.file).stem
    if name != stem:
        yield document.complain(("id",), f"id: found `{name}`; it has to be the file's name, `{stem}`")


def _documents(root: Path, folder: str) -> Iterable[Document]:
    return [load.read(path, root) for path in sorted((root / folder).glob("*.yml"))]


def _document(root: Path, name: str) -> Document:
    path = root / name
    return load.read(path, root) if path.is_file() else Document(name, problems=[Problem(name, 1, "this file is missing")])


def _pages(root: Path) -> frozenset[str]:
    docs = root / "docs"
    return frozenset(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
