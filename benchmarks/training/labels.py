"""What share of each block's words is main content: blocks aligned with a page's known text.

The alignment is a longest common subsequence of words, found with whole-number bit vectors
(Hyyrö 2004), of which only runs count: single words that happen to match say nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")
_RUN = 3  # words that must match in a row
_SHINGLE = 4

Floats = NDArray[np.float64]
_Marks = tuple[NDArray[np.bool_], NDArray[np.bool_]]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def shares_from_text(texts: Sequence[str], truth: str) -> tuple[Floats, float]:
    """For each block the share of its words in the truth, and the share of the truth found."""
    wanted = words_of(truth)
    per_block = [words_of(text) for text in texts]
    have = [word for block in per_block for word in block]
    owner = np.repeat(np.arange(len(texts)), [len(block) for block in per_block])
    matched, used = _aligned(have, wanted)
    _match_moved(per_block, wanted, (matched, used))
    sizes = np.bincount(owner, minlength=len(texts))
    hits = np.bincount(owner, weights=matched, minlength=len(texts))
    shares = hits / np.maximum(sizes, 1)
    return shares, float(used.mean()) if len(wanted) else 1.0


def _aligned(have: list[str], wanted: list[str]) -> _Marks:
    """Which words of both sides take part in runs of the longest common subsequence."""
    positions: dict[str, int] = {}
    for at, word in enumerate(have):
        positions[word] = positions.get(word, 0) | (1 << at)
    full = (1 << len(have)) - 1
    rows = []
    state = full
    for word in wanted:
        match = positions.get(word, 0)
        both = state & match
        state = ((state + both) | (state - both)) & full
        rows.append(state)
    pairs = _traced(rows, len(wanted), len(have))
    matched = np.zeros(len(have), bool)
    used = np.zeros(len(wanted), bool)
    start = 0
    for end in range(1, len(pairs) + 1):
        ended = end == len(pairs) or (
            pairs[end][0] != pairs[end - 1][0] + 1 or pairs[end][1] != pairs[end - 1][1] + 1
        )
        if ended:
            if end - start >= _RUN:
                for i, j in pairs[start:end]:
                    matched[i] = used[j] = True
            start = end
    return matched, used


def _traced(rows: list[int], wanted: int, size: int) -> list[tuple[int, int]]:
    """The matched pairs (index in have, index in wanted), read back from the bit vectors."""
    pairs = []
    i, j = size - 1, wanted - 1
    while i >= 0 and j >= 0:
        if (rows[j] >> i) & 1:
            # No match ends here at this row: the subsequence is in a shorter prefix of have.
            # Jump over all such positions at once.
            zeros = ~rows[j] & ((1 << i) - 1)
            if not zeros:
                break
            i = zeros.bit_length() - 1
            continue
        if j > 0 and not (rows[j - 1] >> i) & 1:
            j -= 1
            continue
        pairs.append((i, j))
        i -= 1
        j -= 1
    return pairs[::-1]


def _match_moved(per_block: list[list[str]], wanted: list[str], marks: _Marks) -> None:
    """Match blocks that the truth has in another place: by shingles that are still free."""
    matched, used = marks
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(wanted) - _SHINGLE + 1):
        if not used[j : j + _SHINGLE].any():
            where[tuple(wanted[j : j + _SHINGLE])].append(j)
    start = 0
    for block in per_block:
        end = start + len(block)
        if where and len(block) >= _SHINGLE and matched[start:end].mean() <= 0.5:
            for i in range(len(block) - _SHINGLE + 1):
                free = where.get(tuple(block[i : i + _SHINGLE]))
                if free:
                    j = free.pop(0)
                    matched[start + i : start + i + _SHINGLE] = True
                    used[j : j + _SHINGLE] = True
        start = end


def shares_from_segments(
    texts: Sequence[str], wanted: Sequence[str], unwanted: Sequence[str]
) -> Floats:
    """1 for blocks that hold a wanted segment, 0 for an unwanted one, NaN for all others."""
    flat = [" ".join(text.split()) for text in texts]
    shares = np.full(len(texts), np.nan)
    for segments, value in ((unwanted, 0.0), (wanted, 1.0)):
        for segment in segments:
            needle = " ".join(segment.split())
            for number, text in enumerate(flat):
                if needle in text or (len(text) >= 20 and text in needle):
                    shares[number] = value
    return shares
