"""What lies behind a wrong choice: the `misconception` an author names beside it, found again by the key of the mark that says it was
chosen. No kind has to know of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.reading import Definition, read_id, read_rows, read_text


def read(definition: Definition) -> dict[str, str]:
    """Return `{key of a mark: misconception}` for everything in one question that names one. Raises Refused for a blank name."""
    return {key: read_text(row, "misconception") for key, row in _choices(definition) if row.get("misconception") is not None}


def _choices(definition: Definition) -> Iterator[tuple[str, Definition]]:
    """Every choice of a question with the key its mark gives it."""
    yield f"chosen:{str(definition.get('answer') is not True).lower()}", definition
    yield from ((f"chosen:{read_id(row)}", row) for row in read_rows(definition, "options"))
    yield from ((f"mistake:{index}", row) for index, row in enumerate(read_rows(definition, "mistakes")))
    for part in (*read_rows(definition, "gaps"), *read_rows(definition, "scenes")):
        yield from ((f"chosen:{read_id(part)}:{read_id(row)}", row) for row in read_rows(part, "options"))
