"""Our questions as a question bank holds them: what each kind becomes, and what of it has no place there.

The same response earns the same mark there as here; where that cannot be, the question stays behind and the loss says why. The rules are
Moodle's: shares of a mark for `multi`, neighbours kept for `order`, an accepted range for `number`."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any, TypeAlias

from engine.quiz import PENALTY
from macros.exports.bank import (
    LONGEST_TAG,
    Answer,
    Gap,
    Item,
    Loss,
    allowed,
    plain_ids,
    with_note,
    with_reasons,
    with_unit,
)
from macros.schema.question import Question

Written: TypeAlias = dict[str, Any]

LOCAL_LINK = re.compile(r"\[([^\]]*)\]\(\s*(?!https://)[^)\s]*\s*\)")


def give(question: Question, holds: Container[str]) -> tuple[Item | None, list[Loss]]:
    """The question as a bank holds it whose format `holds` some kinds, or None if it cannot be held, and what is lost."""
    written = question.model_dump(exclude_unset=True)
    refused = _refused(written, holds)
    if refused:
        return None, [Loss(question.id, "question", f"left out. {refused}")]
    losses = list(_left(written))
    item = _MAKERS[written["kind"]](_portable(written))
    item.hints = list(written.get("hints", []))
    item.penalty = written.get("penalty", PENALTY)
    tags = [*_tags(written), *item.tags]
    item.tags = [tag for tag in tags if len(tag) <= LONGEST_TAG]
    losses += (
        Loss(question.id, "tags", f"the tag `{tag}` is too long for Moodle.") for tag in tags if len(tag) > LONGEST_TAG
    )
    return item, losses


def _refused(written: Written, holds: Container[str]) -> str | None:
    """Why a bank cannot hold this question, or hold it and mark it as we do."""
    kind, score = written["kind"], written.get("score")
    if kind not in holds:
        return f"The format has no question like `{kind}`."
    if kind == "order" and written.get("equal"):
        return "Two of its steps may stand either way round, and Moodle would mark one way wrong."
    if kind == "order" and score == "pairwise":
        return "Moodle gives half marks for guessing at a ranking."
    if kind == "multi" and score == "exact":
        return "Moodle cannot mark ticks all or nothing."
    if kind == "multi" and score == "weights":
        odd = [option["weight"] for option in written["options"] if not allowed(option["weight"])]
        return f"Moodle has no share of {odd[0]:g} for an option." if odd else None
    return None


def _left(written: Written) -> Iterator[Loss]:
    """What stays behind of a question that goes."""
    name = written["id"]
    if "note" in written:
        yield Loss(name, "note", "the note for editors stays here.")
    if written != _portable(written):
        yield Loss(name, "links", "links to pages of this site become plain words.")
    for part in (written, *written.get("gaps", [])):
        if part.get("answers"):
            where = f" in the gap `{part['id']}`" if part is not written else ""
            slips = " and a slip of the keyboard is wrong" if part.get("typos") else ""
            yield Loss(
                name, "", f"Moodle wants the answer{where} as it is listed: a full stop after it is wrong{slips} there."
            )
    if written["kind"] == "cloze":
        if len(written["gaps"]) > 1:
            yield Loss(
                name,
                "",
                f"Moodle gives one mark for each of its {len(written['gaps'])} gaps; set its mark to 1 in the quiz.",
            )
        for gap in written["gaps"]:
            if gap.get("options") and _names(gap["options"]) != plain_ids("option", len(gap["options"])):
                yield Loss(name, "gaps.options.id", f"the options of the gap `{gap['id']}` get new ids.")
    if written["kind"] == "truefalse" and abs(written.get("penalty", PENALTY) - PENALTY) > 1e-6:
        yield Loss(name, "penalty", "Moodle has a penalty of its own for true or false.")


def _portable(value: Any) -> Any:
    """The same without links to pages of this site, which lead nowhere from another."""
    if isinstance(value, str):
        return LOCAL_LINK.sub(r"\1", value)
    if isinstance(value, dict):
        return {key: _portable(below) for key, below in value.items()}
    return [_portable(below) for below in value] if isinstance(value, list) else value


def _tags(written: Written) -> Iterator[str]:
    """What a bank has no place for and a tag can carry, the same for every kind."""
    yield f"outcome:{written['outcome']}"
    yield f"level:{written['level']}"
    yield from (flag for flag in ("critical", "certainty") if written.get(flag))
    yield from (f"fact:{fact}" for fact in written["facts"])
    if "supersedes" in written:
        yield f"supersedes:{written['supersedes']}"


def _beliefs(parts: Iterable[tuple[str, Written]]) -> list[str]:
    return [f"belief:{name}:{part['misconception']}" for name, part in parts if part.get("misconception")]


def _names(parts: Iterable[Written]) -> list[str]:
    return [part["id"] for part in parts]


def _named(kind: str, parts: list[Written]) -> list[str]:
    """A tag for each part whose id is not the one it would get by its place."""
    pairs = zip(_names(parts), plain_ids(kind, len(parts)), strict=True)
    return [f"{kind}:{place}:{name}" for place, (name, plain) in enumerate(pairs, 1) if name != plain]


def _begin(written: Written) -> Item:
    stem = with_note(written["stem"], written.get("content_note") or "")
    return Item(written["kind"], written["id"], stem, written["explain"])


def _give_options(written: Written) -> Item:
    item, options = _begin(written), written["options"]
    item.answers = [
        Answer(option["text"], share, option["why"]) for option, share in zip(options, _shares(written), strict=True)
    ]
    item.tags = [*_named("option", options), *_beliefs((option["id"], option) for option in options)]
    item.tags += ["score:plusminus"] if written.get("score") == "plusminus" else []
    return item


def _shares(written: Written) -> list[float]:
    """The share of each option: `balanced` is +1/C and -1/W, `plusminus` +1/C and -1/C (C right options, W wrong)."""
    options = written["options"]
    right = sum(bool(option.get("correct")) for option in options)
    if written["kind"] == "single":
        return [float(bool(option.get("correct"))) for option in options]
    if written.get("score") == "weights":
        return [option["weight"] for option in options]
    cost = right if written.get("score") == "plusminus" else len(options) - right
    return [1 / right if option.get("correct") else -1 / cost for option in options]


def _give_truefalse(written: Written) -> Item:
    item, answer = _begin(written), written["answer"]
    item.answers = [
        Answer("true", float(answer), written["why_true"]),
        Answer("false", float(not answer), written["why_false"]),
    ]
    item.tags = _beliefs([("false" if answer else "true", written)])
    return item


def _give_match(written: Written) -> Item:
    """A spare choice is a pair without a stem. A tag says of each choice its place, its id and the pair it first stands in."""
    item, choices, stems = _begin(written), written["choices"], written["stems"]
    texts = {choice["id"]: choice["text"] for choice in choices}
    used = [stem["choice"] for stem in stems]
    order = [*used, *(name for name in texts if name not in used)]
    item.pairs = [(stem["text"], texts[stem["choice"]]) for stem in stems]
    item.pairs += [("", texts[name]) for name in order[len(stems) :]]
    item.general = with_reasons(written["explain"], [stem["why"] for stem in stems])
    named = [f"choice:{place}:{name}:{order.index(name) + 1}" for place, name in enumerate(texts, 1)]
    item.tags = [*_named("stem", stems), *named]
    return item


def _give_order(written: Written) -> Item:
    item, items = _begin(written), written["items"]
    item.score = written.get("score", "adjacent")
    item.answers = [Answer(step["text"], 1.0) for step in items]
    item.general = with_reasons(written["explain"], [step["why"] for step in items])
    item.tags = _named("item", items)
    return item


def _give_short(written: Written) -> Item:
    item, mistakes = _begin(written), written.get("mistakes", [])
    item.answers = [Answer(text, 1.0, written["why"]) for text in written["answers"]]
    item.answers += [Answer(text, 0.0, mistake["why"]) for mistake in mistakes for text in mistake["answers"]]
    item.answers.append(Answer("*", 0.0, written["why_other"]))
    item.tags = _beliefs((str(place), mistake) for place, mistake in enumerate(mistakes, 1))
    item.tags += ["typos"] if written.get("typos") else []
    return item


def _give_number(written: Written) -> Item:
    item, mistakes = _begin(written), written.get("mistakes", [])
    item.text, item.unit = with_unit(item.text, written["unit"]), written["unit"]
    ranged = "range" in written
    right = written["range"] if ranged else None
    given = _middle(right, written["why"], 1.0) if right else _nominal(written)
    item.answers = [given, *(_middle(mistake["range"], mistake["why"], 0.0) for mistake in mistakes)]
    item.answers.append(Answer("*", 0.0, written["why_other"]))
    item.tags = _beliefs((str(place), mistake) for place, mistake in enumerate(mistakes, 1))
    item.tags += ["range"] if ranged else []
    return item


def _nominal(written: Written) -> Answer:
    return Answer(figure(written["answer"]), 1.0, written["why"], written.get("tolerance", 0.0))


def _middle(ends: list[float], why: str, fraction: float) -> Answer:
    low, high = ends
    return Answer(figure(round((low + high) / 2, 9)), fraction, why, round((high - low) / 2, 9))


def figure(value: float) -> str:
    """A number as both formats write one: no more digits than it has, and no exponent."""
    text = f"{value:.12f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _give_cloze(written: Written) -> Item:
    item, gaps = _begin(written), written["gaps"]
    item.gapped = written["text"]
    item.gaps = [Gap(gap["id"], "answers" in gap, list(_gap_answers(gap))) for gap in gaps]
    found = ((f"{gap['id']}.{option['id']}", option) for gap in gaps for option in gap.get("options", []))
    typos = [f"typos:{gap['id']}" for gap in gaps if gap.get("typos")]
    item.tags = [*_named("gap", gaps), *_beliefs(found), *typos]
    return item


def _gap_answers(gap: Written) -> Iterator[Answer]:
    if "answers" not in gap:
        yield from (
            Answer(option["text"], float(bool(option.get("correct"))), option["why"]) for option in gap["options"]
        )
        return
    yield from (Answer(text, 1.0, gap["why"]) for text in gap["answers"])
    yield Answer("*", 0.0, gap["why_other"])


_MAKERS: dict[str, Callable[[Written], Item]] = {
    "single": _give_options,
    "truefalse": _give_truefalse,
    "multi": _give_options,
    "match": _give_match,
    "order": _give_order,
    "short": _give_short,
    "number": _give_number,
    "cloze": _give_cloze,
}
