"""Symmetric trees and the choice of blocks give what their definitions say."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.judging.model import choose
from cleaners.judging.symmetric import Forest, probability


def walked(forest: Forest, row: np.ndarray) -> float:
    """One row through the trees, one question after the other."""
    total = forest.bias
    depth, trees = forest.feature.shape
    for tree in range(trees):
        leaf = sum(
            2**level
            for level in range(depth)
            if row[forest.feature[level, tree]] > forest.border[level, tree]
        )
        total += forest.leaves[tree, leaf]
    return total


def test_all_trees_at_once_equal_one_question_after_the_other():
    lot = np.random.default_rng(7)
    forest = Forest(
        lot.integers(0, 9, (4, 30)).astype(np.int32),
        lot.random((4, 30)).astype(np.float32),
        lot.normal(size=(30, 16)).astype(np.float32),
        0.25,
    )
    values = lot.random((9, 50)).astype(np.float32)
    slow = [walked(forest, values[:, block]) for block in range(50)]
    assert forest.margin(values) == pytest.approx(slow, abs=1e-4)


def test_a_forest_survives_being_stored():
    forest = Forest(np.zeros((1, 1), np.int32), np.zeros((1, 1)), np.array([[1.0, 2.0]]), 0.5)
    again = Forest.from_arrays("x", forest.as_arrays("x"))
    assert again.margin(np.array([[-1.0, 1.0]])).tolist() == [1.5, 2.5]


def test_probability_is_a_half_where_nothing_is_known():
    assert probability(np.array([0.0, 20.0, -20.0])) == pytest.approx([0.5, 1, 0], abs=1e-6)


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(1, 100)), min_size=1, max_size=7))
def test_the_chosen_blocks_have_the_highest_expected_f1(blocks):
    scores = np.array([score for score, _ in blocks])
    words = np.array([float(size) for _, size in blocks])
    _, expected = choose(scores, words)
    content = scores * words
    best = max(
        2 * content[some].sum() / (words[some].sum() + content.sum())
        for some in map(np.array, product([False, True], repeat=len(blocks)))
        if some.any()
    )
    assert expected == pytest.approx(best)


def test_a_page_without_any_likely_block_still_keeps_its_likeliest():
    keep, expected = choose(np.array([0.01, 0.05]), np.array([10.0, 10.0]))
    assert keep.tolist() == [False, True]
    assert expected < 0.2
