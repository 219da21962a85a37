"""The policy of every page: the site itself, its real inline scripts by their hashes, and nothing unsafe."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from macros.finish import policy

META = '<meta http-equiv="Content-Security-Policy" content="__CSP__">'


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _directives(text: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in text.split(";"))}


def test_the_known_hash_of_a_known_script() -> None:
    """The example in the Content Security Policy specification, level 3."""
    assert policy.hashes("<script>alert('Hello, world.');</script>") == {"'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"}


@pytest.mark.parametrize(
    "html",
    ['<script src="a.mjs"></script>', '<script type="module" src=a.mjs></script>', '<script\nsrc="a.mjs"></script>',
     '<script type="application/json">{"a": 1}</script>', "<script data-x type=application/json>1</script>"],
)  # fmt: skip
def test_files_and_data_need_no_hash(html: str) -> None:
    assert policy.hashes(html) == set()


@pytest.mark.parametrize(
    "html",
    ["<SCRIPT>\nf()\n</SCRIPT>", '<script type="module">\nf()\n</script >', '<script data-src="x">\nf()\n</script>'],
)
def test_inline_scripts_are_hashed_exactly(html: str) -> None:
    assert policy.hashes(html) == {_source("\nf()\n")}


def test_each_page_has_its_own_policy_and_the_server_has_all(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(f"<head>{META}</head><p>__CSP__</p><script>f()</script>", encoding="utf-8")
    (tmp_path / "a/index.html").write_text(f"<head>{META}</head><script>g()</script>", encoding="utf-8")
    server = policy.write(tmp_path)
    home, other = ((tmp_path / name).read_text(encoding="utf-8") for name in ("index.html", "a/index.html"))
    assert _source("f()") in home
    assert _source("g()") not in home
    assert home.count("__CSP__") == 1
    assert _source("g()") in other
    assert {_source("f()"), _source("g()"), "'wasm-unsafe-eval'"} <= set(_directives(server)["script-src"])
    assert _directives(server)["frame-ancestors"] == ["'self'"]


@pytest.mark.parametrize("text", [policy.policy(set()), policy.policy({_source("f()")}, "'wasm-unsafe-eval'")])
def test_nothing_unsafe_and_nowhere_else(text: str) -> None:
    directives = _directives(text)
    assert directives["default-src"] == ["'none'"]
    assert directives["base-uri"] == directives["form-action"] == ["'none'"]
    sources = {source for values in directives.values() for source in values}
    assert not sources & {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "https:", "http:", "blob:"}
    assert "data:" not in directives["script-src"]
    assert not [source for source in sources if "." in source.strip("'").split("-")[0]]


def test_a_page_without_a_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "bare.html").write_text("<p>words</p>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no place for a policy in their head: bare\.html"):
        policy.write(tmp_path)


def test_every_page_of_a_built_site_has_it(built: Path) -> None:
    pages = list(built.rglob("*.html"))
    assert pages
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "__CSP__" not in html, page
        head, _, _ = html.partition("</head>")
        assert "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'" in head, page
        assert " style=" not in html, page
    assert (built / "_headers").read_text(encoding="utf-8").startswith("/*\n  Content-Security-Policy: default-src 'none';")
