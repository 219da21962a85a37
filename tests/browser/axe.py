"""Running axe-core in a page: WCAG 2.2 AA and best practice. Its text is evaluated, not loaded, as the policy refuses any script
that is not the site's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const {violations} = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return violations.flatMap(({id, help, nodes}) => nodes.map(({target, html, any, all, none}) => {
    const why = [...any, ...all, ...none].map((one) => one.message).join('; ');
    return `${id}: ${help}\\n    ${target.join(' ')}\\n    ${html.slice(0, 200)}\\n    ${why}`;
  }));
}"""


@cache
def _text() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Every place that axe finds fault with: rule, target, HTML and why."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_text())
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def assert_none(page: Page, where: str) -> None:
    """Fail with every fault axe finds in the page as it is now."""
    found = violations(page)
    assert not found, f"{where}: {len(found)} faults\n  " + "\n  ".join(found)
