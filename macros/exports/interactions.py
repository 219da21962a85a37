"""What an LMS is told of each question in SCORM 1.2: its interactions, their types, and what stands there for a response.

SCORM 1.2 (Run-Time Environment, `cmi.interactions`) has its own small words for responses: one letter or figure for each choice, `1.a` for
a pair. Here each response of ours is given the one that stands for it, so that the script in the package knows no kind of question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import ascii_lowercase, digits
from typing import Any, TypeAlias

Written: TypeAlias = Mapping[str, Any]
"""A question as its author wrote it."""
Interaction: TypeAlias = dict[str, Any]
"""`{"id", "type", "right": [pattern], "codes": {response: code}}`, and `"worth": {code: fraction}` where the question has several
interactions, each with a result of its own. Codes stand in the order in which they are told. Without any, the text is told itself."""

LETTERS = ascii_lowercase + digits
FIGURES = digits[1:] + ascii_lowercase
LONGEST = 255
"""Characters of a CMIFeedback and of a CMIIdentifier."""
MOST_PATTERNS = 5


def interactions(question: Written) -> list[Interaction]:
    """What is told of a question: one interaction, or one for each decision of a story and each line that is graded."""
    return list(_KINDS[question["kind"]](question))


def _choice(question: Written) -> Iterator[Interaction]:
    codes = _letters(row["id"] for row in question["options"])
    right = ",".join(codes[row["id"]] for row in question["options"] if row.get("correct"))
    yield _one(question, "choice", right, codes=codes)


def _true_or_false(question: Written) -> Iterator[Interaction]:
    yield _one(question, "true-false", "t" if question["answer"] else "f", codes={"true": "t", "false": "f"})


def _match(question: Written) -> Iterator[Interaction]:
    targets = _letters(row["id"] for row in question["choices"])
    sources = dict(zip((row["id"] for row in question["stems"]), FIGURES, strict=False))
    codes = {f"{stem}={choice}": f"{source}.{target}" for stem, source in sources.items() for choice, target in targets.items()}
    right = ",".join(codes[f"{row['id']}={row['choice']}"] for row in question["stems"])
    yield _one(question, "matching", right, codes=codes)


def _order(question: Written) -> Iterator[Interaction]:
    letters = _letters(row["id"] for row in question["items"])
    codes = {f"{item}={place}": letter for place in range(1, len(letters) + 1) for item, letter in letters.items()}
    yield _one(question, "sequencing", ",".join(letters.values()), codes=codes)


def _short(question: Written) -> Iterator[Interaction]:
    yield _one(question, "fill-in", *question["answers"][:MOST_PATTERNS])


def _gaps(question: Written) -> Iterator[Interaction]:
    """All gaps in one interaction, each with its name, so that a gap left empty moves no other."""
    yield _one(question, "fill-in", ",".join(f"{gap['id']}={_filled(gap)}" for gap in question["gaps"]))


def _filled(gap: Written) -> str:
    right = next((str(row["id"]) for row in gap.get("options") or [] if row.get("correct")), None)
    return right if right is not None else str(gap["answers"][0])


def _number(question: Written) -> Iterator[Interaction]:
    """A range has no pattern: SCORM 1.2 has a word for one number only."""
    answer = question.get("answer")
    yield _one(question, "numeric", *([f"{answer:.6f}".rstrip("0").rstrip(".")] if answer is not None else []))


def _story(question: Written) -> Iterator[Interaction]:
    for scene in question["scenes"]:
        options = scene.get("options") or []
        if options:
            letters = _letters(row["id"] for row in options)
            best = max(row["value"] for row in options)
            worth = {letters[row["id"]]: row["value"] / best if best else 0 for row in options}
            right = [letter for letter, fraction in worth.items() if fraction == 1]
            yield _part(question, scene, "choice", right, {f"{scene['id']}={name}": code for name, code in letters.items()}, worth)


def _grades(question: Written) -> Iterator[Interaction]:
    """The points of `engine/kinds/grade.py`: half for a grade beside the key."""
    for item in question["items"]:
        codes = {f"{item['id']}={grade}": str(grade) for grade in range(4)}
        worth = {str(grade): max(0, 2 - abs(grade - item["key"])) / 2 for grade in range(4)}
        yield _part(question, item, "numeric", [str(item["key"])], codes, worth)


_KINDS = {
    "single": _choice,
    "multi": _choice,
    "truefalse": _true_or_false,
    "match": _match,
    "order": _order,
    "short": _short,
    "number": _number,
    "cloze": _gaps,
    "case": _story,
    "grade": _grades,
}


def _letters(names: Any) -> dict[str, str]:
    return dict(zip(names, LETTERS, strict=False))


def _one(question: Written, sort: str, *right: str, codes: dict[str, str] | None = None) -> Interaction:
    told: Interaction = {"id": question["id"], "type": sort, "right": [pattern[:LONGEST] for pattern in right]}
    return {**told, "codes": codes} if codes else told


def _part(
    question: Written, part: Written, sort: str, right: list[str], codes: dict[str, str], worth: dict[str, float]
) -> Interaction:
    return {"id": f"{question['id']}_{part['id']}"[:LONGEST], "type": sort, "right": right, "codes": codes, "worth": worth}
