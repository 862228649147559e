"""Fit the layout judge's network: gradients by hand, so that it needs numpy alone.

What is made small is, for each page, a mixture of the cross-entropy of its blocks and of one
minus the F1 that their probabilities stand for: a page's words are right or wrong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.examples import Lesson
from benchmarks.training.weighting import FOUND, UNFOUND
from cleaners.judging.network import (
    LAYERS,
    WAYS,
    Network,
    Pool,
    enter,
    forward,
    means_over,
    pools_of,
    ways_of,
    weights_of,
)

Floats = NDArray[np.floating[Any]]
Weights = dict[str, Floats]

_HIDDEN: Final = 32
_MEANS: Final = 8
_EPOCHS: Final = 10
_BLOCKS: Final = 4096  # a step
_RATE: Final = 3e-3
_WARM: Final = 0.1
_DROPPED: Final = 0.3
_DECAY: Final = 0.03
_LONGEST: Final = 5.0  # gradient
_F1: Final = 0.3
_AVERAGE: Final = 0.995
_CLIPPED: Final = 4.0  # standard deviations beyond which a feature says no more
_TOLD: Final = 1e-3  # standard deviation below which a feature says nothing


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages one after the other: a row a block.  `inputs` are scaled; `page` numbers the pages.

    `ways` are numbers for each way of belonging together, `weight` what a block counts in a mean.
    `share`, `size` and `known` are of blocks: how much of it is content, its words, and its weight
    in the cross-entropy.  `truth` and `sure` are of pages: words of content in the known text, and
    how much its F1 counts.
    """

    inputs: Floats
    page: NDArray[np.int64]
    ways: NDArray[np.int64]
    weight: Floats
    share: Floats
    size: Floats
    known: Floats
    truth: Floats
    sure: Floats


def fit_network(pages: Sequence[Lesson], values: Sequence[Floats], seed: int) -> Network:
    """A network from pages; `values` are their features, a row a feature and a column a block."""
    features = np.concatenate(values, axis=1)
    weights = np.concatenate([page.weights for page in pages])
    mean, spread = _spread(features, weights)
    told = spread > _TOLD
    low, high = mean - _CLIPPED * spread * told, mean + _CLIPPED * spread * told
    inputs = (np.clip(features, low[:, None], high[:, None]) - mean[:, None]).T
    scale = np.where(told, 1 / np.maximum(spread, _TOLD), 0).astype(np.float32)
    fitted = _fit(_sheet(pages, weights, inputs * scale), seed)
    # The network that ships takes features as they are.
    fitted["enter_bias"] -= (mean * scale) @ fitted["enter"]
    fitted["enter"] *= scale[:, None]
    return Network(low, high, fitted)


