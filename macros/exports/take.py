"""Questions of a bank as ours: what each becomes in a module's file. What a file does not say is left out, not made up; whoever reads the
answer is told what is still to be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.quiz import PENALTY
from macros.exports.bank import (
    NEAR,
    Answer,
    Item,
    plain_ids,
    without_note,
    without_reasons,
    without_unit,
)

Written: TypeAlias = dict[str, Any]

KNOWN = frozenset(
    "outcome level critical certainty fact supersedes belief choice stem option item gap score typos range".split()
)
FLAGS = ("critical", "certainty")


@dataclass(slots=True)
class _Tags:
    """What the tags of a question say, by their first word, in their order."""

    found: dict[str, list[str]] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)

    def one(self, name: str) -> str:
        return self.found.get(name, [""])[0]

    def by_key(self, name: str) -> dict[str, str]:
        """The tags `name:key:value`, as key and value."""
        pairs = (text.partition(":") for text in self.found.get(name, []))
        return {key: value for key, _, value in pairs}


def take(item: Item) -> tuple[Written, list[str]]:
    """A question as a module's file has it, and what of it did not come across, in sentences."""
    tags, said = _read_tags(item.tags), [f"{words}." for words in item.said]
    general, reasons = without_reasons(item.general)
    stem, note = without_note(item.text.strip())
    question: Written = {"id": _slug(item.id), "kind": item.kind}
    question |= {name: tags.one(name) for name in ("outcome", "level") if tags.one(name)}
    question |= {flag: True for flag in FLAGS if flag in tags.found}
    question |= {"content_note": note} if note else {}
    question |= {"stem": stem} if stem else {}
    question |= _TAKERS[item.kind](item, tags, reasons, said)
    question |= {"explain": general} if general else {}
    question |= {"hints": item.hints} if item.hints else {}
    if abs(item.penalty - PENALTY) > NEAR and item.kind != "truefalse":
        question["penalty"] = item.penalty
    question |= {"facts": tags.found["fact"]} if "fact" in tags.found else {}
    question |= {"supersedes": tags.one("supersedes")} if tags.one("supersedes") else {}
    if question["id"] != item.id:
        said.append(
            f"its name `{item.id}` is no id; it is called `{question['id']}` now." if item.id else "it has no name."
        )
    said += [f"the tag `{tag}` means nothing here." for tag in tags.other]
    return question, said


def _read_tags(written: list[str]) -> _Tags:
    tags = _Tags()
    for tag in written:
        name, _, value = tag.partition(":")
        if name in KNOWN:
            tags.found.setdefault(name, []).append(value)
        else:
            tags.other.append(tag)
    return tags


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "question"


def _ids(kind: str, count: int, tags: _Tags) -> list[str]:
    named = tags.by_key(kind)
    return [named.get(str(place), plain) for place, plain in enumerate(plain_ids(kind, count), 1)]


def _belief(tags: _Tags, key: str) -> Written:
    found = tags.by_key("belief").get(key)
    return {"misconception": found} if found else {}


def _why(key: str, text: str) -> Written:
    return {key: text} if text else {}


def _options(
    answers: list[Answer], ids: list[str], tags: _Tags, right: Callable[[Answer], bool], prefix: str = ""
) -> Iterator[Written]:
    for answer, name in zip(answers, ids, strict=True):
        option: Written = {"id": name, "text": answer.text}
        option |= {"correct": True} if right(answer) else {}
        yield option | _belief(tags, prefix + name) | _why("why", answer.why)


def _take_single(item: Item, tags: _Tags, _: list[str], said: list[str]) -> Written:
    partly = [answer.text for answer in item.answers if 0 < answer.fraction < 1 - NEAR or answer.fraction < 0]
    said += [f"the option “{text}” earned part of the mark; here it is wrong." for text in partly]
    ids = _ids("option", len(item.answers), tags)
    return {"options": list(_options(item.answers, ids, tags, lambda answer: answer.fraction > 1 - NEAR))}


