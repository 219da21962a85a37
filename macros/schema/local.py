"""What makes a copy of the site one partnership's own: `docs/_facts/local.yml`. Everything but the helplines may be missing; pages then say
that it is, and `python -m macros.publish` refuses."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from macros.schema.base import Day, File, Inbox, Line, Phone, Slug, Strict, Url
from macros.schema.words import wrong


class Helpline(Strict):
    """A national line that anyone may call. Posters for children show those that are `for_children`."""

    name: Line
    number: Phone
    who: Line
    when: Line
    for_children: bool = False


class FrontDoor(Strict):
    """The publishing partnership's own contacts. Empty until the partnership fills and dates them."""

    name: Line | None = None
    number: Phone | None = None
    out_of_hours: Phone | None = None
    url: Url | None = None
    checked_on: Day | None = None

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
    name: Line
    number: Phone | None = None
    url: Url | None = None
    checked_on: Day

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
    """Where the files of this copy are kept, for the link that edits a page."""

    url: Url
    branch: Line = "main"

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
    nation: Literal["England"] = "England"
    address: Url | None = None
    suggestions: Inbox | None = None
    repository: Repository | None = None
    signing: Signing | None = None
    front_door: FrontDoor
    contacts: list[Contact] = []
    thresholds: LocalPage | None = None
    escalation: Steps | None = None
    training: LocalPage | None = None
    licensed_tools: list[Licensed] = []
    helplines: Annotated[list[Helpline], Field(min_length=1)]
