"""Compare two documents exactly: shingle sets, and the numbers they state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cleaners.deduplicating.shingles import Hashes, shingle_texts
from cleaners.deduplicating.signatures import unique

_NUMBER: Final = re.compile(r"\d(?:[\d.,:/-]*\d)?")
_MIN_NUMBERS: Final = 4
"""With fewer numbers than this in the shorter text, numbers say nothing."""
_MIN_SHARED_NUMBERS: Final = 0.5
"""Copies keep nearly all of their numbers, reports filled into one template few of them."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text made ready for comparison: its distinct shingle hashes in order, its numbers."""

    hashes: Hashes
    numbers: Counter[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are, exactly.

    similarity   Jaccard similarity of their shingle sets
    containment  share of the smaller set that is in the larger
    numbers      share of the numbers of the text with fewer that the other states too;
                 1.0 where there are too few to tell
    """

    similarity: float
    containment: float
    numbers: float

    @property
    def templated(self) -> bool:
        """The texts share their wording but not their numbers: one template, other facts."""
        return self.numbers < _MIN_SHARED_NUMBERS


def prepare(texts: Sequence[str], width: int) -> list[Prepared]:
    return [
        Prepared(unique(hashes), Counter(_NUMBER.findall(text)))
        for text, hashes in zip(texts, shingle_texts(texts, width), strict=True)
    ]


def compare(one: Prepared, other: Prepared) -> Likeness:
    """Both must have at least one shingle."""
    shared = _count_shared(one.hashes, other.hashes)
    union = len(one.hashes) + len(other.hashes) - shared
    fewer = min(one.numbers.total(), other.numbers.total())
    kept = (one.numbers & other.numbers).total()
    return Likeness(
        similarity=shared / union,
        containment=shared / min(len(one.hashes), len(other.hashes)),
        numbers=kept / fewer if fewer >= _MIN_NUMBERS else 1.0,
    )


def _count_shared(one: Hashes, other: Hashes) -> int:
    merged = np.concatenate([one, other])
    merged.sort(kind="stable")
    return int(np.count_nonzero(merged[1:] == merged[:-1]))