def _take_multi(item: Item, tags: _Tags, _: list[str], said: list[str]) -> Written:
    """The rule is told from the shares; shares of any other kind are kept as weights."""
    ids = _ids("option", len(item.answers), tags)
    options = list(_options(item.answers, ids, tags, lambda answer: answer.fraction > NEAR))
    score = _rule([answer.fraction for answer in item.answers], tags.one("score"))
    if score == "weights":
        for option, answer in zip(options, item.answers, strict=True):
            option["weight"] = round(answer.fraction, 7)
        if min((answer.fraction for answer in item.answers), default=0) >= 0:
            said.append(
                "a wrong tick costs nothing, so ticking everything earns full marks. Drop `score` and every `weight` to mend it."
            )
    return ({"score": score} if score else {}) | {"options": options}


def _rule(shares: list[float], tagged: str) -> str:
    right, wrong = [share for share in shares if share > NEAR], [share for share in shares if share <= NEAR]
    if right and wrong and all(abs(share - 1 / len(right)) < NEAR for share in right):
        if all(abs(share + 1 / len(wrong)) < NEAR for share in wrong):
            return "plusminus" if tagged == "plusminus" and len(wrong) == len(right) else ""
        if all(abs(share + 1 / len(right)) < NEAR for share in wrong):
            return "plusminus"
    return "weights"


def _take_truefalse(item: Item, tags: _Tags, _: list[str], said: list[str]) -> Written:
    named = {answer.text.strip().lower(): answer for answer in item.answers}
    if not {"true", "false"} <= named.keys():
        said.append("its answers are not called true and false; the first was taken for true.")
        named = dict(zip(("true", "false"), item.answers, strict=False))
    true, false = named.get("true", Answer("", 0)), named.get("false", Answer("", 0))
    right = true.fraction > false.fraction
    whys = _why("why_true", true.why) | _why("why_false", false.why)
    return {"answer": right} | _belief(tags, "false" if right else "true") | whys


def _take_match(item: Item, tags: _Tags, reasons: list[str], _: list[str]) -> Written:
    """Choices are named and placed by their tags; one without a tag goes to the end."""
    texts = list(dict.fromkeys(choice for _, choice in item.pairs))
    first = {choice: place for place, (_, choice) in reversed([*enumerate(item.pairs, 1)])}
    named = {pair: (int(place), name) for place, name, pair in _choice_tags(tags)}
    plain = plain_ids("choice", len(texts))
    ranked = sorted(
        (*named.get(first[text], (len(texts) + place, plain[place])), text) for place, text in enumerate(texts)
    )
    names = {text: name for _, name, text in ranked}
    asked = [(stem, choice) for stem, choice in item.pairs if stem]
    ids = _ids("stem", len(asked), tags)
    reasons = reasons if len(reasons) == len(asked) else [""] * len(asked)
    stems = [
        {"id": name, "text": stem, "choice": names[choice]} | _why("why", why)
        for name, (stem, choice), why in zip(ids, asked, reasons, strict=True)
    ]
    return {"choices": [{"id": name, "text": text} for _, name, text in ranked], "stems": stems}


def _choice_tags(tags: _Tags) -> Iterator[tuple[str, str, int]]:
    for text in tags.found.get("choice", []):
        found = re.fullmatch(r"(\d{1,2}):([a-z0-9-]+):(\d{1,2})", text)
        if found:
            yield found[1], found[2], int(found[3])


def _take_order(item: Item, tags: _Tags, reasons: list[str], _: list[str]) -> Written:
    ids = _ids("item", len(item.answers), tags)
    reasons = reasons if len(reasons) == len(ids) else [""] * len(ids)
    steps = zip(ids, item.answers, reasons, strict=True)
    items = [{"id": name, "text": answer.text} | _why("why", why) for name, answer, why in steps]
    return ({"score": item.score} if item.score not in ("", "adjacent") else {}) | {"items": items}


