"""A line as tokens: what no lost break can stand within."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.counting import (
    BAR,
    CLASSES,
    CLOSE,
    COLON,
    COMMA,
    DIGIT,
    LETTER,
    LOWER,
    MONEY,
    OPEN,
    QUOTE,
    SPACE,
    STOP,
    SYMBOL,
    UPPER,
    WIDE,
    classes_of,
    key_words,
)

Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

SPACED, RISING, CAPITALS, MARKED, FIGURE, BEHIND_FIGURE, OPENED, SCRIPT = range(8)
"""What parts two tokens: a blank; `newsSport`; `NEWSSport`; `said.The`; `May3`; `3May`; `Price$` or
`News“The`; a change between Chinese or Japanese and another script."""
GAPS: Final = 8
LOWERED, TITLED, CAPPED, MIXED, FIGURES, WIDES, OTHERS, MARKS = range(8)
"""The shapes of tokens: how their letters are cased, or what else they are made of."""
SHAPES: Final = 8
_LONGEST: Final = 40
"""Characters of a token that count."""


def _are(*classes: int) -> Bools:
    flags = np.zeros(CLASSES, bool)
    flags[list(classes)] = True
    return flags


_LETTERS: Final = _are(UPPER, LOWER, LETTER)
_WORDLY: Final = _are(UPPER, LOWER, LETTER, WIDE, DIGIT)
_ENDING: Final = _are(STOP, COLON, CLOSE, QUOTE, SYMBOL, BAR, MONEY, COMMA)
_BEGINNING: Final = _are(UPPER, LOWER, LETTER, WIDE, DIGIT, OPEN, QUOTE, MONEY)
_SIGNS: Final = _are(OPEN, BAR, SYMBOL, MONEY)
_APOSTROPHES: Final = [ord(mark) for mark in "'’"]
_OPENERS: Final = [ord(mark) for mark in "“„‘「『"]


class Tokens(NamedTuple):
    """The tokens of a line in reading order, an entry each.

    `begin` is a token's place in the line and `gap` what parts it from the one before.  `first`
    and `last` are the classes of its outer characters, `final` that of the last but quotation
    marks and brackets.  `size` is in characters.  `key` is a number for what it is without the
    signs around it: tokens that differ only in case, or in their figures, have the same.
    """

    begin: Ints
    gap: Ints
    first: Ints
    last: Ints
    final: Ints
    size: Ints
    shape: Ints
    figures: Bools
    key: NDArray[np.uint32]


def tokens_of(line: str) -> Tokens:
    """The tokens of a line that is not blank."""
    folded, kinds = classes_of(line)
    gap = _gaps(kinds, folded)
    begin = np.flatnonzero(gap >= 0)
    end = _ends(kinds, begin)
    last, before = kinds[end - 1], kinds[np.maximum(end - 2, begin)]
    first = kinds[begin]
    counts = [_counted(kinds == kind, begin, end) for kind in (UPPER, LOWER, DIGIT, WIDE, LETTER)]
    return Tokens(
        begin,
        gap[begin],
        first,
        last,
        np.where((last == QUOTE) | (last == CLOSE), before, last),
        np.minimum(end - begin, _LONGEST),
        _shapes(first, counts),
        counts[2] > 0,
        _keys(folded, kinds, begin, end),
    )


def _gaps(kinds: Ints, folded: NDArray[np.uint32]) -> Ints:
    """What parts each character from the one before, where a break may have been; else -1."""
    gap = np.full(len(kinds), -1, np.int8)
    before, after = kinds[:-1], kinds[1:]
    beyond, behind = np.append(kinds[2:], SPACE), np.append(SPACE, kinds[:-2])
    farther = np.append([SPACE, SPACE], kinds[:-3])[: len(behind)]
    inner = gap[1:]
    inner[(before == LOWER) & (after == UPPER)] = RISING
    inner[(before == UPPER) & (after == UPPER) & (beyond == LOWER) & (behind == UPPER)] = CAPITALS
    inner[_ENDING[before] & _BEGINNING[after]] = MARKED
    inner[_LETTERS[before] & (after == DIGIT)] = FIGURE
    inner[(before == DIGIT) & _LETTERS[after]] = BEHIND_FIGURE
    inner[_WORDLY[before] & (_SIGNS[after] | ((after == QUOTE) & _LETTERS[beyond]))] = OPENED
    narrow = _WORDLY & ~_are(WIDE)
    changed = ((before == WIDE) & narrow[after]) | (narrow[before] & (after == WIDE))
    inner[changed] = SCRIPT
    # Within `don't` and `U.S.` is none, and none behind a quotation mark that opens.
    inner[(before == STOP) & (behind == UPPER) & ~_LETTERS[farther]] = -1
    held = _LETTERS[behind] & np.isin(folded[:-1], _APOSTROPHES) & (after == LOWER)
    inner[held | np.isin(folded[:-1], _OPENERS)] = -1
    inner[:-1][held[1:]] = -1
    inner[(before == SPACE) & (after != SPACE)] = SPACED
    gap[0] = SPACED
    gap[kinds == SPACE] = -1
    return gap


def _ends(kinds: Ints, begin: Ints) -> Ints:
    """Where tokens end, without the blanks behind them."""
    at = np.arange(len(kinds))
    written = np.maximum.accumulate(np.where(kinds == SPACE, -1, at))
    ends: Ints = written[np.append(begin[1:], len(kinds)) - 1] + 1
    return ends


def _counted(flags: Bools, begin: Ints, end: Ints) -> Ints:
    """How many of its characters have the flag, for each token."""
    sums = np.concatenate(([0], np.cumsum(flags)))
    counted: Ints = sums[end] - sums[begin]
    return counted


def _shapes(first: Ints, counts: Sequence[Ints]) -> Ints:
    upper, lower, digit, wide, other = counts
    cased = upper + lower > 0
    titled = (upper == 1) & (first == UPPER)
    chosen = [
        cased & (upper == 0),
        cased & titled,
        cased & (lower == 0),
        cased,
        digit > 0,
        other > 0,
        wide > 0,
    ]
    shapes: Ints = np.select(
        chosen, [LOWERED, TITLED, CAPPED, MIXED, FIGURES, OTHERS, WIDES], MARKS
    )
    return shapes


def _keys(folded: NDArray[np.uint32], kinds: Ints, begin: Ints, end: Ints) -> NDArray[np.uint32]:
    at = np.arange(len(kinds))
    wordly = _WORDLY[kinds]
    following = np.minimum.accumulate(np.where(wordly, at, len(kinds))[::-1])[::-1]
    preceding = np.maximum.accumulate(np.where(wordly, at, -1))
    start, stop = following[begin], preceding[end - 1] + 1
    signs = (start >= end) | (stop <= begin)
    start, stop = np.where(signs, begin, start), np.where(signs, end, stop)
    return key_words(folded, start, np.minimum(stop - start, _LONGEST))
