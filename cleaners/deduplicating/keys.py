"""Keys: the numbers under which a document is filed and looked for.

Two documents that share a key of any kind are candidates.  The lowest two bits tell the kind, so
that one index holds them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import xxhash
from numpy.typing import NDArray

from cleaners.deduplicating.postings import KEY_BITS, Keys, Numbers
from cleaners.deduplicating.shingles import mix
from cleaners.deduplicating.signatures import Signatures, Sketches
from cleaners.deduplicating.urls import canonical_url

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
    """Keys of a batch: document `owners[i]` (its place in the batch) has key `keys[i]`."""

    keys: Keys
    owners: Numbers

    def __add__(self, other: Filing) -> Filing:
        return Filing(
            np.concatenate([self.keys, other.keys]), np.concatenate([self.owners, other.owners])
        )

    def of(self, *, anything: Sequence[int], digest: Sequence[int]) -> Filing:
        """All keys of some documents, only the digests of others; ordered by key, then owner."""
        size = int(self.owners.max(initial=0)) + 1
        wanted = np.isin(np.arange(size), anything)[self.owners]
        wanted |= np.isin(np.arange(size), digest)[self.owners] & (kind_of(self.keys) == EXACT)
        keys, owners = self.keys[wanted], self.owners[wanted]
        order = np.lexsort((owners, keys))
        return Filing(keys[order], owners[order])


def file_names(sketches: Sketches, urls: Sequence[str | None]) -> Filing:
    """Digest and URL of every document that is not blank."""
    filled = np.flatnonzero(sketches.counts)
    linked = [n for n in filled.tolist() if urls[n]]
    names = [xxhash.xxh3_64_intdigest(_canonical_bytes(urls[n] or "")) for n in linked]
    return Filing(exact_keys(sketches.digests[filled, 0]), filled) + Filing(
        _key(np.array(names, np.uint64), URL), np.array(linked, np.int64)
    )


def exact_keys(digests: NDArray[np.uint64]) -> Keys:
    """Keys from the first halves of digests."""
    return _key(digests, EXACT)


def file_samples(sketches: Sketches) -> Filing:
    owners = np.repeat(np.arange(len(sketches)), sketches.sampled)
    return Filing(_key(sketches.samples, SAMPLE), owners)


def file_bands(sketches: Sketches, places: Numbers) -> Filing:
    """The bands of the documents at these places of the batch."""
    hashes = _band_hashes(sketches.signatures[places])
    return Filing(_key(hashes.ravel(), BAND), np.repeat(places, BANDS))


def kind_of(keys: Keys) -> Keys:
    return keys & np.uint64(3)


def _canonical_bytes(url: str) -> bytes:
    return canonical_url(url).encode("utf-8", "surrogatepass")


def _key(hashes: NDArray[np.uint64], kind: int) -> Keys:
    """As many bits of the hash as a key has room for, and two of the kind."""
    return (hashes >> np.uint64(66 - KEY_BITS) << np.uint64(2)) | np.uint64(kind)


def _band_hashes(signatures: Signatures) -> NDArray[np.uint64]:
    """Shape (documents, bands); bands differ in their hash even where their values are equal."""
    values = signatures[:, : BANDS * ROWS].reshape(-1, BANDS, ROWS).astype(np.uint64)
    return mix((values * _ROW_FACTORS).sum(axis=2) + np.arange(BANDS, dtype=np.uint64))
