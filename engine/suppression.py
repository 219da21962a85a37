"""Which counts of people may be shown, so that no few people can be told from what is. A report is passed on, so it keeps these rules
whoever reads it. All are this project's design choice; five is the least that public bodies commonly show.

1. A count of 1 to 4 people is never shown. None is: it is about nobody.
2. A share is shown only where the people in it, and those who are not, are each none or five and more.
3. Where a row of counts adds up to something that is shown, hiding one alone would give it away. So the smallest count of five and more is
   hidden with it, and whatever is as small. Where there is none, the whole row is hidden.
4. Sums about groups of people that overlap can be taken from one another. A second group is shown only where every set of people that the
   groups cut out is none, or five and more.
5. Where everybody is in at least one group, a few who are in none of the shown ones must be in a hidden one. So groups are hidden, the
   smallest first, until nobody is, or five people and more are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

FEW = 5


def shown(count: int) -> int | None:
    """Return a count of people as it may be shown; None where it may not (rule 1)."""
    return count if _is_safe(count) else None


def is_split(count: int, of: int) -> bool:
    """Whether a share of people may be shown (rule 2)."""
    return of >= FEW and _is_safe(count) and _is_safe(of - count)


def hide(cells: Mapping[str, int]) -> frozenset[str]:
    """Return the cells of a row to hide (rule 3). What is hidden depends on the counts alone and not on their order, so the hidden ones
    could as well be the other way round, and they are not all the same."""
    if all(map(_is_safe, cells.values())):
        return frozenset()
    limit = min((count for count in cells.values() if count >= FEW), default=None)
    return frozenset(name for name, count in cells.items() if limit is None or 0 < count <= limit)


def apart(groups: Sequence[Collection[int]]) -> list[bool]:
    """Return which of some groups of people may be shown beside those before them (rule 4)."""
    kept: list[Collection[int]] = []
    told = []
    for group in groups:
        told.append(len(group) >= FEW and all(size >= FEW for size in _cut_out([*kept, group])))
        kept += [group] if told[-1] else []
    return told


def cover(groups: Mapping[str, Collection[int]], everybody: int) -> dict[str, int | None]:
    """Return the sizes of groups that hold everybody between them, as they may be shown (rules 1 and 5). People are numbered from 0."""
    open_ = sorted((name for name in groups if len(groups[name]) >= FEW), key=lambda name: (-len(groups[name]), name))
    while not _is_safe(everybody - len(set().union(*(groups[name] for name in open_)))):
        open_.pop()
    return {name: len(group) if name in open_ or not group else None for name, group in groups.items()}


def _cut_out(groups: Sequence[Collection[int]]) -> Iterable[int]:
    """How many people there are in each part that overlapping groups cut each other into."""
    sizes: dict[tuple[bool, ...], int] = {}
    sets = [frozenset(group) for group in groups]
    for person in frozenset().union(*sets):
        place = tuple(person in group for group in sets)
        sizes[place] = sizes.get(place, 0) + 1
    return sizes.values()


def _is_safe(count: int) -> bool:
    return count == 0 or count >= FEW
