"""The network sees a block beside its neighbours and beside those it belongs with, on one page."""

import numpy as np
import pytest

from cleaners.judging.features import Scores, measure
from cleaners.judging.model import Model, default_model, networks_margin
from cleaners.judging.network import LAYERS, WAYS, Network, pools_of, ways_of, weights_of
from cleaners.records import Outline, Page
from cleaners.segmenting import segment
from cleaners.segmenting.html import blocks_of, parse

FEATURES, HIDDEN, MEANS = 7, 6, 2


@pytest.fixture
def network() -> Network:
    lot = np.random.default_rng(3)

    def drawn(*shape: int) -> np.ndarray:
        return lot.normal(size=shape).astype(np.float32)

    weights = {"enter": drawn(FEATURES, HIDDEN), "enter_bias": drawn(HIDDEN)}
    weights |= {"leave": drawn(HIDDEN), "leave_bias": drawn()}
    for layer in range(LAYERS):
        weights[f"pooled{layer}"] = drawn(HIDDEN, WAYS * MEANS)
        weights[f"near{layer}"] = drawn(3 * HIDDEN, HIDDEN)
        weights[f"means{layer}"] = drawn(WAYS * MEANS, HIDDEN)
        weights[f"bias{layer}"] = drawn(HIDDEN)
    return Network(np.full(FEATURES, -2, np.float32), np.full(FEATURES, 2, np.float32), weights)


def logits(network: Network, values: np.ndarray, groups: list[list[int]]) -> np.ndarray:
    weight = np.ones(values.shape[1], np.float32)
    pools = pools_of([np.array(group) for group in groups], weight)
    return network.margin(values, pools, weight)


def apart(count: int) -> list[list[int]]:
    """Every block on its own in all ways."""
    return [list(range(count))] * WAYS


def test_a_block_counts_for_those_it_belongs_with_however_far_away(network):
    values = np.random.default_rng(1).normal(size=(FEATURES, 12)).astype(np.float32)
    other = values.copy()
    other[:, 0] += 1
    together = [*apart(12)[1:], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]]
    assert logits(network, values, apart(12))[11] == logits(network, other, apart(12))[11]
    assert logits(network, values, together)[11] != logits(network, other, together)[11]


def test_a_block_counts_for_its_neighbours(network):
    values = np.random.default_rng(1).normal(size=(FEATURES, 12)).astype(np.float32)
    other = values.copy()
    other[:, 0] += 1
    changed = logits(network, values, apart(12)) != logits(network, other, apart(12))
    assert changed.tolist() == [True] * (LAYERS + 1) + [False] * (11 - LAYERS)


def test_values_beyond_what_training_saw_count_as_the_furthest_that_it_saw(network):
    values = np.full((FEATURES, 3), 2, np.float32)
    assert np.array_equal(
        logits(network, values, apart(3)), logits(network, values * 1000, apart(3))
    )


def test_a_page_of_very_many_blocks_is_judged_like_a_short_one(network):
    few = np.random.default_rng(2).normal(size=(FEATURES, 100)).astype(np.float32)
    many = np.tile(few, 60)
    found = logits(network, many, apart(6000))
    assert found[200:300] == pytest.approx(found[5000:5100], abs=1e-4)


def test_a_network_is_the_same_after_being_stored(network):
    again = Network.from_arrays("x", {**network.as_arrays("x"), "y_low": np.zeros(1)})
    values = np.random.default_rng(4).normal(size=(FEATURES, 5)).astype(np.float32)
    assert np.array_equal(logits(network, values, apart(5)), logits(again, values, apart(5)))


def test_groups_are_averaged_by_weight():
    weight = np.array([1, 3, 5], np.float32)
    (pool,) = pools_of([np.array([7, 7, -1])], weight)
    assert pool.group.tolist() == [1, 1, 0]
    assert pool.share == pytest.approx([1 / 5, 1 / 4])


def test_posts_of_a_thread_belong_together_and_what_follows_does_not():
    post = '<div class="post"><span>Name</span><p>one two</p></div>'
    markup = f"<div>{post * 3}</div><p>seven eight</p>"
    measured = measure(Outline(blocks_of(parse(markup))), None, Scores({}, {}))
    path, group, family, unit, _, page = ways_of(measured.kin)
    assert len(set(family[:6].tolist())) == 1 != len(set(family.tolist()))
    assert unit[0] == unit[1] != unit[2]
    assert path[0] == path[2] != path[1]
    assert group[1] == group[3]
    assert set(page.tolist()) == {0}
    assert np.isfinite(weights_of(measured.words)).all()


def test_each_of_the_networks_that_ship_has_one_voice():
    outline = segment(Page("<main><h1>Kiln</h1><p>The kiln is lit on Fridays.</p></main><p>Menu"))
    model = default_model()
    measured = measure(outline, None, model.scores)
    alone = [networks_margin(measured, [network]) for network in model.networks]
    assert len(alone) == 2
    assert not np.allclose(alone[0], alone[1])
    assert networks_margin(measured, model.networks) == pytest.approx((alone[0] + alone[1]) / 2)


def test_a_stored_model_comes_back_with_all_its_networks():
    model = default_model()
    again = Model.from_arrays(model.as_arrays())
    for one, other in zip(model.networks, again.networks, strict=True):
        assert one.weights.keys() == other.weights.keys()
        assert all(np.array_equal(one.weights[key], other.weights[key]) for key in one.weights)
