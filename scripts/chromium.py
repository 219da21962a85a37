"""Finds the browsers that the tests and the bench drive, and gets a Chromium where there is none: `python scripts/chromium.py`.

Nothing is skipped for want of a browser: either a path is printed, or one plain line says how to get one. Firefox is only
looked for (`--firefox`), as only the bench has a use for it and it can do without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.plain import Log, Problem, on_path, output, plainly  # noqa: E402

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FIREFOX_NAMES = ("firefox-esr", "firefox")
APPLICATIONS = Path("/Applications")
MAC_CHROMIUM = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
MAC_FIREFOX = ("Firefox.app/Contents/MacOS/firefox",)
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as browsers:
    print(browsers.chromium.executable_path)
"""
NO_CHROMIUM = (
    "No Chromium was found and none could be installed, so the browser tests cannot run: install it "
    "(Debian: `apt install chromium`), or name one, as in `make test CHROMIUM=/path/to/chrome`."
)
NO_FIREFOX = "No Firefox was found, so the bench measures Chromium only: install it (Debian: `apt install firefox-esr`), or set FIREFOX."


def find(environment: Mapping[str, str] = os.environ) -> str | None:
    """The path of a Chromium that starts: `CHROMIUM`, else Playwright's own, else the machine's; None when there is none.

    Raises `Problem` when `CHROMIUM` names something that does not start: what was asked for is never replaced in silence.
    """
    return _asked("CHROMIUM", environment) or _first(_chromiums(environment))


def find_firefox(environment: Mapping[str, str] = os.environ) -> str | None:
    """The path of a Firefox that starts: `FIREFOX`, else the machine's; None when there is none."""
    return _asked("FIREFOX", environment) or _first(_installed(FIREFOX_NAMES, MAC_FIREFOX, environment))


def ready(environment: Mapping[str, str] = os.environ) -> str:
    """The path of a Chromium that starts, installed first where need be; raises `Problem` when that fails too."""
    found = find(environment)
    for install in (_with_apt, _with_playwright):
        if found is None:
            install(environment)
            found = find(environment)
    if found is None:
        raise Problem(NO_CHROMIUM)
    return found


def _asked(name: str, environment: Mapping[str, str]) -> str | None:
    """The browser the environment names, None when it names none."""
    asked = environment.get(name)
    if asked and not _starts(asked):
        raise Problem(f"{name} names {asked}, which does not start: name another, or leave {name} unset to have one found.")
    return asked or None


def _first(paths: Iterator[str]) -> str | None:
    return next((path for path in paths if _starts(path)), None)


def _starts(path: str) -> bool:
    """Whether a browser says its version. Some systems have a `chromium-browser` that only says where to get one."""
    return bool(output([path, "--version"]))


def _chromiums(environment: Mapping[str, str]) -> Iterator[str]:
    if any(_playwright_folder(environment).glob("chromium*")):
        yield output([sys.executable, "-c", ASK_PLAYWRIGHT])
    yield from _installed(CHROMIUM_NAMES, MAC_CHROMIUM, environment)


def _installed(names: tuple[str, ...], applications: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[str]:
    """The browsers of those names on the path, then the Mac's applications."""
    for name in names:
        yield from on_path(name, environment.get("PATH", ""))
    yield from (str(path) for path in (APPLICATIONS / name for name in applications) if path.is_file())


def _playwright_folder(environment: Mapping[str, str]) -> Path:
    """Where Playwright keeps what it downloads: asking Playwright itself takes a second, so first see whether it has anything."""
    told = environment.get("PLAYWRIGHT_BROWSERS_PATH", "")
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path(told) if told not in ("", "0") else Path.home() / caches / "ms-playwright"


def _with_apt(environment: Mapping[str, str]) -> None:
    """Install Debian's Chromium when this is root on such a machine; the package lists are fetched only when that is needed."""
    apt = shutil.which("apt-get", path=environment.get("PATH", ""))
    if apt is None or os.geteuid():
        return
    print("Installing Chromium (a minute or two, once).", file=sys.stderr)
    quiet = dict(environment, DEBIAN_FRONTEND="noninteractive")
    install = [apt, "install", "-y", "--no-install-recommends", "chromium"]
    _try(install, quiet) or (_try([apt, "update"], quiet) and _try(install, quiet))


def _with_playwright(environment: Mapping[str, str]) -> None:
    """Download Playwright's own Chromium, for this user only."""
    print("Downloading Playwright's Chromium (a minute or two, once).", file=sys.stderr)
    _try([sys.executable, "-m", "playwright", "install", "chromium"], dict(environment))


def _try(command: list[str], environment: dict[str, str]) -> bool:
    """Run an installer with its words in the log; whether it worked."""
    try:
        Log(str(ROOT)).run(command, command[0], environment)
    except Problem:
        return False
    return True


def main(arguments: list[str]) -> int:
    """Print the path of the browser asked for; 1 and one plain line on standard error when there is none."""
    try:
        found = find_firefox() if arguments == ["--firefox"] else ready()
    except (Problem, OSError, subprocess.SubprocessError) as error:
        print(plainly(error), file=sys.stderr)
        return 1
    print(found or NO_FIREFOX, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
