"""How well and how fast searches answer, in Chromium: every query of `tests/cases/search.yml`, typed key by key, over the same pages.

Ours, Material's own and Pagefind's. A query succeeds in the first (or the first three) when one of the pages it accepts is the first (one
of the first three) results. A keystroke is timed from the key to the list of results, with the index loaded.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

from bench import browsers, peers, server, wire
from macros.facts import address

QUERIES = Path("tests/cases/search.yml")
PAGEFIND = "node_modules/@pagefind/linux-x64/bin/pagefind_extended"
WAITED = """
  globalThis.typed = (words, list, event, text) => new Promise((done) => {
    const watch = new MutationObserver(() => { clearTimeout(timer); watch.disconnect(); done(performance.now() - from); });
    const timer = setTimeout(() => { watch.disconnect(); done(null); }, 1000);
    watch.observe(list, { childList: true, subtree: true });
    words.value = text;
    const from = performance.now();
    words.dispatchEvent(new Event(event, { bubbles: true }));
  });"""
OPEN = {
    "ours": f"""async () => {{
  {WAITED}
  document.querySelector('[data-search-open]').click();
  globalThis.list = document.querySelector('[data-search-results]');
  globalThis.type = (text) => {{
    list.append(document.createElement('li'));  // so that even an empty answer changes the list
    return typed(document.querySelector('[data-search-words]'), list, 'input', text);
  }};
  await type('neglect');
}}""",
    "material": f"""async () => {{
  {WAITED}
  document.querySelector('#__search').checked = true;
  const words = document.querySelector('[data-md-component=search-query]');
  globalThis.list = document.querySelector('.md-search-result__list');
  globalThis.type = (text) => typed(words, list, 'keyup', text);
  words.focus();
  for (let tries = 0; tries < 20 && !list.querySelector('a'); tries += 1) {{
    await type(`neglect${{' '.repeat(tries % 2)}}`);
  }}
}}""",
    "pagefind": """async () => {
  const { search } = await import('/pagefind/pagefind.js');
  globalThis.list = document.createElement('ol');
  globalThis.type = async (text) => {
    const from = performance.now();
    const { results } = await search(text);
    const first = await Promise.all(results.slice(0, 3).map((result) => result.data()));
    list.replaceChildren(...first.map(({ url }) => {
      const link = document.createElement('a');
      link.href = url;
      return link;
    }));
    return performance.now() - from;
  };
  await type('neglect');
}""",
}
TYPE = """async (query) => {
  const times = [];
  for (let end = 1; end <= query.length; end += 1) times.push(await type(query.slice(0, end)));
  const links = [...list.querySelectorAll('a')].map((link) => new URL(link.href).pathname.slice(1));
  return { times, urls: [...new Set(links)].slice(0, 3) };
}"""

Case = dict[str, Any]


def cases(file: Path) -> list[Case]:
    """Each query with the addresses of the pages it accepts."""
    rows = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    return [{"query": row["query"], "accepted": {address(page) for page in row["pages"]}} for row in rows]


def measure(ours: Path, plain: Path, policy: str, queries: Path, pagefind: Path) -> dict[str, Any]:
    """For each search: `{"first", "three", "p50", "p95", "keys", "unanswered", "bytes"}`; and the queries ours fails."""
    rows = cases(queries)
    peers.run([str(pagefind), "--site", str(plain), "--root-selector", "article", "--silent"], plain.parent)
    held = {"ours": server.folder(ours), "material": server.folder(plain)}
    held["pagefind"] = held["material"]
    found: dict[str, Any] = {"queries": len(rows)}
    for who, opener in OPEN.items():
        with server.serve(held[who], policy=policy if who == "ours" else "") as host, browsers.page() as page:
            found[who] = _ask(page, host, opener, rows, held[who])
    return found


def _ask(page: Page, host: server.Host, opener: str, rows: list[Case], held: dict[str, bytes]) -> dict[str, Any]:
    page.goto(f"{host.origin}/about/licence/", wait_until="networkidle")
    page.evaluate(opener)
    fetched = _fetched(host.asked, held)
    answers = [page.evaluate(TYPE, row["query"]) for row in rows]
    times = [time for answer in answers for time in answer["times"] if time is not None]
    cuts = statistics.quantiles(times, n=100)
    first = [row["query"] for row, answer in zip(rows, answers, strict=True) if not set(answer["urls"][:1]) & row["accepted"]]
    three = [row["query"] for row, answer in zip(rows, answers, strict=True) if not set(answer["urls"]) & row["accepted"]]
    return {
        "first": round(1 - len(first) / len(rows), 3),
        "three": round(1 - len(three) / len(rows), 3),
        "not first": first,
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "keys": len(times),
        "unanswered": sum(time is None for answer in answers for time in answer["times"]),
        "bytes": fetched,
    }


def _fetched(asked: list[str], held: dict[str, bytes]) -> wire.Sizes:
    """What was fetched to search at all: scripts, an index or the parts of one, and no page, style or picture."""
    wanted = ("search", "pagefind", "finding", "lunr")
    return wire.sizes(held[path] for path in sorted(set(asked)) if path in held and any(word in path for word in wanted))
