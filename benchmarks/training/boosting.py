"""Fit symmetric trees with CatBoost, which only training needs, and take them out of it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoost
from numpy.typing import NDArray

from cleaners.symmetric import Forest

Floats = NDArray[np.floating[Any]]

_COMMON: dict[str, Any] = {
    "boosting_type": "Plain",
    "bootstrap_type": "Bernoulli",
    "subsample": 0.8,
    "random_seed": 1,
    "verbose": False,
    "allow_writing_files": False,
}


def fit_shares(  # noqa: PLR0913 - the data and what it may cost
    values: Floats, shares: Floats, weights: Floats, *, trees: int, rate: float, threads: int
) -> Forest:
    """Trees whose logistic sum is the share of main content; `values` has a row a block."""
    model = CatBoost(
        {
            **_COMMON,
            "loss_function": "CrossEntropy",
            "iterations": trees,
            "learning_rate": rate,
            "depth": 6,
            "l2_leaf_reg": 6,
            "rsm": 0.3,
            "border_count": 64,
            "thread_count": threads,
        }
    )
    model.fit(values, shares, sample_weight=weights)
    return forest_of(model)


def fit_value(values: Floats, target: Floats, *, trees: int) -> Forest:
    """A few small trees whose sum is a number, such as a page's F1."""
    model = CatBoost(
        {
            **_COMMON,
            "loss_function": "RMSE",
            "iterations": trees,
            "learning_rate": 0.05,
            "depth": 3,
            "l2_leaf_reg": 10,
            "border_count": 32,
            "thread_count": 1,
        }
    )
    model.fit(values, target)
    return forest_of(model)


def forest_of(model: CatBoost) -> Forest:
    """CatBoost's trees as arrays, by way of its JSON format."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        saved = json.loads(path.read_text(encoding="utf-8"))
    trees = saved["oblivious_trees"]
    depth = max(len(tree["splits"] or ()) for tree in trees)
    feature = np.zeros((depth, len(trees)), np.int32)
    # A question that no value answers with yes fills up trees that ask fewer.
    border = np.full((depth, len(trees)), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << depth), np.float32)
    scale, bias = saved["scale_and_bias"]
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or ()):
            feature[level, number] = split["float_feature_index"]
            border[level, number] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    return Forest(feature, border, leaves * np.float32(scale), float(bias[0]))
