"""What was learned of lost breaks: words that begin and end pieces, and trees that know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.counting import STOP, known_of
from cleaners.errors import WinnowError
from cleaners.segmenting.joined.features import NAMES, Floats, measure
from cleaners.segmenting.joined.tokens import SPACED, Bools, Ints, Tokens, tokens_of
from cleaners.symmetric import Forest, probability

FILE: Final = "joined.npz"
_WORDS: Final = 8
_MONOTONOUS: Final = 0.6
"""Share of all words that as many words have in no text that says something; they have .3."""
_MANY: Final = 100


class Gaps(NamedTuple):
    """Places where a piece may begin, an entry each, in order.

    `at` is the place in the line, `likely` how likely a piece begins there (0 to 1), `ended`
    whether a sentence ends before it, and `spaced` whether a blank stands there.
    """

    at: Ints
    likely: Floats
    ended: Bools
    spaced: Bools

    def only(self, which: Bools) -> Gaps:
        """Some of them."""
        return Gaps(self.at[which], self.likely[which], self.ended[which], self.spaced[which])


_NOWHERE: Final = Gaps(
    np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, bool), np.zeros(0, bool)
)


@dataclass(frozen=True, slots=True)
class Words:
    """Log odds of a break before a word (first row of `odds`) and behind it, by the word's key."""

    keys: NDArray[np.uint32]
    odds: Floats

    def of(self, tokens: Tokens) -> Floats:
        """What is known of each token; nothing is known of most names."""
        return known_of(tokens.key, self.keys, self.odds)


@dataclass(frozen=True, slots=True)
class Model:
    """Tells how likely a line break was lost before each token of a line."""

    words: Words
    forest: Forest

    def gaps(self, line: str) -> Gaps:
        """Where in a line that is not blank a break may have been; not at its edges.

        In a line that hardly says anything but a few words there is none: what would be cut there
        depends on the line's length, so that judging it again and again would come to no end.
        """
        tokens = tokens_of(line)
        if _is_monotonous(tokens):
            return _NOWHERE
        likely = probability(self.forest.margin(measure(tokens, self.words.of(tokens))))
        ended = tokens.final[:-1] == STOP
        return Gaps(tokens.begin[1:], likely[1:], ended, tokens.gap[1:] == SPACED)

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


def _is_monotonous(tokens: Tokens) -> bool:
    _, counts = np.unique(tokens.key, return_counts=True)
    most = np.sort(counts)[-_WORDS:].sum()
    return bool(most > _MONOTONOUS * len(tokens.key)) and len(tokens.key) > _MANY


@cache
def default_model() -> Model:
    """The model that comes with Winnow."""
    file = files("cleaners.segmenting.joined") / FILE
    with file.open("rb") as source, np.load(source) as arrays:
        return Model.from_arrays(arrays)
