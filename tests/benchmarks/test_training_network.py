"""The gradients that training works out by hand are those of the loss."""

import numpy as np
import pytest

from benchmarks.training.network import Sheet, _fresh, _gradient, _part
from cleaners.judging.network import WAYS, enter, forward, pools_of

FEATURES = 9


def sheet() -> Sheet:
    lot = np.random.default_rng(0)
    page = np.repeat([0, 1, 2], [7, 1, 12])
    blocks = len(page)
    return Sheet(
        inputs=lot.normal(size=(blocks, FEATURES)),
        page=page,
        ways=lot.integers(-1, 4, size=(WAYS, blocks)),
        weight=lot.random(blocks) + 0.1,
        share=lot.random(blocks),
        size=lot.integers(1, 30, blocks).astype(float),
        known=lot.random(blocks),
        truth=np.array([100.0, 20.0, 150.0]),
        sure=np.array([1.0, 0.2, 0.0]),
    )


def loss(part: Sheet, weights, pools, inner) -> float:
    hidden = enter(weights, part.inputs)
    margin = forward(weights, hidden, pools, part.weight, inner)
    likely = 1 / (1 + np.exp(-margin))
    crossed = (part.known * (np.logaddexp(0, margin) - part.share * margin)).sum()
    chosen = likely * part.size
    hits = 2 * np.bincount(part.page, weights=chosen * part.share)
    f1 = hits / (np.bincount(part.page, weights=chosen) + part.truth)
    return 0.7 * crossed + 0.3 * 2 * (part.sure * (1 - f1)).sum()


def test_gradients_are_those_of_the_loss():
    part, pools, inner = _part(sheet(), np.array([7, 1, 12]), np.array([2, 0, 1]))
    lot = np.random.default_rng(1)
    weights = {
        name: np.asarray(array, float) + 0.1 * lot.normal(size=array.shape)
        for name, array in _fresh(lot, FEATURES).items()
    }
    found = _gradient(weights, part, part.inputs, pools, inner)
    assert set(found) == set(weights)
    for name, array in weights.items():
        step = 1e-4 * lot.normal(size=array.shape)
        ahead = loss(part, weights | {name: array + step}, pools, inner)
        behind = loss(part, weights | {name: array - step}, pools, inner)
        assert (ahead - behind) / 2 == pytest.approx((found[name] * step).sum(), rel=0.02, abs=1e-8)


def test_pages_are_judged_as_if_each_were_alone():
    part, pools, inner = _part(sheet(), np.array([7, 1, 12]), np.array([2, 0, 1]))
    weights = _fresh(np.random.default_rng(2), FEATURES)
    together = forward(weights, enter(weights, part.inputs), pools, part.weight, inner)
    for number in range(3):
        own = part.page == number
        alone = pools_of(list(part.ways[:, own]), part.weight[own])
        margin = forward(weights, enter(weights, part.inputs[own]), alone, part.weight[own])
        assert together[own] == pytest.approx(margin, abs=1e-4)
