"""What lines say, as numbers: words, beginnings of words, signs, and pairs of what stands together.

No list of words is kept.  A token is hashed into one of `BUCKETS` places of a table, so that
every language costs the same.  Chinese and Japanese characters are words of their own, so that
pairs of them stand for what are words elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.counting import (
    DIGIT,
    LETTER,
    WIDE,
    Counted,
    Floats,
    Ints,
    key_words,
)
from cleaners.judging.namer.concepts import SIGHT, Found, in_sight

_BITS: Final = 15
BUCKETS: Final = 1 << _BITS
_PREFIX: Final = 5
"""Letters that stand for a word whatever its ending; two, where a character is a syllable."""
_SYLLABLES: Final = 2
# Odd numbers, one for each sort of token, so that sorts do not share places.
_UNIT, _PAIR, _LAST, _BEGINNING, _ABOUT, _LONG, _BOTH = (
    np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D), np.uint32(0x27D4EB2F),
    np.uint32(0xD6E8FEB9), np.uint32(0xA0761D65), np.uint32(0xE7037ED1),
)  # fmt: skip
_LENGTHS: Final = (2.5, 5.5, 10.5, 20.5, 40.5)
"""Words of a line between which it counts as of another length."""
_NEAR: Final = 3
"""Concepts apart up to which two of them make a pair."""
_START: Final = np.uint32(0x165667B1)
_STEP: Final = np.uint32(0x01000193)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by their line and bucket, in `groups` that each go from the first line to the last."""

    groups: tuple[tuple[Ints, Ints], ...]
    count: Floats
    """Tokens of each line, one at least."""


def tokens_of(counted: Counted, found: Found) -> tuple[Tokens, Tokens]:
    """The tokens of lines that were counted: of what they say, and of what they are about."""
    n = counted.classes.shape[1]
    return _tokens(_of_words(counted), n), _tokens(_of_concepts(counted, found), n)


def _tokens(groups: tuple[tuple[Ints, Ints], ...], n: int) -> Tokens:
    count = np.zeros(n, np.float32)
    for line, _ in groups:
        count += np.bincount(line, minlength=n)
    return Tokens(groups, np.maximum(count, 1))


def _of_concepts(counted: Counted, found: Found) -> tuple[tuple[Ints, Ints], ...]:
    """Each concept of a line, alone and with how long the line is, and pairs of near ones."""
    line, concept = found.line, found.concept.astype(np.uint32)
    sizes = np.bincount(counted.line, counted.weight, counted.classes.shape[1])
    length = np.searchsorted(_LENGTHS, sizes)[line].astype(np.uint32)
    key = (concept + np.uint32(1)) * _STEP
    groups = [
        (line, _bucket(key, _ABOUT)),
        (line, _bucket(key ^ (length + np.uint32(1)) * _START, _LONG)),
    ]
    for step in range(1, _NEAR + 1):
        one, other = concept[step:], concept[:-step]
        near = np.flatnonzero((line[step:] == line[:-step]) & (one != other))
        one, other = one[near], other[near]
        pair = np.minimum(one, other) * np.uint32(997) + np.maximum(one, other)
        groups.append((line[near + step], _bucket(pair * _STEP, _BOTH)))
    return tuple(groups)


def _of_words(counted: Counted) -> tuple[tuple[Ints, Ints], ...]:
    line, key = _units(counted)
    if not len(line):
        return ()
    first = np.empty(len(line), bool)
    first[0] = True
    np.not_equal(line[1:], line[:-1], out=first[1:])
    before = np.empty_like(key)
    before[1:] = key[:-1]
    before[first] = _START
    last = np.append(np.flatnonzero(first)[1:], len(line)) - 1
    return (
        (line, _bucket(key, _UNIT)),
        (line, _bucket(before * _STEP ^ key, _PAIR)),
        (line[last], _bucket(key[last], _LAST)),
        _beginnings(counted),
    )


def _units(counted: Counted) -> tuple[Ints, NDArray[np.uint32]]:
    """Line and key of each word and each sign, in reading order."""
    kinds = counted.kinds
    is_unit = (kinds > DIGIT) & (kinds != WIDE)
    is_unit[counted.begin] = True
    keys = counted.points * _UNIT
    keys[counted.begin] = counted.key
    at = in_sight(counted, np.flatnonzero(is_unit))
    return counted.owner[at], keys[at]


def _beginnings(counted: Counted) -> tuple[Ints, Ints]:
    size = np.where(counted.begins == LETTER, _SYLLABLES, _PREFIX)
    near = counted.begin - counted.starts[counted.line] < SIGHT
    long = (counted.size > size) & near
    keys = key_words(counted.points, counted.begin[long], size[long])
    return counted.line[long], _bucket(keys, _BEGINNING)


def _bucket(keys: NDArray[np.uint32], salt: np.uint32) -> Ints:
    """Multiplicative hashing: the high bits of a product depend on all bits of the key."""
    mixed = (keys ^ (keys >> np.uint32(16))) * salt
    buckets: Ints = (mixed >> np.uint32(32 - _BITS)).astype(np.int64)
    return buckets


def sum_rows(sorts: Sequence[Tokens], table: NDArray[np.int8], n: int) -> Floats:
    """For each of `n` lines the sum of its tokens' rows in a table, over the root of their count.

    Without that, long lines would be surer than short ones of the same words.
    """
    scaled = np.zeros((n, table.shape[1]), np.float32)
    for tokens in sorts:
        if not tokens.groups:
            continue
        line, bucket = (np.concatenate(parts) for parts in zip(*tokens.groups, strict=True))
        if not len(line):
            continue
        order = np.argsort(line, kind="stable")
        line = line[order]
        first = np.flatnonzero(np.append(True, line[1:] != line[:-1]))
        sums = np.add.reduceat(table[bucket[order]], first, axis=0, dtype=np.int32)
        at = line[first]
        scaled[at] += sums / np.sqrt(tokens.count[at])[:, None]
    return scaled
