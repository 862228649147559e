"""The learned part of the line judge: loaded once, then a pure function of a page's lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.counting import Floats
from cleaners.errors import WinnowError
from cleaners.judging.flattened.features import (
    NAMES,
    SCORE_NAMES,
    Measured,
    Vocabulary,
    beside,
    vocabulary_values,
    windows,
)
from cleaners.judging.namer.features import KEEP, NAMED
from cleaners.symmetric import Forest, probability

FILE: Final = "flattened.npz"
_STEPS: Final = (-2, -1, 1, 2)
_WIDTHS: Final = (2, 5, 12, 30)
_LEAST: Final = 1e-3
"""The probability that is as good as none."""
LIKELY_NAMES: Final = (
    *(f"likely_{name}" for name in ("keep", *NAMED)),
    *(f"likely_keep@{step}" for step in _STEPS),
    *(f"{name}~{width}" for width in _WIDTHS for name in ("likely_keep_log", "likely_keep")),
    "likely_words", "likely_lines", "likely_against", "likely_kind",
)  # fmt: skip
COLUMNS: Final = (*NAMES, *SCORE_NAMES, *LIKELY_NAMES)
"""The names of the features, in the order that the trees know."""
_NEIGHBOURS: Final = np.float32(0.1)
"""How much each neighbour says of a line, beside what the trees say of the line itself."""


@dataclass(frozen=True, slots=True)
class Model:
    """What single words say, and trees that know it and how each line is built and stands."""

    vocabulary: Vocabulary
    forest: Forest

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The model as named arrays, to be stored."""
        return {
            "columns": np.array(COLUMNS),
            "keys": self.vocabulary.keys,
            "scores": self.vocabulary.scores,
            **self.forest.as_arrays("forest"),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Model:
        """The model that `as_arrays` gave.

        Raises `WinnowError` where it was made for other features.
        """
        if tuple(arrays["columns"].tolist()) != COLUMNS:
            raise WinnowError(f"{FILE}: made for other features; train it with `make train-text`")
        return cls(
            Vocabulary(arrays["keys"], arrays["scores"]),
            Forest.from_arrays("forest", arrays),
        )


@cache
def default_model() -> Model:
    """The model that comes with Winnow."""
    file = files("cleaners.judging.flattened") / FILE
    with file.open("rb") as source, np.load(source) as arrays:
        return Model.from_arrays(arrays)


def score_lines(measured: Measured, likely: Floats, model: Model) -> Floats:
    """How likely each line is main content (0 to 1).

    `likely` says how likely the namer finds each line of each class (a row a line).
    """
    return probability(smooth(model.forest.margin(values_of(measured, likely, model.vocabulary))))


def smooth(margin: Floats) -> Floats:
    """The logits of lines, each with a tenth of both neighbours': content comes in runs."""
    beyond = np.pad(margin, 1, mode="edge")
    around: Floats = beyond[:-2] + beyond[2:]
    return (1 - 2 * _NEIGHBOURS) * margin + _NEIGHBOURS * around


def values_of(measured: Measured, likely: Floats, vocabulary: Vocabulary) -> Floats:
    """What the trees see: a row a feature, a column a line."""
    said = vocabulary_values(measured.counted, len(measured.words), vocabulary)
    values: Floats = np.concatenate((measured.values, said, _likely_values(likely, measured.words)))
    return values


def _likely_values(likely: Floats, words: Floats) -> Floats:
    """What the namer makes of a line, of its neighbours and of the page."""
    n = len(words)
    logs = np.log(np.maximum(likely.T, _LEAST)).astype(np.float32)
    keep = np.stack((logs[KEEP], likely[:, KEEP].astype(np.float32)))
    rows = np.empty((4, n), np.float32)
    rows[0] = (keep[1] * words).sum() / max(float(words.sum()), 1.0)
    rows[1] = keep[1].mean()
    rows[2] = keep[0] - keep[0].mean()
    rows[3] = likely[:, KEEP + 1 :].max(axis=1) / np.maximum(1 - keep[1], 0.01)
    return np.concatenate((logs, beside(keep[:1], _STEPS), windows(keep, _WIDTHS), rows))
