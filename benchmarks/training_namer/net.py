"""Fit the second look: a small net, by Adam, where a line may be allowed several classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.namer.model import Net, log_softmax

Floats = NDArray[np.floating[Any]]
Bools = NDArray[np.bool_]

_HIDDEN: Final = 64
"""Units of the hidden layer."""
_ROUNDS: Final = 10
_AT_ONCE: Final = 128
_RATE: Final = 2e-3
_DECAY: Final = 5e-3
_DROPPED: Final = 0.2
"""Share of features that are hidden from each line while it is learned from."""
_HIDDEN_DROPPED: Final = 0.3
_FURTHEST: Final = 5.0


def side_by_side(nets: Sequence[Net]) -> Net:
    """One net that gives the mean of what several give that were fitted to the same lines."""
    first = nets[0]
    return Net(
        first.centre,
        first.scale,
        np.concatenate([net.inner for net in nets], axis=1).astype(np.float16),
        np.concatenate([net.inner_bias for net in nets]),
        np.concatenate([net.outer / len(nets) for net in nets]).astype(np.float16),
        np.mean([net.outer_bias for net in nets], axis=0).astype(np.float32),
    )


def fit_net(values: Floats, allowed: Bools, weights: Floats, *, seed: int) -> Net:
    """A net from lines: `values` has a row a line."""
    random = np.random.default_rng(seed)
    centre = values.mean(axis=0)
    scale = 1 / np.maximum(values.std(axis=0), 1e-3)
    scaled = np.clip((values - centre) * scale, -_FURTHEST, _FURTHEST).astype(np.float32)
    features, classes = values.shape[1], allowed.shape[1]
    parameters = [
        random.normal(0, np.sqrt(2 / features), (features, _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, np.float32),
        random.normal(0, np.sqrt(1 / _HIDDEN), (_HIDDEN, classes)).astype(np.float32),
        np.zeros(classes, np.float32),
    ]
    first = [np.zeros_like(p) for p in parameters]
    second = [np.zeros_like(p) for p in parameters]
    weights = (weights / weights.mean()).astype(np.float32)
    wanted = allowed.astype(np.float32)
    step, steps = 0, _ROUNDS * (len(values) // _AT_ONCE)
    for _ in range(_ROUNDS):
        order = random.permutation(len(values))
        for start in range(0, len(order) - _AT_ONCE + 1, _AT_ONCE):
            rows = order[start : start + _AT_ONCE]
            shown = scaled[rows] * (random.random((len(rows), features), np.float32) >= _DROPPED)
            shown /= 1 - _DROPPED
            slopes = _slopes(parameters, shown, wanted[rows], weights[rows], random)
            step += 1
            rate = _RATE * (1 - step / (steps + 1)) * min(1, step / 200)
            for number, slope in enumerate(slopes):
                first[number] += 0.1 * (slope - first[number])
                second[number] += 0.001 * (slope * slope - second[number])
                pull = first[number] / (1 - 0.9**step)
                pull /= np.sqrt(second[number] / (1 - 0.999**step)) + 1e-8
                if slope.ndim == 2:
                    pull += _DECAY * parameters[number]
                parameters[number] -= rate * pull
    inner, inner_bias, outer, outer_bias = parameters
    return Net(
        centre.astype(np.float32), scale.astype(np.float32), inner, inner_bias, outer, outer_bias
    )


def _slopes(
    parameters: list[Floats], shown: Floats, wanted: Floats, weights: Floats,
    random: np.random.Generator,
) -> list[Floats]:  # fmt: skip
    """Gradients of the loss of some lines, with a part of the hidden layer left out."""
    inner, inner_bias, outer, outer_bias = parameters
    before = shown @ inner + inner_bias
    left = (random.random(before.shape, np.float32) >= _HIDDEN_DROPPED) / (1 - _HIDDEN_DROPPED)
    active = ((before > 0) * left).astype(np.float32)
    hidden = before * active
    likely = np.exp(log_softmax(hidden @ outer + outer_bias))
    right = likely * wanted
    right /= np.maximum(right.sum(axis=1, keepdims=True), 1e-12)
    up = (likely - right) * (weights / len(weights))[:, None]
    down = (up @ outer.T) * active
    return [shown.T @ down, down.sum(axis=0), hidden.T @ up, up.sum(axis=0)]
