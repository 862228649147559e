"""Blocks that belong together, which mostly share a fate: posts of a thread, cards, sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaners.judging.features.structure import Repeats
from cleaners.judging.features.tree import NOWHERE, Ints, Tree
from cleaners.records import Block


@dataclass(frozen=True, slots=True)
class Kin:
    """Which blocks belong together, as one number a block for each way of belonging.

    `path` is shared by blocks of the same tags and role; `group` also of the same names; `family`
    by those whose nearest repeated elements are alike; `unit` is that element; `heading` the last
    heading at or before the block, -1 where there is none.
    """

    path: Ints
    group: Ints
    family: Ints
    unit: Ints
    heading: Ints


def kin_of(blocks: Sequence[Block], tree: Tree, repeats: Repeats, heading: Ints) -> Kin:
    paths: dict[tuple[tuple[str, ...], str], int] = {}
    path = [
        paths.setdefault(((block.place or NOWHERE).path, block.role), len(paths))
        for block in blocks
    ]
    keys = tree.parent * len(tree.labels) + tree.label
    family = np.unique(keys[repeats.unit], return_inverse=True)[1]
    return Kin(np.array(path), repeats.group, family, repeats.unit, heading)
