"""The line judge: which lines of a text page are its main content.

A text page has no markup to go by, but its lines tell a lot: how they are built, what stands
around them, what the page says twice, and what the kind rules make of them.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from cleaners.counting import Bools, Floats
from cleaners.judging.flattened.features import FRAME, Measured, measure
from cleaners.judging.flattened.model import Model, default_model, score_lines
from cleaners.judging.flattened.naming import name_lines
from cleaners.judging.kinds.byline_shapes import is_appointed
from cleaners.judging.lines import Lines
from cleaners.records import Removal

__all__ = [
    "MANY",
    "MUCH",
    "choose",
    "found_share",
    "is_page",
    "judge_lines",
    "measure",
    "name_lines",
    "score",
]

_SIGNS: Final = 2
"""Lines of a page's frame from which a text is a page, and not a text that is clean."""
MUCH: Final = 0.01
"""Share of a text's words that the kind rules must take for the namer to take more by itself."""
_ROWS: Final = 3
"""Rows of as many cells from which they are a table."""
_LITTLE: Final = 0.06
"""Share of a page's words that must be expected to go before any line goes."""
MANY: Final = 20_000
"""Lines from which a page is no page to read; they stay as they are."""


def score(lines: Lines, measured: Measured, likely: Floats, model: Model | None = None) -> Floats:
    """How likely each line is main content (0 to 1); all items of a list are as likely.

    `measured` is what is measured of the lines and of what the kind rules propose for them,
    `likely` how likely the namer finds each line of each class (a row a line).
    """
    scores = score_lines(measured, likely, model or default_model())
    return _by_form(lines, scores, measured.words)


def judge_lines(
    lines: Lines, scores: Floats, words: Floats, named: Container[int] = ()
) -> list[Removal]:
    """A removal of kind `layout` for every line that is not main content, but those in `named`."""
    found = []
    for number in np.flatnonzero(~choose(scores, words)).tolist():
        if number not in named:
            likely, end = float(scores[number]), len(lines.all[number].text)
            why = f"{likely:.0%} likely to be main content"
            score = round(1 - likely, 4)
            found.append(Removal(number, 0, end, "layout", "layout.lines", why, score))
    return found


def _by_form(lines: Lines, scores: Floats, words: Floats) -> Floats:
    """The scores, the same for all items of a list; tables and deadlines are content.

    A list stays or goes as a whole.  What has as many cells in three rows is no menu.
    """
    pooled = scores.copy()
    for line in lines.signed:
        # Below the headline: cards in front of it tell of other events.
        if lines.title < line.number <= lines.last_prose + 1 and is_appointed(line):
            pooled[line.number] = 1
    for role, run in groupby(lines.all, key=lambda line: line.role):
        if role not in ("item", "row"):
            continue
        numbers = [line.number for line in run]
        if role == "item":
            weights = np.maximum(words[numbers], 1)
            pooled[numbers] = (scores[numbers] * weights).sum() / weights.sum()
        elif len(numbers) >= _ROWS and len({lines.all[n].text.count(" | ") for n in numbers}) == 1:
            pooled[numbers] = 1
    return pooled


def is_page(removals: Sequence[Removal]) -> bool:
    """Whether the kind rules found enough of a page's frame, such as menus or share buttons.

    Without it a text is no whole page, and the line judge is not asked.
    """
    return len({removal.block for removal in removals if removal.kind in FRAME}) >= _SIGNS


def found_share(lines: Lines, removals: Sequence[Removal]) -> float:
    """The share of the words of all lines that the kind rules take.

    A text in which they find next to nothing is clean already, whatever single lines look like.
    """
    words = sum(line.words for line in lines.all)
    taken = sum(
        lines.all[removal.block].words
        * (removal.end - removal.start)
        / len(lines.all[removal.block].text)
        for removal in removals
    )
    return taken / words if words else 0.0


def choose(scores: Floats, words: Floats) -> Bools:
    """The lines to keep: those whose choice has the highest expected F1 over words.

    Where little of the page is expected to go, all stay: a text that is clean already gains
    nothing from a judge that errs.
    """
    total = max(float(words.sum()), 1e-6)
    content = (scores * words).astype(np.float64)
    keep = np.ones(len(scores), bool)
    if content.sum() > (1 - _LITTLE) * total:
        return keep
    order = np.argsort(-scores, kind="stable")
    chosen = np.cumsum(words[order], dtype=np.float64)
    content = content[order]
    expected = 2 * np.cumsum(content) / np.maximum(chosen + content.sum(), 1e-6)
    keep[order[int(np.argmax(expected)) + 1 :]] = False
    return keep
