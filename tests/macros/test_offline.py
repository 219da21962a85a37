"""The saved copy of the small site: every link of every page is a file of it, it says its day, and the same day gives the same zip."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from macros import offline
from macros.finish import headers
from macros.offline import pages
from macros.serve import server_policy

DAY = date(2026, 11, 28)
TOLD = "Saved copy from 28 November 2026."
SECONDS = 60
PAGE = (
    '<html class="no-js"><link rel="modulepreload" href="a.mjs"><noscript>Off</noscript><article>{}'
    '<p class="page-foot__print print-only">One.</p></article></html>'
)
NAMES = {"index.html", "a/index.html", "a/b/index.html", "a/b/x.png", "READ-ME-FIRST.txt"}


class Leads(HTMLParser):
    """Collects what a page loads and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in ("href", "src") and value]


@pytest.fixture(scope="module")
def copy(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked copy, made for a day of our own."""
    return unpack(built, tmp_path_factory.mktemp("copy"))


def unpack(site: Path, folder: Path) -> Path:
    """The folder that a person gets who unpacks the site's zip of `DAY`."""
    with zipfile.ZipFile(io.BytesIO(packed(site, DAY))) as copy:
        copy.extractall(folder)
    return folder / offline.FOLDER


def packed(site: Path, day: date) -> bytes:
    """The zip of the site as of a day; the one that the build left is put back."""
    before = (site / offline.NAME).read_bytes()
    try:
        offline.write(site, server_policy(site), day)
        return (site / offline.NAME).read_bytes()
    finally:
        (site / offline.NAME).write_bytes(before)


def test_the_build_leaves_a_copy_in_the_site(built: Path) -> None:
    with zipfile.ZipFile(built / offline.NAME) as copy:
        names = copy.namelist()
    assert names == sorted(names)
    assert {name.partition("/")[0] for name in names} == {offline.FOLDER}
    inside = {name.partition("/")[2] for name in names}
    assert {"READ-ME-FIRST.txt", "serve.py", "index.html", "guidance/index.html", "search/index.json", "feed.xml"} <= inside
    assert {address[1:] for address in headers.hashed(built)} <= inside
    assert not [name for name in inside if name.startswith(("_headers", "404", "sitemap", "downloads")) or ".map" in name]


def test_every_link_of_every_page_is_a_file(copy: Path) -> None:
    found = 0
    for page in sorted(copy.rglob("*.html")):
        for link in Leads(page.read_text(encoding="utf-8")).links:
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            found += 1
            assert (page.parent / unquote(parts.path)).resolve().is_file(), (page, link)
            assert (page.parent / unquote(parts.path)).resolve().is_relative_to(copy), (page, link)
    assert found > 100


def test_every_file_that_a_style_names_is_there(copy: Path) -> None:
    found = [(sheet, url) for sheet in copy.rglob("*.css") for url in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text("utf-8"))]
    assert found
    assert not [(sheet, url) for sheet, url in found if not url.startswith("data:") and not (sheet.parent / url).is_file()]


def test_every_page_says_its_day_on_screen_and_on_paper(copy: Path) -> None:
    for page in copy.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert text.count(TOLD) == 2, page
        assert "python3 serve.py" in text, page
    assert "SAVED COPY FROM 28 NOVEMBER 2026" in (copy / "READ-ME-FIRST.txt").read_text(encoding="utf-8")


def test_the_same_day_gives_the_same_zip_and_another_day_another(built: Path) -> None:
    first, again, later = (packed(built, day) for day in (DAY, DAY, date(2026, 11, 29)))
    assert first == again != later


@pytest.mark.parametrize(
    ("link", "becomes"),
    [
        ("../", 'href="../index.html"'),
        ("../..", 'href="../../index.html"'),
        (".", 'href="./index.html"'),
        ("../#there", 'href="../index.html#there"'),
        ("x.png", 'href="x.png"'),
        ("/a/b/", 'href="./index.html"'),
        ("/", 'href="../../index.html"'),
        ("#here", 'href="#here"'),
        ("https://example.org/", 'href="https://example.org/"'),
        ("tel:999", 'href="tel:999"'),
        ("../../downloads/x.zip", None),
    ],
)
def test_a_link_names_the_file_it_leads_to(link: str, becomes: str | None) -> None:
    text = pages.page("a/b/index.html", PAGE.format(f'<a class="x" href="{link}">there</a>'), NAMES, "1 May 2027", "READ-ME-FIRST.txt")
    assert re.search(r'<a class="x"( [^>]+)?>there</a>', text).group(1) == (f" {becomes}" if becomes else None)  # type: ignore[union-attr]
    assert 'see <a href="../../READ-ME-FIRST.txt">' in text
    assert '<div class="no-js-only">Off</div>' in text
    assert "modulepreload" not in text


@pytest.mark.parametrize("lost", ["<article>", 'class="page-foot__print print-only"', 'class="no-js"'])
def test_a_page_without_a_place_for_the_day_is_told(tmp_path: Path, lost: str) -> None:
    (tmp_path / "bare.html").write_text(PAGE.format("").replace(lost, "<p>"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"^bare\.html: `.*` is not in this page"):
        offline.write(tmp_path, "default-src 'none'", DAY)


def test_the_page_of_the_copy_has_the_policy_and_files_of_its_folder(copy: Path) -> None:
    text = (copy / "index.html").read_text(encoding="utf-8")
    assert "script-src 'self';" in text
    assert "style-src 'self' file:; img-src 'self' file: data:; font-src 'self' file:" in text


def test_the_program_is_written_for_old_pythons_too(copy: Path) -> None:
    ast.parse((copy / "serve.py").read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.fixture(scope="module")
def address(copy: Path) -> Iterator[str]:
    """What `serve.py` prints: where the copy is."""
    command = [sys.executable, str(copy / "serve.py"), "--no-browser"]
    with subprocess.Popen(command, cwd=copy.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found, process.stderr and process.stderr.read()
            yield found[0]
        finally:
            process.terminate()


def test_the_program_sends_what_a_server_sends(built: Path, address: str) -> None:
    for path, kind in (("/", "text/html"), ("/guidance/", "text/html"), ("/assets/javascripts/main.mjs", "text/javascript")):
        with urllib.request.urlopen(address + path, timeout=SECONDS) as answer:
            assert answer.headers.get_content_type() == kind
            for name, value in headers.every(server_policy(built)).items():
                assert answer.headers.get_all(name) == [value], name


OUTSIDE = ["/../secret.txt", "/..%2fsecret.txt", "/guidance/../../secret.txt", "/%2e%2e/secret.txt", "/out/secret.txt"]


@pytest.mark.parametrize("path", [*OUTSIDE, "/assets/", "/no-such-page/", "/no.mjs"])
def test_the_program_stays_in_its_folder(copy: Path, address: str, path: str) -> None:
    (copy.parent / "secret.txt").write_text("secret", encoding="utf-8")
    if not (copy / "out").exists():
        (copy / "out").symlink_to(copy.parent)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address + path, timeout=SECONDS)


def test_a_second_copy_finds_a_port_of_its_own(copy: Path, address: str) -> None:
    command = [sys.executable, str(copy / "serve.py"), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
        finally:
            process.terminate()
    assert re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert address + "/" not in line


def test_the_program_alone_says_what_is_missing(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "serve.py").write_bytes((copy / "serve.py").read_bytes())
    done = subprocess.run([sys.executable, "serve.py"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert done.returncode == 1
    assert done.stderr == "The pages are missing: unpack the whole zip, and start serve.py in its folder.\n"
