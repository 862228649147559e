"""Tell tables of data from tables that only place things, and join the rows of the former."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Final

from cleaners.records import Elements
from cleaners.segmenting.cutting import Draft

_LONGEST_CELL: Final = 200  # characters, mean over a table's cells
_MANY_PARTS: Final = 1.5  # blocks a cell, mean over a table's cells
_BETWEEN_CELLS: Final = " | "


def join_rows(drafts: Sequence[Draft], nesting: Collection[int], elements: Elements) -> list[Draft]:
    """The drafts with each row of a data table made one, its cells joined by " | ".

    `nesting` holds the numbers of tables that contain tables: those place things.
    """
    tables: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.context.row:
            tables[draft.context.table].append(draft)
    data = {number for number, parts in tables.items() if number not in nesting and _is_data(parts)}
    if not data:
        return list(drafts)
    joined: list[Draft] = []
    for (table, row), group in groupby(drafts, key=lambda d: (d.context.table, d.context.row)):
        parts = list(group)
        joined += [_row(parts, elements)] if row and table in data else parts
    return joined


def _is_data(parts: Sequence[Draft]) -> bool:
    """At least two rows and two columns, of short cells that hold one thing each."""
    rows = {part.context.row for part in parts}
    cells = {part.context.cell for part in parts}
    if len(rows) < 2 or len(cells) < 2 * len(rows) - 1:
        return False
    if any(part.context.role == "code" for part in parts):
        return False
    headings = sum(part.context.role == "heading" for part in parts)
    return (
        headings * 4 < len(cells)
        and len(parts) <= _MANY_PARTS * len(cells)
        and sum(len(part.text) for part in parts) <= _LONGEST_CELL * len(cells)
    )


def _row(parts: Sequence[Draft], elements: Elements) -> Draft:
    """One draft for all of a row, standing where the row's element stands."""
    cells = groupby(parts, key=lambda part: part.context.cell)
    texts = [" ".join(" ".join(part.text.split()) for part in cell) for _, cell in cells]
    first = parts[0]
    row = first.context.row
    return Draft(
        _BETWEEN_CELLS.join(texts),
        first.context._replace(role="row", cell=0, hidden=all(p.context.hidden for p in parts)),
        row if elements.holds(row, first.element) else 0,
        sum(part.link_chars for part in parts),
        sum(part.links for part in parts),
    )
