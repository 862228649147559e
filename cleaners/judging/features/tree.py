"""The element tree around a page's blocks, as arrays: who is inside what, and how it is named."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.records import Block, Elements, Place, elements_of

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]

_NAME: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LOWER: Final = re.compile(r"[a-z]{2,}")
FAR: Final = 30.0  # an element that is not there counts as being so many elements up
_LONG: Final = 100  # characters of an element's words that are read; the rest is mostly styling
NOWHERE: Final = Place(Elements(), 0)
_NOTHING: Final = (0.0, 0.0, 0.0)
_NO_NAMES: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements that hold blocks, in the order of the page; element 0 is the body.

    A pair is a block and one of the elements around it; `pair_block` and `pair_node` list them
    block by block, outermost first, and `pair_rank` counts from the block's own element (0)
    upwards.  The blocks of node n are those from `first[n]` to `last[n]`, both included: blocks
    of one element always follow each other.
    """

    label: Ints
    """Which of `labels` each element has."""
    labels: Sequence[tuple[str, str]]
    """The tags and words of elements, each pair once."""
    names: Sequence[frozenset[str]]
    """The single words in each label's words, see `names_in`."""
    parent: Ints
    depth: Ints
    levels: Sequence[Ints]
    """The elements of each depth below the body, outermost first."""
    first: Ints
    last: Ints
    pair_block: Ints
    pair_node: Ints
    pair_rank: Ints
    starts: Ints
    """Index of each block's first pair."""
    own: Ints
    """Each block's own element."""


def tree_of(blocks: Sequence[Block]) -> Tree:
    """The tree of a page with at least one block."""
    places = [block.place or NOWHERE for block in blocks]
    elements = elements_of(blocks)
    parents = np.array(elements.parents)
    # Of each block its own element, then the one around it, and so on up to the body.
    number = np.array([place.number for place in places])
    block = np.arange(len(places))
    layers = [(block, number)]
    while number.any():
        inside = np.flatnonzero(number)
        block, number = block[inside], parents[number[inside]]
        layers.append((block, number))
    sizes = np.bincount(np.concatenate([block for block, _ in layers]))
    ends = np.cumsum(sizes)
    numbers = np.empty(ends[-1], np.int64)
    for step, (block, number) in enumerate(layers, start=1):
        numbers[ends[block] - step] = number
    starts = ends - sizes

    # The first pair of each element; of several assignments to one place the last one holds.
    first_pair = np.full(int(numbers.max()) + 1, -1, np.int64)
    first_pair[numbers[::-1]] = np.arange(len(numbers))[::-1]
    present = np.flatnonzero(first_pair >= 0)
    where = first_pair[present]
    count = len(where)
    number_of = np.zeros(len(first_pair), np.int64)
    number_of[present] = np.arange(count)
    node = number_of[numbers]
    pair_block = np.repeat(np.arange(len(blocks)), sizes)
    level = np.arange(len(numbers)) - np.repeat(starts, sizes)
    parent_pair = np.where(level > 0, np.arange(len(numbers)) - 1, 0)
    first = pair_block[where]
    last = np.zeros(count, np.int64)
    last[node] = pair_block
    depth = level[where]
    tags, words = elements.tags, elements.words
    named = [(tags[number], words[number]) for number in present.tolist()]
    labels = {name: number for number, name in enumerate(dict.fromkeys(named))}
    return Tree(
        label=np.array([labels[name] for name in named]),
        labels=tuple(labels),
        names=[names_in(text) for _, text in labels],
        parent=node[parent_pair[where]],
        depth=depth,
        levels=_levels(depth),
        first=first,
        last=last,
        pair_block=pair_block,
        pair_node=node,
        pair_rank=np.repeat(sizes, sizes) - level - 1,
        starts=starts,
        own=node[ends - 1],
    )


def names_in(words: str) -> frozenset[str]:
    """The lower-case words of class, id and role values: `navBar-left2` is nav, bar, left."""
    return _NO_NAMES.union(*map(_names_of, words[:_LONG].split()))


# Pages have a few hundred sorts of elements each, but most of them share their classes.
@lru_cache(maxsize=16384)
def _names_of(word: str) -> frozenset[str]:
    if word.islower():
        return frozenset(_LOWER.findall(word))
    return frozenset([name.lower() for name in _NAME.findall(word) if len(name) > 1])


def _levels(depth: Ints) -> list[Ints]:
    order = np.argsort(depth, kind="stable")
    cuts = np.cumsum(np.bincount(depth))[:-1].tolist()
    return [order[start:end] for start, end in pairwise((*cuts, len(depth)))]


def nearest(tree: Tree, marked: NDArray[np.bool_], far: float = FAR) -> Floats:
    """How many elements up from each block the nearest marked one is; `far` where none is.

    `marked` has a row for each mark and a column for each element; so has the result, with a
    column for each block.
    """
    steps = np.where(marked, np.float32(0), np.float32(far)).T.copy()
    for level in tree.levels:
        steps[level] = np.minimum(steps[level], steps[tree.parent[level]] + 1)
    return steps[tree.own].T


def ancestor(tree: Tree, steps: int) -> Ints:
    """Each block's element `steps` above its own; the body where there is none."""
    node = tree.own
    for _ in range(steps):
        node = tree.parent[node]
    return node


def name_scores(tree: Tree, scores: Mapping[str, float]) -> Floats:
    """For each element three values of the scores of its names: sum, lowest and highest."""
    rows = []
    for names in tree.names:
        if not (known := [scores[name] for name in names if name in scores]):
            rows.append(_NOTHING)
        elif len(known) == 1:
            rows.append((known[0],) * 3)
        else:
            # The sum must not depend on the order of a set.
            rows.append((math.fsum(known), min(known), max(known)))
    return np.array(rows, np.float32).T[:, tree.label]
