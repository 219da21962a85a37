"""HTML of somebody else's question as Markdown: only what our own prose may hold. Words are never lost; what cannot be marked up here is
named. The Markdown is right when, made into HTML again, it says the same; otherwise every mark that was meant as itself is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from typing import TypeAlias

from macros import depth
from macros.exports.bank import as_list
from macros.prose import prose

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SAME = {"b": "strong", "i": "em", "div": "p", **{f"h{level}": "p" for level in range(1, 7)}}
"""Other names for what Markdown has; a heading inside a question is a paragraph."""
BLOCKS = frozenset(("p", "ul", "ol", "blockquote"))
INLINE = frozenset(("strong", "em", "code", "a", "br"))
APART = frozenset(("td", "th", "tr", "dt", "dd", "option"))
"""What keeps words apart that would otherwise run together."""
TOLD = {"img": "a picture", "table": "a table", "sub": "small low letters", "sup": "small raised letters", "video": "a film",
        "audio": "a recording", "iframe": "something from another site", "script": "a script", "a": "a link to somewhere inside Moodle",
        "object": "something that plays", "svg": "a drawing", "math": "a formula", "pre": "lines set as they are"}  # fmt: skip
MUTE = frozenset(("script", "style"))
DEEPEST = 40

EMBEDDED = re.compile(r"(?<=[\"'])data:[^\s\"'<>]*+")
"""A picture or the like that is written out in an attribute; it stays behind with its element."""
LONGEST = 500_000
"""Characters of HTML that are read as such: eighty times what a text here may have."""
MARKS = re.compile(r"([\\*_`\[\]])")
STARTS = re.compile(r"(?m)^(\s*\d*)([#>+.)-])(?=\s)")

Shape: TypeAlias = tuple[object, ...]


@dataclass(slots=True)
class Node:
    """An element: its name, where it links to, and what is in it."""

    tag: str
    href: str = ""
    inside: list[Node | str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads any HTML, however broken, into nodes; names what is dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("")]
        self.lost: dict[str, None] = {}
        self.mute = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = SAME.get(tag, tag)
        href = dict(attrs).get("href") or ""
        if name in TOLD and not href.startswith("https://"):
            self.lost[TOLD[name]] = None
        self.mute += tag in MUTE
        node = Node(name, href)
        self.open[-1].inside += [" "] if tag in APART else []
        if len(self.open) < DEEPEST:
            self.open[-1].inside.append(node)
            self.open += [] if tag in VOID else [node]

    def handle_endtag(self, tag: str) -> None:
        name = SAME.get(tag, tag)
        self.mute = max(0, self.mute - (tag in MUTE))
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == name:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        if not self.mute:
            self.open[-1].inside.append(data)


def read(html: str) -> tuple[str, list[str]]:
    """The Markdown of some HTML, and what it held that has no Markdown here, in words."""
    short = EMBEDDED.sub("", html)
    if len(short) > LONGEST:
        return _escaped(" ".join(short.split())), [f"the markup of a text of {len(short)} characters"]
    root, lost = _parse(short)
    return _blocks(root), lost


def read_line(html: str) -> tuple[str, list[str]]:
    """The same in one paragraph, for what stands in a list or a label."""
    text, lost = read(html)
    return " ".join(text.split()), lost


def from_plain(text: str) -> str:
    """Plain text as HTML that says the same."""
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in re.split(r"\n\s*\n", text.strip()))


def unescaped(text: str) -> str:
    """Text with its references to characters as the characters."""
    return unescape(depth.HUGE.sub("\ufffd", text))


def _closed(html: str) -> str:
    """HTML in which no tag and no comment begins that nothing ends: the reader would look for its end again from every one of them."""
    comments = html.rfind("-->") + 1
    html = html[:comments] + html[comments:].replace("<!--", "&lt;!--")
    tags = html.rfind(">") + 1
    return html[:tags] + html[tags:].replace("<", "&lt;")


def _parse(html: str) -> tuple[Node, list[str]]:
    reader = _Reader()
    reader.feed(_closed(depth.HUGE.sub("\ufffd", html)))
    reader.close()
    return reader.open[0], list(reader.lost)


def _escaped(text: str) -> str:
    return STARTS.sub(r"\1\\\2", MARKS.sub(r"\\\1", text))


def _runs(node: Node) -> Iterator[Node | list[Node | str]]:
    """What is in a node, as blocks and as runs of words between them. A wrapper that means nothing is opened."""
    run: list[Node | str] = []
    for part in node.inside:
        if isinstance(part, Node) and (part.tag in BLOCKS or _holds_block(part)):
            if run:
                yield run
            run = []
            yield part
        else:
            run.append(part)
    if run:
        yield run


def _holds_block(node: Node) -> bool:
    return any(isinstance(part, Node) and (part.tag in BLOCKS or _holds_block(part)) for part in node.inside)


def _blocks(node: Node) -> str:
    """The blocks in a node, an empty line between them."""
    found = (_paragraph(run) if isinstance(run, list) else _block(run) for run in _runs(node))
    return "\n\n".join(text for text in found if text)


def _block(node: Node) -> str:
    if node.tag in ("ul", "ol"):
        items = [_blocks(part) for part in _items(node)]
        return as_list(["- " if node.tag == "ul" else f"{place}. " for place in range(1, len(items) + 1)], items)
    inside = _blocks(node)
    return re.sub(r"(?m)^", "> ", inside) if node.tag == "blockquote" else inside


def _items(node: Node) -> list[Node]:
    """The items of a list; words that stand between them are an item too."""
    told = (part for part in node.inside if isinstance(part, Node) or part.strip())
    return [part if isinstance(part, Node) else Node("li", inside=[part]) for part in told]


def _paragraph(run: list[Node | str]) -> str:
    text = _words(run, str)
    if any(depth.problems(text)):
        return _words(run, _escaped)
    as_read = _shape(_parse(str(prose(text)))[0])
    return text if as_read == (("p", *_said(run)),) else _words(run, _escaped)


def _words(run: list[Node | str], words: Callable[[str], str]) -> str:
    text = "".join(_inline(part, words) for part in run)
    parted = "\x00".join(part.strip() for part in text.split("\x00"))
    lines = (re.sub(r"[ \t\r\f]+", " ", line).strip() for line in parted.split("\n"))
    return "\n".join(line for line in lines if line).replace("\x00", "  \n").strip()


def _inline(part: Node | str, words: Callable[[str], str]) -> str:
    if isinstance(part, str):
        return words(part.replace("\xa0", " ").replace("\x00", ""))
    if part.tag == "br":
        return "\x00"
    inside = "".join(_inline(below, words) for below in part.inside)
    mark = {"strong": "**", "em": "*", "code": "`"}.get(part.tag)
    if mark and inside.strip():
        before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
        return f"{before}{mark}{inside.strip()}{mark}{after}"
    if part.tag == "a" and part.href.startswith("https://") and not re.search(r"[\s<>\"()]", part.href):
        return f"[{inside}]({part.href})"
    return inside


def _shape(node: Node) -> Shape:
    """What a reader would notice of some HTML: blocks, marks, links and words; not how they are spaced."""
    found: list[object] = []
    for run in _runs(node):
        if isinstance(run, list):
            said = _said(run)
            found += [("p", *said)] if said else []
        elif run.tag in ("ul", "ol", "blockquote"):
            found.append((run.tag, *(_shape(part) for part in _items(run))))
        else:
            found += _shape(run)
    return tuple(found)


def _said(run: list[Node | str]) -> Shape:
    parts: list[object] = []
    for part in _flat(run):
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part:
            parts.append(part)
    return tuple(parts)


def _flat(run: list[Node | str]) -> Iterator[object]:
    for part in run:
        if isinstance(part, str):
            yield re.sub(r"\s+", "", part)
        elif part.tag == "br":
            yield ("br",)
        elif part.tag == "a" and not part.href.startswith("https://"):
            yield from _flat(part.inside)
        elif part.tag in INLINE:
            yield (part.tag, part.href, *_said(part.inside))
        else:
            yield from _flat(part.inside)
