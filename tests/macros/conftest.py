"""The small project, made once for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import project as projects


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project. A test that changes a file mends it: see `tests.project.changed`."""
    return projects.make(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="session")
def built(project: Path) -> Iterator[Path]:
    """The site that the small project builds."""
    site = project / "site"
    done = projects.run(project, "macros.build", "--site", str(site))
    assert done.returncode == 0, done.stdout + done.stderr
    yield site