def _parted(item: Item, said: list[str]) -> tuple[list[Answer], list[Answer], str]:
    """The right answers, the foreseen mistakes, and what is said to everyone else. Half right is not right."""
    other = next((answer.why for answer in item.answers if answer.text == "*"), "")
    named = [answer for answer in item.answers if answer.text != "*"]
    right = [answer for answer in named if answer.fraction > 1 - NEAR]
    said += [
        f"the answer “{each.text}” earned part of the mark; here it is wrong."
        for each in named
        if NEAR < each.fraction < 1 - NEAR
    ]
    if len({answer.why for answer in right}) > 1:
        said.append("only the first right answer's reason is kept.")
    return right, [answer for answer in named if answer.fraction <= 1 - NEAR], other


def _take_short(item: Item, tags: _Tags, _: list[str], said: list[str]) -> Written:
    right, wrong, other = _parted(item, said)
    mistakes: list[Written] = []
    for answer in wrong:
        if mistakes and mistakes[-1].get("why", "") == answer.why:
            mistakes[-1]["answers"].append(_typed(answer.text))
        else:
            mistakes.append(
                {"answers": [_typed(answer.text)]} | _belief(tags, str(len(mistakes) + 1)) | _why("why", answer.why)
            )
    return (
        {"answers": [_typed(answer.text) for answer in right]}
        | ({"typos": True} if "typos" in tags.found else {})
        | _why("why", right[0].why if right else "")
        | ({"mistakes": mistakes} if mistakes else {})
        | _why("why_other", other)
    )


def _typed(text: str) -> str:
    return text.replace("\\*", "*")


def _take_number(item: Item, tags: _Tags, _: list[str], said: list[str]) -> Written:
    right, wrong, other = _parted(item, said)
    if len(right) > 1:
        said.append("only its first right number is kept.")
    stem, unit = without_unit(item.text.strip())
    item_stem = {"stem": without_note(stem)[0]} if unit else {}
    given: Written = {}
    if right and ("range" in tags.found):
        given = {"range": _ends(right[0])}
    elif right:
        given = {"answer": float(right[0].text)} | ({"tolerance": right[0].tolerance} if right[0].tolerance else {})
    mistakes = [
        {"range": _ends(answer)} | _belief(tags, str(place)) | _why("why", answer.why)
        for place, answer in enumerate(wrong, 1)
    ]
    return (
        item_stem
        | given
        | ({"unit": unit or item.unit} if unit or item.unit else {})
        | _why("why", right[0].why if right else "")
        | ({"mistakes": mistakes} if mistakes else {})
        | _why("why_other", other)
    )


def _ends(answer: Answer) -> list[float]:
    middle = float(answer.text)
    return [round(middle - answer.tolerance, 9), round(middle + answer.tolerance, 9)]


def _take_cloze(item: Item, tags: _Tags, _: list[str], said: list[str]) -> Written:
    ids = _ids("gap", len(item.gaps), tags)
    names, gaps = dict(zip((gap.id for gap in item.gaps), ids, strict=True)), []
    text = re.sub(r"\{(g\d+)\}", lambda found: f"{{{names.get(found[1], found[1])}}}", item.gapped)
    typos = tags.found.get("typos", [])
    for gap, name in zip(item.gaps, ids, strict=True):
        if gap.typed:
            right, wrong, other = _parted(Item("short", "", "", answers=gap.answers), said)
            said += [
                f"a gap has no foreseen mistakes here: what is said of “{answer.text}” stays behind."
                for answer in wrong
            ]
            typed: Written = {"id": name, "answers": [_typed(answer.text) for answer in right]}
            typed |= {"typos": True} if name in typos else {}
            gaps.append(typed | _why("why", right[0].why if right else "") | _why("why_other", other))
        else:
            options = _options(
                gap.answers,
                plain_ids("option", len(gap.answers)),
                tags,
                lambda each: each.fraction > 1 - NEAR,
                f"{name}.",
            )
            gaps.append({"id": name, "options": list(options)})
    return {"text": text, "gaps": gaps}


_TAKERS: dict[str, Callable[[Item, _Tags, list[str], list[str]], Written]] = {
    "single": _take_single,
    "truefalse": _take_truefalse,
    "multi": _take_multi,
    "match": _take_match,
    "order": _take_order,
    "short": _take_short,
    "number": _take_number,
    "cloze": _take_cloze,
}
