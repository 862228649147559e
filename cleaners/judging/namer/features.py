"""What the namer's second look sees of a line: what it says, how it is built, what stands around.

The first look is at words alone.  The second knows what the first made of the line, of its
neighbours, of the line that heads it and of the page, what the kind rules found there, and all
that the line judge knows of shapes and places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from cleaners.counting import Floats
from cleaners.judging.flattened.features import NAMES, Measured, beside, windows
from cleaners.judging.lines import Lines
from cleaners.judging.namer.concepts import Found, presence
from cleaners.judging.products import weighted
from cleaners.records import KINDS, Kind, Removal

NAMELESS: Final[tuple[Kind, ...]] = ("template", "layout", "repeat")
"""Kinds that say how a piece was found, and not what it is."""
KEEP: Final = 0
"""The class of what stays; the other classes are kinds."""
NAMED: Final[tuple[Kind, ...]] = tuple(kind for kind in KINDS if kind not in NAMELESS)
"""The kind of each class but the first."""
CLASSES: Final = 1 + len(NAMED)
CLASS_OF: Final[dict[Kind, int]] = {kind: number for number, kind in enumerate(NAMED, start=1)}

_STEPS: Final = (-2, -1, 1, 2)
_WIDTHS: Final = (2, 6)
_RULE_STEPS: Final = (-1, 1)
_RULE_WIDTHS: Final = (3,)
_HEADS: Final = 7
"""Words up to which a line may head those below it."""
_FLOOR: Final = -7.0
"""The logarithm of a probability that is as good as none."""

_ROWS: Final = 3 + len(_STEPS) + len(_WIDTHS) + 1 + 2 + len(_RULE_STEPS) + len(_RULE_WIDTHS) + 1
CONCEPTS: Final = 87
COUNT: Final = len(NAMES) + CLASSES * _ROWS + 3 + CONCEPTS
"""How many features a line has."""


def values_of(
    lines: Lines, removals: Sequence[Removal], measured: Measured, said: Floats, about: Found
) -> Floats:
    """What the second look sees: a row a feature, a column a line.

    `said` are the logarithms of the first look's probabilities, a row a class; `removals` are what
    the kind rules propose, `about` the concepts of the lines.
    """
    n = len(lines.all)
    likely = np.exp(said)
    found, hinted = _rules(lines, removals, n)
    weight = measured.words / max(float(measured.words.sum()), 1.0)
    head, distance = _heads(lines)
    above = np.where(head >= 0, likely[:, head], 0)
    rows = (
        measured.values,
        np.maximum(said, _FLOOR),
        beside(likely, _STEPS),
        windows(likely, _WIDTHS),
        np.repeat(weighted(likely, weight)[:, None], n, axis=1),
        found,
        hinted,
        beside(found, _RULE_STEPS),
        windows(found, _RULE_WIDTHS),
        above,
        distance[None],
        *_boxes(lines, likely),
        presence(about, n, CONCEPTS),
    )
    values: Floats = np.concatenate(rows, dtype=np.float32, casting="same_kind")
    return values


def _rules(lines: Lines, removals: Sequence[Removal], n: int) -> tuple[Floats, Floats]:
    """By class: the share of each line that the kind rules take, and its heaviest cue."""
    found = np.zeros((CLASSES, n), np.float32)
    hinted = np.zeros((CLASSES, n), np.float32)
    for removal in removals:
        if removal.kind in CLASS_OF:
            share = (removal.end - removal.start) / len(lines.all[removal.block].text)
            found[CLASS_OF[removal.kind], removal.block] += share
    found[KEEP] = 1 - np.minimum(found.sum(axis=0), 1)
    for line in lines.all:
        for hit in line.cues:
            at = CLASS_OF.get(hit.cue.kind, KEEP)
            hinted[at, line.number] = max(hinted[at, line.number], hit.cue.weight)
    return found, hinted


def _heads(lines: Lines) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Floats]:
    """For each line the nearest short line above it that could be its heading, and how far it is.

    -1 where there is none.  A heading stands above something: of several short lines in a row, the
    first is asked.
    """
    n = len(lines.all)
    short = np.array(
        [line.words <= _HEADS and not line.prose and line.role != "code" for line in lines.all]
    )
    begins = short.copy()
    begins[1:] &= ~short[:-1]
    at = np.arange(n)
    last = np.maximum.accumulate(np.where(begins, at, -1))
    head = np.full(n, -1, np.int64)
    head[1:] = last[:-1]
    distance: Floats = np.log1p(np.where(head >= 0, at - head, n)).astype(np.float32)
    return head, distance


def _boxes(lines: Lines, likely: Floats) -> tuple[Floats, Floats, Floats]:
    """What the box says that each line stands in: mean and most of each class, and its size.

    A box is a run of lines that no blank line and no running text parts.
    """
    n = len(lines.all)
    begins = ~np.array([line.tight for line in lines.all])
    prose = np.array([line.prose for line in lines.all])
    begins |= prose
    begins[1:] |= prose[:-1]
    begins[0] = True
    first = np.flatnonzero(begins)
    which = np.cumsum(begins) - 1
    size = np.diff(first, append=n)
    mean = np.add.reduceat(likely, first, axis=1) / size
    most = np.maximum.reduceat(likely, first, axis=1)
    place = np.stack((np.log1p(size)[which], np.arange(n) - first[which]))
    return mean[:, which], most[:, which], place.astype(np.float32)
