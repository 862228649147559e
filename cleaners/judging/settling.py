"""Judge again until nothing more would go.

Taking boilerplate out makes new neighbours, and new neighbours make new evidence: the credit
behind the last sentence is only found when the sentence is the last.  So the text that is left
is cut and judged as a text page of its own until the rules have nothing to say.  That is why
cleaning a document's text again removes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.applying import merge, render, trace
from cleaners.judging import judge_kinds
from cleaners.judging.users import Own
from cleaners.records import Block, Removal
from cleaners.segmenting.text import locate_blocks


def settle(
    blocks: Sequence[Block], removals: Sequence[Removal], own: Own | None = None
) -> tuple[Removal, ...]:
    """`removals`, and whatever the rules would still take out of the text without them.

    Each round takes some of the text, so there is an end; no real page needs more than a few.
    """
    settled = merge(removals)
    while more := _again(blocks, settled, own):
        settled = merge([*settled, *more])
    return settled


def _again(blocks: Sequence[Block], removals: Sequence[Removal], own: Own | None) -> list[Removal]:
    """What the rules would take out of the text that `removals` leave, told in `blocks`."""
    rendering = render(blocks, removals)
    located = list(locate_blocks(rendering.text))
    return [
        traced
        for found in judge_kinds([block for _, block in located], own)
        for traced in trace(rendering, found, located[found.block][0])
    ]
