"""The page `docs/about/performance.md`, written from the figures alone: what was measured, each target, and whether it is reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.keep import PARTS, Part
from bench.telling import BECAUSE, TELLING
from bench.words import table, verdict

HEAD = Path(__file__).with_name("opening.md").read_text(encoding="utf-8")
QUICK = (
    '!!! warning "A quick run"\n\n    Some of these figures come from single runs, made to try the measuring out. Do not quote them.\n'
)


def write(parts: dict[str, Part]) -> str:
    """The whole page. `parts` are as `bench.keep` keeps them; a part that is missing or failed says so in its place."""
    told = {name: list(TELLING[name](parts[name]["figures"])) if "figures" in parts.get(name, {}) else [] for name in PARTS}
    body = [HEAD, *_noticed(parts), "## Targets\n", _targets(parts), *_missed(parts)]
    for name in PARTS:
        title, blocks = TITLES[name], told[name] or [_absent(parts.get(name))]
        body += [f"## {title}\n", *blocks, _when(parts.get(name))]
    body += ["## The machine\n", _machine(parts)]
    return "\n".join(block.rstrip("\n") + "\n" for block in body if block)


TITLES = {
    "start": "From a standing start to a marked answer",
    "wire": "What travels for a first marked answer",
    "content": "Opening a page of guidance",
    "search": "Searching",
    "build": "Building the site",
    "package": "A module in a learning management system",
}


def _noticed(parts: dict[str, Part]) -> Iterator[str]:
    if any(part.get("quick") for part in parts.values()):
        yield QUICK


def _targets(parts: dict[str, Part]) -> str:
    rows = []
    for name in PARTS:
        for target in verdict(name, parts.get(name, {}).get("figures")):
            rows.append(
                (
                    target.what,
                    target.most,
                    target.found,
                    {True: "Reached", False: "**Not reached**", None: "Not measured"}[target.reached],
                )
            )
    return table(("What", "Target", "Measured", "Reached or not"), rows, "")


def _missed(parts: dict[str, Part]) -> Iterator[str]:
    missed = [target for name in PARTS for target in verdict(name, parts.get(name, {}).get("figures")) if target.reached is False]
    if missed:
        yield "### Why some are not reached\n"
        keys = [target.key for target in missed]
        first = [keys.index(target.key) == at for at, target in enumerate(missed)]
        yield "\n".join(
            f"- **{target.what}:** {BECAUSE[target.key] if new else 'for the same reason.'}"
            for target, new in zip(missed, first, strict=True)
        )


def _absent(part: Part | None) -> str:
    return f"This could not be measured: {part['failed']}" if part and "failed" in part else "This has not been measured yet."


def _when(part: Part | None) -> str:
    return f"Measured on {day(part['date'])}." if part and "figures" in part else ""


def day(written: str) -> str:
    """`2026-11-28` as 28 November 2026."""
    read = date.fromisoformat(written)
    return f"{read.day} {read:%B %Y}"


def _machine(parts: dict[str, Part]) -> str:
    """What the parts were measured on: once, where it was one machine."""
    seen: dict[tuple[tuple[str, Any], ...], list[str]] = {}
    for name in PARTS:
        if name in parts:
            seen.setdefault(tuple(parts[name]["machine"].items()), []).append(TITLES[name])
    blocks = []
    for about, titles in seen.items():
        made = dict(about)
        rows = [
            ("Processor", f"{made['processor']}, {made['processors']} in use"),
            ("Memory", f"{made['memory']} GiB"),
            ("System", made["system"]),
            ("Browsers", f"Chromium {made['chromium'] or 'none'}, Firefox {made['firefox'] or 'none'}"),
            ("Builders", f"Python {made['python']}, MkDocs {made['mkdocs']}, Material for MkDocs {made['material']}"),
            ("Others", f"Pyodide {made['pyodide']}, PyScript {made['pyscript']}, Pagefind {made['pagefind']}"),
        ]
        blocks += [f"For: {', '.join(titles).lower()}.\n" if len(seen) > 1 else "", table(("Part", "What it is"), rows, "")]
    return "\n".join(blocks)
