"""Items to be put in order: a position for each. What such a question is, the shuffle it starts from, and the three
rules by which an order earns. Items in one `equal` group may stand in any order among themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise, permutations, product
from typing import TypeAlias

from engine.marks import UNANSWERED, Mark, award, reject, split_pairs
from engine.reading import Definition, Refused, read_choice, read_id, read_ids, read_list, read_rows
from engine.shuffling import scatter

Order: TypeAlias = tuple[str, ...]

FEWEST, MOST = 3, 7  # items; seven keep the orders to look through under a thousand


@dataclass(frozen=True, slots=True)
class Question:
    """The question's id, the groups in the right order (an item without an equal is a group of one), and the rule."""

    id: str
    groups: tuple[Order, ...]
    score: str


def read(definition: Definition) -> Question:
    """Return the question from `items: [{id}]` in the right order, `equal: [[ids]]` and `score` (`adjacent` if absent).

    Raises Refused for fewer than 3 or more than 7 items, and for equal groups that overlap, are split by another
    item, name no item, or hold every item.
    """
    items = read_ids(read_rows(definition, "items"), "items", FEWEST)
    if len(items) > MOST:
        raise Refused(f"“items” must hold at most {MOST}.")
    groups = _read_groups(items, read_list(definition, "equal"))
    return Question(read_id(definition), groups, read_choice(definition, "score", RULES, "adjacent"))


def start(question: Question) -> Order:
    """Return the item ids in the order the page shows first: always the same for the same ids.

    Never a right order and, with more than 3 items, never one reversed: this project's design choice.
    """
    shuffled = sorted(chain(*question.groups), key=lambda item: scatter(f"{item} {question.id}"))
    return next(order for order in permutations(shuffled) if _may_start(question, order))


def mark(question: Question, values: Sequence[str]) -> Mark:
    """Return what the order earns. `values` are texts `item=position`, positions 1 to n.

    No position at all, or the start order untouched, is unanswered; a position twice or missing is invalid.
    """
    items = tuple(chain(*question.groups))
    positions = [str(position) for position in range(1, len(items) + 1)]
    pairs = split_pairs(values)
    if pairs is None or not pairs.keys() <= set(items) or not set(pairs.values()) <= {"", *positions}:
        return reject("unknown_value")
    if not any(pairs.values()):
        return UNANSWERED
    if sorted(pairs.values()) != positions:
        return reject("positions_repeat")
    given = tuple(sorted(items, key=lambda item: int(pairs[item])))
    return UNANSWERED if given == start(question) else _award(question, given)


def chance(question: Question) -> float:
    """Return what a random order earns on average, over every order there is."""
    rule, right = RULES[question.score], tuple(_right_orders(question))
    orders = list(permutations(chain(*question.groups)))
    return sum(max(rule(order, given) for order in right) for given in orders) / len(orders)


def _award(question: Question, given: Order) -> Mark:
    rule = RULES[question.score]
    fraction = max(rule(order, given) for order in _right_orders(question))
    placed = dict(zip(given, _placed(question, given), strict=True))
    keys = [f"{'right' if placed[item] else 'moved'}:{item}" for item in chain(*question.groups)]
    return award(fraction, keys)


def _read_groups(items: Order, equal: list[object]) -> tuple[Order, ...]:
    together: list[Order] = [tuple(sorted(_read_group(items, group), key=items.index)) for group in equal]
    alone: list[Order] = [(item,) for item in items if item not in chain(*together)]
    groups = tuple(sorted(together + alone, key=lambda group: items.index(group[0])))
    if tuple(chain(*groups)) != items:
        raise Refused("items in an equal group must stand side by side, and in one group only.")
    if len(groups) == 1:
        raise Refused("an equal group must leave at least one item out.")
    return groups


def _read_group(items: Order, group: object) -> list[str]:
    found = [item for item in items if isinstance(group, list) and item in group]
    if not isinstance(group, list) or len(found) != len(group) or not found:
        raise Refused("each equal group must be a list of item ids.")
    return found


def _right_orders(question: Question) -> Iterator[Order]:
    inside = (permutations(group) for group in question.groups)
    return (tuple(chain(*groups)) for groups in product(*inside))


def _placed(question: Question, given: Sequence[str]) -> list[bool]:
    """Say of each place in `given` whether its item may stand there."""
    homes = [group for group in question.groups for _ in group]
    return [item in home for item, home in zip(given, homes, strict=True)]


def _may_start(question: Question, order: Order) -> bool:
    backwards = len(order) > FEWEST and all(_placed(question, order[::-1]))
    return not backwards and not all(_placed(question, order))


def _score_adjacent(order: Order, given: Order) -> float:
    """Neighbours kept over neighbours there are: Moodle core's ordering, "next, excluding last"."""
    kept = set(pairwise(order)) & set(pairwise(given))
    return len(kept) / (len(order) - 1)


def _score_pairwise(order: Order, given: Order) -> float:
    """max(0, 2p - 1) for the share p of pairs in the right order: Moodle's relative rule, set so that chance is 0."""
    pairs = set(combinations(order, 2))
    kept = len(pairs & set(combinations(given, 2)))
    return max(0, 2 * kept - len(pairs)) / len(pairs)


def _score_exact(order: Order, given: Order) -> float:
    """All or nothing: Moodle core's ordering."""
    return float(order == given)


RULES: dict[str, Callable[[Order, Order], float]] = {
    "adjacent": _score_adjacent,
    "pairwise": _score_pairwise,
    "exact": _score_exact,
}
