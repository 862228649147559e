"""Which documents to compare with which: from shared keys to pairs worth reading two texts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.deduplicating.keys import BAND, BANDS, ROWS, Filing, kind_of
from cleaners.deduplicating.postings import NUMBER_BITS, Keys, Numbers, spread
from cleaners.deduplicating.signatures import SHORT
from cleaners.deduplicating.sizes import Sizes

MAX_FILED: Final = 64
"""A key is filed for this many documents at most: one that more share is of a template."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidates: the batch's document `owners[i]` and the known document `numbers[i]`.

    `samples[i]` and `bands[i]` count the keys of those kinds that they share; `named[i]` says
    that they share digest or URL.
    """

    owners: Numbers
    numbers: Numbers
    samples: Numbers
    bands: Numbers
    named: NDArray[np.bool_]


def pair_with_known(filing: Filing, keys: Keys, numbers: Numbers) -> Pairs:
    """Pairs of the batch's documents and those filed as (`keys[i]`, `numbers[i]`)."""
    order = np.argsort(filing.keys, kind="stable")
    distinct, starts, counts = _runs(filing.keys[order])
    run = np.searchsorted(distinct, keys)  # all of `keys` are among the batch's
    first, count = starts[run], counts[run]
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
    pairs: Pairs, sizes: tuple[Sizes, Sizes], useful: NDArray[np.float64], least: float
) -> NDArray[np.float64]:
    """How promising each pair is, 0 for one that need not be compared.

    A pair is worth it when it shares a band (only documents with few samples have any), or as
    many samples as texts share of which the smaller is in the larger with a share of `least`,
    give or take three standard deviations.  `sizes` are those of owners and of numbers, one row a
    pair; `useful` is the share of the owner's samples by which it can be found.
    """
    one, other = sizes
    short = (one.counts < SHORT) & (other.counts < SHORT)
    # A long text shares with a short one only what would be sampled of a long one.
    whole = np.where(
        short, np.minimum(one.samples, other.samples), np.minimum(one.coarse, other.coarse)
    )
    whole = np.maximum(whole * useful, 1e-9)
    wanted = least * whole
    deviation = np.sqrt(wanted * (1 - least))
    enough = pairs.samples >= np.maximum(wanted - 3 * deviation, 1)
    # One shared sample of one is worth less than nine of ten.
    share = np.minimum(pairs.samples / whole, 1) * pairs.samples / (pairs.samples + 1)
    banded = (pairs.bands / BANDS) ** (1 / ROWS)
    worth = 1 - (1 - np.where(enough, share, 0)) * (1 - banded)
    return np.where(pairs.named, 2.0, worth)


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
    # One sort of whole numbers: owner, number and kind of key stand in one.
    codes = (owners << (NUMBER_BITS + 2)) | (numbers << 2) | kind_of(keys).astype(np.int64)
    codes.sort()
    kinds, names = codes & 3, codes >> 2
    fresh = np.ones(len(codes), bool)
    fresh[1:] = names[1:] != names[:-1]
    heads = np.flatnonzero(fresh)
    # Nearly all shared keys are samples, so that the others are the ones to be counted.
    banded = _count(np.flatnonzero(kinds == BAND), heads)
    named = _count(np.flatnonzero(kinds < BAND), heads)
    shared = np.diff(np.append(heads, len(codes)))
    return Pairs(
        owners=names[heads] >> NUMBER_BITS,
        numbers=names[heads] & ((1 << NUMBER_BITS) - 1),
        samples=shared - banded - named,
        bands=banded,
        named=named > 0,
    )


def _count(places: Numbers, heads: Numbers) -> Numbers:
    """How many of the places stand between each head and the next."""
    return np.bincount(np.searchsorted(heads, places, "right") - 1, minlength=len(heads))


def _runs(ordered: Keys) -> tuple[Keys, Numbers, Numbers]:
    """Distinct values, where each begins, and how often it occurs."""
    starts = np.flatnonzero(ranks(ordered) == 0)
    return ordered[starts], starts, np.diff(np.append(starts, len(ordered)))
