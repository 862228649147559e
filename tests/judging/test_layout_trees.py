"""Symmetric trees and the choice of blocks give what their definitions say."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.judging.model import choose
from cleaners.symmetric import Forest, probability


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


def mean_f1(scores, words, some):
    """The expected F1 of some blocks, where all odds of a page may be higher or lower together."""
    points, chances = np.polynomial.hermite_e.hermegauss(5)
    found = 0.0
    for odds, chance in zip(np.exp(2 * points - 0.4), chances / chances.sum(), strict=True):
        likely = odds * scores / (1 - scores + odds * scores)
        content = likely * words
        found += chance * 2 * content[some].sum() / (words[some].sum() + content.sum())
    return found


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(1, 100)), min_size=1, max_size=7))
def test_the_chosen_blocks_have_the_highest_expected_f1(blocks):
    scores = np.array([score for score, _ in blocks])
    words = np.array([float(size) for _, size in blocks])
    keep, expected = choose(scores, words)
    assert expected == pytest.approx(mean_f1(scores, words, keep))
    best = max(
        mean_f1(scores, words, some)
        for some in map(np.array, product([False, True], repeat=len(blocks)))
        if some.any()
    )
    assert expected == pytest.approx(best, abs=0.001)


def test_doubtful_blocks_beside_sure_ones_go_and_without_any_they_stay():
    doubtful = np.full(20, 0.2)
    keep, _ = choose(np.concatenate([[0.99], doubtful]), np.array([500.0] + [5.0] * 20))
    assert keep.sum() == 1
    keep, _ = choose(doubtful, np.full(20, 5.0))
    assert keep.all()


def test_scores_that_leave_no_doubt_are_taken_as_they_are():
    keep, expected = choose(np.array([1.0, 0.0, 1.0], np.float32), np.array([9.0, 50.0, 1.0]))
    assert keep.tolist() == [True, False, True]
    assert expected == pytest.approx(1)


def test_a_page_without_any_likely_block_still_keeps_its_likeliest():
    keep, expected = choose(np.array([0.01, 0.05]), np.array([10.0, 10.0]))
    assert keep.tolist() == [False, True]
    assert expected < 0.2
