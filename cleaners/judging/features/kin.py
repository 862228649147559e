"""Blocks that belong together, which mostly share a fate: posts of a thread, cards, sections."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cleaners.judging.features.blocks import ROLES, Facts
from cleaners.judging.features.structure import Repeats
from cleaners.judging.features.tree import Ints, Tree


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


def kin_of(tree: Tree, facts: Facts, repeats: Repeats, heading: Ints) -> Kin:
    path = _paths(tree)[tree.own] * len(ROLES) + facts.role
    keys = tree.parent * len(tree.labels) + tree.label
    family = np.unique(keys[repeats.unit], return_inverse=True)[1]
    return Kin(path, repeats.group, family, repeats.unit, heading)


def _paths(tree: Tree) -> Ints:
    """A number for each element, the same for those with the same tags from the body down."""
    known: dict[tuple[int, str], int] = {}
    paths: list[int] = []
    tags = [tag for tag, _ in tree.labels]
    parents = tree.parent.tolist()
    for parent, label in zip(parents, tree.label.tolist(), strict=True):
        above = paths[parent] if paths else -1
        paths.append(known.setdefault((above, tags[label]), len(known)))
    return np.array(paths)
