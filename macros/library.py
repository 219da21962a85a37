"""Everything authors have written, read and checked: the one value that pages, citations and reports are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from engine import TOOLS as RULES
from engine import Refused, read_module
from macros import load, overlay, quality
from macros.load import Document, Problem
from macros.schema import facts as schema
from macros.schema import lists
from macros.schema.base import File, Known
from macros.schema.facts import Conflict, Definitions, Factor, Indicator, PrincipleGroup, Reference, Term
from macros.schema.lists import Change, Excused, Poster, Row, Stale, Synonyms, System
from macros.schema.local import Local
from macros.schema.module import Module
from macros.schema.page import Head
from macros.schema.profile import Profile
from macros.schema.source import Fact, Source
from macros.schema.tool import Frame
from macros.schema.training import Misconception, Misconceptions, Published, WhereToStart
from macros.schema.words import nearest
from macros.schema.worksheets import MODELS

Quiz = TypeVar("Quiz", Module, Frame)

FACTS = "docs/_facts"
SOURCES = "docs/_facts/sources"
QUIZZES = "quizzes"
PUBLISHED = "quizzes/published.yml"
MODULES = "quizzes/modules"
TOOLS = "quizzes/tools"


class Unreadable(Exception):
    """What was asked for is in a file with a mistake: that file's own complaint says so, and nothing else should."""


class _Broken:
    """Stands in the library for what a file with a mistake would have held. Touching it in any way raises Unreadable."""

    def _touch(self, *_: object) -> NoReturn:
        raise Unreadable

    __bool__ = __contains__ = __getattr__ = __getitem__ = __iter__ = __len__ = _touch


BROKEN: Any = _Broken()


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
    systems: list[System] = field(default_factory=list)
    comparison: list[Row] = field(default_factory=list)
    posters: list[Poster] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    terms: list[Stale] = field(default_factory=list)
    search: list[Synonyms] = field(default_factory=list)
    uncited: list[Excused] = field(default_factory=list)
    local: Local | None = None
    profile: Profile | None = None
    misconceptions: list[Misconception] = field(default_factory=list)
    published: Published | None = None
    start: WhereToStart | None = None
    modules: dict[str, Module] = field(default_factory=dict)
    tools: dict[str, Frame] = field(default_factory=dict)
    written: dict[str, Any] = field(default_factory=dict)
    """Modules and where to start as their authors wrote them, by id: what the engine reads."""
    sheets: dict[str, Any] = field(default_factory=dict)
    """Tools as their authors wrote them, by id: a tool and a module may share a name."""
    pages: dict[str, Head] = field(default_factory=dict)
    """The heads of the pages, by their path below `docs/`."""
    citing: dict[str, list[str]] = field(default_factory=dict)
    """The facts that each page cites, by the page's address."""
    made: dict[str, str] = field(default_factory=dict)
    """What the macros gave, by the call (`made.call`), so that a check and the build after it fill a page once."""


def read(root: Path) -> tuple[Library, list[Problem]]:
    """Read every authored file under `root`. The library is whole only when there are no problems."""
    library = Library(root)
    problems = [*_read_sources(library), *_read_lists(library, FACTS, LISTS), *_read_lists(library, QUIZZES, QUIZ_LISTS)]
    known = known_to(library)
    return library, [*problems, *_read_modules(library, known), *_read_tools(library, known)]


def _read_sources(library: Library) -> Iterator[Problem]:
    """Sources first: everything else refers to their facts and sections."""
    known = Known(pages=_pages(library.root))
    owners: dict[str, str] = {}
    for document in _documents(library.root, SOURCES):
        source = load.check(document, Source, known)
        yield from document.problems
        if source is None:
            library.sources[Path(document.file).stem] = BROKEN
            for name in document.ids():
                library.facts.setdefault(name, (BROKEN, BROKEN))
            continue
        yield from _named_after_file(document, source.id, library.sources)
        library.sources[source.id] = source
        for index, fact in enumerate(source.facts):
            if fact.id in owners:
                text = f"facts[{index + 1}].id: `{fact.id}` is used in `{owners[fact.id]}` too; an id names one thing"
                yield document.complain(("facts", index, "id"), text)
            owners[fact.id] = source.id
            library.facts[fact.id] = (source, fact)


def known_to(library: Library) -> Known:
    sections = {
        name: None if source is BROKEN else {section.id for section in source.sections}
        for name, source in library.sources.items()
    }
    beliefs = None if library.misconceptions is BROKEN else frozenset(one.id for one in library.misconceptions)
    return Known(library.facts.keys(), sections, _pages(library.root), beliefs, _stems(library.root, MODULES))


LISTS: dict[str, type[File]] = {
    "references": schema.References,
    "conflicts": schema.Conflicts,
    "definitions": schema.Definitions,
    "factors": schema.Factors,
    "indicators": schema.Indicators,
    "principles": schema.Principles,
    "glossary": schema.Glossary,
    "systems": lists.Systems,
    "comparison": lists.Comparison,
    "posters": lists.Posters,
    "changes": lists.Changes,
    "terms": lists.Terms,
    "search": lists.Search,
    "uncited": lists.Uncited,
    "local": Local,
    "profile": Profile,
}


QUIZ_LISTS: dict[str, type[File]] = {
    "misconceptions": Misconceptions,
    "published": Published,
    "where-to-start": WhereToStart,
}
_ATTRIBUTES = {"where-to-start": "start"}


