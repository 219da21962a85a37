"""Finds the browsers that the tests and the bench drive, and gets one where there is none: `python scripts/browsers.py firefox`.

Nothing is skipped for want of a browser: either a path is printed, or one plain line says how to get one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.plain import Log, Problem, on_path, output, plainly  # noqa: E402

Environment = Mapping[str, str]

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
NO_FIREFOX = (
    "No Firefox was found and none could be installed, so nothing can be tested or measured in it: install it "
    "(Debian: `apt install firefox-esr`), or name one, as in `make test FIREFOX=/path/to/firefox`."
)


def find(environment: Environment = os.environ) -> str | None:
    """The path of a Chromium that starts: `CHROMIUM`, else Playwright's own, else the machine's; None when there is none.

    Raises `Problem` when `CHROMIUM` names something that does not start: what was asked for is never replaced in silence.
    """
    return _asked("CHROMIUM", environment) or _first(_chromiums(environment))


def find_firefox(environment: Environment = os.environ) -> str | None:
    """The path of a Firefox that starts: `FIREFOX`, else the machine's; None when there is none."""
    return _asked("FIREFOX", environment) or _first(_installed(FIREFOX_NAMES, MAC_FIREFOX, environment))


def ready(environment: Environment = os.environ) -> str:
    """The path of a Chromium that starts, installed first where need be; raises `Problem` when that fails too."""
    return _ready(find, (_chromium_with_apt, _chromium_with_playwright), NO_CHROMIUM, environment)


def ready_firefox(environment: Environment = os.environ) -> str:
    """The path of a Firefox that starts, installed first where need be; raises `Problem` when that fails too.

    Playwright's own would not do: it is a Firefox that only Playwright can drive, and Playwright drives no other."""
    return _ready(find_firefox, (_firefox_with_apt,), NO_FIREFOX, environment)


READY = {"chromium": ready, "firefox": ready_firefox}


def _ready(
    look: Callable[[Environment], str | None], installers: tuple[Callable[[Environment], None], ...], none: str, environment: Environment
) -> str:
    found = look(environment)
    for install in installers:
        if found is None:
            install(environment)
            found = look(environment)
    if found is None:
        raise Problem(none)
    return found


def _asked(name: str, environment: Environment) -> str | None:
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


def _chromiums(environment: Environment) -> Iterator[str]:
    if any(_playwright_folder(environment).glob("chromium*")):
        yield output([sys.executable, "-c", ASK_PLAYWRIGHT])
    yield from _installed(CHROMIUM_NAMES, MAC_CHROMIUM, environment)


def _installed(names: tuple[str, ...], applications: tuple[str, ...], environment: Environment) -> Iterator[str]:
    """The browsers of those names on the path, then the Mac's applications."""
    for name in names:
        yield from on_path(name, environment.get("PATH", ""))
    yield from (str(path) for path in (APPLICATIONS / name for name in applications) if path.is_file())


def _playwright_folder(environment: Environment) -> Path:
    """Where Playwright keeps what it downloads: asking Playwright itself takes a second, so first see whether it has anything."""
    told = environment.get("PLAYWRIGHT_BROWSERS_PATH", "")
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path(told) if told not in ("", "0") else Path.home() / caches / "ms-playwright"


def _chromium_with_apt(environment: Environment) -> None:
    _with_apt("Chromium", "chromium", environment)


def _firefox_with_apt(environment: Environment) -> None:
    """Debian's long-term one: what Ubuntu calls `firefox` is a stub that asks for a snap."""
    _with_apt("Firefox", "firefox-esr", environment)


def _with_apt(name: str, package: str, environment: Environment) -> None:
    """Install Debian's package when this is root on such a machine; the package lists are fetched only when that is needed."""
    apt = shutil.which("apt-get", path=environment.get("PATH", ""))
    if apt is None or os.geteuid():
        return
    print(f"Installing {name} (a minute or two, once).", file=sys.stderr)
    quiet = dict(environment, DEBIAN_FRONTEND="noninteractive")
    install = [apt, "install", "-y", "--no-install-recommends", package]
    _try(install, quiet) or (_try([apt, "update"], quiet) and _try(install, quiet))


def _chromium_with_playwright(environment: Environment) -> None:
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
    """Print the path of the browser named, a Chromium when none is; 1 and one plain line on standard error when there is none."""
    name = "".join(arguments) or "chromium"
    try:
        if name not in READY:
            raise Problem(f"browsers.py: found {name}, allowed: {' or '.join(READY)}.")
        print(READY[name]())
    except (Problem, OSError, subprocess.SubprocessError) as error:
        print(plainly(error), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
