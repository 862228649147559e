"""Symmetric decision trees, evaluated for all blocks of a page at once.

In a symmetric (oblivious) tree all nodes of one level ask the same question, so that the answers,
read as bits, are the number of the leaf.  A whole ensemble is then a few array operations, where
ordinary trees are walked node by node.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of one depth: question k of tree t is `values[feature[k, t]] > border[k, t]`.

    `leaves[t]` holds the values of tree t's leaves; answer k is bit k of a leaf's number.
    """

    feature: NDArray[np.int32]
    border: Floats
    leaves: Floats
    bias: float

    def margin(self, values: Floats) -> Floats:
        """The sum of all trees for each block; `values` has a row a feature, a column a block."""
        depth, trees = self.feature.shape
        leaf = np.zeros((trees, values.shape[1]), np.int32)
        leaf += (np.arange(trees, dtype=np.int32) * self.leaves.shape[1])[:, None]
        for level in range(depth):
            answers = values[self.feature[level]] > self.border[level][:, None]
            leaf += answers * np.int32(1 << level)
        found = self.leaves.ravel()[leaf]
        total: Floats = found.sum(axis=0, dtype=np.float32) + np.float32(self.bias)
        return total

    def as_arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The forest as named arrays, to be stored."""
        return {
            f"{name}_feature": self.feature,
            f"{name}_border": self.border,
            f"{name}_leaves": self.leaves,
            f"{name}_bias": np.array(self.bias, np.float32),
        }

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, NDArray[Any]]) -> Forest:
        """The forest that `as_arrays` gave under this name."""
        return cls(
            arrays[f"{name}_feature"],
            arrays[f"{name}_border"],
            arrays[f"{name}_leaves"],
            float(arrays[f"{name}_bias"]),
        )


def probability(margin: Floats) -> Floats:
    """The logistic function."""
    scores: Floats = (1 / (1 + np.exp(-margin))).astype(np.float32)
    return scores
