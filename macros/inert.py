"""Making sure that nothing in a page runs or styles: by looking at the HTML that the page becomes, as a browser would read it. The built
page's policy is the second guard, and allows whatever script it finds, so none may get that far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

import markdown
from jinja2 import Environment

EXTENSIONS = ["toc", "tables", "fenced_code", "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html"]
"""What the site builder reads Markdown with: three of its own, and those of `mkdocs.yml`."""
ELEMENTS = frozenset(
    "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol"
    " p pre q s section small span strong sub summary sup table tbody td tfoot th thead tr u ul".split()
)
ATTRIBUTES = frozenset("alt class colspan dir height href id lang markdown name open role rowspan scope src start title width".split())
ADDRESS = re.compile(r"(?:https?|mailto|tel):|[^:]*(?:[/?#]|$)", re.IGNORECASE)
"""An address with a scheme that shows or sends, or with none."""
ODD = re.compile(r"<!--?>|<!--->|--!>|<!(?!--)|<[?]")
"""What browsers and other readers of HTML do not agree on."""
SUSPECT = re.compile(
    r"<[a-z!?/]|(?<!\{)\{[^{%#]|&[#a-z]|\][ \t]*[(:][ \t]*<?(?!https?:|mailto:|tel:)[^)\s/#?]*:", re.IGNORECASE
)
"""What a page has to hold for its HTML to be worth looking at: markup, a list of attributes, a reference to a character, an odd address."""
ALIGNED = re.compile(r"text-align: (?:left|center|right);")


class _Reader(HTMLParser):
    """Reads HTML and names, once each, what may not be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.found[f"the element <{tag}>"] = None
        for name, value in attrs:
            aligned = name == "style" and tag in ("td", "th") and ALIGNED.fullmatch(value or "")
            if not aligned and name not in ATTRIBUTES and not name.startswith("aria-"):
                self.found[f"the attribute {name}"] = None
            elif name in ("href", "src") and not ADDRESS.match(re.sub(r"[\x00-\x20]", "", value or "")):
                self.found[f"the address {(value or '')[:60]}"] = None


def problems(body: str, macros: Iterable[str], rule: str) -> Iterator[tuple[int, str]]:
    """What is wrong with a page: its line as near as can be told, and the words, `rule` among them. Its macro calls must be right, and
    nothing too deep."""
    if not SUSPECT.search(body):
        return
    try:
        environment = Environment(autoescape=False)
        shown = environment.from_string(body).render({name: lambda *_, **__: "" for name in macros})
        html = markdown.markdown(shown, extensions=EXTENSIONS)
    except RecursionError:
        yield 1, "something here is inside itself too deeply to be shown"
        return
    reader = _Reader()
    reader.feed(html)
    reader.close()
    odd = [f"the mark {found[0]}" for found in ODD.finditer(html)]
    for what in dict.fromkeys([*reader.found, *odd]):
        yield _line(body, what.split()[-1].strip("<>")), f"found {what}; {rule}"


def _line(body: str, word: str) -> int:
    """The line where a word first stands; where it is written in some other way, the first line that holds anything odd."""
    at = body.lower().find(word.lower())
    odd = SUSPECT.search(body)
    return body.count("\n", 0, at if at >= 0 or not odd else odd.start()) + 1
