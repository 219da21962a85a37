"""Looking through a SCORM package: what is wrong with its manifest, its files or its page."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests import manifests

IMS, ADL = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}", "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
REFUSED = (".py", ".zip", ".mjs", ".wasm", ".map")


class _Page(HTMLParser):
    """Where a page leads, and the JSON it carries by name."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.metas: list[dict[str, str | None]] = []
        self.carried: dict[str, str] = {}
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [(tag, found[name] or "") for name in ("href", "src") if name in found]
        if tag == "meta":
            self.metas.append(found)
        self.inside = next((name for name in found if name.startswith("data-")), "") if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.carried[self.inside] = self.carried.get(self.inside, "") + data


def page(package: Path) -> _Page:
    """The page of a package, read."""
    found = _Page()
    with zipfile.ZipFile(package) as files:
        found.feed(files.read("index.html").decode())
    return found


def told(package: Path) -> dict[str, Any]:
    """What the page of a package carries for the LMS."""
    found: dict[str, Any] = json.loads(page(package).carried["data-record"])
    return found


def wrong(package: Path, mastery: str = "80") -> Iterator[str]:
    """What is wrong with a package, in plain lines."""
    with zipfile.ZipFile(package) as files:
        yield from [f"damaged: {files.testzip()}"] if files.testzip() else []
        names = files.namelist()
        manifest = files.read("imsmanifest.xml").decode()
        dates = {entry.date_time for entry in files.infolist()}
        scripts = {name: files.read(name).decode() for name in names if name.startswith("assets/javascripts/")}
    if names != sorted(set(names)) or dates != {(1980, 1, 1, 0, 0, 0)}:
        yield "the names are not in order, or a date tells when it was made"
    yield from (f"some LMSs refuse {name}" for name in names if name.endswith(REFUSED) or not re.fullmatch(r"[\w./-]+", name))
    yield from (f"{name} touches the browser's storage" for name, text in scripts.items() if "localStorage" in text)
    yield from manifests.wrong(manifest)
    yield from _manifest(ElementTree.fromstring(manifest), set(names) - {"imsmanifest.xml"}, mastery)
    yield from _leads(page(package), set(names))


def _manifest(root: ElementTree.Element, names: set[str], mastery: str) -> Iterator[str]:
    """What the schemas leave open and a package here has to keep."""
    about = [(child.tag.removeprefix(IMS), child.text) for child in root.find(f"{IMS}metadata") or []]
    if about != [("schema", "ADL SCORM"), ("schemaversion", "1.2")]:
        yield f"the manifest says it is {about}"
    organisations, resources = root.find(f"{IMS}organizations"), root.findall(f"{IMS}resources/{IMS}resource")
    assert organisations is not None
    every = organisations.findall(f"{IMS}organization")
    if [one.get("identifier") for one in every] != [organisations.get("default")]:
        yield "the default organisation is not the one there is"
    items = every[0].findall(f"{IMS}item")
    if len(items) != 1 or not all(one.findtext(f"{IMS}title") for one in [*every, *items]):
        yield "there is not one item with a title"
    if items[0].findtext(f"{ADL}masteryscore") != mastery or items[0].get("identifierref") != resources[0].get("identifier"):
        yield "the item has another mark to pass, or leads to no resource"
    kind = [resources[0].get(key) for key in ("type", f"{ADL}scormtype", "href")]
    if len(resources) != 1 or kind != ["webcontent", "sco", "index.html"]:
        yield f"the resource is {kind}"
    listed = [one.get("href", "") for one in resources[0].findall(f"{IMS}file")]
    if sorted(listed) != sorted(names):
        yield f"listed but not there, or there and not listed, or twice: {sorted(set(listed) ^ names)}"


def _leads(read: _Page, names: set[str]) -> Iterator[str]:
    yield from (f"<{tag}> leads to {link}" for tag, link in read.links if not link.startswith("#") and link not in names)
    policies = [meta.get("content") or "" for meta in read.metas if meta.get("http-equiv") == "Content-Security-Policy"]
    if len(policies) != 1 or "default-src 'none'" not in policies[0] or "unsafe" in policies[0] or "__" in policies[0]:
        yield f"the policy of the page is {policies}"
    runtime = json.loads(read.carried["data-runtime"])
    yield from (one["path"] for one in runtime["files"].values() if runtime["base"] + one["path"] not in names)
