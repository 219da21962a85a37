"""What travels: every file each start fetches, as it is, in gzip 9 and in brotli 11."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import brotli

Sizes = tuple[int, int, int]


def sizes(files: dict[str, bytes], cache: Path) -> dict[str, Sizes]:
    """`{name: (raw, gzip, brotli)}`. Brotli 11 of 10 MB takes half a minute, so results are kept in `cache` by content."""
    known: dict[str, list[int]] = json.loads(cache.read_text()) if cache.exists() else {}
    found = {}
    for name, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        if digest not in known:
            known[digest] = [len(content), len(gzip.compress(content, 9)), len(brotli.compress(content, quality=11))]
        raw, gz, br = known[digest]
        found[name] = (raw, gz, br)
    cache.parent.mkdir(exist_ok=True)
    cache.write_text(json.dumps(known))
    return found


def table(title: str, found: dict[str, Sizes]) -> str:
    """A plain table of sizes, with their sum as its last row."""
    rows = [*found.items(), ("all", tuple(map(sum, zip(*found.values(), strict=True))))]
    lines = [f"{title:40}{'raw':>13}{'gzip 9':>13}{'brotli 11':>13}"]
    lines += [f"{name:40}" + "".join(f"{size:>13,}" for size in row) for name, row in rows]
    return "\n".join(lines)
