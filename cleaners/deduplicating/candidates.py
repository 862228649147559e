"""Which documents to compare with which: from shared keys to pairs worth reading two texts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.deduplicating.keys import EXACT, SAMPLE, URL, Filing, kind_of
from cleaners.deduplicating.postings import Keys, Numbers, spread
from cleaners.deduplicating.signatures import Signatures, fractions

MAX_FILED: Final = 64
"""A key is filed for this many documents at most: one that more share is of a template."""
_SLACK: Final = 0.15
"""More than three standard errors of a similarity estimated from 128 values at 0.7."""


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


@dataclass(frozen=True, slots=True)
class Sides:
    """What is known of the two documents of each pair: signatures, and distinct shingles.

    `useful` is the share of the owner's sampled hashes by which it can be found.
    """

    signatures: tuple[Signatures, Signatures]
    counts: tuple[NDArray[np.uint32], NDArray[np.uint32]]
    useful: NDArray[np.float64]


def promise(
    pairs: Pairs, sides: Sides, *, threshold: float, containment: float
) -> NDArray[np.float64]:
    """How promising each pair is, 0 for one that need not be compared.

    A pair is worth it when its signatures agree nearly as much as the threshold says, or when it
    shares no fewer samples than three standard deviations below what the containment lets expect.
    """
    similarity = np.mean(sides.signatures[0] == sides.signatures[1], axis=1)
    step = np.maximum(*map(fractions, sides.counts))
    whole = np.minimum(*sides.counts) / step * sides.useful  # samples shared by a contained text
    wanted = containment * whole
    enough = pairs.samples >= np.maximum(wanted - 3 * np.sqrt(wanted), 1)
    share = np.minimum(pairs.samples / np.maximum(whole, 1), 1)
    # One shared sample of one is worth less than nine of ten.
    share *= pairs.samples / (pairs.samples + 1)
    worth = (similarity >= threshold - _SLACK) | enough
    return np.where(pairs.named, 2.0, np.where(worth, np.maximum(similarity, share), 0.0))


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
