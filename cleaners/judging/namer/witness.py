"""The namer beside the layout judge: what reads like boilerplate in a box that looks like content.

An offer that stands among the paragraphs of an article looks like one of them, and the layout
judge keeps it, but not as surely as them.  Where it doubts and the namer is sure, the block goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners.counting import Bools, Floats, Ints, count
from cleaners.judging.flattened.features import measure
from cleaners.judging.lines import Line, Lines
from cleaners.judging.namer.concepts import SIGHT, default_concepts, find_concepts
from cleaners.judging.namer.features import CLASS_OF, KEEP, NAMED
from cleaners.judging.namer.model import Namer, default_namer, likely_kinds
from cleaners.records import Kind, Removal

_DOUBTED: Final = 0.95
"""How likely a block may be main content, by its layout, to be looked at."""
_STAYS: Final = 0.1
"""Most that a block may look like content by what it says, and be taken out."""
_STAYS_PROSE: Final = 0.04
"""The same for running text and for what could be its heading."""
_SHORT: Final = 6
"""Words of a line that could be a heading, or the label of something that stays."""
_NAMED: Final = 0.5
"""Share of one kind among all kinds that a block must read like."""
_ARTICLE: Final = 0.6
"""Share of running text in what stays beyond doubt, from which a page is an article."""
_TAKEN: Final[frozenset[Kind]] = frozenset(
    {
        "ad", "affiliate", "disclaimer", "newsletter", "paywall", "related", "social",
        "sponsored", "syndication", "ticker",
    }
)  # fmt: skip
"""Kinds that are hardly ever what a page is about.  Menus, dates, bylines, comments and controls
are left to the layout judge: pages that list things have them as content."""
_IS_TAKEN: Final = np.array([kind in _TAKEN for kind in NAMED])
_READS: Final = 0.7
"""How likely one doubted block must be of such a kind, by its words alone, for any to be taken."""
_JOINED: Final = re.compile(r"[^\s|·,] [x×] \w")
"""`24 x 36 cm`, `Kohler x Remedy`: here the letter is no network."""
_PICTURE: Final = "pic.twitter.com/"
_AROUND: Final = 3
"""Blocks before and behind what stays that are read with it."""
_MANY: Final = 600
"""Blocks from the first that stays to the last, from which a page is no article to read."""


def take_doubted(
    lines: Lines,
    rules: Sequence[Removal],
    gone: Collection[int],
    scores: NDArray[np.floating[Any]],
    namer: Namer | None = None,
) -> list[Removal]:
    """Blocks that stay although their layout leaves doubt, and that are sure to be no content.

    `rules` are what the kind rules propose, `gone` the blocks of which anything goes, `scores` say
    how likely each block is main content by its layout.
    """
    left = [number for number in range(len(lines.all)) if number not in gone]
    doubted = [
        number
        for number in left
        if scores[number] < _DOUBTED and lines.all[number].role not in ("title", "code", "row")
    ]
    certain = [number for number in left if scores[number] >= _DOUBTED]
    if not doubted or left[-1] - left[0] >= _MANY or _prose_share(lines, certain) < _ARTICLE:
        return []
    namer = namer or default_namer()
    if not _any_reads_so([lines.all[number].text for number in doubted], namer):
        return []
    likely = _look_at(lines, rules, left, np.array(doubted), namer)
    sure = _are_sure(lines, doubted, likely)
    out = {*gone, *(number for number, yes in zip(doubted, sure, strict=True) if yes)}
    return [
        _removal(lines.all[number], likely[row], float(scores[number]))
        for row, number in enumerate(doubted)
        if sure[row] and not _belongs(lines, number, out, likely[row])
    ]


def _any_reads_so(texts: Sequence[str], namer: Namer) -> bool:
    """Whether the words of one of the lines tell that it is of a kind that goes.

    A quarter of all pages have such a line, and only those are read with all that stands around.
    """
    counted = count([text[:SIGHT] for text in texts])
    said = namer.words.said(counted, find_concepts(counted, default_concepts()))
    likely = np.exp(said[KEEP + 1 :][_IS_TAKEN]).sum(axis=0)
    return bool(likely.max() >= _READS)


def _look_at(
    lines: Lines, rules: Sequence[Removal], left: Sequence[int], doubted: Ints, namer: Namer
) -> Floats:
    """How likely the doubted lines are of each class, from the lines that stay and all between."""
    first, end = max(left[0] - _AROUND, 0), left[-1] + _AROUND + 1
    part = Lines([line._replace(number=at) for at, line in enumerate(lines.all[first:end])])
    inside = [
        removal._replace(block=removal.block - first)
        for removal in rules
        if first <= removal.block < end
    ]
    return likely_kinds(part, inside, measure(part, inside), namer, doubted - first)


def _prose_share(lines: Lines, numbers: Sequence[int]) -> float:
    words = sum(lines.all[number].words for number in numbers)
    prose = sum(lines.all[number].words for number in numbers if lines.all[number].prose)
    return prose / words if words else 0.0


def _are_sure(lines: Lines, doubted: Sequence[int], likely: Floats) -> Bools:
    """Which of the doubted lines are sure to be of one kind that goes."""
    running = [
        line.prose or (line.words <= _SHORT and lines.heads_prose(line))
        for line in map(lines.all.__getitem__, doubted)
    ]
    kinds = likely[:, KEEP + 1 :]
    best = kinds.argmax(axis=1)
    share = kinds.max(axis=1) / np.maximum(kinds.sum(axis=1), 1e-9)
    most = np.where(running, _STAYS_PROSE, _STAYS)
    sure: Bools = (likely[:, KEEP] < most) & (share >= _NAMED) & _IS_TAKEN[best]
    return sure


def _belongs(lines: Lines, number: int, out: Collection[int], likely: Floats) -> bool:
    """Whether a line is a part of what stays, whatever it says.

    A heading is where what it heads stays.  So is a short line between blocks that stay: the label
    of one of them, perhaps.
    """
    line, kind = lines.all[number], _kind_of(likely)
    # Who can be written to is no letter to sign up for.
    if (kind == "social" and _is_no_network(line)) or (kind == "newsletter" and "@" in line.text):
        return True
    before, after = (0 <= at < len(lines.all) and at in out for at in (number - 1, number + 1))
    if line.role == "heading":
        return not after
    return line.words <= _SHORT and not line.prose and not (before or after)


def _is_no_network(line: Line) -> bool:
    """Whether an x in the line joins or multiplies, or the line is a quoted post."""
    joined = not line.has("social") and bool(_JOINED.search(line.folded))
    return joined or _PICTURE in line.folded


def _kind_of(likely: Floats) -> Kind:
    return NAMED[int(likely[KEEP + 1 :].argmax())]


def _removal(line: Line, likely: Floats, score: float) -> Removal:
    kind = _kind_of(likely)
    share = float(likely[CLASS_OF[kind]] / likely[KEEP + 1 :].sum())
    gone = float(1 - likely[KEEP])
    why = (
        f"reads {gone:.0%} unlike content, {share:.0%} of that like {kind}; "
        f"{score:.0%} likely to be main content by its place"
    )
    return Removal(line.number, 0, len(line.text), kind, f"{kind}.learned", why, round(gone, 4))
