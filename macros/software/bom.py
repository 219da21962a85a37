"""`sbom.json` of the built site: a software bill of materials in CycloneDX 1.6, made from the lock files.

The same content on the same day gives the same bytes: the serial number is made from the content, and the day is the build's. Rules:
CycloneDX 1.6 (ECMA-424) and the purl specification (ECMA-427).
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from macros import software
from macros.software import Package, Shipped

NAME = "sbom.json"
ROOT = "noticing-neglect"
FORMAT = {"bomFormat": "CycloneDX", "specVersion": "1.6"}
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:noticing-neglect:sbom")


def write(site: Path, root: Path, day: date) -> None:
    """Write the bill of what is pinned and of what the built site holds."""
    made = bill(software.pinned(root), software.held(site, software.shipped(root)), _version(root), day)
    (site / NAME).write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def bill(packages: Iterable[Package], things: Iterable[Shipped], version: str, day: date) -> dict[str, Any]:
    """The whole bill. What the site holds is `required`; what only builds or tests it is `excluded` from what runs."""
    shipped = list(things)
    held = {thing.package for thing in shipped if thing.package}
    components = [_pinned(package, f"{package.kind}/{package.name}" in held) for package in packages]
    components += [_other(thing) for thing in shipped if not thing.package]
    inside = [one["bom-ref"] for one in components if one["scope"] == "required"]
    root = {"type": "application", "bom-ref": f"{ROOT}@{version}", "name": ROOT, "version": version, "licenses": _licence("MIT")}
    content = {
        "metadata": {"timestamp": f"{day}T00:00:00Z", "component": root},
        "components": components,
        "dependencies": [{"ref": root["bom-ref"], "dependsOn": inside}],
    }
    serial = uuid.uuid5(NAMESPACE, json.dumps(content, sort_keys=True))
    return {**FORMAT, "serialNumber": f"urn:uuid:{serial}", "version": 1, **content}


def _pinned(package: Package, held: bool) -> dict[str, Any]:
    name = purl(package.kind, package.name, package.version)
    return {
        "type": "library",
        "bom-ref": name,
        "name": package.name,
        "version": package.version,
        "description": "; ".join(package.uses),
        "scope": "required" if held else "excluded",
        "hashes": [{"alg": algorithm, "content": digest} for algorithm, digest in package.hashes],
        "licenses": _licence(package.licence),
        "purl": name,
        "externalReferences": [{"type": "website", "url": package.home}],
    }


def _other(thing: Shipped) -> dict[str, Any]:
    slug = re.sub(r"[^a-z0-9.-]+", "-", thing.name.lower()).strip("-")
    name = purl("generic", slug, thing.version)
    made = {"type": "library", "bom-ref": name, "name": thing.name, "description": thing.does, "scope": "required"}
    told = {"licenses": _licence(thing.licence), "copyright": thing.copyright, "purl": name}
    version = {"version": thing.version} if thing.version else {}
    return {**made, **version, **told, "externalReferences": [{"type": "website", "url": thing.home}]}


def purl(kind: str, name: str, version: str) -> str:
    """A package URL. The name of a Python package is written in small letters with `-` for `_` and `.`."""
    plain = re.sub(r"[-_.]+", "-", name).lower() if kind == "pypi" else name
    return f"pkg:{kind}/{quote(plain)}" + (f"@{quote(version)}" if version else "")


def _licence(expression: str) -> list[dict[str, Any]]:
    """One licence by its SPDX name, several as an expression of them."""
    return [{"expression": expression}] if " " in expression else [{"license": {"id": expression}}]


def _version(root: Path) -> str:
    return str(json.loads((root / "package.json").read_text(encoding="utf-8"))["version"])
