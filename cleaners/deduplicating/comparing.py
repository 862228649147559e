"""Compare two documents exactly: shingle sets, and the numbers they state."""

from __future__ import annotations

import re
import sys
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
    """A text made ready for comparison, with its distinct shingle hashes in order."""

    text: str
    hashes: Hashes

    @property
    def size(self) -> int:
        """Bytes of memory, nearly."""
        return sys.getsizeof(self.text) + self.hashes.nbytes


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are, exactly.

    similarity   Jaccard similarity of their shingle sets
    containment  share of the smaller set that is in the larger
    """

    similarity: float
    containment: float


def prepare(texts: Sequence[str], width: int) -> list[Prepared]:
    shingled = shingle_texts(texts, width)
    return [Prepared(text, unique(hashes)) for text, hashes in zip(texts, shingled, strict=True)]


def compare(one: Prepared, other: Prepared) -> Likeness:
    """Both must have at least one shingle."""
    merged = np.concatenate([one.hashes, other.hashes])
    merged.sort()
    shared = int(np.count_nonzero(merged[1:] == merged[:-1]))
    return Likeness(
        similarity=shared / (len(merged) - shared),
        containment=shared / min(len(one.hashes), len(other.hashes)),
    )


def share_numbers(one: str, other: str) -> float:
    """Share of the numbers of the text with fewer that the other states, too.

    It is 1.0 where there are too few to tell.
    """
    ours, theirs = (Counter(_NUMBER.findall(text)) for text in (one, other))
    fewer = min(ours.total(), theirs.total())
    return (ours & theirs).total() / fewer if fewer >= _MIN_NUMBERS else 1.0


def is_templated(shared_numbers: float) -> bool:
    """Whether two texts that share their wording are filled into one template."""
    return shared_numbers < _MIN_SHARED_NUMBERS