def _spread(features: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each feature, where blocks of much content count more."""
    share = np.sqrt(weights)
    share = ((share + 0.02 * share.mean()) / (share + 0.02 * share.mean()).sum()).astype(np.float32)
    mean = features @ share
    squares = np.array([row * row @ share for row in features], np.float32)
    return mean, np.sqrt(np.maximum(squares - mean * mean, 0))


def _sheet(pages: Sequence[Lesson], weights: Floats, inputs: Floats) -> Sheet:
    measured = [page.measured for page in pages if page.measured is not None]
    share = np.nan_to_num(np.concatenate([page.shares for page in pages]))
    size = np.concatenate([page.sizes for page in pages])
    number = np.repeat(np.arange(len(pages)), [len(page.shares) for page in pages])
    found = np.array([page.found for page in pages])
    whole = np.array([page.example.text is not None for page in pages])
    return Sheet(
        inputs=inputs,
        page=number,
        ways=np.concatenate([ways_of(each.kin) for each in measured], axis=1),
        weight=weights_of(np.concatenate([each.words for each in measured])),
        share=share,
        size=size,
        known=weights + 0.01 * weights[weights > 0].mean() * (weights > 0),
        truth=np.bincount(number, weights=share * size) / np.maximum(found, 0.05),
        sure=whole * np.where(found >= FOUND, 1, UNFOUND),
    )


def _fit(sheet: Sheet, seed: int) -> Weights:
    """The weights that are left when training ends, averaged over its last steps."""
    lot = np.random.default_rng(seed)
    weights = _fresh(lot, sheet.inputs.shape[1])
    first = {name: np.zeros_like(array) for name, array in weights.items()}
    second = {name: np.zeros_like(array) for name, array in weights.items()}
    average = {name: array.copy() for name, array in weights.items()}
    counts = np.bincount(sheet.page)
    steps = _EPOCHS * len(list(_packs(counts, np.random.default_rng(seed))))
    done = 0
    for _ in range(_EPOCHS):
        for pages in _packs(counts, lot):
            done += 1
            part, pools, inner = _part(sheet, counts, pages)
            kept = (lot.random(part.inputs.shape[1]) > _DROPPED) / (1 - _DROPPED)
            gradient = _gradient(weights, part, part.inputs * kept.astype(np.float32), pools, inner)
            pace = _RATE * min(1, done / (_WARM * steps))
            pace *= 0.5 * (1 + np.cos(np.pi * min(1, done / steps)))
            _step(weights, gradient, first, second, pace, done)
            for name, array in weights.items():
                average[name] += np.float32(1 - _AVERAGE) * (array - average[name])
    return average


def _fresh(lot: np.random.Generator, inputs: int) -> Weights:
    def drawn(rows: int, columns: int, scale: float) -> Floats:
        return (lot.standard_normal((rows, columns)) * np.sqrt(2 / rows) * scale).astype(np.float32)

    weights: Weights = {
        "enter": drawn(inputs, _HIDDEN, 1),
        "enter_bias": np.zeros(_HIDDEN, np.float32),
        "leave": (lot.standard_normal(_HIDDEN) * 0.05).astype(np.float32),
        "leave_bias": np.zeros((), np.float32),
    }
    for layer in range(LAYERS):
        weights[f"pooled{layer}"] = drawn(_HIDDEN, WAYS * _MEANS, 0.7)
        weights[f"near{layer}"] = drawn(3 * _HIDDEN, _HIDDEN, 0.4)
        weights[f"means{layer}"] = drawn(WAYS * _MEANS, _HIDDEN, 0.5)
        weights[f"bias{layer}"] = np.zeros(_HIDDEN, np.float32)
    return weights


def _packs(counts: NDArray[np.int64], lot: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Pages in random order, as many at a time as `_BLOCKS` has room for."""
    pack: list[int] = []
    held = 0
    for page in lot.permutation(len(counts)).tolist():
        if pack and held + counts[page] > _BLOCKS:
            yield np.array(pack)
            pack, held = [], 0
        pack.append(page)
        held += int(counts[page])
    yield np.array(pack)


def _part(
    sheet: Sheet, counts: NDArray[np.int64], pages: NDArray[np.int64]
) -> tuple[Sheet, list[Pool], Floats]:
    """Some of the pages, their groups, and 0 for the first block of each, 1 for the others."""
    ends = np.cumsum(counts)
    rows = np.concatenate([np.arange(ends[page] - counts[page], ends[page]) for page in pages])
    page = np.repeat(np.arange(len(pages)), counts[pages])
    ways = sheet.ways[:, rows] + page * (sheet.ways.max() + 2)
    part = Sheet(
        sheet.inputs[rows],
        page,
        ways,
        sheet.weight[rows],
        sheet.share[rows],
        sheet.size[rows],
        sheet.known[rows],
        sheet.truth[pages],
        sheet.sure[pages],
    )
    inner = np.diff(page, prepend=-1) == 0
    return part, pools_of(list(ways), part.weight), inner.astype(np.float32)


def _gradient(
    weights: Weights, part: Sheet, inputs: Floats, pools: Sequence[Pool], inner: Floats
) -> Weights:
    hidden = enter(weights, inputs)
    seen: list[tuple[Floats, ...]] = [(inputs, hidden)]
    logits = forward(weights, hidden, pools, part.weight, inner, seen)
    back = _loss_gradient(logits, part)
    found: Weights = {
        "leave": seen[-1][0].T @ back,
        "leave_bias": back.sum(),
    }
    hidden_back = np.outer(back, weights["leave"])
    weight = part.weight[:, None]
    for layer in reversed(range(LAYERS)):
        hidden, near, means, added = seen[layer + 1]
        here = hidden_back * (added > 0)
        found[f"near{layer}"], found[f"means{layer}"] = near.T @ here, means.T @ here
        found[f"bias{layer}"] = here.sum(0)
        pooled = means_over(pools, here @ weights[f"means{layer}"].T) * weight
        found[f"pooled{layer}"] = hidden.T @ pooled
        hidden_back = hidden_back + pooled @ weights[f"pooled{layer}"].T
        hidden_back += _beside_back(here @ weights[f"near{layer}"].T, inner)
    inputs, hidden = seen[0]
    here = hidden_back * (hidden > 0)
    found["enter"], found["enter_bias"] = inputs.T @ here, here.sum(0)
    return found


def _beside_back(back: Floats, inner: Floats) -> Floats:
    """The gradient of `beside`: what each block's values did there and in its neighbours."""
    width = back.shape[1] // 3
    found = back[:, :width].copy()
    found[:-1] += back[1:, width : 2 * width] * inner[1:, None]
    found[1:] += back[:-1, 2 * width :] * inner[1:, None]
    return found


def _loss_gradient(logits: Floats, part: Sheet) -> Floats:
    """The gradient of the loss by the logit of each block."""
    likely = 1 / (1 + np.exp(-logits))
    chosen, pages = likely * part.size, len(part.truth)
    hits = 2 * np.bincount(part.page, weights=chosen * part.share, minlength=pages)
    total = np.bincount(part.page, weights=chosen, minlength=pages) + part.truth
    total = np.maximum(total, 1e-3)
    by_f1 = (2 * part.size * part.share - (hits / total)[part.page] * part.size) / total[part.page]
    by_f1 *= -2 * part.sure[part.page] * likely * (1 - likely)
    found: Floats = (1 - _F1) * part.known * (likely - part.share) + _F1 * by_f1
    return found.astype(np.float32)


def _step(  # noqa: PLR0913, PLR0917 - Adam's state
    weights: Weights, gradient: Weights, first: Weights, second: Weights, pace: float, done: int
) -> None:
    """A step of Adam with decay of the weights, in place; long gradients are cut."""
    length = np.sqrt(sum(float((array * array).sum()) for array in gradient.values()))
    cut = np.float32(min(1, _LONGEST / (length + 1e-9)))
    for name, array in weights.items():
        by = gradient[name] * cut
        first[name] = np.float32(0.9) * first[name] + np.float32(0.1) * by
        second[name] = np.float32(0.99) * second[name] + np.float32(0.01) * by * by
        ahead = first[name] / (1 - 0.9**done) / (np.sqrt(second[name] / (1 - 0.99**done)) + 1e-8)
        decay = _DECAY * array if array.ndim > 1 else 0
        weights[name] = (array - pace * (ahead + decay)).astype(np.float32)
