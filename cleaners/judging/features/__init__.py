"""Features of the blocks of an HTML page: one row of numbers a block, for the layout judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cleaners.addresses import split_url
from cleaners.characters import runs
from cleaners.judging.features import blocks as own
from cleaners.judging.features import naming, shape, structure
from cleaners.judging.features.kin import Kin, kin_of
from cleaners.judging.features.shape import Columns
from cleaners.judging.features.tree import Floats, Ints, Tree, tree_of
from cleaners.records import Outline

__all__ = ["Measured", "Scores", "measure", "said_columns"]

_FEW_WORDS: Final = 15
_SHORT: Final = 120  # characters
_PROSE_WORDS: Final = 8
_LINKED_PROSE: Final = 0.5
_START: Final = 40  # characters of a statement that are enough to know it again

_TYPES: Final = {
    "article": ("article", "blogposting", "report"),
    "product": ("product", "offer"),
    "list": ("itemlist", "collectionpage", "searchresults"),
    "forum": ("discussionforum", "qapage", "question", "comment"),
    "faq": ("faqpage",),
    "recipe": ("recipe", "howto"),
    "business": ("organization", "business", "service", "store"),
    "site": ("og:website",),
    "software": ("software", "techarticle", "sourcecode"),
    "event": ("event", "course", "jobposting"),
    "video": ("video", "movie", "music", "podcast"),
    "review": ("review", "rating"),
}


@dataclass(frozen=True, slots=True)
class Scores:
    """What training learned of single words: how much more often than not they mark content."""

    names: Mapping[str, float]
    """Of the words in class, id and role."""
    words: Mapping[str, float]
    """Of the words of short blocks."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The features of a page's blocks, and how they belong together.

    `values` has a row for each name in `names` and a column for each block; `words` and `heading`
    have one value a block, its length and the last heading; `kin` says which blocks belong
    together.
    """

    names: tuple[str, ...]
    values: Floats
    tree: Tree
    words: Floats
    heading: Ints
    kin: Kin


def measure(outline: Outline, url: str | None, scores: Scores) -> Measured:
    """The features of a page with at least one block."""
    blocks = outline.blocks
    tree, facts = tree_of(blocks), own.facts_of(blocks)
    texts = [block.text for block in blocks]
    flat = [_flat(text) if "\n" in text else text for text in texts]
    columns = shape.text_shape(texts)
    repeats = structure.repeats_of(tree, facts)
    heads = facts.is_role("heading", "title")
    heading = structure.last_headings(heads)
    words, share = np.expm1(columns["words"]), facts.linked
    links = (words * np.minimum(share, 1)).astype(np.float32)
    stops = np.asarray(columns["ends_stop"], np.float32)
    prose = words * (stops > 0) * (words >= _PROSE_WORDS) * (share < _LINKED_PROSE)

    columns |= own.own_columns(facts) | own.copy_columns(flat)
    columns |= naming.around_columns(tree)
    columns |= naming.name_columns(tree, scores.names)
    columns |= said_columns(texts, heading, scores.words)
    columns |= structure.neighbour_columns(words, links, stops, heads.astype(np.float32))
    columns |= structure.container_columns(tree, words, links, stops, prose)
    columns |= structure.repeat_columns(tree, repeats, words, links, stops)
    columns |= structure.place_columns(facts, heading, words, tree)
    columns |= structure.page_columns(facts, tree, words, prose, links)
    columns |= _declared_columns(outline, flat, url)
    values = filled(columns, len(blocks))
    kin = kin_of(tree, facts, repeats, heading)
    return Measured(tuple(columns), values, tree, words, heading, kin)


def filled(columns: Columns, count: int) -> Floats:
    """The columns as the rows of one array, `count` blocks wide."""
    values = np.empty((len(columns), count), np.float32)
    for row, column in enumerate(columns.values()):
        values[row] = column
    return values


def said_columns(texts: Sequence[str], heading: Ints, scores: Mapping[str, float]) -> Columns:
    """What learned scores say of the words of short blocks, and of the heading above each block.

    Zero for longer blocks and where nothing is known; `heading` numbers the last heading at or
    before each block.
    """
    found = _extremes(texts, scores)
    columns: Columns = {}
    for name, where in (("said", np.arange(len(texts))), ("under", heading)):
        for kind, row in zip(("sum", "low", "high"), found, strict=True):
            columns[f"{name}_{kind}"] = row[where]
    for by in (-1, 1):
        columns[f"said{by:+d}"] = structure.shifted(found[0, :-1], by, 0)
    return columns


def _extremes(texts: Sequence[str], scores: Mapping[str, float]) -> Floats:
    """The sum, lowest and highest score of the first words of each short text; zero without any.

    One more column, of zeros, stands for the heading that is not there.
    """
    nothing = (0.0, 0.0, 0.0)
    told = {}
    for text in dict.fromkeys(texts):
        if len(text) <= _SHORT:
            words = runs(text.lower())[:_FEW_WORDS]
            if known := [scores[word] for word in words if word in scores]:
                told[text] = sum(known), min(known), max(known)
    rows = [*(told.get(text, nothing) for text in texts), nothing]
    return np.array(rows, np.float32).T


def _declared_columns(outline: Outline, flat: Sequence[str], url: str | None) -> Columns:
    """What the page says of itself outside of its blocks: its texts, its types, its address."""
    article = _flat(outline.article or "")
    said = " \n ".join(outline.said)
    starts = tuple(text[:_START] for text in outline.said if len(text) >= _START)
    in_article = [bool(article) and text in article for text in flat]
    in_said = [len(text) >= _START and text in said for text in flat]
    begins = [len(text) >= _START and any(start in text for start in starts) for text in flat]
    parts = [part for part in split_url(url).path.split("/") if part]
    types = " ".join(outline.types)
    values = {
        "has_article": bool(article),
        "said_chars": np.log1p(len(said)),
        "url_known": bool(url),
        "url_parts": len(parts),
        "url_last": len(parts[-1]) if parts else 0,
        "url_dashes": parts[-1].count("-") if parts else 0,
        "url_digits": sum(c.isdigit() for part in parts for c in part),
        "type_known": bool(types),
    }
    values |= {
        f"type_{name}": any(word in types for word in hints) for name, hints in _TYPES.items()
    }
    columns: Columns = {name: float(value) for name, value in values.items()}
    told = {"in_article": in_article, "in_said": in_said, "begins_said": begins}
    return columns | {name: np.array(value) for name, value in told.items()}


def _flat(text: str) -> str:
    return " ".join(text.split())
