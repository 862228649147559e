"""How a text is scored against what it should have been.

Four scores, each as its benchmark defines it, written here anew so that one run needs no
foreign code:

- `word_overlap`: bag of lower-cased words, as WCXB scores pages.
- `segments`: share of wanted snippets found and of unwanted snippets absent (WCXB, TRAF).
- `shingles`: 4-gram shingles, as the public article-extraction-benchmark (AEB) scores them.
- `segment_scores`: micro precision, recall and F1 over snippets, as trafilatura's evaluation
  does, but blind to differences in white space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives: counts, or shares of a page."""

    hits: float
    extra: float
    missed: float


@dataclass(frozen=True, slots=True)
class Segments:
    """How many of a page's wanted snippets were found and of its unwanted ones were let in."""

    wanted: int
    found: int
    unwanted: int
    let_in: int


def words(text: str) -> list[str]:
    r"""The lower-cased `\w+` tokens of a text."""
    return _WORD.findall(text.lower())


def _harmonic(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


# --- words ----------------------------------------------------------------------------------


def word_overlap(truth: str, text: str) -> Score:
    """Bag-of-words precision, recall and F1 of one page.

    Where both are empty the page is right (1, 1, 1); where only one is, it is wrong (0, 0, 0).
    """
    wanted, got = Counter(words(truth)), Counter(words(text))
    if not wanted and not got:
        return Score(1.0, 1.0, 1.0)
    if not wanted or not got:
        return Score(0.0, 0.0, 0.0)
    common = (wanted & got).total()
    precision, recall = common / got.total(), common / wanted.total()
    return Score(precision, recall, _harmonic(precision, recall))


def mean_score(pages: Sequence[Score]) -> Score:
    """The mean of each column: F1 is the mean of pages' F1, not the F1 of the means."""
    return Score(
        fmean(page.precision for page in pages),
        fmean(page.recall for page in pages),
        fmean(page.f1 for page in pages),
    )


# --- snippets -------------------------------------------------------------------------------


def segments(text: str, wanted: Iterable[str], unwanted: Iterable[str]) -> Segments:
    """Which snippets occur in a text: case counts, the amount of white space does not."""
    flat = _flat(text)
    have = [_flat(snippet) in flat for snippet in wanted]
    have_not = [_flat(snippet) in flat for snippet in unwanted]
    return Segments(len(have), sum(have), len(have_not), sum(have_not))


def _flat(text: str) -> str:
    return " ".join(text.split())


def hit_rates(pages: Iterable[Segments]) -> tuple[float, float]:
    """The share of wanted snippets found and of unwanted snippets absent, over all pages."""
    total = _total(pages)
    found = total.found / total.wanted if total.wanted else 1.0
    absent = 1 - total.let_in / total.unwanted if total.unwanted else 1.0
    return found, absent


def segment_scores(pages: Iterable[Segments]) -> Score:
    """Micro precision, recall and F1 over the snippets of all pages."""
    total = _total(pages)
    returned = total.found + total.let_in
    precision = total.found / returned if returned else 0.0
    recall = total.found / total.wanted if total.wanted else 0.0
    return Score(precision, recall, _harmonic(precision, recall))


def _total(pages: Iterable[Segments]) -> Segments:
    rows = list(pages)
    return Segments(
        sum(row.wanted for row in rows),
        sum(row.found for row in rows),
        sum(row.unwanted for row in rows),
        sum(row.let_in for row in rows),
    )


# --- shingles -------------------------------------------------------------------------------


def shingles(truth: str, text: str, size: int = 4) -> Counts:
    """Shingles of `size` words shared, added and missed, as shares of the page's total.

    A text of fewer words than `size` is one shingle.  Case counts, as in AEB.
    """
    wanted, got = _shingles(truth, size), _shingles(text, size)
    hits = (wanted & got).total()
    extra, missed = (got - wanted).total(), (wanted - got).total()
    total = hits + extra + missed
    return Counts(hits / total, extra / total, missed / total) if total else Counts(0, 0, 0)


def _shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    tokens = _WORD.findall(text)
    if not tokens:
        return Counter()
    starts = range(max(1, len(tokens) - size + 1))
    return Counter(tuple(tokens[start : start + size]) for start in starts)


def shingle_scores(pages: Sequence[Counts]) -> Score:
    """AEB's precision, recall and F1: F1 of the mean precision and the mean recall.

    A page that returned nothing counts in recall only, a page with no truth in precision only.
    """
    precisions = [page.hits / (page.hits + page.extra) for page in pages if page.hits + page.extra]
    recalls = [page.hits / (page.hits + page.missed) for page in pages if page.hits + page.missed]
    precision = fmean(precisions) if precisions else 0.0
    recall = fmean(recalls) if recalls else 0.0
    return Score(precision, recall, _harmonic(precision, recall))
