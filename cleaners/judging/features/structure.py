"""What surrounds a block: neighbours, containers, repeated structures, its place on the page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.features.blocks import ROLES, Facts
from cleaners.judging.features.shape import Columns
from cleaners.judging.features.tree import Floats, Ints, Tree, ancestor

_LEVELS: Final = 6
_REPEATED: Final = 3
_LONG_ENOUGH: Final = 24  # characters of an element's words: what follows is often its state


def totals(values: Floats) -> Floats:
    """Running totals with a leading zero: the sum from i to j (both in) is t[j + 1] - t[i]."""
    return np.concatenate((np.zeros(1, np.float64), np.cumsum(values, dtype=np.float64)))


def over(running: Floats, first: Ints, last: Ints) -> Floats:
    """Sums of ranges, both ends included, of values given as running totals."""
    return (running[last + 1] - running[first]).astype(np.float32)


def shifted(values: Floats, by: int, fill: float) -> Floats:
    """`values` of the block `by` further on; `fill` beyond the page."""
    moved = np.full_like(values, fill)
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def neighbour_columns(words: Floats, links: Floats, stops: Floats, heads: Floats) -> Columns:
    """The blocks just before and after, and sums over wider windows."""
    columns: Columns = {}
    count = len(words)
    log_words = np.log1p(words)
    share = links / np.maximum(words, 1)
    for by in (-2, -1, 1, 2):
        columns[f"words{by:+d}"] = shifted(log_words, by, -1)
        columns[f"linked{by:+d}"] = shifted(share, by, -1)
        columns[f"stops{by:+d}"] = shifted(stops, by, -1)
        columns[f"heading{by:+d}"] = shifted(heads, by, -1)
    here = np.arange(count)
    all_words, all_links, all_stops = totals(words), totals(links), totals(stops)
    for reach in (4, 12):
        first, last = np.maximum(here - reach, 0), np.minimum(here + reach, count - 1)
        for side, (low, high) in {"before": (first, here), "after": (here, last)}.items():
            total = over(all_words, low, high)
            columns[f"words_{side}_{reach}"] = np.log1p(total)
            columns[f"linked_{side}_{reach}"] = over(all_links, low, high) / np.maximum(total, 1)
            columns[f"stops_{side}_{reach}"] = over(all_stops, low, high)
    return columns


def container_columns(
    tree: Tree, words: Floats, links: Floats, stops: Floats, prose: Floats
) -> Columns:
    """What the elements around a block hold: from its own element upwards."""
    columns: Columns = {}
    page = max(float(words.sum()), 1.0)
    size = (tree.last - tree.first + 1).astype(np.float32)
    held = over(totals(words), tree.first, tree.last)
    linked = over(totals(links), tree.first, tree.last) / np.maximum(held, 1)
    stopped = over(totals(stops), tree.first, tree.last)
    written = over(totals(prose), tree.first, tree.last)
    here = np.arange(len(words))
    for level in range(_LEVELS):
        node = ancestor(tree, level)
        columns[f"up{level}_blocks"] = np.log1p(size[node])
        columns[f"up{level}_words"] = np.log1p(held[node])
        columns[f"up{level}_linked"] = linked[node]
        columns[f"up{level}_stops"] = stopped[node] / size[node]
        if level in {1, 3}:
            columns[f"up{level}_share"] = held[node] / page
            columns[f"up{level}_prose"] = written[node] / np.maximum(held[node], 1)
            columns[f"up{level}_place"] = (here - tree.first[node]) / size[node]
    columns.update(_main_columns(tree, written, held, linked))
    return columns


def _main_columns(tree: Tree, written: Floats, held: Floats, linked: Floats) -> Columns:
    """Where a block stands to the deepest element that holds most of the page's prose."""
    columns: Columns = {}
    total = max(float(written[0]), 1.0)
    for percent in (50, 80):
        enough = np.flatnonzero(written >= total * percent / 100)
        main = int(enough[np.argmax(tree.depth[enough])]) if len(enough) else 0
        inside = (tree.pair_node == main).astype(np.float32)
        columns[f"main{percent}_inside"] = np.maximum.reduceat(inside, tree.starts)
        here = np.arange(len(tree.own))
        columns[f"main{percent}_from"] = here - tree.first[main]
        columns[f"main{percent}_to"] = tree.last[main] - here
        columns[f"main{percent}_words"] = float(np.log1p(held[main]))
        columns[f"main{percent}_linked"] = float(linked[main])
    # How far up one must go to meet prose at all, and how much is there.
    wordy = written[tree.pair_node] >= 0.1 * total
    rank = np.minimum.reduceat(np.where(wordy, tree.pair_rank, 99), tree.starts)
    columns["to_prose"] = rank
    return columns


@dataclass(frozen=True, slots=True)
class Repeats:
    """Which structures a page repeats: cards, posts, menu entries.

    `siblings` counts for each element those of the same parent, tag and words; `unit` is each
    block's nearest element with at least three of them (or the body), `up` how far up it is;
    `group` numbers blocks that are tagged and named alike.
    """

    siblings: Ints
    unit: Ints
    up: Ints
    group: Ints


def repeats_of(tree: Tree, facts: Facts) -> Repeats:
    keys = tree.parent * len(tree.labels) + tree.label
    _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
    siblings = counts[which]
    siblings[0] = 1
    repeated = siblings[tree.pair_node] >= _REPEATED
    up = np.minimum.reduceat(np.where(repeated, tree.pair_rank, 99), tree.starts)
    unit = tree.pair_node[tree.starts + np.maximum(tree.depth[tree.own] - up, 0)]
    return Repeats(siblings, unit, up, _groups(tree, facts))


