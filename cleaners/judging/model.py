"""The learned part of the layout judge: loaded once, then a pure function of a page's blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.errors import WinnowError
from cleaners.judging.features import Measured, Scores, measure
from cleaners.judging.network import Network, pools_of, ways_of, weights_of
from cleaners.records import Outline
from cleaners.symmetric import Floats, Forest, probability

FILE: Final = "layout.npz"
_NETWORKS: Final = 0.6
"""How much the networks count beside the trees."""

# How far off the logits of a page's blocks are together: a normal distribution of mean -.4 and
# deviation 2, by the five points of Gauss and Hermite.
_POINTS, _CHANCE = np.polynomial.hermite_e.hermegauss(5)
_ODDS: Final = np.exp(-0.4 + 2 * _POINTS)[:, None]
_CHANCES: Final = _CHANCE / _CHANCE.sum()


@dataclass(frozen=True, slots=True)
class Model:
    """Trees and networks that look at each block, and trees that look at the page.

    The networks differ in the seed of their training alone: what one errs in by chance, another
    need not.
    """

    scores: Scores
    columns: tuple[str, ...]
    """The names of the features, in the order that all know."""
    trees: Forest
    networks: tuple[Network, ...]
    page: Forest

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The model as named arrays, to be stored."""
        return {
            **_scores_as_arrays("names", self.scores.names),
            **_scores_as_arrays("words", self.scores.words),
            "columns": np.array(self.columns),
            **self.trees.as_arrays("trees"),
            **{
                key: array
                for number, network in enumerate(self.networks)
                for key, array in network.as_arrays(f"network{number}").items()
            },
            **self.page.as_arrays("page"),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Model:
        """The model that `as_arrays` gave."""
        return cls(
            Scores(_scores_from("names", arrays), _scores_from("words", arrays)),
            tuple(arrays["columns"].tolist()),
            Forest.from_arrays("trees", arrays),
            tuple(Network.from_arrays(name, arrays) for name in _names_of_networks(arrays)),
            Forest.from_arrays("page", arrays),
        )


def _names_of_networks(arrays: Iterable[str]) -> list[str]:
    return sorted({key.split("_")[0] for key in arrays if key.startswith("network")})


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
    return probability(blend(trees, networks_margin(measured, model.networks))), measured


def networks_margin(measured: Measured, networks: Sequence[Network]) -> Floats:
    """The mean of the networks' logits of a page's blocks."""
    weight = weights_of(measured.words)
    pools = pools_of(ways_of(measured.kin), weight)
    margins = [network.margin(measured.values, pools, weight) for network in networks]
    mean: Floats = np.mean(margins, axis=0)
    return mean


def blend(trees: Floats, networks: Floats) -> Floats:
    """The logits of trees and networks taken together: each errs where the other need not."""
    both: Floats = np.float32(1 - _NETWORKS) * trees + np.float32(_NETWORKS) * networks
    return both


def choose(scores: Floats, words: Floats) -> tuple[NDArray[np.bool_], float]:
    """The blocks whose choice has the highest expected F1 over words, and that F1.

    Blocks are taken surest first.  If their scores were right, the expected F1 of a choice would be
    2 * (expected content chosen) / (words chosen + expected content of the page).  But a page's
    scores are too high or too low together: an editor who keeps one list of links keeps the others.
    So the mean is taken over what they would be if all odds were `_ODDS` times as high.
    """
    order = np.argsort(-scores, kind="stable")
    surest, sizes = scores[order].astype(np.float64), words[order].astype(np.float64)
    # A row for each factor: p / (1 - p) times the factor, as a probability.
    likely = _ODDS * surest / (1 + surest * (_ODDS - 1))
    content = np.cumsum(likely * sizes, axis=1)
    f1 = 2 * content / np.maximum(np.cumsum(sizes) + content[:, -1:], 1e-6)
    expected = _CHANCES @ f1
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
