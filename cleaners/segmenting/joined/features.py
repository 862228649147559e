"""What tells a lost break: how the tokens around a gap are built, and what runs on either side."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.counting import CLASSES, COLON, COMMA, STOP
from cleaners.segmenting.joined.tokens import (
    CAPPED,
    GAPS,
    LOWERED,
    SHAPES,
    SPACED,
    TITLED,
    Bools,
    Ints,
    Tokens,
)

Floats = NDArray[np.floating[Any]]

_NEAR: Final = range(-3, 4)
"""Tokens that are looked at, counted from the one behind the gap."""
_WIDTHS: Final = (4, 10, 25)
_FAR: Final = 60
"""Tokens beyond which the distance does not count."""
_SHORT: Final = 3
_TWICE: Final = 20
_OFTEN: Final = 50
_PAIR: Final = np.uint64(1_000_003)


def _flags(tokens: Tokens) -> dict[str, Bools]:
    lowered = tokens.shape == LOWERED
    return {
        "stop": tokens.final == STOP,
        "low": lowered,
        "title": tokens.shape == TITLED,
        "comma": tokens.final == COMMA,
        "digit": tokens.figures,
        "notlow": ~lowered,
        "caps": tokens.shape == CAPPED,
        "glue": tokens.gap != SPACED,
        "colon": tokens.final == COLON,
        "short": lowered & (tokens.size <= _SHORT),
    }


_DISTANT: Final = ("stop", "low", "title", "comma", "digit", "notlow", "caps", "glue", "colon")
_DENSE: Final = ("low", "title", "short", "stop", "digit")
NAMES: Final = (
    *(f"{name}{at}" for at in _NEAR for name in ("shape", "first", "final", "size")),
    *(f"last{at}" for at in (-1, 0)),
    *(f"gap{at}" for at in (-2, -1, 0, 1, 2)),
    *(f"{side}_{name}" for name in _DISTANT for side in ("since", "until")),
    *(f"{name}_{side}{w}" for name in _DENSE for w in _WIDTHS for side in ("before", "behind")),
    "pair0", "pair-1", "pair-2", "word0", "word-1",
    *(f"begins{at}" for at in (-1, 0, 1, 2)),
    *(f"ends{at}" for at in (-3, -2, -1, 0)),
)  # fmt: skip
"""The features of the gap before a token, in the order that the trees know."""


def measure(tokens: Tokens, odds: Floats) -> Floats:
    """The features of each gap: a row a feature, a column a token.

    `odds` says in two rows how much more likely than not a break stands before a token, and behind
    it, by its word alone.
    """
    flags = _flags(tokens)
    pair, word = _repeated(tokens.key)
    begins, ends = odds
    columns: list[NDArray[Any]] = []
    for at in _NEAR:
        columns += [
            _shifted(tokens.shape, at, SHAPES),
            _shifted(tokens.first, at, CLASSES),
            _shifted(tokens.final, at, CLASSES),
            _shifted(tokens.size, at, 0),
        ]
    columns += [_shifted(tokens.last, at, CLASSES) for at in (-1, 0)]
    columns += [_shifted(tokens.gap, at, GAPS) for at in (-2, -1, 0, 1, 2)]
    for name in _DISTANT:
        columns += [_since(flags[name]), _until(flags[name])]
    for name in _DENSE:
        columns += _shares(flags[name])
    columns += [_shifted(pair, at, 0) for at in (0, -1, -2)]
    columns += [_shifted(word, at, 0) for at in (0, -1)]
    columns += [_shifted(begins, at, 0) for at in (-1, 0, 1, 2)]
    columns += [_shifted(ends, at, 0) for at in (-3, -2, -1, 0)]
    values = np.empty((len(columns), len(tokens.begin)), np.float32)
    for row, column in zip(values, columns, strict=True):
        row[:] = column
    return values


def _shifted(values: NDArray[Any], by: int, beyond: int) -> NDArray[Any]:
    """For each token the value of the one `by` tokens behind it."""
    shifted = np.full_like(values, beyond)
    if by > 0:
        shifted[:-by] = values[by:]
    elif by < 0:
        shifted[-by:] = values[:by]
    else:
        shifted = values
    return shifted


def _since(flags: Bools) -> Ints:
    """Tokens between each and the last before it that has the flag."""
    at = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, at, -1))
    since: Ints = np.minimum(at - 1 - np.append(-1, last[:-1]), _FAR)
    return since


def _until(flags: Bools) -> Ints:
    """Tokens from each to the next that has the flag, which may be itself."""
    at = np.arange(len(flags))
    following = np.minimum.accumulate(np.where(flags, at, len(flags))[::-1])[::-1]
    until: Ints = np.minimum(following - at, _FAR)
    return until


def _shares(flags: Bools) -> list[Floats]:
    """The share of tokens with the flag in windows before and behind each gap."""
    sums = np.concatenate(([0], np.cumsum(flags)))
    at = np.arange(len(flags))
    shares: list[Floats] = []
    for width in _WIDTHS:
        shares.append((sums[at] - sums[np.maximum(at - width, 0)]) / width)
        shares.append((sums[np.minimum(at + width, len(flags))] - sums[at]) / width)
    return shares


def _repeated(keys: NDArray[np.uint32]) -> tuple[Ints, Ints]:
    """How often the line has each token and the next in a row, and how often each token."""
    single = keys.astype(np.uint64)
    pairs = (single * _PAIR) ^ _shifted(single, 1, 0)
    return np.minimum(_counts(pairs), _TWICE), np.minimum(_counts(single), _OFTEN)


def _counts(keys: NDArray[np.uint64]) -> Ints:
    _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
    found: Ints = counts[which]
    return found
