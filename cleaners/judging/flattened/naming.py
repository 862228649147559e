"""What a line is that the line judge takes out: what it says itself, or what it stands among.

The line judge says whether, this says what.  A line that says nothing of its kind is of the kind
of the heading that it hangs on, or of the kind that goes on both of its sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaners.judging.lines import Lines
from cleaners.judging.naming import name_layout
from cleaners.judging.rules import opener
from cleaners.records import Block, Kind, Removal

_REACH: Final = 3
"""Lines without a name between two of one kind that are still of that kind."""
_HUNG: Final = 12
"""Most lines that hang on a heading."""


def name_lines(removals: Sequence[Removal], blocks: Sequence[Block], lines: Lines) -> list[Removal]:
    """The removals, with a finer kind in place of `layout` wherever there is evidence for one."""
    named = name_layout(removals, blocks, lines)
    kinds = {removal.block: removal.kind for removal in named}
    hung = _hung(kinds, lines)
    between = _between(kinds)
    finer = []
    for removal in named:
        if removal.kind == "layout" and removal.block in hung:
            kind, head = hung[removal.block]
            why = f"stands under “{lines.all[head].text[:60]}”"
            finer.append(_renamed(removal, kind, why))
        elif removal.kind == "layout" and removal.block in between:
            kind = between[removal.block]
            finer.append(_renamed(removal, kind, f"stands between lines of kind {kind}"))
        else:
            finer.append(removal)
    return finer


def _renamed(removal: Removal, kind: Kind, why: str) -> Removal:
    block, start, end, _, _, said, score, layout = removal
    # Written out, since `_replace` takes five times as long.
    return Removal(block, start, end, kind, f"{kind}.layout", f"{said}; {why}", score, layout)


def _hung(kinds: dict[int, Kind], lines: Lines) -> dict[int, tuple[Kind, int]]:
    """Lines that go in one run with a heading of a section above them, and its kind."""
    hung: dict[int, tuple[Kind, int]] = {}
    for number in sorted(kinds):
        hit = opener(lines.all[number])
        if hit is None:
            continue
        for below in range(number + 1, number + 1 + _HUNG):
            if kinds.get(below) != "layout":
                break
            hung[below] = (hit.cue.kind, number)
    return hung


def _between(kinds: dict[int, Kind]) -> dict[int, Kind]:
    """Lines without a name between two near lines of one kind, where everything between goes."""
    between: dict[int, Kind] = {}
    last = -1
    for number in sorted(number for number, kind in kinds.items() if kind != "layout"):
        gap = range(last + 1, number)
        same = last >= 0 and kinds[last] == kinds[number]
        if same and len(gap) <= _REACH and all(line in kinds for line in gap):
            between |= dict.fromkeys(gap, kinds[number])
        last = number
    return between
