"""Finding a browser to drive: in what order, how one is got where there is none, and what is said when that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import chromium, plain
from tests.programs import program

STARTS = 'echo "Browser 1.2.3"'


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a machine with no browser and no Playwright download, and a user who is not root."""
    monkeypatch.setattr(chromium, "APPLICATIONS", tmp_path / "Applications")
    monkeypatch.setattr(chromium, "ROOT", tmp_path)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(chromium.sys, "executable", str(program(tmp_path / "venv", "python", 'echo "$*" >> "$RECORD"; exit 1')))
    monkeypatch.setenv("RECORD", str(tmp_path / "record"))
    return {"PATH": str(tmp_path / "bin"), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "pw"), "RECORD": str(tmp_path / "record")}


def test_a_chromium_is_found_by_any_of_its_names_and_a_stub_is_passed_over(tmp_path: Path, bare: dict[str, str]) -> None:
    assert chromium.find(bare) is None
    program(tmp_path / "bin", "chromium-browser", "echo install it from the shop >&2; exit 1")
    assert chromium.find(bare) is None
    chrome = program(tmp_path / "bin", "google-chrome", STARTS)
    assert chromium.find(bare) == str(chrome)
    best = program(tmp_path / "bin", "chromium", STARTS)
    assert chromium.find(bare) == str(best)


def test_the_chromium_that_was_named_is_taken_or_refused_but_never_replaced(tmp_path: Path, bare: dict[str, str]) -> None:
    program(tmp_path / "bin", "chromium", STARTS)
    mine = program(tmp_path, "mine", STARTS)
    assert chromium.find(bare | {"CHROMIUM": str(mine)}) == str(mine)
    with pytest.raises(plain.Problem, match=r"^CHROMIUM names /none, which does not start: "):
        chromium.find(bare | {"CHROMIUM": "/none"})


def test_playwright_s_own_comes_before_the_machine_s(tmp_path: Path, bare: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin", "chromium", STARTS)
    own = program(tmp_path / "pw/chromium-1", "chrome", STARTS)
    monkeypatch.setattr(chromium.sys, "executable", str(program(tmp_path / "venv", "python", f'echo "{own}"')))
    assert chromium.find(bare) == str(own)


def test_a_firefox_is_found(tmp_path: Path, bare: dict[str, str]) -> None:
    assert chromium.find_firefox(bare) is None
    firefox = program(tmp_path / "bin", "firefox-esr", STARTS)
    assert chromium.find_firefox(bare) == str(firefox)


@pytest.mark.parametrize("fresh", [True, False])
def test_root_on_debian_gets_chromium_from_apt(
    tmp_path: Path, bare: dict[str, str], monkeypatch: pytest.MonkeyPatch, fresh: bool
) -> None:
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    made = tmp_path / "bin/chromium"
    install = f'[ -e {tmp_path}/lists ] && printf "#!/bin/sh\\necho 1\\n" > {made} && /bin/chmod +x {made}'
    program(tmp_path / "bin", "apt-get", f'echo "apt $1" >> "$RECORD"\n[ $1 = update ] && : > {tmp_path}/lists || {install}\n')
    if fresh:
        (tmp_path / "lists").touch()
    assert chromium.ready(bare) == str(made)
    expected = ["apt install"] if fresh else ["apt install", "apt update", "apt install"]
    assert (tmp_path / "record").read_text(encoding="utf-8").splitlines() == expected


def test_without_any_way_to_a_chromium_one_line_says_how_to_get_one(
    tmp_path: Path, bare: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(plain.Problem) as told:
        chromium.ready(bare)
    assert str(told.value) == chromium.NO_CHROMIUM
    assert (tmp_path / "record").read_text(encoding="utf-8") == "-m playwright install chromium\n"
    for name, value in bare.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CHROMIUM", raising=False)
    capsys.readouterr()
    assert chromium.main([]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == chromium.NO_CHROMIUM
