"""The learned part of the layout judge: loaded once, then a pure function of a page's blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.errors import WinnowError
from cleaners.judging.features import Measured, Scores, measure
from cleaners.judging.network import Network, pools_of, ways_of, weights_of
from cleaners.judging.symmetric import Floats, Forest, probability
from cleaners.records import Outline

FILE: Final = "layout.npz"
_NETWORK: Final = 0.6
"""How much the network counts beside the trees."""


@dataclass(frozen=True, slots=True)
class Model:
    """Trees and a network that look at each block, and trees that look at the page."""

    scores: Scores
    columns: tuple[str, ...]
    """The names of the features, in the order that both know."""
    trees: Forest
    network: Network
    page: Forest

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The model as named arrays, to be stored."""
        return {
            **_scores_as_arrays("names", self.scores.names),
            **_scores_as_arrays("words", self.scores.words),
            "columns": np.array(self.columns),
            **self.trees.as_arrays("trees"),
            **self.network.as_arrays("network"),
            **self.page.as_arrays("page"),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Model:
        """The model that `as_arrays` gave."""
        return cls(
            Scores(_scores_from("names", arrays), _scores_from("words", arrays)),
            tuple(arrays["columns"].tolist()),
            Forest.from_arrays("trees", arrays),
            Network.from_arrays("network", arrays),
            Forest.from_arrays("page", arrays),
        )


def _scores_as_arrays(name: str, scores: Mapping[str, float]) -> dict[str, NDArray[Any]]:
    words = sorted(scores)
    values = np.array([scores[word] for word in words], np.float32)
    return {f"{name}_words": np.array(words), f"{name}_values": values}


def _scores_from(name: str, arrays: Mapping[str, NDArray[Any]]) -> dict[str, float]:
    words, values = arrays[f"{name}_words"].tolist(), arrays[f"{name}_values"].tolist()
    return dict(zip(words, values, strict=True))


@cache
def default_model() -> Model:
    """The model that comes with Winnow.

    Raises `WinnowError` where the installed file does not fit this version's features.
    """
    with (files("cleaners.judging") / FILE).open("rb") as source, np.load(source) as arrays:
        return Model.from_arrays(arrays)


def score_blocks(outline: Outline, url: str | None, model: Model) -> tuple[Floats, Measured]:
    """How likely each block is main content (0 to 1), and what was measured on the way."""
    measured = measure(outline, url, model.scores)
    if measured.names != model.columns:
        raise WinnowError(f"{FILE}: made for other features; train it again with `make train`")
    trees = model.trees.margin(measured.values)
    return probability(blend(trees, network_margin(measured, model.network))), measured


def network_margin(measured: Measured, network: Network) -> Floats:
    """The network's logits of a page's blocks."""
    weight = weights_of(measured.words)
    return network.margin(measured.values, pools_of(ways_of(measured.kin), weight), weight)


def blend(trees: Floats, network: Floats) -> Floats:
    """The logits of trees and network taken together: each errs where the other need not."""
    both: Floats = np.float32(1 - _NETWORK) * trees + np.float32(_NETWORK) * network
    return both


def choose(scores: Floats, words: Floats) -> tuple[NDArray[np.bool_], float]:
    """The blocks whose choice has the highest expected F1 over words, and that F1.

    Blocks are taken surest first; the expected F1 of a choice is
    2 * (expected content chosen) / (words chosen + expected content of the page).
    """
    order = np.argsort(-scores, kind="stable")
    content = (scores * words)[order]
    chosen = np.cumsum(words[order])
    expected = 2 * np.cumsum(content) / np.maximum(chosen + content.sum(), 1e-6)
    best = int(np.argmax(expected))
    keep = np.zeros(len(scores), bool)
    keep[order[: best + 1]] = True
    return keep, float(expected[best])


def page_row(scores: Floats, keep: NDArray[np.bool_], expected: float, words: Floats) -> Floats:
    """What the scores of a page say about how far its result can be trusted, as one column."""
    page = max(float(words.sum()), 1e-6)
    kept = max(float(words[keep].sum()), 1e-6)
    margin = np.abs(scores - 0.5) * 2
    row = (
        expected,
        float((words * scores)[keep].sum()) / kept,
        float((words * margin).sum()) / page,
        float((words * margin)[keep].sum()) / kept,
        float((words * scores)[~keep].sum()) / kept,
        np.log1p(page),
        np.log1p(kept),
        kept / page,
        float(scores.max()),
        float(scores[keep].min()),
        np.log1p(len(scores)),
        float(np.abs(np.diff(keep.astype(np.float32))).sum()),
    )
    return np.array(row, np.float32)[:, None]
