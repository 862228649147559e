"""What was learned of lost breaks: words that begin and end pieces, and trees that know them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.counting import STOP
from cleaners.errors import WinnowError
from cleaners.segmenting.joined.features import NAMES, Floats, measure
from cleaners.segmenting.joined.tokens import Tokens, tokens_of
from cleaners.symmetric import Forest, probability

FILE: Final = "joined.npz"


class Gap(NamedTuple):
    """A place where a piece may begin, how likely it does (0 to 1), and whether a sentence ends
    before it.
    """

    at: int
    likely: float
    ended: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Log odds of a break before a word (first row of `odds`) and behind it, by the word's key."""

    keys: NDArray[np.uint32]
    odds: Floats

    def of(self, tokens: Tokens) -> Floats:
        """What is known of each token; nothing is known of most names."""
        at = np.minimum(np.searchsorted(self.keys, tokens.key), len(self.keys) - 1)
        known: Floats = np.where(self.keys[at] == tokens.key, self.odds[:, at], 0)
        return known


@dataclass(frozen=True, slots=True)
class Model:
    """Tells how likely a line break was lost before each token of a line."""

    words: Words
    forest: Forest

    def gaps(self, line: str) -> Iterator[Gap]:
        """Where in a line a break may have been; not at its edges."""
        if not line.strip():
            return
        tokens = tokens_of(line)
        likely = probability(self.forest.margin(measure(tokens, self.words.of(tokens))))
        ended = tokens.final[:-1] == STOP
        found = (tokens.begin[1:].tolist(), likely[1:].tolist(), ended.tolist())
        yield from map(Gap, *found)

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The model as named arrays, to be stored."""
        return {
            "names": np.array(NAMES),
            "keys": self.words.keys,
            "odds": self.words.odds.astype(np.float16),
            **self.forest.as_arrays("forest"),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Model:
        """The model that `as_arrays` gave.

        Raises `WinnowError` where it was made for other features.
        """
        if tuple(arrays["names"].tolist()) != NAMES:
            raise WinnowError(f"{FILE}: made for other features; train it with `make train-joined`")
        words = Words(arrays["keys"], arrays["odds"].astype(np.float32))
        return cls(words, Forest.from_arrays("forest", arrays))


@cache
def default_model() -> Model:
    """The model that comes with Winnow."""
    file = files("cleaners.segmenting.joined") / FILE
    with file.open("rb") as source, np.load(source) as arrays:
        return Model.from_arrays(arrays)
