"""What words are about, in nine languages: `concepts.toml`, found with array operations.

A word of the table stands for all that begin with it.  All its beginnings are hashed once; a page's
words are then looked up by the hashes of theirs, whatever the number of words in the table.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.flattened.characters import (
    DIGIT,
    LETTER,
    ROLLING,
    WIDE,
    Counted,
    Floats,
    Ints,
)

_LONGEST: Final = 12
"""Characters of a word that are compared."""
SIGHT: Final = 240
"""Characters of a line that are read."""
_EXACT: Final = "="
_FILTER_BITS: Final = 16
_OPENING: Final = 3
"""Characters by which most places are left out."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """The table: `keys` are sorted hashes of words, each with its concept and how it is meant.

    `passes` says for the first bits of a hash whether any word has them, `opens` the same of the
    first three characters of words, with a row for those that have but one or two.  `spread` says
    how often a key stands in the table at most, because a word may have several concepts.
    """

    names: tuple[str, ...]
    keys: NDArray[np.uint32]
    concept: Ints
    length: Ints
    exact: NDArray[np.bool_]
    passes: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    spread: int


@dataclass(frozen=True, slots=True)
class Found:
    """Concepts in reading order: the line and the concept of each."""

    line: Ints
    concept: Ints


@cache
def default_concepts() -> Concepts:
    """The table that comes with Winnow."""
    text = (files("cleaners.judging.namer") / "concepts.toml").read_text(encoding="utf-8")
    return _indexed(tomllib.loads(text))


def _indexed(table: dict[str, str]) -> Concepts:
    rows = []
    for number, words in enumerate(table.values()):
        for word in dict.fromkeys(words.split()):
            bare = word.removeprefix(_EXACT)[:_LONGEST]
            rows.append((_key(bare), number, len(bare), word.startswith(_EXACT)))
    rows.sort()
    keys = np.array([row[0] for row in rows], np.uint32)
    passes = np.zeros(1 << _FILTER_BITS, bool)
    passes[_first_bits(keys)] = True
    opens = np.zeros((_OPENING, 1 << _FILTER_BITS), bool)
    for word in chain.from_iterable(words.split() for words in table.values()):
        opening = word.removeprefix(_EXACT)[:_OPENING]
        opens[len(opening) - 1, _key(opening) >> (32 - _FILTER_BITS)] = True
    return Concepts(
        tuple(table),
        keys,
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows], bool),
        passes,
        opens,
        int(np.unique(keys, return_counts=True)[1].max()),
    )


def _key(word: str) -> int:
    points = np.frombuffer(word.encode("utf-32-le"), np.uint32)
    with np.errstate(over="ignore"):
        terms = (points + np.uint32(1)) * ROLLING[: len(points)]
        return int(terms.sum(dtype=np.uint32))


def find_concepts(counted: Counted, concepts: Concepts) -> Found:
    """The concepts of the words of lines that were counted, each once where it begins."""
    kinds = counted.kinds
    begins = (kinds == WIDE) | (kinds == LETTER) | (kinds > DIGIT)
    begins[counted.begin] = True
    at = in_sight(counted, np.flatnonzero(begins))
    points = np.append(counted.points, np.zeros(_LONGEST + 1, np.uint32))
    # Most places are out of question after three characters.
    opening = _first_bits(_keys(points, at, _OPENING))
    at = at[concepts.opens[np.arange(_OPENING), opening].any(axis=1)]
    keys = _keys(points, at, _LONGEST)
    start, size = np.nonzero(concepts.passes[_first_bits(keys)])
    return _matched(counted, concepts, at[start], size + 1, keys[start, size])


def _keys(points: NDArray[np.uint32], at: Ints, most: int) -> NDArray[np.uint32]:
    """Hashes of the first one, two, ... characters from each place: a row a place."""
    with np.errstate(over="ignore"):
        terms = (points[at[:, None] + np.arange(most)] + np.uint32(1)) * ROLLING[:most]
        keys: NDArray[np.uint32] = np.cumsum(terms, axis=1, dtype=np.uint32)
    return keys


def _first_bits(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return keys >> np.uint32(32 - _FILTER_BITS)


def in_sight(counted: Counted, at: Ints) -> Ints:
    """Those of some places that stand near the beginning of their line.

    What a paragraph is shows there; reading on would only take time.
    """
    seen: Ints = at[at - counted.starts[counted.owner[at]] < SIGHT]
    return seen


def _matched(
    counted: Counted, concepts: Concepts, at: Ints, size: Ints, keys: NDArray[np.uint32]
) -> Found:
    """Which of some beginnings are words of the table."""
    row = np.searchsorted(concepts.keys, keys)
    rows = row[:, None] + np.arange(concepts.spread)
    inside = np.minimum(rows, len(concepts.keys) - 1)
    ends = np.minimum(at + size, len(counted.kinds) - 1)
    following = counted.kinds[ends]
    goes_on = (following > 0) & (following <= DIGIT)
    fits = (
        (rows < len(concepts.keys))
        & (concepts.keys[inside] == keys[:, None])
        & (concepts.length[inside] == size[:, None])
        & ~(concepts.exact[inside] & goes_on[:, None])
    )
    which, column = np.nonzero(fits)
    found = concepts.concept[inside[which, column]]
    place = at[which]
    # A word and its beginning may both be in the table, for the same concept.
    pairs = np.unique(place.astype(np.int64) * len(concepts.names) + found)
    place = pairs // len(concepts.names)
    return Found(counted.owner[place], pairs % len(concepts.names))


def presence(found: Found, lines: int, concepts: int) -> Floats:
    """How much of each concept each line has: a row a concept, a column a line."""
    rows = np.bincount(found.concept * lines + found.line, minlength=concepts * lines)
    amounts: Floats = np.log1p(rows.reshape(concepts, lines)).astype(np.float32)
    return amounts
