"""A module as a package for a learning management system (LMS): SCORM 1.2, one SCO, one zip a module, in `downloads/scorm/`.

A package is the module alone on a page of its own, with the styles, the scripts and the runtime it needs, and no way out of it. The LMS
stands where the browser's storage stands on the site. Rules of the manifest: SCORM 1.2 Content Aggregation Model, section 2.3.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from macros import exercises, revisions, runtime
from macros.exports.interactions import interactions
from macros.fill import fill
from macros.finish import policy
from macros.library import Library
from macros.schema.module import Module
from macros.software import notices

FOLDER = Path("downloads/scorm")
ASSETS = "overrides/assets"
FONTS = ("OFL.txt", "atkinson-hyperlegible-next-latin-wght-normal.woff2")
STYLES = ("tokens", "base", "layout", "components", "forms", "quiz", "charts", "print")
ENTRIES = ("scorm.mjs", "scorm-storage.mjs", "exercise.mjs", "module.mjs")
"""The scripts that start here or are asked for later; what they import comes with them."""
INSTEAD = {"/storage.mjs": "/scorm-storage.mjs"}
"""What a script is given in a package for what it imports on the site: the LMS for the browser's storage."""
PLAIN_NAMES = {".mjs": ".js", ".wasm": ".bin"}
"""Many an LMS does not know these endings, and sends such files with a type that browsers refuse, or not at all."""
LINK = re.compile(r"<a\b[^>]*\shref=\"(?!#)[^\"]*\"[^>]*>(.*?)</a>", re.DOTALL)
DATE = (1980, 1, 1, 0, 0, 0)
SETTINGS = {"when_not_passed": "incomplete"}
IMS, ADL = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"

Files = Mapping[str, bytes]


def write(site: Path, library: Library) -> None:
    """Write `downloads/scorm/<slug>.zip` for every module. What all packages share is compressed once and copied."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    shared = {**_shared(library.root), f"assets/{notices.NAME}": (site / notices.NAME).read_bytes()}
    first = folder / "shared.tmp"
    _put(first, shared, "w")
    for name in library.modules:
        target = folder / f"{name}.zip"
        shutil.copyfile(first, target)
        _put(target, own(library, name, shared), "a")
    first.unlink()


def _put(archive: Path, files: Files, mode: Any) -> None:
    """Names in order and one fixed date, so that the same input gives the same bytes."""
    with zipfile.ZipFile(archive, mode) as written:
        for name in sorted(files):
            written.writestr(zipfile.ZipInfo(name, DATE), files[name], zipfile.ZIP_DEFLATED, 9)


def own(library: Library, name: str, shared: Iterable[str]) -> Files:
    """The files of one module's package that no other has: its page, its setting and, naming every file, its manifest."""
    module = library.modules[name]
    files = {
        "index.html": page(library, module).encode(),
        "settings.json": (json.dumps(SETTINGS, indent=2) + "\n").encode(),
    }
    return {**files, "imsmanifest.xml": manifest(module, revisions.version(library, module), [*shared, *files])}


def page(library: Library, module: Module) -> str:
    """The page of a package: links that lead out of it are plain words, and its policy needs no server."""
    quiz = exercises.packaged(library, module.id)
    told = {"quiz": quiz, "lms": _told(library, module), "styles": STYLES, "policy": policy.PLACEHOLDER}
    html = LINK.sub(r"\1", fill(library, "", "lms/package.html", module=module, **told))
    html = html.replace(policy.PLACEHOLDER, policy.policy(policy.hashes(html)), 1)
    return _adapted(html.replace("pyodide.asm.wasm", _named("pyodide.asm.wasm")))


def _told(library: Library, module: Module) -> Any:
    """What the page carries for the LMS: the mark to pass, and of each question its revision and its interactions."""
    assert library.published
    rows = library.written[module.id]["questions"]
    questions = {
        row["id"]: {"revision": revisions.revision(library.published, row), "interactions": interactions(row)} for row in rows
    }
    return exercises.inert_json({"module": module.id, "mastery": mastery(module), "questions": questions})


def mastery(module: Module) -> int:
    """The mark to pass in percent."""
    return round(module.passing * 100)


def manifest(module: Module, version: str, files: Iterable[str]) -> bytes:
    """`imsmanifest.xml`: one organisation of one item, one resource, and every file of it."""
    for prefix, name in (("", IMS), ("adlcp", ADL)):
        ElementTree.register_namespace(prefix, name)
    root = ElementTree.Element(f"{{{IMS}}}manifest", {"identifier": f"noticing-neglect.{module.id}", "version": version})
    about = _below(root, "metadata")
    _below(about, "schema", text="ADL SCORM")
    _below(about, "schemaversion", text="1.2")
    organisation = _below(_below(root, "organizations", default="module"), "organization", identifier="module")
    _below(organisation, "title", text=module.title)
    item = _below(organisation, "item", identifier="item", identifierref="page", isvisible="true")
    _below(item, "title", text=module.title)
    ElementTree.SubElement(item, f"{{{ADL}}}masteryscore").text = str(mastery(module))
    resource = _below(_below(root, "resources"), "resource", identifier="page", type="webcontent", href="index.html")
    resource.set(f"{{{ADL}}}scormtype", "sco")
    for name in sorted(files):
        _below(resource, "file", href=name)
    ElementTree.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode").encode() + b"\n"


def _below(parent: ElementTree.Element, tag: str, *, text: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{IMS}}}{tag}", attributes)
    made.text = text
    return made


def _shared(root: Path) -> dict[str, bytes]:
    """What every package has: fonts, styles, scripts and the runtime, under the names they have there."""
    told = runtime.manifest(root) or {}
    files = told.get("files")
    assert isinstance(files, dict)
    parts = [f"runtime/{file['path']}" for file in files.values()]
    names = exercises.scripts(root, *ENTRIES)
    scripts = [f"javascripts/{name}" for name in names if f"/{name}" not in INSTEAD]
    rest = [*(f"fonts/{name}" for name in FONTS), *(f"stylesheets/{name}.css" for name in STYLES), "images/favicon.svg"]
    return {_named(f"assets/{name}"): _content(root / ASSETS / name) for name in [*parts, *scripts, *rest]}


def _named(name: str) -> str:
    for ending, plain in PLAIN_NAMES.items():
        name = name.removesuffix(ending) + plain if name.endswith(ending) else name
    return name


def _content(path: Path) -> bytes:
    return _adapted(path.read_text(encoding="utf-8")).encode() if path.suffix == ".mjs" else path.read_bytes()


def _adapted(text: str) -> str:
    """A page or script in which scripts have the names they have in a package."""
    for on_site, in_package in INSTEAD.items():
        text = text.replace(on_site, in_package)
    return text.replace(".mjs", PLAIN_NAMES[".mjs"])
