"""The macros that fill whole pages: the catalogue, the comparison, the references, the open checks, the changes and the posters."""

from __future__ import annotations

from macros import citing
from macros import software as supply
from macros.facts import address
from macros.fill import fill, one
from macros.library import Library
from macros.qr import squares

KINDS = {
    "assessment-tool": "Assessment tool",
    "practice-method": "Practice method",
    "guide": "Guide or toolkit",
    "framework": "Framework",
    "process": "Process or form",
    "service": "Service",
    "training": "Training",
    "measure": "Measure or review",
}
PURPOSES = {
    "notice": "Notice and describe",
    "assess": "Assess",
    "plan": "Plan and help",
    "hear": "Hear the child",
    "reflect": "Think it through",
    "work-together": "Work together and challenge",
    "learn": "Learn and train",
    "measure": "Measure and review",
}
USERS = {
    "everyone": "Everyone",
    "social-care": "Social care",
    "early-help": "Early help",
    "health": "Health",
    "schools": "Schools and early years",
    "police": "Police",
    "leads": "Leads and boards",
    "families": "Children and families",
}
CHANGE_KINDS = {"new": "New", "changed": "Changed", "corrected": "Corrected", "removed": "Removed"}


def catalogue(library: Library, base: str) -> str:
    """Table every tool, form, process and service that the sources name, filterable by purpose and user."""
    words = {"kinds": KINDS, "purposes": PURPOSES, "users": USERS}
    rows = sorted(library.systems, key=lambda system: system.name.casefold())
    return fill(library, base, "facts/catalogue.html", rows=rows, titles=titles(library), **words)


def comparison(library: Library, base: str) -> str:
    """Table the source documents side by side, a row for each question."""
    sources = [library.sources[cell.source] for cell in library.comparison[0].cells]
    return fill(library, base, "facts/comparison.html", rows=library.comparison, sources=sources)


def references(library: Library, base: str) -> str:
    """List the publications that the source documents refer to, with what for."""
    return fill(library, base, "facts/references.html", rows=library.references)


def open_checks(library: Library, base: str) -> str:
    """List every fact that a named person has yet to compare with its original, and the pages that rest on it."""
    groups = []
    for source in library.sources.values():
        unchecked = [fact for fact in source.facts if fact.status]
        if unchecked:
            groups.append((source, unchecked))
    used, names = citing.where(library.citing), titles(library)
    return fill(library, base, "facts/open-checks.html", groups=groups, used=used, titles=names)


def changes(library: Library, base: str) -> str:
    """Tell what has changed, newest first."""
    return fill(library, base, "facts/changes.html", rows=library.changes, kinds=CHANGE_KINDS, titles=titles(library))


def poster(library: Library, base: str, name: str) -> str:
    """The poster itself: an A4 sheet with its helplines and a code that leads to a page."""
    found = one("poster", name, {poster.id: poster for poster in library.posters})
    assert library.local
    site = library.local.address
    leads_to = f"{site.rstrip('/')}/{address(found.leads_to)}" if site else found.until_then.url
    named = None if site else found.until_then.name
    return fill(library, base, "facts/poster.html", poster=found, leads_to=leads_to, named=named, code=squares(leads_to))


def team_record(library: Library, base: str) -> str:
    """A box to print and fill in: how a team used a briefing."""
    return fill(library, base, "facts/team-record.html")


def titles(library: Library) -> dict[str, str]:
    """The title of every page, by the page's address."""
    return {address(path): head.title for path, head in library.pages.items()}


SOFTWARE = {"site": "In the site", "python": "pypi", "node": "npm"}


def software(library: Library, base: str, part: str) -> str:
    """Table the software of other people: what is in the `site`, or the packages of `python` or of `node` that make and test it."""
    kind = one("part", part, SOFTWARE)
    if part == "site":
        return fill(library, base, "software/shipped.html", rows=supply.shipped(library.root))
    rows = [package for package in supply.pinned(library.root) if package.kind == kind]
    return fill(library, base, "software/pinned.html", rows=rows, part=part)
