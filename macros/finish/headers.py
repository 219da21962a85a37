"""What a web server sends with the site: the one list of headers, types and caching, and the server files made from it.

`_headers` goes into the site itself, for Netlify and Cloudflare Pages; `nginx.conf` and `Caddyfile` go into `hosting/` beside it, which is
not published. The policy here is the weaker of two. A page carries its own in its head, without WebAssembly, and a browser keeps to
both; the server's has to allow what any file needs, because the worker obeys the policy of its own response. Only the server can
say who may put the site into a frame: a page's head cannot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with every file, beside the policy. `no-referrer`: where a reader goes next is not told which page about harm they were on."""

EDITING = "/admin/"
"""Where the editing page is, on a site that has one. It alone differs in what is sent with it."""

HASHED = r"^/assets/runtime/([^/]+-[0-9a-f]{12}/[^/]+|[^/]+-[0-9a-f]{12}\.[a-z]+)$"
"""Addresses that hold a hash of what is behind them, so that it never changes. Python, nginx and Caddy all read this pattern."""
FOREVER = "public, max-age=31536000, immutable"
CHECKED = "no-cache"
"""Kept by the browser, but asked after each time: a corrected page is seen at once."""

TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css",
    ".csv": "text/csv",
    ".gift": "text/plain",
    ".gz": "application/gzip",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
SHRINK = tuple(sorted({TYPES[suffix] for suffix in (".bin", ".json", ".svg", ".wasm", ".webmanifest", ".xml")}))
"""What is worth compressing on its way, beside all text."""

PARTS = Path(__file__).parent / "hosting"


def write(site: Path, server_policy: str, editing: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write `_headers` into the built site, and the files for nginx and Caddy into `hosting/` beside it.

    `editing` holds the headers that differ under `/admin/`, by name; none where the site has no editing page.
    """
    (site / "_headers").write_text(netlify(site, server_policy, editing), encoding="utf-8")
    folder = site.with_name("hosting")
    folder.mkdir(exist_ok=True)
    (folder / "nginx.conf").write_text(nginx(server_policy, editing), encoding="utf-8")
    (folder / "Caddyfile").write_text(caddy(server_policy, editing), encoding="utf-8")


def sent(site: Path, address: str) -> dict[str, str]:
    """What `_headers` says goes with an address, read as its hosts read it: every rule that fits, `*` for anything."""
    found: dict[str, str] = {}
    fits = False
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fits = fnmatchcase(address, line)
        elif fits:
            name, _, value = line.strip().partition(": ")
            found[name] = value
    return found


def every(server_policy: str) -> dict[str, str]:
    """The headers of every file, the policy first."""
    return {"Content-Security-Policy": server_policy, **HEADERS}


def hashed(site: Path) -> list[str]:
    """The addresses of the built site's files whose name holds a hash."""
    found = ("/" + path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file())
    return [address for address in found if re.match(HASHED, address)]


def netlify(site: Path, server_policy: str, editing: Mapping[str, str] = MappingProxyType({})) -> str:
    """The text of `_headers`. Its hosts know no patterns like ours, so hashed files are named; for others their own caching is right.

    They also put together what several rules say of one header, and two policies forbid what either does. So a header that differs
    under `/admin/` stands in no rule for everything: each file and folder at the top of the site has a rule for it.
    """
    usual = every(server_policy)
    lines = ["/*", *(f"  {name}: {value}" for name, value in usual.items() if name not in editing)]
    for address in _tops(site) if editing else ():
        lines += [address, *(f"  {name}: {usual[name]}" for name in editing)]
    for address in hashed(site):
        lines += [address, f"  Cache-Control: {FOREVER}"]
    if editing:
        lines += [f"{EDITING}*", *(f"  {name}: {value}" for name, value in editing.items())]
    return "\n".join(lines) + "\n"


def _tops(site: Path) -> list[str]:
    """The site's front page, and everything at its top but the editing page."""
    tops = [f"/{path.name}/*" if path.is_dir() else f"/{path.name}" for path in sorted(site.iterdir()) if path.name != "_headers"]
    return ["/", *(top for top in tops if top != f"{EDITING}*")]


def nginx(server_policy: str, editing: Mapping[str, str] = MappingProxyType({})) -> str:
    """The text of `nginx.conf`: maps and a server, to be included where nginx includes its sites."""
    usual = every(server_policy)
    told = {name: f"${_variable(name)}" if name in editing else value for name, value in usual.items()}
    sent = "\n".join(f'    add_header {name} "{value}" always;' for name, value in told.items())
    types = "\n".join(f"        {kind} {suffix[1:]};" for suffix, kind in TYPES.items())
    text = sorted({kind for kind in TYPES.values() if kind.startswith("text/") and kind != "text/html"})
    maps = "".join(_nginx_map(_variable(name), usual[name], value) for name, value in editing.items())
    filled = {"MAPS": maps, "HEADERS": sent, "TYPES": types, "TEXT": " ".join(text), "SHRINK": " ".join([*text, *SHRINK])}
    return _fill("nginx.conf", filled)


def _variable(name: str) -> str:
    return f"noticing_neglect_{name.lower().replace('-', '_')}"


def _nginx_map(variable: str, usual: str, editing: str) -> str:
    return f'# The editing page has its own.\nmap $uri ${variable} {{\n    default "{usual}";\n    "~^{EDITING}" "{editing}";\n}}\n\n'


def caddy(server_policy: str, editing: Mapping[str, str] = MappingProxyType({})) -> str:
    """The text of `Caddyfile`. A type is given only to a file that is there: the page for what is missing has its own."""
    usual = every(server_policy)
    told = {name: f"{{{_variable(name)}}}" if name in editing else value for name, value in usual.items()}
    sent = "\n".join(f'\t\t{name} "{value}"' for name, value in told.items())
    maps = "".join(_caddy_map(_variable(name), usual[name], value) for name, value in editing.items())
    types = "\n".join(_caddy_type(suffix[1:], kind) for suffix, kind in TYPES.items())
    shrink = "\n".join(f"\t\t\theader Content-Type {kind}*" for kind in ("text/", *SHRINK))
    return _fill("Caddyfile", {"MAPS": maps, "HEADERS": sent, "TYPES": types, "SHRINK": shrink})


def _caddy_map(variable: str, usual: str, editing: str) -> str:
    told = f'\t\t~^{EDITING} "{editing}"\n\t\tdefault "{usual}"\n'
    return f"\t# The editing page has its own.\n\tmap {{path}} {{{variable}}} {{\n{told}\t}}\n"


def _caddy_type(suffix: str, kind: str) -> str:
    said = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return f'\t@{suffix} {{\n\t\tpath *.{suffix}\n\t\tfile\n\t}}\n\theader @{suffix} Content-Type "{said}"'


def _fill(name: str, filled: dict[str, str]) -> str:
    text = (PARTS / name).read_text(encoding="utf-8")
    for word, value in {**filled, "HASHED": HASHED, "FOREVER": FOREVER, "CHECKED": CHECKED}.items():
        text = text.replace(f"__{word}__", value)
    return text