def repeat_columns(
    tree: Tree, repeats: Repeats, words: Floats, links: Floats, stops: Floats
) -> Columns:
    """What the repeated structures around a block hold, and blocks of its like."""
    siblings, unit, group = repeats.siblings, repeats.unit, repeats.group
    unit_words = over(totals(words), tree.first[unit], tree.last[unit])
    columns: Columns = {
        "unit_up": np.minimum(repeats.up, 30),
        "unit_count": np.log1p(siblings[unit]),
        "unit_words": np.log1p(unit_words),
        "unit_linked": over(totals(links), tree.first[unit], tree.last[unit])
        / np.maximum(unit_words, 1),
        "unit_stops": over(totals(stops), tree.first[unit], tree.last[unit]),
        "unit_blocks": tree.last[unit] - tree.first[unit] + 1,
        "siblings_own": np.log1p(siblings[tree.own]),
        "siblings_up": np.log1p(siblings[tree.parent[tree.own]]),
    }
    size = np.bincount(group).astype(np.float32)
    group_words = np.bincount(group, weights=words)
    columns["same_count"] = np.log1p(size)[group]
    columns["same_words"] = np.log1p(group_words / size)[group]
    columns["same_linked"] = (np.bincount(group, weights=links) / np.maximum(group_words, 1))[group]
    columns["same_stops"] = (np.bincount(group, weights=stops) / size)[group]
    columns["same_share"] = (group_words / max(float(words.sum()), 1.0))[group]
    return columns


def _groups(tree: Tree, facts: Facts) -> Ints:
    """A number for each block, the same for blocks of the same tags, names and role."""
    # What follows a long name is often the element's state, not its sort.
    sorts: dict[tuple[str, str], int] = {}
    short = ((tag, words[:_LONG_ENOUGH]) for tag, words in tree.labels)
    sort = np.array([sorts.setdefault(key, len(sorts)) for key in short])[tree.label]
    tags: dict[str, int] = {}
    tag = np.array([tags.setdefault(tag, len(tags)) for tag, _ in tree.labels])[tree.label]
    key = facts.role
    up = tree.parent[tree.own]
    for numbers in (sort[tree.own], sort[up], tag[tree.parent[up]]):
        key = key * (len(sorts) + len(tags)) + numbers
    return np.unique(key, return_inverse=True)[1]


def last_headings(heads: NDArray[np.bool_]) -> Ints:
    """The number of the last heading at or before each block, -1 where there is none."""
    last: Ints = np.maximum.accumulate(np.where(heads, np.arange(len(heads)), -1))
    return last


def place_columns(facts: Facts, last_heading: Ints, words: Floats, tree: Tree) -> Columns:
    """Where on the page a block stands: from the top, the end, the title, the last heading."""
    count = len(words)
    here = np.arange(count, dtype=np.float32)
    before = totals(words)[:-1].astype(np.float32)
    page = max(float(words.sum()), 1.0)
    headings = facts.is_role("heading")
    titles = np.flatnonzero(facts.is_role("title"))
    firsts = np.flatnonzero(headings & (facts.level == 1))
    title = int(titles[-1]) if len(titles) else int(firsts[0]) if len(firsts) else -1
    level = np.where(headings, facts.level, 0).astype(np.float32)
    hops = _hops(tree)
    return {
        "at": here / count,
        "at_words": before / page,
        "from_top": np.minimum(here, 200),
        "from_end": np.minimum(count - 1 - here, 200),
        "has_title": float(title >= 0),
        "from_title": np.clip(here - title, -100, 200),
        "words_from_title": np.sign(here - title)
        * np.log1p(np.abs(before - before[max(title, 0)])),
        "from_heading": np.minimum(here - last_heading, 50),
        "heading_level": np.where(last_heading >= 0, level[np.maximum(last_heading, 0)], -1),
        "hops_before": hops,
        "hops_after": shifted(hops, 1, 99),
    }


def _hops(tree: Tree) -> Floats:
    """How many elements must be left and entered from the block before."""
    count = len(tree.own)
    hops = np.full(count, 99, np.float32)
    opened = np.bincount(tree.first[1:], minlength=count + 1)[:count]
    closed = np.bincount(tree.last[1:], minlength=count + 1)[:count]
    hops[1:] = opened[1:] + closed[:-1]
    return hops


def page_columns(facts: Facts, tree: Tree, words: Floats, prose: Floats, links: Floats) -> Columns:
    """What the page as a whole is like; the same value for each of its blocks."""
    count = len(words)
    page = max(float(words.sum()), 1.0)
    tags: Counter[str] = Counter()
    for (tag, _), elements in zip(tree.labels, np.bincount(tree.label).tolist(), strict=True):
        tags[tag] += elements
    roles = dict(zip(ROLES, np.bincount(facts.role, minlength=len(ROLES)).tolist(), strict=True))
    return {
        "page_blocks": float(np.log1p(count)),
        "page_words": float(np.log1p(page)),
        "page_linked": float(links.sum()) / page,
        "page_prose": float(prose.sum()) / page,
        "page_articles": min(tags["article"], 20),
        "page_main": tags["main"],
        "page_items": roles["item"] / count,
        "page_headings": roles["heading"] / count,
        "page_rows": roles["row"] / count,
        "page_code": min(roles["code"], 20),
        "page_controls": min(tags["button"] + tags["select"], 50),
        "page_times": min(tags["time"], 20),
        "page_hidden": int(facts.hidden.sum()) / count,
        "page_quotes": min(roles["quote"], 10),
    }
