"""The namer's learned part: loaded once, then a pure function of a page's lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.counting import Counted, Floats, Ints
from cleaners.errors import WinnowError
from cleaners.judging.flattened.features import NAMES, Measured
from cleaners.judging.lines import Lines
from cleaners.judging.namer.concepts import Found, default_concepts, find_concepts
from cleaners.judging.namer.features import COUNT, NAMED, values_of
from cleaners.judging.namer.tokens import BUCKETS, sum_rows, tokens_of
from cleaners.judging.products import product
from cleaners.records import Removal

FILE: Final = "namer.npz"


@dataclass(frozen=True, slots=True)
class Words:
    """The first look: a linear model over tokens.

    `table` has a row a bucket and a column a class; its numbers are multiples of `scale`.
    """

    table: NDArray[np.int8]
    scale: Floats
    bias: Floats

    def said(self, counted: Counted, found: Found) -> Floats:
        """Logarithms of the probabilities of each class: a row a class, a column a line."""
        n = counted.classes.shape[1]
        sums = sum_rows(tokens_of(counted, found), self.table, n)
        return log_softmax(sums * self.scale + self.bias).T


@dataclass(frozen=True, slots=True)
class Net:
    """The second look: one hidden layer over features that are centred and scaled first."""

    centre: Floats
    scale: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def probabilities(self, values: Floats) -> Floats:
        """The probability of each class: a row a line, a column a class."""
        scaled = np.clip((values.T - self.centre) * self.scale, -5, 5)
        hidden = np.maximum(product(scaled, self.inner) + self.inner_bias, 0)
        likely: Floats = np.exp(log_softmax(product(hidden, self.outer) + self.outer_bias))
        return likely


@dataclass(frozen=True, slots=True)
class Namer:
    """Both looks."""

    words: Words
    net: Net

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The model as named arrays, to be stored."""
        return {
            "classes": np.array(("keep", *NAMED)),
            "concepts": np.array(default_concepts().names),
            "measures": np.array(NAMES),
            **{f"words_{name}": getattr(self.words, name) for name in _WORDS},
            **{f"net_{name}": getattr(self.net, name) for name in _NET},
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Namer:
        """The model that `as_arrays` gave.  Raises `WinnowError` where it does not fit."""
        found = Words(*(arrays[f"words_{name}"] for name in _WORDS))
        net = Net(*(arrays[f"net_{name}"].astype(np.float32) for name in _NET))
        fits = len(found.table) == BUCKETS and len(net.centre) == COUNT
        named: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("classes", ("keep", *NAMED)),
            ("concepts", default_concepts().names),
            ("measures", NAMES),
        )
        if not fits or any(tuple(arrays[name].tolist()) != known for name, known in named):
            raise WinnowError(f"{FILE}: made for other features; train it with `make train-namer`")
        return cls(found, net)


_WORDS: Final = ("table", "scale", "bias")
_NET: Final = ("centre", "scale", "inner", "inner_bias", "outer", "outer_bias")


@cache
def default_namer() -> Namer:
    """The model that comes with Winnow."""
    file = files("cleaners.judging.namer") / FILE
    with file.open("rb") as source, np.load(source) as arrays:
        return Namer.from_arrays(arrays)


def likely_kinds(
    lines: Lines,
    removals: Sequence[Removal],
    measured: Measured,
    namer: Namer,
    only: Ints | None = None,
) -> Floats:
    """How likely each line is of each class: a row a line, a column a class, `keep` first.

    With the lines that are asked for in `only`, where not all are.
    """
    found = find_concepts(measured.counted, default_concepts())
    said = namer.words.said(measured.counted, found)
    values = values_of(lines, removals, measured, said, found)
    return namer.net.probabilities(values if only is None else values[:, only])


def log_softmax(sums: Floats) -> Floats:
    """Logarithms of probabilities, from sums with a column a class."""
    shifted = sums - sums.max(axis=1, keepdims=True)
    logs: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs
