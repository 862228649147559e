"""Features of the lines of a text page: a column of numbers a line, for the line judge.

They ask how a line is built, what stands around it and what the page is like, and need no
language.  What the kind rules say of a line and its neighbours is a feature as well, and so is
what training learned of single words.  Rows are computed for all lines at once, and groups of rows
together, since a page is small and each array operation costs the same few microseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cleaners.counting import (
    BAR,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    LETTER,
    LOWER,
    MONEY,
    OPEN,
    QUOTE,
    SPACE,
    STOP,
    SYMBOL,
    UPPER,
    WIDE,
    Counted,
    Floats,
    Ints,
    count,
    known_of,
)  # fmt: skip
from cleaners.judging.lines import Lines
from cleaners.judging.products import weighted
from cleaners.records import Kind, Removal

_LONG: Final = 4
"""Characters from which a word says something of what a line is about."""
_FLOWING: Final = 12
"""Words from which a line that does not end like a sentence goes on in the next one."""
_PROSE: Final = 12
"""Words from which a stopped paragraph is prose."""
_COST: Final = 4.0
"""Words of prose that a line of anything else takes away from a stretch of an article."""

FRAME: Final[tuple[Kind, ...]] = (
    "navigation", "consent", "copyright", "social", "newsletter", "app", "comments",
)  # fmt: skip
"""Kinds that every page of a site has around its text."""
_CARDS: Final[tuple[Kind, ...]] = (
    "related", "sponsored", "ad", "event", "teaser", "ticker", "widget",
)  # fmt: skip
_GROUPS: Final[dict[Kind, int]] = dict.fromkeys(FRAME, 0) | dict.fromkeys(_CARDS, 1)

_OF_VISIBLE: Final = (DIGIT, WIDE, LETTER, SYMBOL)
_OF_WORDS: Final = (STOP, COMMA, COLON, BAR, DASH, QUOTE, MONEY)
_ENDS: Final = (STOP, COLON, COMMA, DIGIT, BAR, SYMBOL)
_BEGINS: Final = (UPPER, LOWER, DIGIT, BAR, SYMBOL, QUOTE, OPEN)

SHAPE: Final = (
    "words", "chars", "word_size", "upper", "small", "capitals", "figures", "big",
    *(f"share{k}" for k in _OF_VISIBLE), *(f"per_word{k}" for k in _OF_WORDS),
    *(f"ends{k}" for k in _ENDS), *(f"begins{k}" for k in _BEGINS),
)  # fmt: skip
RULES: Final = (
    "gone", "section", "gone_frame", "gone_cards", "gone_other", "cues", "weight", "item",
    "heading", "row", "sentence",
)  # fmt: skip
FLOW: Final = (
    "glued", "goes_on", "paragraph", "paragraph_lines", "paragraph_stops", "paragraph_place",
    "prose",
)  # fmt: skip
SAID: Final = ("shared", "often", "once", "times", "again")
PLACES: Final = (
    "at", "lines_before", "lines_after", "words_before", "prose_before", "prose_lines_before",
    "since_prose", "until_prose", "last_prose", "next_prose", "to_stretch", "from_stretch",
    "in_stretch", "stretch",
)  # fmt: skip
_OWN: Final = (*SHAPE, *RULES, *FLOW, *SAID, *PLACES)
_BY_WORDS: Final = ("prose", "sentence", "gone", "share4", "upper")
_BY_LINES: Final = (
    "words", "prose", "gone", "again", "glued", "ends6", "item", "cues", "figures", "capitals",
    "shared",
)  # fmt: skip
PAGE: Final = (
    "page_lines", "page_words", "page_short", "page_mean_prose", "against_mean", "against_prose",
    *(f"words_{name}" for name in _BY_WORDS), *(f"lines_{name}" for name in _BY_LINES),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """The features of a page's lines: a row for each of `NAMES`, a column for each line.

    `words` has each line's words.
    """

    values: Floats
    words: Floats
    counted: Counted


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What training learned of single words, by key: log odds of main content.

    The first row of `scores` is for lines of a few words, the second for the rest.  Keys are
    sorted.
    """

    keys: Ints
    scores: Floats


def measure(lines: Lines, removals: Sequence[Removal]) -> Measured:
    """Measure all lines of a page; `removals` are what the kind rules propose."""
    counted = count([line.text for line in lines.all])
    n = len(lines.all)
    words = np.bincount(counted.line, counted.weight, n).astype(np.float32)
    flow = _flow(counted, words)
    prose = flow[FLOW.index("prose")]
    own = np.concatenate(
        (
            _shape(counted, words),
            _rules(lines, removals),
            flow,
            _said(lines, counted, prose),
            _places(words, prose),
        ),
        dtype=np.float32,
        casting="same_kind",
    )
    rows = (own, _page(own, words), *_around(own, _NEAR, _WIDELY))
    return Measured(np.concatenate(rows), words, counted)


def _shape(counted: Counted, words: Floats) -> Floats:
    classes = counted.classes
    n = len(words)
    visible = np.maximum(classes.sum(axis=0) - classes[SPACE], 1)
    some = np.maximum(words, 0.5)
    sorts = np.zeros((4, len(counted.line)), np.float32)
    sorts[0] = (counted.size <= 3) & (counted.begins == LOWER)
    sorts[1] = counted.begins == UPPER
    sorts[2] = counted.begins == DIGIT
    sorts[3] = counted.size >= 8
    sums = np.bincount(
        (np.arange(4)[:, None] * n + counted.line).ravel(),
        (sorts * counted.weight).ravel(),
        4 * n,
    ).reshape(4, n)
    return np.concatenate(
        (
            np.log1p(words)[None],
            np.log1p(visible)[None],
            (classes[UPPER : DIGIT + 1].sum(axis=0) / some)[None],
            (classes[UPPER] / np.maximum(classes[UPPER] + classes[LOWER], 1))[None],
            sums / some,
            classes[_OF_VISIBLE, :] / visible,
            classes[_OF_WORDS, :] / some,
            counted.end == np.array(_ENDS)[:, None],
            counted.first == np.array(_BEGINS)[:, None],
        )
    )


def _rules(lines: Lines, removals: Sequence[Removal]) -> Floats:
    """What the kind rules found in each line, and what they would take out."""
    rows = np.zeros((len(RULES), len(lines.all)), np.float32)
    gone, section, groups = rows[0], rows[1], rows[2:5]
    cues, weight, sentence = rows[5], rows[6], rows[10]
    role_rows = dict(zip(("item", "heading", "row"), rows[7:10], strict=True))
    for removal in removals:
        at = removal.block
        share = (removal.end - removal.start) / len(lines.all[at].text)
        gone[at] += share
        section[at] = removal.score == 1
        groups[_GROUPS.get(removal.kind, 2), at] = share
    for line in lines.all:
        if line.cues:
            cues[line.number] = len(line.cues)
            weight[line.number] = max(hit.cue.weight for hit in line.cues)
        if line.role in role_rows:
            role_rows[line.role][line.number] = 1
    sentence[:] = [line.prose for line in lines.all]
    return rows


def _flow(counted: Counted, words: Floats) -> Floats:
    """The paragraphs that were cut at their links, put together again, and how they read."""
    n = len(words)
    first = counted.first
    goes_on = (first == LOWER) | (first == COMMA) | (first == STOP) | (first == CLOSE)
    ended = (counted.end == STOP) | (counted.end == COLON)
    unfinished = ~ended & (words >= _FLOWING)
    glued = np.zeros(n, bool)
    glued[1:] = (goes_on[1:] & ~ended[:-1]) | unfinished[:-1]
    begin = np.flatnonzero(~glued)
    fragments = np.cumsum(~glued) - 1
    size = np.diff(begin, append=n)
    total = np.add.reduceat(words, begin)
    inner = np.add.reduceat(counted.classes[STOP], begin)
    prose = (total >= _PROSE) & (ended[begin + size - 1] | (inner >= 2))
    per = np.stack((np.log1p(total), np.log1p(size), inner / np.maximum(total, 1), begin, prose))
    per = per[:, fragments]
    rows = np.zeros((len(FLOW), n))
    rows[0] = glued
    rows[1, :-1] = glued[1:]
    rows[2:5] = per[:3]
    rows[5] = np.arange(n) - per[3]
    rows[6] = per[4]
    return rows


