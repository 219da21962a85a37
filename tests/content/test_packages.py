"""Every module's package in the built site is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import packages
from tests.content.test_modules import MODULES

FOLDER = Path(os.environ.get("BUILT_SITE", "site")) / "downloads/scorm"
LARGEST = 6_000_000
"""Bytes: many an LMS takes no more than some 8 to 10 MB."""


def test_each_module_has_one() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.zip" for name in MODULES}


@pytest.mark.parametrize("name", MODULES)
def test_a_package_is_whole(name: str) -> None:
    package = FOLDER / f"{name}.zip"
    assert list(packages.wrong(package)) == []
    assert package.stat().st_size < LARGEST
    assert set(packages.told(package)["questions"]) == {question["id"] for question in MODULES[name]["questions"]}
