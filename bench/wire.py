"""What travels: the size of files as they are, in gzip 9 and in brotli 11."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypedDict

import brotli

KEPT = Path(".cache/bench/packed")


class Sizes(TypedDict):
    """Bytes of some files: how many files, as they are, and in both ways of packing."""

    files: int
    raw: int
    gzip: int
    brotli: int


def sizes(contents: Iterable[bytes]) -> Sizes:
    """What these files come to. A file that packing makes larger, such as a font, travels as it is."""
    rows = [(len(each), min(len(each), len(gzip_of(each))), min(len(each), len(brotli_of(each)))) for each in contents]
    raw, zipped, packed = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0, 0)
    return {"files": len(rows), "raw": raw, "gzip": zipped, "brotli": packed}


def brotli_of(content: bytes) -> bytes:
    """The content in brotli 11, which is what a host that packs ahead of time sends. 10 MB take half a minute, so it is kept."""
    return _kept(content, ".br", lambda: brotli.compress(content, quality=11))


def gzip_of(content: bytes) -> bytes:
    """The content in gzip 9."""
    return _kept(content, ".gz", lambda: gzip.compress(content, 9, mtime=0))


def _kept(content: bytes, ending: str, pack: Callable[[], bytes]) -> bytes:
    path = KEPT / (hashlib.sha256(content).hexdigest()[:32] + ending)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        writing = path.with_suffix(f"{ending}.{id(content)}")
        writing.write_bytes(pack())
        writing.replace(path)
    return path.read_bytes()
