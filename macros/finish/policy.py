"""The Content-Security-Policy: one for each page in its head, and one for the server that covers every file.

Only the site itself may be loaded. The inline scripts a page really has are allowed by their hashes; there is no
`unsafe-inline` and no `unsafe-eval`. The worker obeys the policy of its own response, so only the server's allows WebAssembly.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

PLACEHOLDER = "__CSP__"
INLINE = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<text>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
NOT_RUN = re.compile(r"""\ssrc\s*=|\stype\s*=\s*["']?application/(?:ld\+)?json""", re.IGNORECASE)
"""Attributes of scripts that are no inline scripts: files, and data."""


def write(site: Path) -> str:
    """Put its policy into the head of every page under `site`; returns the policy for the server to send.

    Raises ValueError naming the pages that have no place for one.
    """
    every: set[str] = set()
    without = []
    for page in sorted(site.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        if PLACEHOLDER not in html:
            without.append(page.relative_to(site).as_posix())
        found = hashes(html)
        every |= found
        page.write_text(html.replace(PLACEHOLDER, policy(found), 1), encoding="utf-8")
    if without:
        raise ValueError(f"these pages have no place for a policy in their head: {', '.join(without)}")
    return policy(every, "'wasm-unsafe-eval'") + "; frame-ancestors 'self'"


def policy(inline: set[str], *more: str) -> str:
    """The policy of a page whose inline scripts have these hashes."""
    scripts = " ".join(["'self'", *more, *sorted(inline)])
    return (
        f"default-src 'none'; script-src {scripts}; worker-src 'self'; connect-src 'self'; style-src 'self';"
        " img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    )


def hashes(html: str) -> set[str]:
    """The hash sources of the inline scripts that a browser would run; data in a script element is not run."""
    found = set()
    for script in INLINE.finditer(html):
        if not NOT_RUN.search(script["attributes"]):
            digest = hashlib.sha256(script["text"].encode()).digest()
            found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return found
