"""Which documents to compare with which: from shared keys to pairs worth reading two texts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.deduplicating.keys import EXACT, SAMPLE, URL, Filing, kind_of
from cleaners.deduplicating.postings import Keys, Numbers, spread
from cleaners.deduplicating.signatures import Signatures

MAX_FILED: Final = 64
"""A key is filed for this many documents at most: one that more share is of a template."""
_SLACK: Final = 0.15
"""More than three standard errors of a similarity estimated from 128 values at 0.7."""
_SAMPLED_SHARE: Final = 0.6
"""Of the containment wanted; a sample of eight that is 80% shared rarely falls below half."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidates: the batch's document `owners[i]` and the known document `numbers[i]`.

    `samples[i]` counts the sampled hashes that they share; `named[i]` says that they share
    digest or URL.
    """

    owners: Numbers
    numbers: Numbers
    samples: Numbers
    named: NDArray[np.bool_]


def pair_with_known(filing: Filing, keys: Keys, numbers: Numbers) -> Pairs:
    """Pairs of the batch's documents and those filed as (`keys[i]`, `numbers[i]`)."""
    order = np.argsort(filing.keys, kind="stable")
    ordered = filing.keys[order]
    first = np.searchsorted(ordered, keys, "left")
    count = np.searchsorted(ordered, keys, "right") - first
    owners = filing.owners[order[spread(first, count)]]
    return _gather(owners, np.repeat(numbers, count), np.repeat(keys, count))


def pair_within(filing: Filing) -> Pairs:
    """Pairs of the batch's documents; `numbers` are places in the batch, before their owners."""
    order = np.lexsort((filing.owners, filing.keys))
    keys, owners = filing.keys[order], filing.owners[order]
    rank = ranks(keys)
    before = np.minimum(rank, MAX_FILED)
    partners = owners[spread(np.arange(len(keys)) - rank, before)]
    return _gather(np.repeat(owners, before), partners, np.repeat(keys, before))


def promise(
    pairs: Pairs,
    signatures: tuple[Signatures, Signatures],
    samples: tuple[Numbers, Numbers],
    *,
    threshold: float,
    containment: float,
) -> NDArray[np.float64]:
    """How promising each pair is, 0 for one that need not be compared.

    `signatures` and `samples` are those of owners and of numbers, one row a pair; `samples` counts
    the sampled hashes that a pair can be found by.
    """
    similarity = np.mean(signatures[0] == signatures[1], axis=1)
    share = pairs.samples / np.maximum(np.minimum(*samples), 1)
    wanted = (similarity >= threshold - _SLACK) | (share >= containment * _SAMPLED_SHARE)
    return np.where(pairs.named, 2.0, np.where(wanted, np.maximum(similarity, share), 0.0))


def count_filed(keys: Keys, filed: Keys) -> Numbers:
    """How often each of `keys` occurs in `filed`."""
    ordered = np.sort(filed)
    return np.searchsorted(ordered, keys, "right") - np.searchsorted(ordered, keys, "left")


def ranks(ordered: Keys) -> Numbers:
    """The place of each value among its equals, from 0."""
    places = np.arange(len(ordered))
    fresh = np.ones(len(ordered), bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return places - np.maximum.accumulate(np.where(fresh, places, 0))


def _gather(owners: Numbers, numbers: Numbers, keys: Keys) -> Pairs:
    """One row a pair, from one row a shared key."""
    order = np.lexsort((numbers, owners))
    owners, numbers, kinds = owners[order], numbers[order], kind_of(keys[order])
    fresh = np.ones(len(owners), bool)
    fresh[1:] = (owners[1:] != owners[:-1]) | (numbers[1:] != numbers[:-1])
    heads = np.flatnonzero(fresh)
    return Pairs(
        owners=owners[heads],
        numbers=numbers[heads],
        samples=_sums(kinds == SAMPLE, heads),
        named=_sums((kinds == EXACT) | (kinds == URL), heads) > 0,
    )


def _sums(flags: NDArray[np.bool_], heads: Numbers) -> Numbers:
    """How many flags are set from each head to the next."""
    total = np.concatenate([[0], np.cumsum(flags)])
    return total[np.append(heads[1:], len(flags))] - total[heads] if len(heads) else heads
