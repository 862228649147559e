"""The second look: what the first look's scores say of blocks that belong together.

Blocks of one structure mostly share a fate: the posts of a thread, the cards of a list, the
parts of a section.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cleaners.judging.features.blocks import Facts
from cleaners.judging.features.shape import Columns
from cleaners.judging.features.structure import Repeats, over, totals
from cleaners.judging.features.tree import NOWHERE, Floats, Ints, Tree
from cleaners.records import Block

_SURE: Final = 0.5
_DEPTHS: Final = (2, 3, 4, 5, 6)
_MANY: Final = 50


@dataclass(frozen=True, slots=True)
class Kin:
    """Which blocks belong together, as one number a block for each way of belonging.

    `path` is shared by blocks of the same tags and role; `group` also of the same names; `family`
    by those whose nearest repeated elements are alike; `unit` is that element; `heading` the last
    heading at or before the block, -1 where there is none; `outer` the section around its section.
    """

    path: Ints
    group: Ints
    family: Ints
    unit: Ints
    heading: Ints
    outer: Ints


def kin_of(
    blocks: Sequence[Block], facts: Facts, tree: Tree, repeats: Repeats, heading: Ints
) -> Kin:
    paths: dict[tuple[tuple[str, ...], str], int] = {}
    path = [
        paths.setdefault(((block.place or NOWHERE).path, block.role), len(paths))
        for block in blocks
    ]
    unit = repeats.unit
    keys = tree.parent * len(tree.labels) + tree.label
    family = np.unique(keys[unit], return_inverse=True)[1]
    return Kin(np.array(path), repeats.group, family, unit, heading, _outer(facts, heading))


def _outer(facts: Facts, heading: Ints) -> Ints:
    """A number for each block, the same under headings of one heading of a higher level."""
    levels = np.where(facts.is_role("heading"), facts.level, 0).tolist()
    above = [-1] * (len(levels) + 1)
    open_: list[tuple[int, int]] = []  # level and number of the headings around
    for number in np.flatnonzero(heading == np.arange(len(levels))).tolist():
        level = levels[number]
        while open_ and open_[-1][0] >= level:
            open_.pop()
        above[number] = open_[-1][1] if open_ else number
        open_.append((level, number))
    return np.unique(np.array(above)[heading], return_inverse=True)[1]


def pooled_columns(scores: Floats, words: Floats, tree: Tree, kin: Kin) -> Columns:
    """Mean, highest and lowest scores of the blocks that each block belongs with."""
    content = scores * words
    columns: Columns = {}
    for name, number in (("path", kin.path), ("family", kin.family), ("outer", kin.outer)):
        columns |= _extremes(name, number, scores)
        columns[f"{name}_mean"] = _means(number, content, words)[number]
    columns |= _extremes("group", kin.group, scores)
    columns |= _family_columns(content, words, tree, kin)
    columns |= _heading_columns(scores, content, words, kin.heading)
    columns |= _downward_columns(content, words, tree)
    return columns


def _means(number: Ints, content: Floats, words: Floats) -> Floats:
    """For each number the mean score of its words."""
    size = np.maximum(np.bincount(number, weights=words), 1e-6)
    return np.bincount(number, weights=content) / size


def _extremes(name: str, number: Ints, scores: Floats) -> Columns:
    high, low = np.zeros(number.max() + 1), np.ones(number.max() + 1)
    np.maximum.at(high, number, scores)
    np.minimum.at(low, number, scores)
    return {f"{name}_high": high[number], f"{name}_low": low[number]}


def _family_columns(content: Floats, words: Floats, tree: Tree, kin: Kin) -> Columns:
    """How a block's repeated element scores beside those alike, and which one of them it is."""
    units, first, unit = np.unique(kin.unit, return_index=True, return_inverse=True)
    family = kin.family[first]
    held = over(totals(words), tree.first[units], tree.last[units])
    score = over(totals(content), tree.first[units], tree.last[units]) / np.maximum(held, 1e-6)
    count = np.bincount(family)
    likely = np.bincount(family, weights=score > _SURE) / np.maximum(count, 1)
    # The units of each family in the order of the page.
    order = np.lexsort((first, family))
    rank = np.empty(len(units), np.int64)
    rank[order] = np.arange(len(units)) - (np.cumsum(count) - count)[family[order]]
    return {
        "family_off": score[unit] - _means(kin.family, content, words)[kin.family],
        "family_likely": likely[kin.family],
        "family_units": np.log1p(count)[kin.family],
        "family_rank": np.minimum(rank, _MANY)[unit],
    }


def _heading_columns(scores: Floats, content: Floats, words: Floats, heading: Ints) -> Columns:
    """The score of the heading above, and of what stands under it."""
    body = np.ones(len(scores), bool)
    body[heading[heading >= 0]] = False
    section = heading + 1
    size = np.bincount(section, weights=words * body)
    inside = np.bincount(section, weights=content * body) / np.maximum(size, 1e-6)
    return {
        "body_score": np.where(size > 0, inside, -0.1)[section],
        "body_words": np.log1p(size)[section],
        "head_score": np.where(heading >= 0, scores[np.maximum(heading, 0)], -0.1),
    }


def _downward_columns(content: Floats, words: Floats, tree: Tree) -> Columns:
    """Mean scores of the elements around a block, counted from the body down."""
    held = over(totals(content), tree.first, tree.last)
    size = np.maximum(over(totals(words), tree.first, tree.last), 1e-6)
    total = max(float(content.sum()), 1e-6)
    columns: Columns = {}
    for depth in _DEPTHS:
        node = tree.pair_node[tree.starts + np.minimum(depth, tree.depth[tree.own])]
        columns[f"down{depth}_score"] = (held / size)[node]
        columns[f"down{depth}_content"] = held[node] / total
    return columns
