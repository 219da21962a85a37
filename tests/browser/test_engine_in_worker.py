"""The engine in a real page's worker gives the very replies that pytest gets from it: every row of `tests/cases/`."""

from __future__ import annotations

import json

from engine import handle
from tests import cases, tool_cases, training
from tests.browser.conftest import Open

ASK_ALL = """async (texts) => {
  const {createClient} = await import('/assets/javascripts/client.mjs');
  const runtime = await (await fetch('/assets/runtime/manifest.json')).json();
  const client = createClient({...runtime, base: '/assets/runtime/'}, {start: 120_000, answer: 120_000});
  return Promise.all(texts.map((text) => client.ask(text)));
}"""


def test_every_case_in_the_worker(open_page: Open) -> None:
    rows = list(cases.messages())
    page = open_page("/about/licence/")
    replies = page.evaluate(ASK_ALL, [text for _, text, _ in rows])
    assert len(replies) == len(rows) > 100
    differing = [
        f"{name}: {reply}"
        for (name, _, expected), reply in zip(rows, replies, strict=True)
        if not cases.same(json.loads(reply), expected)
    ]
    assert not differing, "\n".join(differing)


def test_every_row_of_the_training_and_the_tools_in_the_worker(open_page: Open) -> None:
    texts = [text for _, text, _ in training.messages()] + [text for _, _, text, _ in tool_cases.messages()]
    page = open_page("/about/licence/")
    replies = page.evaluate(ASK_ALL, texts)
    assert len(replies) == len(texts) > 700
    for text, reply in zip(texts, replies, strict=True):
        assert cases.same(json.loads(reply), json.loads(handle(text))), text
