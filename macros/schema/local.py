"""What makes a copy of the site one partnership's own: `docs/_facts/local.yml`. Everything but the helplines may be missing; pages then say
that it is, and `python -m macros.publish` refuses."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from macros.schema.base import Day, File, Inbox, Line, Origin, Phone, Slug, Strict, Url
from macros.schema.words import wrong


class Helpline(Strict):
    """A national line that anyone may call. Posters for children show those that are `for_children`."""

    name: Line
    number: Phone
    who: Line
    """Whom it is for."""
    when: Line
    """When it answers."""
    for_children: bool = False
    """Posters for children show it."""


class FrontDoor(Strict):
    """The publishing partnership's own contacts. Empty until the partnership fills and dates them."""

    name: Line | None = None
    number: Phone | None = None
    """The number in office hours."""
    out_of_hours: Phone | None = None
    """The emergency duty team's number."""
    url: Url | None = None
    """The page for reporting a concern."""
    checked_on: Day | None = None
    """The day somebody rang them."""

    @model_validator(mode="after")
    def _dated(self) -> FrontDoor:
        contacts = self.number or self.url or self.out_of_hours
        if contacts and not self.checked_on:
            raise wrong((("checked_on",), "this is missing: contacts are shown only with the date somebody checked them"))
        if self.checked_on and not contacts:
            raise wrong((("checked_on",), "found a date but no `number`, `out_of_hours` or `url` that was checked then"))
        return self


class Contact(Strict):
    """Whom to ask about one need, with the day somebody checked it."""

    need: Line
    """What it is for, like Food and money."""
    name: Line
    number: Phone | None = None
    url: Url | None = None
    checked_on: Day
    """The day somebody checked it."""

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if not (self.number or self.url):
            raise wrong((("number",), "this is missing: a contact has a `number`, a `url` or both"))
        return self


class LocalPage(Strict):
    """A document of the partnership's own, where it is, and the day somebody checked it."""

    title: Line
    url: Url
    checked_on: Day


class Steps(Strict):
    """What to do, one step after another, as the partnership's own procedure says."""

    steps: Annotated[list[Line], Field(min_length=2, max_length=8)]
    url: Url
    checked_on: Day


class Licensed(Strict):
    """A tool of somebody else's that the area holds, by its id in the catalogue, and whom to ask for it."""

    tool: Slug
    ask: Line
    checked_on: Day


class Repository(Strict):
    """Where the files of this copy are kept, for the link that edits a page and for the editing page."""

    url: Origin
    """The repository's own page, like https://gitlab.com/our-area/noticing-neglect."""
    branch: Line = "main"
    """The branch that the site is built from."""
    application: Line | None = None
    """GitLab only: the id of the application that lets editors sign in with their own account. Without it they paste a token."""
    relay: Url | None = None
    """GitHub only: the address of the sign-in relay your area runs. Without it editors paste a token."""

    def edit(self, file: str) -> str:
        """The address that opens a file for editing, as GitHub and GitLab have them."""
        base = self.url.removesuffix("/").removesuffix(".git")
        between = "edit" if urlsplit(base).hostname == "github.com" else "-/edit"
        return f"{base}/{between}/{self.branch}/{file}"


class Signing(Strict):
    """The two who agree to each change: an editor, and a named safeguarding professional."""

    editor: Line
    professional: Line


class Local(File):
    partnership: Line | None = None
    area: Line | None = None
    """As people there call it."""
    nation: Literal["England"] = "England"
    address: Url | None = None
    """Where the site is published. Codes on posters lead there."""
    suggestions: Inbox | None = None
    """Where "Suggest a change" leads."""
    repository: Repository | None = None
    signing: Signing | None = None
    front_door: FrontDoor = FrontDoor()
    contacts: list[Contact] = []
    thresholds: LocalPage | None = None
    escalation: Steps | None = None
    training: LocalPage | None = None
    licensed_tools: list[Licensed] = []
    helplines: Annotated[list[Helpline], Field(min_length=1)]
