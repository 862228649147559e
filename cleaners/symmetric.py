"""Symmetric decision trees, evaluated for all blocks of a page at once.

In a symmetric (oblivious) tree all nodes of one level ask the same question, so that the answers,
read as bits, are the number of the leaf.  A whole ensemble is then a few array operations, where
ordinary trees are walked node by node.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
_AT_ONCE: Final = 512
"""Blocks whose answers fit into a processor's cache."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of one depth: question k of tree t is `values[feature[k, t]] > border[k, t]`.

    They are at most 8 deep.  `leaves[t]` holds the values of tree t's leaves; answer k is bit k of
    a leaf's number.
    """

    feature: NDArray[np.int32]
    border: Floats
    leaves: Floats
    bias: float

    def margin(self, values: Floats) -> Floats:
        """The sum of all trees for each block; `values` has a row a feature, a column a block."""
        count = values.shape[1]
        total = np.empty(count, np.float32)
        for start in range(0, count, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            total[part] = self._sums(values[:, part])
        return total + np.float32(self.bias)

    def _sums(self, values: Floats) -> Floats:
        depth, trees = self.feature.shape
        leaf = np.zeros((trees, values.shape[1]), np.uint8)
        for level in reversed(range(depth)):
            leaf += leaf
            leaf += values[self.feature[level]] > self.border[level][:, None]
        first = np.arange(trees)[:, None] * self.leaves.shape[1]
        found: Floats = self.leaves.ravel().take(leaf + first).sum(axis=0, dtype=np.float32)
        return found

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
