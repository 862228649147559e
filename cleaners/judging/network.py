"""A small network over the blocks of a page, which sees a block beside those it belongs with.

Trees ask for one feature at a time and know no other block.  Here, in each layer, a block gets its
own hidden values, those of the blocks just before and after it, and means over the blocks of the
same tags, names, sort of repeated element, repeated element, section and page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.features.kin import Kin
from cleaners.judging.products import product, weighted
from cleaners.symmetric import Floats

Ints = NDArray[np.integer[Any]]

WAYS: Final = 6
"""Ways of belonging together that `ways_of` knows."""
LAYERS: Final = 2
_PART: Final = 4096  # blocks


@dataclass(frozen=True, slots=True)
class Pool:
    """Blocks in groups: in `order`, each group's blocks follow each other, from `starts` on.

    `group` is the group of each block, `share` is one by the weight of each group.
    """

    order: Ints
    starts: Ints
    group: Ints
    share: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """Features are clipped to `low` and `high`; for `weights` see `forward`."""

    low: Floats
    high: Floats
    weights: Mapping[str, Floats]

    def margin(self, values: Floats, pools: Sequence[Pool], weight: Floats) -> Floats:
        """The logit of each block; `values` has a row a feature, a column a block."""
        low, high = self.low[:, None], self.high[:, None]
        # By parts, so that a page of very many blocks needs little memory.
        hidden = [
            enter(self.weights, _clipped(values[:, start : start + _PART], low, high).T)
            for start in range(0, values.shape[1], _PART)
        ]
        return forward(self.weights, np.concatenate(hidden), pools, weight)

    def as_arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The network as named arrays, to be stored."""
        return {
            f"{name}_low": self.low,
            f"{name}_high": self.high,
            **{f"{name}_{key}": array for key, array in self.weights.items()},
        }

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, NDArray[Any]]) -> Network:
        """The network that `as_arrays` gave under this name."""
        own = {
            key.removeprefix(f"{name}_"): array
            for key, array in arrays.items()
            if key.startswith(f"{name}_")
        }
        return cls(own.pop("low"), own.pop("high"), own)


def _clipped(values: Floats, low: Floats, high: Floats) -> Floats:
    """`numpy.clip`, which takes twice as long."""
    clipped: Floats = np.maximum(values, low)
    return np.minimum(clipped, high, out=clipped)


def ways_of(kin: Kin) -> tuple[Ints, ...]:
    """For each way of belonging together, a number a block; the last is one for the whole page."""
    page = np.zeros(len(kin.path), np.int64)
    return kin.path, kin.group, kin.family, kin.unit, kin.heading, page


def weights_of(words: Floats) -> Floats:
    """How much each block counts in a mean."""
    weights: Floats = np.sqrt(words + 0.1).astype(np.float32)
    return weights


def pools_of(ways: Sequence[Ints], weight: Floats) -> list[Pool]:
    """The groups of blocks that have one number, a pool for each way of belonging together."""
    pools = []
    for number in ways:
        order = np.argsort(number, kind="stable")
        new = np.diff(number[order], prepend=number[order[0]] - 1) != 0
        starts = np.flatnonzero(new)
        group = np.empty(len(number), np.int64)
        group[order] = np.cumsum(new) - 1
        share = 1 / np.add.reduceat(weight[order], starts)
        pools.append(Pool(order, starts, group, share.astype(np.float32)))
    return pools


def means_over(pools: Sequence[Pool], values: Floats) -> Floats:
    """Weighted values, each replaced by the mean of its group: equal parts of columns a pool."""
    means = np.empty_like(values)
    width = values.shape[1] // len(pools)
    for number, pool in enumerate(pools):
        part = slice(number * width, (number + 1) * width)
        sums = np.add.reduceat(values[pool.order, part], pool.starts)
        means[:, part] = (sums * pool.share[:, None])[pool.group]
    return means


def beside(hidden: Floats, inner: Floats | None = None) -> Floats:
    """Each block's hidden values, those of the block before and those of the block after.

    `inner` is 0 for blocks that begin a page, where several pages follow each other.
    """
    count, width = hidden.shape
    found = np.zeros((count, 3 * width), np.float32)
    found[:, :width] = hidden
    found[1:, width : 2 * width] = hidden[:-1]
    found[:-1, 2 * width :] = hidden[1:]
    if inner is not None:
        found[:, width : 2 * width] *= inner[:, None]
        found[:-1, 2 * width :] *= inner[1:, None]
    return found


def enter(weights: Mapping[str, Floats], inputs: Floats) -> Floats:
    """The first hidden values; `inputs` has a row a block."""
    hidden: Floats = np.maximum(product(inputs, weights["enter"]) + weights["enter_bias"], 0)
    return hidden


def forward(  # noqa: PLR0913, PLR0917 - what is known of the blocks
    weights: Mapping[str, Floats],
    hidden: Floats,
    pools: Sequence[Pool],
    weight: Floats,
    inner: Floats | None = None,
    seen: list[tuple[Floats, ...]] | None = None,
) -> Floats:
    """The logits of blocks, from their first hidden values.

    Training lays up in `seen` what each layer saw; for `inner` see `beside`.
    """
    for layer in range(LAYERS):
        near = beside(hidden, inner)
        pooled = product(hidden, weights[f"pooled{layer}"])
        means = means_over(pools, pooled * weight[:, None])
        added = product(near, weights[f"near{layer}"]) + product(means, weights[f"means{layer}"])
        added = np.maximum(added + weights[f"bias{layer}"], 0)
        if seen is not None:
            seen.append((hidden, near, means, added))
        hidden = hidden + added
    if seen is not None:
        seen.append((hidden,))
    logits: Floats = weighted(hidden, weights["leave"]) + weights["leave_bias"]
    return logits
