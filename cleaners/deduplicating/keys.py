"""Keys: the 48-bit numbers under which a document is filed and looked for.

Two documents that share a key of any kind are candidates.  The lowest two bits tell the kind, so
that one table holds them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import xxhash
from numpy.typing import NDArray

from cleaners.deduplicating.shingles import mix
from cleaners.deduplicating.signatures import Signatures, Sketches
from cleaners.deduplicating.urls import canonical_url

Keys: TypeAlias = NDArray[np.int64]

EXACT: Final = 0
URL: Final = 1
BAND: Final = 2
SAMPLE: Final = 3

BANDS: Final = 21
ROWS: Final = 6
"""21 bands of 6 values: from the measured grid in `docs/duplicates.md`."""

_ROW_FACTORS: Final = np.array(
    [pow(0x9E3779B97F4A7C15, row + 1, 1 << 64) for row in range(ROWS)], np.uint64
)


@dataclass(frozen=True, slots=True)
class Filing:
    """All keys of a batch: document `owners[i]` (its place in the batch) has key `keys[i]`."""

    keys: Keys
    owners: NDArray[np.intp]


def file_keys(sketches: Sketches, urls: Sequence[str | None]) -> Filing:
    """The keys of every document that is not blank."""
    filled = np.flatnonzero(sketches.counts)
    sampled = np.repeat(np.arange(len(sketches)), sketches.sampled)
    linked = [n for n in filled.tolist() if urls[n]]
    names = [
        xxhash.xxh3_64_intdigest(canonical_url(urls[n] or "").encode("utf-8", "surrogatepass"))
        for n in linked
    ]
    return Filing(
        keys=np.concatenate(
            [
                _key(sketches.digests[filled, 0], EXACT),
                _key(np.array(names, np.uint64), URL),
                _key(_band_hashes(sketches.signatures[filled]).ravel(), BAND),
                _key(sketches.samples, SAMPLE),
            ]
        ),
        owners=np.concatenate(
            [filled, np.array(linked, np.intp), np.repeat(filled, BANDS), sampled]
        ),
    )


def kind_of(keys: Keys) -> NDArray[np.int64]:
    return keys & 3


def _key(hashes: NDArray[np.uint64], kind: int) -> Keys:
    """46 bits of the hash and two of the kind."""
    return ((hashes >> np.uint64(18) << np.uint64(2)) | np.uint64(kind)).astype(np.int64)


def _band_hashes(signatures: Signatures) -> NDArray[np.uint64]:
    """Shape (documents, bands); bands differ in their hash even where their values are equal."""
    values = signatures[:, : BANDS * ROWS].reshape(-1, BANDS, ROWS).astype(np.uint64)
    return mix((values * _ROW_FACTORS).sum(axis=2) + np.arange(BANDS, dtype=np.uint64))
