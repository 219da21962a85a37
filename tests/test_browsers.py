"""Finding browsers to drive: in what order, how one is got where there is none, and what is said when that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import browsers, plain
from tests.programs import program

STARTS = 'echo "Browser 1.2.3"'


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a machine with no browser and no Playwright download, and a user who is not root."""
    monkeypatch.setattr(browsers, "APPLICATIONS", tmp_path / "Applications")
    monkeypatch.setattr(browsers, "ROOT", tmp_path)
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(browsers.sys, "executable", str(program(tmp_path / "venv", "python", 'echo "$*" >> "$RECORD"; exit 1')))
    monkeypatch.setenv("RECORD", str(tmp_path / "record"))
    return {"PATH": str(tmp_path / "bin"), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "pw"), "RECORD": str(tmp_path / "record")}


def test_a_chromium_is_found_by_any_of_its_names_and_a_stub_is_passed_over(tmp_path: Path, bare: dict[str, str]) -> None:
    assert browsers.find(bare) is None
    program(tmp_path / "bin", "chromium-browser", "echo install it from the shop >&2; exit 1")
    assert browsers.find(bare) is None
    chrome = program(tmp_path / "bin", "google-chrome", STARTS)
    assert browsers.find(bare) == str(chrome)
    best = program(tmp_path / "bin", "chromium", STARTS)
    assert browsers.find(bare) == str(best)


def test_the_chromium_that_was_named_is_taken_or_refused_but_never_replaced(tmp_path: Path, bare: dict[str, str]) -> None:
    program(tmp_path / "bin", "chromium", STARTS)
    mine = program(tmp_path, "mine", STARTS)
    assert browsers.find(bare | {"CHROMIUM": str(mine)}) == str(mine)
    with pytest.raises(plain.Problem, match=r"^CHROMIUM names /none, which does not start: "):
        browsers.find(bare | {"CHROMIUM": "/none"})


def test_playwright_s_own_comes_before_the_machine_s(tmp_path: Path, bare: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin", "chromium", STARTS)
    own = program(tmp_path / "pw/chromium-1", "chrome", STARTS)
    monkeypatch.setattr(browsers.sys, "executable", str(program(tmp_path / "venv", "python", f'echo "{own}"')))
    assert browsers.find(bare) == str(own)


def test_a_firefox_is_found_and_a_stub_that_asks_for_a_snap_is_passed_over(tmp_path: Path, bare: dict[str, str]) -> None:
    program(tmp_path / "bin", "firefox", "echo install the snap >&2; exit 1")
    assert browsers.find_firefox(bare) is None
    firefox = program(tmp_path / "bin", "firefox-esr", STARTS)
    assert browsers.find_firefox(bare) == str(firefox)
    with pytest.raises(plain.Problem, match=r"^FIREFOX names /none, which does not start: "):
        browsers.find_firefox(bare | {"FIREFOX": "/none"})


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize(("name", "package"), [("chromium", "chromium"), ("firefox", "firefox-esr")])
def test_root_on_debian_gets_it_from_apt(
    tmp_path: Path, bare: dict[str, str], monkeypatch: pytest.MonkeyPatch, name: str, package: str, fresh: bool
) -> None:
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 0)
    made = tmp_path / "bin" / package
    install = f'[ -e {tmp_path}/lists ] && printf "#!/bin/sh\\necho 1\\n" > {made} && /bin/chmod +x {made}'
    told = 'for package; do :; done\necho "apt $1 $package" >> "$RECORD"\n'
    program(tmp_path / "bin", "apt-get", f"{told}[ $1 = update ] && : > {tmp_path}/lists || {{ {install}; }}\n")
    if fresh:
        (tmp_path / "lists").touch()
    assert browsers.READY[name](bare) == str(made)
    installed = f"apt install {package}"
    expected = [installed] if fresh else [installed, "apt update update", installed]
    assert (tmp_path / "record").read_text(encoding="utf-8").splitlines() == expected


WAYS = {"chromium": (browsers.NO_CHROMIUM, "-m playwright install chromium\n"), "firefox": (browsers.NO_FIREFOX, "")}


@pytest.mark.parametrize("name", WAYS)
def test_without_any_way_to_a_browser_one_line_says_how_to_get_one(
    tmp_path: Path, bare: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    words, tried = WAYS[name]
    (tmp_path / "record").touch()
    with pytest.raises(plain.Problem) as told:
        browsers.READY[name](bare)
    assert str(told.value) == words
    assert (tmp_path / "record").read_text(encoding="utf-8") == tried
    for variable, value in bare.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.delenv(name.upper(), raising=False)
    capsys.readouterr()
    assert browsers.main([name]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == words


def test_a_browser_nobody_knows_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert browsers.main(["netscape"]) == 1
    assert capsys.readouterr().err == "browsers.py: found netscape, allowed: chromium or firefox.\n"
