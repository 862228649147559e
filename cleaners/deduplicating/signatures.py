"""Sketches of texts: MinHash signatures and containment sketches, many texts at once.

The signature is datasketch 2's `affine32` (`MinHash(num_perm=128, seed=1)`), value for value:
the 32-bit shingle hash is mixed with MurmurHash3's finalizer, permuted as `a * h + b` modulo
2**32, and the least value of each permutation is kept (Broder 1997).  The containment sketch is
a FracMinHash (Irber et al. 2022): all shingle hashes that fall in one 32nd of the hash space, so
that two sketches share what two texts share, however different their lengths.  Of short texts it
holds an eighth, or too few would be left to find them by.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cleaners.deduplicating.shingles import Hashes, hash_shingle, shingle_texts

if TYPE_CHECKING:
    import datasketch

Signatures: TypeAlias = NDArray[np.uint32]

PERMUTATIONS: Final = 128
SEED: Final = 1
FRACTION: Final = 32
"""One shingle hash in this many is in the containment sketch, ..."""
SHORT_FRACTION: Final = 8
"""... but one in this many for a text with fewer distinct shingles than ..."""
SHORT: Final = 256

_SLICE: Final = 256  # texts whose shingles are permuted together


@dataclass(frozen=True, slots=True)
class Sketches:
    """What the duplicate index needs to know of `n` texts; pure data, cheap to store and send.

    counts      (n,) uint32: distinct shingles; 0 only for a blank text
    signatures  (n, 128) uint32
    digests     (n, 2) uint64: xxh3-128 of the folded text; zeros for a blank text
    samples     flat uint64: the sampled shingle hashes, distinct and sorted within a text
    bounds      (n + 1,) uint32: text `i` has `samples[bounds[i]:bounds[i + 1]]`
    hashes      flat uint64: all distinct shingle hashes, sorted within a text; text `i` has
                `counts[i]` of them
    """

    counts: NDArray[np.uint32]
    signatures: Signatures
    digests: Hashes
    samples: Hashes
    bounds: NDArray[np.uint32]
    hashes: Hashes

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def sampled(self) -> NDArray[np.int64]:
        """(n,) how many sampled hashes each text has."""
        ends = self.bounds.astype(np.int64)
        return ends[1:] - ends[:-1]

    def ends(self) -> NDArray[np.int64]:
        """(n + 1,) text `i` has `hashes[ends[i]:ends[i + 1]]`."""
        return np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])

    def to_bytes(self) -> bytes:
        """The same sketches always give the same bytes (an uncompressed .npz)."""
        file = io.BytesIO()
        np.savez(file, **{name: getattr(self, name) for name in self.__slots__})
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Sketches:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(**{name: arrays[name] for name in cls.__slots__})


def sketch(texts: Sequence[str], width: int = 3) -> Sketches:
    """Sketch every text from its runs of `width` tokens."""
    shingled = shingle_texts(texts, width)
    size = len(texts)
    counts = np.zeros(size, np.uint32)
    samples: list[Hashes] = [np.zeros(0, np.uint64)]
    bounds = np.zeros(size + 1, np.uint32)
    digests = np.zeros((size, 2), np.uint64)
    sets = np.empty(len(shingled.hashes), np.uint64)
    end = 0
    for number, (hashes, digest) in enumerate(zip(shingled, shingled.digests, strict=True)):
        distinct = unique(hashes)
        counts[number] = len(distinct)
        # Copied while it is in the cache.
        sets[end : end + len(distinct)] = distinct
        end += len(distinct)
        step = SHORT_FRACTION if len(distinct) < SHORT else FRACTION
        # Both fractions are powers of two, so that a mask does for a division.
        samples.append(distinct[distinct & np.uint64(step - 1) == 0])
        if digest:
            digests[number] = np.frombuffer(digest, np.uint64)
    np.cumsum([len(sample) for sample in samples], out=bounds)
    return Sketches(
        counts=counts,
        signatures=sign(shingled.hashes, shingled.starts, shingled.stops),
        digests=digests,
        samples=np.concatenate(samples),
        bounds=bounds,
        hashes=sets[:end],
    )


def unique(hashes: Hashes) -> Hashes:
    """Distinct hashes in order (`np.unique` at a third of its cost on short arrays)."""
    ordered = np.sort(hashes)
    keep = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def sign(hashes: Hashes, starts: NDArray[np.intp], stops: NDArray[np.intp]) -> Signatures:
    """MinHash signatures, shape (texts, 128), of the stretches `hashes[start:stop]`.

    A stretch without hashes keeps datasketch's value for the empty set, 2**32 - 1.
    """
    signatures = np.full((len(starts), PERMUTATIONS), 0xFFFFFFFF, np.uint32)
    filled = np.flatnonzero(stops > starts)
    filled = filled[np.argsort(starts[filled], kind="stable")]
    for at in range(0, len(filled), _SLICE):
        some = filled[at : at + _SLICE]
        first, last = starts[some[0]], stops[some[-1]]
        edges = np.stack([starts[some], stops[some]], axis=1).ravel() - first
        signatures[some] = _least(_premix(hashes[first:last]), edges)
    return signatures


def _least(mixed: NDArray[np.uint32], edges: NDArray[np.intp]) -> Signatures:
    """The least permuted value between each even edge and the odd edge after it."""
    # What follows the last edge is none; what lies between stretches is looked at in vain.
    edges = edges[:-1]
    least = np.empty((PERMUTATIONS, len(edges) // 2 + 1), np.uint32)
    permuted = np.empty_like(mixed)
    for row, (factor, offset) in enumerate(_permutations()):
        np.multiply(mixed, factor, out=permuted)
        np.add(permuted, offset, out=permuted)
        least[row] = np.minimum.reduceat(permuted, edges)[::2]
    return least.T


def _premix(hashes: Hashes) -> NDArray[np.uint32]:
    """MurmurHash3's 32-bit finalizer over the upper halves of the hashes."""
    values = (hashes >> np.uint64(32)).astype(np.uint32)
    values ^= values >> np.uint32(16)
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    values ^= values >> np.uint32(16)
    return values


@functools.cache
def _permutations() -> tuple[tuple[np.uint32, np.uint32], ...]:
    """The factors and offsets that datasketch 2 draws for `affine32`."""
    random = np.random.RandomState(SEED)
    factors = random.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2)
    offsets = random.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)
    return tuple(zip(factors + np.uint32(1), offsets, strict=True))


def as_minhash(signature: Signatures) -> datasketch.MinHash:
    """A signature as a datasketch `MinHash`, to compare with and to add to."""
    from datasketch import MinHash  # noqa: PLC0415 - its import takes a third of a second

    return MinHash(hashvalues=signature, seed=SEED, hashfunc=hash_shingle, scheme="affine32")