def _read_lists(library: Library, folder: str, models: dict[str, type[File]]) -> Iterator[Problem]:
    """The files of a folder that each hold one list, or one thing for the whole site. A later one may refer to an earlier one."""
    documents = {Path(document.file).stem: document for document in _documents(library.root, folder)}
    for name in documents.keys() - models.keys():
        text = f"nothing reads this file{nearest(name, models)}; allowed: {', '.join(f'{name}.yml' for name in models)}"
        yield Problem(documents[name].file, 1, text)
    for name, model in models.items():
        missing = Problem(f"{folder}/{name}.yml", 1, "this file is missing")
        document = documents.get(name) or Document(missing.file, problems=[missing])
        read = load.check(document, model, known_to(library))
        yield from document.problems
        attribute = _ATTRIBUTES.get(name, name)
        if isinstance(read, WhereToStart):
            library.written[name] = document.data
        if read is None:
            setattr(library, attribute, BROKEN)
        elif isinstance(read, schema.Conflicts):
            library.conflicts = {conflict.id: conflict for conflict in read.conflicts}
        elif isinstance(read, schema.Principles):
            library.principles = {group.source: group for group in read.principles}
        else:
            setattr(library, attribute, getattr(read, name) if isinstance(read, schema.Listed) else read)


def _read_modules(library: Library, known: Known) -> Iterator[Problem]:
    asked: dict[str, str] = {}
    for document in _documents(library.root, MODULES):
        module = load.check(document, Module, known)
        yield from _shelve(library.modules, library.written, document, module, read_module)
        if module is not None:
            yield from _asked_once(document, module, asked)
            poor = [] if document.problems else list(quality.problems(document, module))
            yield from poor
            if poor:
                library.modules[Path(document.file).stem] = library.written[Path(document.file).stem] = BROKEN


def _read_tools(library: Library, known: Known) -> Iterator[Problem]:
    for document in _documents(library.root, TOOLS):
        tool = _check_tool(document, known)
        yield from _shelve(library.tools, library.sheets, document, tool, lambda data: RULES[data["rule"]].read(data))


def _check_tool(document: Document, known: Known) -> Frame | None:
    """A tool by the model of the rule it names. Where that is no rule, nothing else can be told of the file."""
    rule = document.data.get("rule") if isinstance(document.data, dict) else None
    if isinstance(rule, str) and rule in MODELS:
        return load.check(document, MODELS[rule], known)
    if not document.problems:
        found = f"found '{rule}'{nearest(rule, MODELS)}" if isinstance(rule, str) else "this is missing or no text"
        document.problems.append(document.complain(("rule",), f"rule: {found}; allowed: {', '.join(MODELS)}"))
    return None


def _shelve(
    shelf: dict[str, Quiz], written: dict[str, Any], document: Document, quiz: Quiz | None, engine_read: Callable[[Any], object]
) -> Iterator[Problem]:
    """Keep a module or a tool if it has no mistake and the engine can read it; tell what is wrong if not."""
    yield from document.problems
    refused = _engine_refuses(document, engine_read) if quiz else None
    if quiz is None or refused:
        shelf[Path(document.file).stem] = written[Path(document.file).stem] = BROKEN
        yield from [refused] if refused else []
        return
    yield from _named_after_file(document, quiz.id, shelf)
    shelf[quiz.id] = quiz
    written[Path(document.file).stem] = written[quiz.id] = document.data


def _engine_refuses(document: Document, engine_read: Callable[[Any], object]) -> Problem | None:
    """What passes here has to be readable there: the engine has the last word."""
    try:
        engine_read(document.data)
    except Refused as refused:
        return document.complain((), f"the marking engine cannot read this: {refused.text}")
    return None


def _asked_once(document: Document, module: Module, asked: dict[str, str]) -> Iterator[Problem]:
    """An answer is kept under its question's id alone, so no two modules may share one."""
    for index, question in enumerate(module.questions):
        if question.id in asked:
            name = f"questions[{index + 1}].id: `{question.id}`"
            text = f"{name} is used in `{asked[question.id]}` too; an id names one thing"
            yield document.complain(("questions", index, "id"), text)
        asked[question.id] = module.id


def _named_after_file(document: Document, name: str, shelf: dict[str, Any]) -> Iterator[Problem]:
    """What is called otherwise than its file is found under both names until that is mended."""
    stem = Path(document.file).stem
    if name != stem:
        shelf.setdefault(stem, BROKEN)
        yield document.complain(("id",), f"id: found `{name}`; it has to be the file's name, `{stem}`")


def _documents(root: Path, folder: str) -> Iterator[Document]:
    """Every YAML file of a folder. Names that start with a dot are editors' own; `.yaml` would be missed, so it is told."""
    for path in sorted((root / folder).glob("[!.]*")):
        if path.suffix == ".yml":
            yield load.read(path, root)
        elif path.suffix.lower() in (".yaml", ".yml"):
            name = path.relative_to(root).as_posix()
            yield Document(name, problems=[Problem(name, 1, "the file's name has to end in .yml, in small letters")])


def _stems(root: Path, folder: str) -> frozenset[str]:
    return frozenset(path.stem for path in (root / folder).glob("[!.]*.yml"))


def _pages(root: Path) -> frozenset[str]:
    return frozenset(overlay.pages(root))
