"""The files for web servers, tried on a real nginx: what it sends for pages, for hashed files, for others and for what is not there.

Caddy is tried in the same way where the machine has one."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from types import MappingProxyType

import pytest

from macros.finish import headers
from macros.finish.headers import CHECKED, FOREVER, TYPES
from macros.serve import server_policy
from tests import nginx

SERVERS = ["nginx", *(["caddy"] if nginx.found("caddy") else [])]
PROBES = {"days.ics": "text/calendar", "site.webmanifest": "application/manifest+json", "figures.csv": "text/csv"}
"""Kinds of file that the small site has none of, and what they have to come as."""


class Stay(urllib.request.HTTPRedirectHandler):
    """Shows a redirection instead of going where it leads."""

    def redirect_request(self, *_: object) -> None:
        """Nowhere."""


@pytest.fixture(scope="module")
def hosted(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built site and its files for servers, with a file of each kind that it may come to have."""
    site = tmp_path_factory.mktemp("hosted") / "site"
    shutil.copytree(built, site)
    shutil.copytree(built.with_name("hosting"), site.with_name("hosting"))
    for name in PROBES:
        (site / name).write_text("x\n", encoding="utf-8")
    return site


@pytest.fixture(scope="module", params=SERVERS)
def address(request: pytest.FixtureRequest, hosted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server has the site."""
    with getattr(nginx, request.param)(hosted, tmp_path_factory.mktemp(request.param)) as where:
        yield where


def get(address: str, path: str, asked: MappingProxyType[str, str] = MappingProxyType({})) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address + path, headers=dict(asked))
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=nginx.SECONDS) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def _runtime(site: Path) -> list[str]:
    manifest = json.loads((site / "assets/runtime/manifest.json").read_text(encoding="utf-8"))
    return [f"/assets/runtime/{file['path']}" for file in manifest["files"].values()]


def _unhashed(site: Path) -> list[str]:
    """One address of each kind of file whose content may change."""
    kept = set(headers.hashed(site)) | {"/_headers", "/404.html"}
    names = {path.suffix: "/" + path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()}
    return sorted(["/", "/assets/runtime/manifest.json", "/copy-worker.mjs", "/copy.json", *(set(names.values()) - kept)])


def test_only_names_with_a_hash_are_kept_for_ever(built: Path) -> None:
    assert sorted(headers.hashed(built)) == sorted(_runtime(built))
    assert len(headers.hashed(built)) == 6


def test_every_kind_of_file_has_a_type(built: Path) -> None:
    suffixes = {path.suffix for path in built.rglob("*") if path.is_file() and path.name != "_headers"}
    assert suffixes <= TYPES.keys()


def test_the_three_files_send_the_same(built: Path) -> None:
    policy = server_policy(built)
    texts = [built / "_headers", built.with_name("hosting") / "nginx.conf", built.with_name("hosting") / "Caddyfile"]
    for text in (path.read_text(encoding="utf-8") for path in texts):
        for name, value in headers.every(policy).items():
            assert re.search(rf"^\s+(add_header )?{name}:? \"?{re.escape(value)}(\" always;|\")?$", text, re.MULTILINE), name
        assert FOREVER in text
        assert not re.search(r"__[A-Z]+__", text)
    assert not (built / "nginx.conf").exists()


def test_headers_for_netlify_name_every_hashed_file(built: Path) -> None:
    rules = (built / "_headers").read_text(encoding="utf-8").split("\n/")[1:]
    assert {"/" + rule.splitlines()[0] for rule in rules} == set(_runtime(built))
    assert {line.strip() for rule in rules for line in rule.splitlines()[1:]} == {f"Cache-Control: {FOREVER}"}


def test_every_answer_has_the_headers(address: str, hosted: Path) -> None:
    for path in [*_unhashed(hosted), *_runtime(hosted), "/guidance", "/no/such/page/", "/no-such-file.mjs"]:
        _, sent, _ = get(address, path)
        for name, value in headers.every(server_policy(hosted)).items():
            assert sent.get_all(name) == [value], (path, name)


def test_what_has_a_hash_is_kept_and_all_else_is_asked_for(address: str, hosted: Path) -> None:
    for path in _runtime(hosted):
        status, sent, _ = get(address, path)
        assert (status, sent.get_all("Cache-Control")) == (200, [FOREVER]), path
    for path in _unhashed(hosted):
        status, sent, _ = get(address, path)
        assert (status, sent.get_all("Cache-Control")) == (200, [CHECKED]), path


def test_a_page_that_has_not_changed_is_not_sent_again(address: str) -> None:
    _, sent, _ = get(address, "/guidance/")
    status, again, body = get(address, "/guidance/", MappingProxyType({"If-None-Match": sent["ETag"]}))
    assert (status, body, again["Cache-Control"]) == (304, b"", CHECKED)


def test_files_come_as_what_they_are(address: str, hosted: Path) -> None:
    for path in [*_unhashed(hosted), *_runtime(hosted), *(f"/{name}" for name in PROBES)]:
        _, sent, _ = get(address, path)
        suffix = Path(path).suffix or ".html"
        assert sent.get_content_type() == TYPES[suffix], path
        if TYPES[suffix].startswith("text/"):
            assert sent.get_content_charset() == "utf-8", path


NOT_THERE = ["/no/such/page/", "/no-such-file.mjs", "/assets/", "/assets/runtime/engine-000000000000.bin", "/_headers"]


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_has_the_sites_own_page(address: str, hosted: Path, path: str) -> None:
    status, sent, body = get(address, path)
    assert status == 404
    assert sent.get_content_type() == "text/html"
    assert sent.get_all("Cache-Control") == [CHECKED]
    assert body == (hosted / "404.html").read_bytes()


def test_an_address_without_its_slash_leads_to_the_page(address: str) -> None:
    status, sent, _ = get(address, "/guidance")
    assert status in (301, 308)
    assert sent["Location"].endswith("guidance/")
    assert "//" not in sent["Location"].removeprefix(address)


@pytest.mark.parametrize("path", ["/", "/assets/javascripts/main.mjs", "/search/index.json"])
def test_text_is_compressed_on_its_way(address: str, hosted: Path, path: str) -> None:
    _, sent, body = get(address, path, MappingProxyType({"Accept-Encoding": "gzip"}))
    whole = (hosted / (path.lstrip("/") or "index.html")).read_bytes()
    assert (sent["Content-Encoding"] == "gzip") or len(whole) < 1000
    assert (gzip.decompress(body) if sent["Content-Encoding"] else body) == whole


def test_the_runtime_is_compressed_on_its_way(address: str, hosted: Path) -> None:
    for path in _runtime(hosted):
        _, sent, body = get(address, path, MappingProxyType({"Accept-Encoding": "gzip"}))
        assert sent["Content-Encoding"] == "gzip", path
        assert gzip.decompress(body) == (hosted / path[1:]).read_bytes(), path


def test_a_file_beside_its_compressed_form_is_sent_as_that(address: str, hosted: Path) -> None:
    (hosted / "figures.csv.gz").write_bytes(gzip.compress(b"ready\n"))
    _, sent, body = get(address, "/figures.csv", MappingProxyType({"Accept-Encoding": "gzip"}))
    assert sent["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == b"ready\n"


def test_a_machine_without_nginx_is_told_how_to_get_it(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nginx, "PLACES", "")
    with pytest.raises(pytest.fail.Exception, match="install it \\(Debian: `apt install nginx`\\)"), nginx.nginx(built, tmp_path):
        pass


@pytest.mark.parametrize("server", SERVERS)
def test_the_editing_page_alone_has_headers_of_its_own(server: str, tmp_path: Path) -> None:
    policy = "default-src 'none'; connect-src 'self' https://git.example.org"
    editing = {"Content-Security-Policy": policy, "Cross-Origin-Opener-Policy": "unsafe-none"}
    site = tmp_path / "site"
    for page in ("index.html", "404.html", "about/index.html", "admin/index.html"):
        (site / page).parent.mkdir(parents=True, exist_ok=True)
        (site / page).write_text("<p>page</p>\n", encoding="utf-8")
    usual = headers.every("default-src 'none'")
    headers.write(site, "default-src 'none'", editing)
    assert server_policy(site) == "default-src 'none'"
    (tmp_path / "made").mkdir()
    with getattr(nginx, server)(site, tmp_path / "made") as address:
        for path in ("/", "/about/", "/admin/", "/no-such-page/"):
            wanted = {**usual, **editing} if path == "/admin/" else usual
            _, sent, _ = get(address, path)
            assert {name: sent.get_all(name) for name in usual} == {name: [value] for name, value in wanted.items()}, path
            if path != "/no-such-page/":
                assert headers.sent(site, path) == wanted, path
