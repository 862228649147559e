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

from cleaners.counting import (
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

    `first` says for the first bits of a hash where its keys begin, `passes` whether there are any,
    `spread` how many there are at most; behind the last key as many stand for no word.  `opens`
    says the same as `passes` of the first three characters of words, with a row for those that
    have but one or two.
    """

    names: tuple[str, ...]
    keys: NDArray[np.uint32]
    concept: Ints
    length: Ints
    exact: NDArray[np.bool_]
    first: Ints
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
    counts = np.bincount(_first_bits(keys), minlength=1 << _FILTER_BITS)
    spread = int(counts.max())
    rows += [(0, 0, 0, False)] * spread
    opens = np.zeros((_OPENING, 1 << _FILTER_BITS), bool)
    for word in chain.from_iterable(words.split() for words in table.values()):
        opening = word.removeprefix(_EXACT)[:_OPENING]
        opens[len(opening) - 1, _key(opening) >> (32 - _FILTER_BITS)] = True
    return Concepts(
        tuple(table),
        np.array([row[0] for row in rows], np.uint32),
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows], bool),
        np.cumsum(counts) - counts,
        counts > 0,
        opens,
        spread,
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
    points = np.append(counted.points, np.zeros(_LONGEST + 1, np.uint32)) + np.uint32(1)
    # Most places are out of question after three characters.
    at = at[_may_open(points, at, concepts)]
    # Hashes of the first one, two, ... characters from each place: a row a place.
    terms = points[at[:, None] + np.arange(_LONGEST)] * ROLLING[:_LONGEST]
    keys = np.cumsum(terms, axis=1, dtype=np.uint32).ravel()
    passing = np.flatnonzero(concepts.passes[_first_bits(keys)])
    start, size = np.divmod(passing, _LONGEST)
    return _matched(counted, concepts, at[start], size + 1, keys[passing])


def _may_open(points: NDArray[np.uint32], at: Ints, concepts: Concepts) -> NDArray[np.bool_]:
    """Whether a word of the table may begin at each place."""
    keys = np.zeros(len(at), np.uint32)
    may_open = np.zeros(len(at), bool)
    for step, opens in enumerate(concepts.opens):
        keys += points[at + step] * ROLLING[step]
        may_open |= opens[_first_bits(keys)]
    return may_open


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
    rows = concepts.first[_first_bits(keys), None] + np.arange(concepts.spread)
    which, column = np.nonzero(concepts.keys[rows] == keys[:, None])
    row, place, size = rows[which, column], at[which], size[which]
    following = counted.kinds[np.minimum(place + size, len(counted.kinds) - 1)]
    goes_on = (following > 0) & (following <= DIGIT)
    fits = (concepts.length[row] == size) & ~(concepts.exact[row] & goes_on)
    found, place = concepts.concept[row[fits]], place[fits]
    # A word and its beginning may both be in the table, for the same concept.
    pairs = np.sort(place.astype(np.int64) * len(concepts.names) + found)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    place = pairs // len(concepts.names)
    return Found(counted.owner[place], pairs % len(concepts.names))


def presence(found: Found, lines: int, concepts: int) -> Floats:
    """How much of each concept each line has: a row a concept, a column a line."""
    rows = np.bincount(found.concept * lines + found.line, minlength=concepts * lines)
    amounts: Floats = np.log1p(rows.reshape(concepts, lines)).astype(np.float32)
    return amounts
