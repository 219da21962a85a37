"""What differs between two built sites, page by page: `python -m macros.compare one other`. It reads what each page says and holds, and not
how its markup is set, so that two site builders can be told apart by what a reader would notice."""

from __future__ import annotations

import posixpath
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

PARTS = ("words", "headings", "places", "links", "forms", "scripts", "navigation")
"""What is compared of a page, in the order it is told."""
CONTROLS = {"form", "input", "select", "option", "textarea", "button", "fieldset"}


class _Page(HTMLParser):
    """Collects what a page holds, by part."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.article, self.nav, self.heading, self.unsaid = address, 0, 0, "", 0
        self.found: dict[str, list[str]] = {part: [] for part in PARTS}
        self.said = {"words": "", "headings": ""}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._part(tag)
        self.article += tag == "article"
        self.nav += tag == "nav"
        self.unsaid += tag in ("script", "style")
        self.heading = tag if tag in ("h1", "h2", "h3", "h4") and self.article else self.heading
        if given.get("id") and self.article:
            self.found["places"].append(str(given["id"]))
        if tag == "a" and given.get("href") and (self.article or self.nav):
            self.found["navigation" if self.nav else "links"].append(self._target(str(given["href"])))
        if tag in CONTROLS and self.article:
            self.found["forms"].append(" ".join([tag, *(f"{name}={value}" for name, value in sorted(given.items()) if name != "class")]))
        if tag == "script":
            self.found["scripts"].append(self._target(given.get("src") or "") if given.get("src") else f"inline {given.get('type')}")

    def _target(self, link: str) -> str:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return link
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.address), parts.path)) + f"#{parts.fragment}"

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        self.article -= tag == "article"
        self.nav -= tag == "nav"
        self.unsaid -= tag in ("script", "style")
        self.heading = "" if tag == self.heading else self.heading

    def handle_data(self, data: str) -> None:
        if self.article and not self.unsaid:
            self.said["headings" if self.heading else "words"] += data

    def _part(self, tag: str) -> None:
        """An element is a word's end, but for those that only colour a part of one."""
        for name in self.said:
            self.said[name] += "" if tag == "span" else " "


def differences(one: Path, other: Path) -> Iterator[str]:
    """A line for each page that is in one site alone, and for each part of a page that is not the same in both."""
    names = [{path.relative_to(site).as_posix() for path in site.rglob("*.html")} for site in (one, other)]
    yield from (f"{name}: only in {one.name if name in names[0] else other.name}" for name in sorted(names[0] ^ names[1]))
    for name in sorted(names[0] & names[1]):
        first, second = read(one / name, name), read(other / name, name)
        for part in PARTS:
            lost, new = Counter(first[part]) - Counter(second[part]), Counter(second[part]) - Counter(first[part])
            if lost or new:
                yield f"{name}: {part}: {_some('without', lost)}{'; ' if lost and new else ''}{_some('with', new)}"


def read(path: Path, address: str) -> dict[str, list[str]]:
    """What a page holds, by the names of `PARTS`."""
    page = _Page(address)
    page.feed(path.read_text(encoding="utf-8"))
    return page.found | {name: text.split() for name, text in page.said.items()}


def _some(how: str, things: Counter[str]) -> str:
    told = list(things)[:3]
    return f"{how} {things.total()}: {', '.join(told)}{', …' if len(things) > 3 else ''}" if things else ""


def main() -> int:
    """Print what differs between the two sites that are given; 1 when anything does."""
    if len(sys.argv) != 3:
        print("name two built sites: python -m macros.compare site other-site", file=sys.stderr)
        return 2
    lines = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    print("\n".join([*lines, f"{len(lines)} differences."]))
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
