"""The layout judge: which blocks of an HTML page are its main content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.model import Model, choose, default_model, page_row, score_blocks
from cleaners.judging.repeats import find_repeats
from cleaners.records import Block, Outline, Page, Removal


class Judged(NamedTuple):
    """What the layout judge makes of a page.

    `removals` holds one of kind `layout` for every block that is not main content; `confidence` is
    the page's expected F1: how far the result can be trusted (0 to 1); `scores` says how likely
    each block is main content (0 to 1).
    """

    removals: list[Removal]
    confidence: float
    scores: NDArray[np.floating[Any]]


def judge_layout(page: Page, outline: Outline, model: Model | None = None) -> Judged:
    """Which blocks are not main content."""
    if not outline.blocks:
        return Judged([], 0.0, np.zeros(0, np.float32))
    model = model or default_model()
    scores, measured = score_blocks(outline, page.url, model)
    keep, expected = choose(scores, measured.words)
    trust = model.page.margin(page_row(scores, keep, expected, measured.words))
    removals = removals_from(outline.blocks, scores, keep)
    return Judged(removals, float(np.clip(trust[0], 0, 1)), scores)


def removals_from(
    blocks: Sequence[Block], scores: NDArray[np.floating[Any]], keep: NDArray[np.bool_]
) -> list[Removal]:
    """A removal of each block that is not kept, and of each that says again what is kept."""
    likely = np.rint(scores.astype(np.float64) * 100).astype(int).tolist()
    sure = (np.rint((1 - scores.astype(np.float64)) * 10_000) / 10_000).tolist()
    removals = []
    for number in np.flatnonzero(~keep).tolist():
        end, why = len(blocks[number].text), f"{likely[number]}% likely to be main content"
        removals.append(Removal(number, 0, end, "layout", "layout", why, sure[number], layout=True))
    return removals + find_repeats(blocks, np.flatnonzero(keep).tolist())
