"""What makes a question a poor one, as far as a machine can tell: answers given away by length, place or wording, wrong options that nobody
believes, questions that are hard to read. It speaks once a file has no other mistake. The rules follow Haladyna, Downing and
Rodriguez (2002); where each turns is this project's choice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from engine import Refused, chance, draw_form, read_entry, read_module
from macros.load import Document, Place, Problem
from macros.plain import LONGEST, sentences
from macros.schema.composed import Grade
from macros.schema.module import Module
from macros.schema.question import Match, Multi, Order, Question, Single, TrueFalse

Found: TypeAlias = Iterator[tuple[Place, str]]

SEEDS = range(12)
"""The draws of each form that a page carries."""
ABSOLUTE = re.compile(r"\b(always|never|completely|certainly|definitely|impossible|under no circumstances|every single)\b", re.IGNORECASE)
TOGETHER = re.compile(r"\b(all|none|any|both) of (the|these) (above|below|options)\b|\b(both )?[a-e] and [a-e]\b(?! (E|&))", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(not|never|except|cannot|least likely)\b|n['’]t\b", re.IGNORECASE)
PLAUSIBLE = 2
"""Wrong options that name the belief behind them."""
MOST_BY_CHANCE = 0.55
"""What guessing may earn at one question: half with two choices, the fewest there are, and a little more in a story with part marks."""
MOST_BY_CHANCE_IN_ALL = 0.35
FEW = 4
"""Questions from which a pattern among them is a pattern."""
SCENE, SCENE_TO_GRADE = 130, 250
"""Words before the question is asked."""


def problems(document: Document, module: Module) -> Iterator[Problem]:
    """What is poor in one module, each with its line."""
    for index, question in enumerate(module.questions):
        for place, text in (*_worded(question), *_readable(question), *_guessable(document, index, question)):
            yield document.complain(("questions", index, *place), text)
    for place, text in (*_patterns(module), *_drawable(document), *_guessable_in_all(document)):
        yield document.complain(place, text)


def _worded(question: Question) -> Found:
    """What the words of the question and its options give away."""
    ask = question.stem.strip().rpartition("\n\n")[2]
    if isinstance(question, Single | Multi | TrueFalse) and (found := NEGATIVE.search(ask)):
        yield ("stem",), f"{question.id}: the question holds '{found[0]}'; ask what to do, and readers need not turn it round"
    for place, texts in _offered(question):
        seen: dict[str, int] = {}
        for index, text in enumerate(texts):
            folded = re.sub(r"\W+", " ", text).strip().casefold()
            if folded in seen:
                yield (*place, index), f"{question.id}: this says the same as number {seen[folded] + 1}; each has to differ"
            seen.setdefault(folded, index)
            if isinstance(question, Single | Multi) and (found := TOGETHER.search(text) or ABSOLUTE.search(text)):
                yield (*place, index, "text"), f"{question.id}: the option holds '{found[0]}', which gives it away; say it another way"
    if isinstance(question, Single):
        believed = sum(option.misconception is not None for option in question.options if not option.correct)
        if believed < PLAUSIBLE:
            text = f"found {believed} wrong options with a `misconception`; at least {PLAUSIBLE} have to be ones that people believe"
            yield ("options",), f"{question.id}: {text}"


def _offered(question: Question) -> Iterator[tuple[Place, Sequence[str]]]:
    """The texts that a question offers to choose among, with their place."""
    if isinstance(question, Single | Multi):
        yield ("options",), [option.text for option in question.options]
    elif isinstance(question, Match):
        yield ("choices",), [choice.text for choice in question.choices]
        yield ("stems",), [stem.text for stem in question.stems]
    elif isinstance(question, Order):
        yield ("items",), [item.text for item in question.items]


def _readable(question: Question) -> Found:
    scene, _, _ = question.stem.strip().rpartition("\n\n")
    most = SCENE_TO_GRADE if isinstance(question, Grade) else SCENE
    if (count := len(scene.split())) > most:
        yield ("stem",), f"{question.id}: the scene has {count} words; allowed: at most {most}"
    for key, text in (("stem", question.stem), ("explain", question.explain)):
        longest = max((len(one.split()) for _, one in sentences(text)), default=0)
        if longest > LONGEST:
            yield (key,), f"{question.id}: found a sentence of {longest} words; allowed: at most {LONGEST}"


def _guessable(document: Document, index: int, question: Question) -> Found:
    earned = chance(read_entry(document.data["questions"][index]))
    if earned > MOST_BY_CHANCE:
        yield (), f"{question.id}: guessing earns {earned:.0%} on average; allowed: at most {MOST_BY_CHANCE:.0%}"


def _guessable_in_all(document: Document) -> Found:
    entries = read_module(document.data).entries.values()
    mean = sum(map(chance, entries)) / len(entries)
    if mean > MOST_BY_CHANCE_IN_ALL:
        yield ("questions",), f"guessing earns {mean:.0%} over all questions; allowed: at most {MOST_BY_CHANCE_IN_ALL:.0%}"


def _patterns(module: Module) -> Found:
    """What the right answers of a module have in common, where there are enough of them to see it."""
    single = [question for question in module.questions if isinstance(question, Single)]
    if len(single) >= FEW:
        places = Counter(next(at for at, option in enumerate(one.options) if option.correct) for one in single)
        place, often = places.most_common(1)[0]
        if often > len(single) / 2:
            yield ("questions",), f"the right option is number {place + 1} in {often} of {len(single)} `single` questions; move it about"
        longest = sum(max(one.options, key=lambda option: len(option.text)).correct for one in single)
        if longest > len(single) / 3:
            yield ("questions",), f"the longest option is the right one in {longest} of {len(single)} `single` questions; allowed: a third"
    answers = [question.answer for question in module.questions if isinstance(question, TrueFalse)]
    if len(answers) >= FEW and len(set(answers)) == 1:
        yield ("questions",), f"every `truefalse` question is {str(answers[0]).lower()}; make some the other"


def _drawable(document: Document) -> Found:
    """Whether the forms that share no question can be drawn, from every seed a page carries."""
    try:
        module = read_module(document.data)
        for seed in SEEDS:
            draw_form(module, "after", seed)  # and the one before it
    except Refused as refused:
        yield ("questions",), f"the forms cannot be drawn: {refused.text}"