def _said(lines: Lines, counted: Counted, prose: Floats) -> Floats:
    """What the page says elsewhere: a line's words in its prose, and whole lines."""
    n = len(lines.all)
    _, which, often = np.unique(counted.key, return_inverse=True, return_counts=True)
    in_prose = prose[counted.line]
    # A line of prose does not vouch for itself.
    shared = np.bincount(which, in_prose)[which] > in_prose if len(which) else in_prose
    often = often[which]
    telling = (counted.size >= _LONG) | (counted.begins == WIDE)
    some = np.maximum(np.bincount(counted.line, telling, n), 1)
    rows = np.zeros((len(SAID), n))
    rows[0] = np.bincount(counted.line, telling & shared.astype(bool), n) / some
    rows[1] = np.bincount(counted.line, telling * np.log(often), n) / some
    rows[2] = np.bincount(counted.line, telling & (often == 1), n) / some
    folded = [line.folded for line in lines.all]
    times = Counter(folded)
    if len(times) < n:
        rows[3] = np.log([times[text] for text in folded])
        first = dict(zip(reversed(folded), range(n - 1, -1, -1), strict=True))
        rows[4] = [first[text] for text in folded] < np.arange(n)
    return rows


def _places(words: Floats, prose: Floats) -> Floats:
    """Where a line stands: in the page, and from the prose around it."""
    n = len(words)
    at = np.arange(n)
    is_prose = prose > 0
    sums = np.cumsum((words, words * prose, prose), axis=1)
    total, all_prose, _ = np.maximum(sums[:, -1], 1)
    sums[:, 1:] = sums[:, :-1]
    sums[:, 0] = 0
    last = np.maximum.accumulate(np.where(is_prose, at, -1))
    following = np.minimum.accumulate(np.where(is_prose, at, n)[::-1])[::-1]
    size = np.log1p(np.append(words, 0))
    start, end, best = _stretch(np.where(is_prose, words, -_COST))
    rows = np.empty((len(PLACES), n))
    rows[0] = at / n
    rows[1] = np.log1p(at)
    rows[2] = rows[1][::-1]
    rows[3] = sums[0] / total
    rows[4] = sums[1] / all_prose
    rows[5] = np.log1p(sums[2])
    rows[6] = np.log1p(np.where(last >= 0, at - last, n))
    rows[7] = np.log1p(following - at)
    rows[8] = size[last]
    rows[9] = size[following]
    rows[10] = _signed_log(at - start)
    rows[11] = _signed_log(at - end)
    rows[12] = (at >= start) & (at < end)
    rows[13] = best / total
    return rows


def _signed_log(steps: Ints) -> Floats:
    distance: Floats = np.sign(steps) * np.log1p(np.abs(steps))
    return distance


def _stretch(gains: Floats) -> tuple[int, int, float]:
    """The consecutive lines whose gains have the largest sum: an article, more or less."""
    sums = np.concatenate(([0.0], np.cumsum(gains)))
    lowest = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - lowest))
    start = int(np.argmin(sums[: end + 1]))
    return start, end, float(sums[end] - sums[start])


_PAGE_WORDS: Final = [_OWN.index(name) for name in _BY_WORDS]
_PAGE_LINES: Final = [_OWN.index(name) for name in _BY_LINES]
_WORDS, _PARAGRAPH, _IS_PROSE = (_OWN.index(name) for name in ("words", "paragraph", "prose"))


