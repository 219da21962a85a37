"""A fresh browser, the same page twice: the first visit is cold, the second warm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench import quiet
from macros.runtime.node import find

Visit = dict[str, Any]

SETTLE = 1500
"""Milliseconds before each visit: a browser that has just been started, or has just loaded a page, is still busy with itself."""


def chromium(address: str) -> list[Visit]:
    """Both visits in a Chromium with a new profile on disk (`CHROMIUM`, else the system's)."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    with sync_playwright() as drive, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = drive.chromium.launch_persistent_context(profile, executable_path=program, args=["--no-sandbox"])
        page = context.pages[0]
        results = []
        for visit in ("cold", "warm"):
            page.goto("about:blank")
            page.wait_for_timeout(SETTLE)
            quiet.wait()
            page.goto(f"{address}&visit={visit}")
            results.append(page.evaluate("globalThis.measured"))
        context.close()
    return _checked(results)


def firefox(address: str) -> list[Visit]:
    """Both visits in a Firefox with a new profile (`FIREFOX`, else the system's), driven over WebDriver BiDi."""
    program = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or "firefox"
    script = Path(__file__).with_name("firefox.mjs")
    quiet.wait()
    done = subprocess.run([find(), str(script), address, program, str(SETTLE)], capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise SystemExit(f"Firefox: {(done.stderr.strip().splitlines() or ['no message'])[-1][:300]}")
    return _checked(json.loads(done.stdout))


def _checked(results: list[Visit]) -> list[Visit]:
    for result in results:
        if "failed" in result or not json.loads(result["answer"]).get("ok"):
            raise SystemExit(f"No marked answer: {str(result.get('failed') or result['answer'])[:300]}")
    return results
