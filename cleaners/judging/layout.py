"""The layout judge: which blocks of an HTML page are its main content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.records import Block, Outline, Page, Removal

_WORD: Final = re.compile(r"\w+")
_RUN: Final = 3  # words that must stand together in the opinion to count as found
_AGREED: Final = 0.5


def judge_layout(page: Page, outline: Outline) -> tuple[list[Removal], float]:
    """A removal of kind `layout` for every block that is not main content.

    The second value is how far the result can be trusted (0 to 1).
    """
    # Its import takes half a second, which a run over text pages need not pay.
    import trafilatura  # noqa: PLC0415

    opinion = trafilatura.extract(page.text, include_comments=False) or ""
    found = _shares(outline.blocks, opinion)
    removals = [
        Removal(
            block=number,
            start=0,
            end=len(block.text),
            kind="layout",
            rule="layout",
            why=f"{share:.0%} of it is main content",
            score=1 - share,
        )
        for number, (block, share) in enumerate(zip(outline.blocks, found, strict=True))
        if share < _AGREED
    ]
    return removals, 0.8 if len(removals) < len(outline.blocks) else 0.0


def _shares(blocks: Sequence[Block], opinion: str) -> list[float]:
    """The share of each block's words that stand in the opinion, in runs."""
    words = _WORD.findall(opinion)
    runs = {tuple(words[i : i + n]) for n in range(1, _RUN + 1) for i in range(len(words))}
    lines = {" ".join(_WORD.findall(line)) for line in opinion.splitlines()}
    shares = []
    for block in blocks:
        own = _WORD.findall(block.text)
        n = min(_RUN, len(own))
        parts = [tuple(own[i : i + n]) for i in range(len(own) - n + 1)] if n else []
        share = sum(part in runs for part in parts) / len(parts) if parts else 0.0
        short = len(own) < 2 * _RUN
        shares.append(float(" ".join(own) in lines) if short and share else share)
    return shares


def removals_from(
    blocks: Sequence[Block], scores: NDArray[np.floating[Any]], keep: NDArray[np.bool_]
) -> list[Removal]:
    """A removal of each block that is not kept, with its score as the reason."""
    return [
        Removal(
            block=number,
            start=0,
            end=len(block.text),
            kind="layout",
            rule="layout",
            why=f"{score:.0%} likely to be main content",
            score=round(1 - score, 4),
        )
        for number, (block, score, kept) in enumerate(
            zip(blocks, scores.tolist(), keep.tolist(), strict=True)
        )
        if not kept
    ]