def _page(own: Floats, words: Floats) -> Floats:
    """What the page is like, the same for all its lines, and each line against it."""
    n = len(words)
    total = max(float(words.sum()), 1.0)
    prose = own[_IS_PROSE]
    mean_prose = float((own[_PARAGRAPH] * prose).sum()) / max(float(prose.sum()), 1.0)
    rows = np.empty((len(PAGE), n), np.float32)
    rows[0] = np.log1p(n)
    rows[1] = np.log1p(total)
    rows[2] = np.count_nonzero(words <= 3) / n
    rows[3] = mean_prose
    rows[4] = own[_WORDS] - own[_WORDS].mean()
    rows[5] = own[_PARAGRAPH] - mean_prose
    rest = np.concatenate(
        (weighted(own[_PAGE_WORDS], words) / total, own[_PAGE_LINES].mean(axis=1))
    )
    rows[6:] = rest[:, None]
    return rows


_NEAR: Final = tuple(
    _OWN.index(name)
    for name in (
        "words", "paragraph", "prose", "ends6", "gone", "cues", "share5", "capitals", "shared",
        "again", "upper", "begins2",
    )
)  # fmt: skip
_WIDELY: Final = tuple(
    _OWN.index(name)
    for name in (
        "words", "paragraph", "prose", "ends6", "gone", "cues", "share5", "capitals", "shared",
        "again", "figures", "times", "glued", "sentence",
    )
)  # fmt: skip
_STEPS: Final = (-3, -2, -1, 1, 2, 3)
_WIDTHS: Final = (2, 5, 12, 30)


def _around(own: Floats, near: Sequence[int], widely: Sequence[int]) -> tuple[Floats, Floats]:
    """Neighbours one by one, and means over windows."""
    return beside(own[near, :], _STEPS), windows(own[widely, :], _WIDTHS)


def beside(rows: Floats, steps: Sequence[int]) -> Floats:
    """The same rows as the lines so many steps further have them; -1 beyond the page."""
    k, n = rows.shape
    far = max(steps)
    padded = np.full((k, n + 2 * far), -1, np.float32)
    padded[:, far : far + n] = rows
    return np.concatenate([padded[:, far + step : far + step + n] for step in steps])


def windows(rows: Floats, widths: Sequence[int]) -> Floats:
    """Means of rows over so many lines to both sides, as far as the page goes."""
    k, n = rows.shape
    most = min(max(widths), n)
    # Sums up to each line, and beyond the page's ends what they are there.
    sums = np.zeros((k, most + n + 1 + most))
    np.cumsum(rows, axis=1, out=sums[:, most + 1 : most + 1 + n])
    sums[:, most + 1 + n :] = sums[:, most + n, None]
    at = np.arange(n)
    means = np.empty((len(widths), k, n), np.float32)
    for place, width in enumerate(widths):
        reach = min(width, n)
        low, high = most - reach, most + reach + 1
        size = np.minimum(at + reach + 1, n) - np.maximum(at - reach, 0)
        means[place] = (sums[:, high : high + n] - sums[:, low : low + n]) / size
    return means.reshape(-1, n)


def _names(prefix: str, names: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(f"{name}{prefix}{place}" for place in places for name in names)


NAMES: Final = (
    *_OWN,
    *PAGE,
    *_names("@", [_OWN[k] for k in _NEAR], _STEPS),
    *_names("~", [_OWN[k] for k in _WIDELY], _WIDTHS),
)

_SCORES: Final = ("short", "long", "short_down", "long_down")
_SCORE_STEPS: Final = (-2, -1, 1, 2)
_SCORE_WIDTHS: Final = (2, 5, 12, 400)


def vocabulary_values(counted: Counted, n: int, vocabulary: Vocabulary) -> Floats:
    """What training knows of a line's words, of its neighbours' and the page's."""
    scores = known_of(counted.key, vocabulary.keys, vocabulary.scores)
    some = np.maximum(np.bincount(counted.line, minlength=n), 1)
    rows = np.stack(
        [np.bincount(counted.line, row, n) for row in (*scores, *np.minimum(scores, 0))]
    ).astype(np.float32)
    rows[:2] /= some
    return np.concatenate((rows, beside(rows[:2], _SCORE_STEPS), windows(rows[:2], _SCORE_WIDTHS)))


SCORE_NAMES: Final = (
    *_SCORES,
    *_names("@", _SCORES[:2], _SCORE_STEPS),
    *_names("~", _SCORES[:2], _SCORE_WIDTHS),
)
