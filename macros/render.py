"""Turning what authors wrote into HTML, through the partials: the macros that pages may call.

Each macro takes the library, the way from the page to the top of the site (`""`, `"../"`, …) and what the author passed. A
name that does not exist is a ValueError with the nearest one that does; `macros/pages.py` finds the page's line for it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache

from macros import exercises, facts, listings, made
from macros.fill import FACTOR_KINDS, fill, one
from macros.finish import copy
from macros.library import Library


def cite(library: Library, base: str, *ids: str) -> str:
    """Cite one to four facts beside the sentence that says what they say."""
    if not 1 <= len(ids) <= facts.MOST_IN_A_CITATION:
        raise ValueError(f"found {len(ids)} facts; a citation holds 1 to {facts.MOST_IN_A_CITATION}")
    return fill(library, base, "facts/cite.html", ids=ids).replace("\n", "")


def list_facts(
    library: Library, base: str, *, topic: str | None = None, source: str | None = None, section: str | None = None
) -> str:
    """List the facts of a topic or of a source (and section). Children's own stories and old contact details stay out."""
    return fill(library, base, "facts/facts.html", rows=facts.listed(library, topic, source, section))


def sections(library: Library, base: str, source: str) -> str:
    """Index the sections of a source, each with the facts taken from it: where citations lead."""
    origin = facts.source(library, source)
    rows = [(part, facts.listed(library, None, source, part.id)) for part in origin.sections]
    return fill(library, base, "facts/sections.html", source=origin, rows=rows)


def definition(library: Library, base: str, edition: str | None = None) -> str:
    """Show the statutory definition limb by limb: every edition, or one."""
    assert library.definitions
    editions = {item.id: item for item in library.definitions.editions}
    shown = [one("edition", edition, editions)] if edition is not None else list(editions.values())
    limbs = library.definitions.limbs
    return fill(library, base, "facts/definition.html", editions=shown, limbs=limbs, one=edition is not None)


def local_definitions(library: Library, base: str) -> str:
    """Show the local definitions of the source documents side by side."""
    assert library.definitions
    return fill(library, base, "facts/local-definitions.html", rows=library.definitions.local)


def factors(library: Library, base: str, kind: str | None = None) -> str:
    """Table the factors, filterable: all, or `risk`, `vulnerability`, `protective` or `root-cause`."""
    if kind is not None:
        one("kind", kind, FACTOR_KINDS)
    rows = [row for row in library.factors if kind in (None, row.kind)]
    return fill(library, base, "facts/factors.html", rows=rows, kind=kind)


def indicators(library: Library, base: str) -> str:
    """Table the indicators by need, filterable."""
    return fill(library, base, "facts/indicators.html", rows=library.indicators)


def principles(library: Library, base: str, source: str) -> str:
    """Number the principles of a source."""
    group = one("list of principles for", source, library.principles)
    return fill(library, base, "facts/principles.html", group=group)


def glossary(library: Library, base: str) -> str:
    """Explain the words practitioners meet, in the order of the alphabet."""
    return fill(library, base, "facts/glossary.html", rows=library.glossary)


def currency(library: Library, base: str, source: str) -> str:
    """Say what period a source covered and that it is not current guidance."""
    return fill(library, base, "facts/currency.html", source=facts.source(library, source))


def contacts(library: Library, base: str) -> str:
    """Show who to contact: 999, the local front door, the national helplines."""
    return fill(library, base, "facts/contacts.html", local=library.local)


PARTS = {part: part for part in ("thresholds", "escalation", "training", "licensed", "contacts", "signing")}


def local(library: Library, base: str, part: str) -> str:
    """Show a part of what the partnership filled in about its own area, or say that it is not filled in."""
    names = {system.id: system.name for system in library.systems}
    return fill(library, base, "facts/local.html", local=library.local, part=one("part", part, PARTS), names=names)


def helplines(library: Library, base: str = "") -> str:
    """The national helplines alone, for the foot of every page."""
    assert library.local
    return fill(library, base, "facts/helplines.html", lines=library.local.helplines)


def england(library: Library, base: str) -> str:
    """Say that a page rests on English law, and where the other nations' guidance is."""
    return fill(library, base, "facts/england.html")


def keep_a_copy(library: Library, base: str) -> str:
    """The button that keeps the site on a person's own device, and all that can be said of it."""
    return fill(library, base, "copy/keep.html", days=copy.DAYS)


def conflict(library: Library, base: str, name: str) -> str:
    """Tell where sources differ, each with its position."""
    return fill(library, base, "facts/conflict.html", conflict=one("conflict", name, library.conflicts))


def diagram(library: Library, base: str, name: str) -> str:
    """Draw one of the site's diagrams, with its caption and its text twin."""
    names = {path.stem: path.name for path in sorted((library.root / "overrides/partials/diagrams").glob("*.html"))}
    return fill(library, base, f"diagrams/{one('diagram', name, names)}")


MACROS: dict[str, Callable[..., str]] = {
    "cite": cite,
    "facts": list_facts,
    "sections": sections,
    "definition": definition,
    "local_definitions": local_definitions,
    "factors": factors,
    "indicators": indicators,
    "principles": principles,
    "glossary": glossary,
    "currency": currency,
    "contacts": contacts,
    "local": local,
    "england": england,
    "keep_a_copy": keep_a_copy,
    "conflict": conflict,
    "diagram": diagram,
    "catalogue": listings.catalogue,
    "comparison": listings.comparison,
    "references": listings.references,
    "open_checks": listings.open_checks,
    "changes": listings.changes,
    "poster": listings.poster,
    "team_record": listings.team_record,
    "software": listings.software,
    "module": exercises.module,
    "packages": exercises.packages,
    "tool": exercises.tool,
    "tools": exercises.tools,
    "paths": exercises.paths,
    "where_to_start": exercises.where_to_start,
    "my_learning": exercises.my_learning,
    "data_profile": exercises.data_profile,
    "training_report": exercises.training_report,
}


def page_macros(library: Library, way_up: Callable[[], str]) -> dict[str, Callable[..., str]]:
    """The macros as a page calls them. `way_up()` is the way from the page being built to the top of the site.

    What a call gives is kept in `library.made`: the check calls as the page will, and what it made is handed on to the site builder.
    """

    def bind(name: str, macro: Callable[..., str]) -> Callable[..., str]:
        def called(*values: str, **named: str) -> str:
            key = made.call(name, way := way_up(), values, named)
            if key not in library.made:
                library.made[key] = macro(library, way, *values, **named)
            return library.made[key]

        called.__signature__ = _signature(name)  # type: ignore[attr-defined]
        return called

    return {name: bind(name, macro) for name, macro in MACROS.items()}


@cache
def _signature(name: str) -> inspect.Signature:
    """What a page may put between the brackets: what the macro takes, less the library and the way."""
    whole = inspect.signature(MACROS[name])
    return whole.replace(parameters=list(whole.parameters.values())[2:])
