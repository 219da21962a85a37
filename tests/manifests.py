"""Checks the manifest of a package against the schemas that SCORM 1.2 publishes, which are in `tests/cases/schemas/scorm12/`."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import xmlschema

SCHEMAS = Path(__file__).parent / "cases/schemas/scorm12"
XML_NAMESPACE = Path(xmlschema.__file__).parent / "schemas/XML/xml.xsd"
"""The published schema of `xml:` attributes binds its own prefix twice, which no parser of today takes: this one says the same."""


@functools.cache
def schema() -> xmlschema.XMLSchema:
    """The schema of a SCORM 1.2 manifest, with those that it builds on."""
    replace = {str(SCHEMAS / "ims_xml.xsd"): str(XML_NAMESPACE)}
    return xmlschema.XMLSchema(
        str(SCHEMAS / "adlcp_rootv1p2.xsd"),
        uri_mapper=lambda uri: replace.get(uri.removeprefix("file://"), uri),
        allow="local",
    )


def wrong(manifest: str) -> Iterator[str]:
    """What the schemas find wrong in a manifest, each with its place."""
    return (f"{error.path}: {error.reason}" for error in schema().iter_errors(manifest))
