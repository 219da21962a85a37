"""Words that practitioners meet, explained where they first appear on a page.

The word leads to the glossary, and with a script (`terms.mjs`) it opens the meaning where it stands. Headings, links, tables'
headings, forms and drawings are left as they are.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from macros import prose
from macros.schema.facts import Term

ARTICLE = re.compile(r"(?P<start><article\b[^>]*>)(?P<words>.*)(?P<end></article>)", re.DOTALL)
TOKEN = re.compile(r"(<!--.*?-->|<form\b.*?</form>|<script\b.*?</script>|<[^>]+>)", re.DOTALL)
"""A tag, or a whole form or script: those are much of what the site holds, and none of it is explained."""
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>[^>]*?)(?P<empty>/?)>", re.IGNORECASE | re.DOTALL)
RUNNING = {"p", "li", "td", "dd"}
LEFT_ALONE = {
    "a", "button", "caption", "code", "details", "dt", "fieldset", "figure", "form", "h1", "h2", "h3", "h4", "label", "legend", "pre",
    "script", "style", "summary", "svg", "th", "title", "dfn",
}  # fmt: skip
NO_WORDS = re.compile(
    r"class=\"[^\"]*\b(?:cite|contacts|contents|exit-note|glossary|notice--dated|page-foot|poster|record|tag|visually-hidden)\b"
)
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
GLOSSARY = "about/glossary/"


def explain(site: Path, glossary: Iterable[Term]) -> None:
    """Put the meanings into every page of the built site but the glossary itself."""
    terms = [term for term in glossary if term.marked]
    if not terms:
        return
    pattern, owners = _pattern(terms)
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).parent.as_posix() + "/"
        if page == GLOSSARY:
            continue
        text = path.read_text(encoding="utf-8")
        article = ARTICLE.search(text)
        if not article:
            continue
        way = posixpath.relpath(GLOSSARY, page) + "/"
        words = "".join(_explained(article["words"], pattern, owners, way))
        path.write_text(text[: article.start("words")] + words + text[article.end("words") :], encoding="utf-8")


def _pattern(terms: list[Term]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """What finds any term, and whose it is. Abbreviations count in capitals only; other words in any case, and with an s."""
    owners: dict[str, Term] = {}
    for term in terms:
        for words in [term.term, *term.also]:
            owners.setdefault(html.escape(words if _short(words) else words.lower(), quote=False), term)
    longest = sorted(owners, key=lambda words: (words[0].lower(), -len(words)))
    by_letter = groupby(longest, key=lambda words: words[0].lower())  # to try 20 letters at a place, and not every word
    parts = [f"(?=[{re.escape(letter + letter.upper())}])(?:{'|'.join(map(_either, words))})" for letter, words in by_letter]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])"), owners


def _either(words: str) -> str:
    return re.escape(words) if _short(words) else f"(?i:{re.escape(words)})s?"


def _short(words: str) -> bool:
    return sum(letter.isupper() for letter in words) > 1


def _explained(article: str, pattern: re.Pattern[str], owners: dict[str, Term], way: str) -> Iterator[str]:
    open_ = [("article", False, False)]
    told: set[str] = set()
    for token in TOKEN.split(article):
        if token.startswith("<"):
            yield token
            _step(token, open_)
            continue
        _, running, closed = open_[-1]
        yield _told(token, pattern, owners, told, way) if running and not closed else token


def _step(tag: str, open_: list[tuple[str, bool, bool]]) -> None:
    """Keep track of the elements around the words, each with whether words in it are running, and whether they are left alone."""
    found = TAG.fullmatch(tag)
    if not found or found["empty"] or found["name"].lower() in VOID:
        return
    name = found["name"].lower()
    if not found["end"]:
        _, running, closed = open_[-1]
        closed = closed or name in LEFT_ALONE or bool(NO_WORDS.search(found["attributes"]))
        open_.append((name, running or name in RUNNING, closed))
    elif any(name == around for around, *_ in open_[1:]):
        while open_.pop()[0] != name:
            pass


def _told(text: str, pattern: re.Pattern[str], owners: dict[str, Term], told: set[str], way: str) -> str:
    def put(found: re.Match[str]) -> str:
        words = found[0]
        term = owners.get(words) or owners.get(words.lower()) or owners.get(words.lower().removesuffix("s"))
        if term is None or term.id in told:
            return words
        told.add(term.id)
        return _marked(words, term, way)

    return pattern.sub(put, text)


def _marked(words: str, term: Term, way: str) -> str:
    name, place = f"word-{term.id}", f"{way}#{term.id}"
    meaning = re.sub(r"<[^>]+>", "", prose.phrase(term.meaning))
    return (
        f'<a class="term" href="{place}" data-term="{name}">{words}</a>'
        f'<span class="term__meaning" id="{name}" popover><span class="term__word">{html.escape(term.term)}</span>{meaning}'
        f' <a href="{place}">All words</a>'
        f'<button type="button" class="term__close" popovertarget="{name}" popovertargetaction="hide">Close</button></span>'
    )
