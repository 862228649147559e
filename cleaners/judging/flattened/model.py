"""The learned part of the line judge: loaded once, then a pure function of a page's lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.errors import WinnowError
from cleaners.judging.flattened.characters import Floats
from cleaners.judging.flattened.features import (
    NAMES,
    SCORE_NAMES,
    Measured,
    Vocabulary,
    vocabulary_values,
)
from cleaners.judging.symmetric import Forest, probability

FILE: Final = "flattened.npz"
COLUMNS: Final = (*NAMES, *SCORE_NAMES)
"""The names of the features, in the order that the trees know."""


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


def score_lines(measured: Measured, model: Model) -> Floats:
    """How likely each line is main content (0 to 1)."""
    return probability(model.forest.margin(values_of(measured, model.vocabulary)))


def values_of(measured: Measured, vocabulary: Vocabulary) -> Floats:
    """What the trees see: a row a feature, a column a line."""
    said = vocabulary_values(measured.counted, len(measured.words), vocabulary)
    values: Floats = np.concatenate((measured.values, said))
    return values
