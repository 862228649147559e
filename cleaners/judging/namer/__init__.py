"""The namer: what kind each line is of, learned from labelled pages.

The kind rules know phrases, and find what somebody thought of.  The namer knows words, what they
are about, how a line is built and what stands around it, and finds what nobody listed.  It takes
out by itself only what it is sure of, and gives a name to what other judges take out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from cleaners.counting import Floats, count
from cleaners.judging.boxes import is_link
from cleaners.judging.flattened.features import Measured
from cleaners.judging.glued import touched_by
from cleaners.judging.lines import Lines
from cleaners.judging.namer.concepts import default_concepts, find_concepts
from cleaners.judging.namer.features import KEEP, NAMED
from cleaners.judging.namer.model import Namer, default_namer, likely_kinds
from cleaners.judging.namer.witness import take_doubted
from cleaners.judging.sections import is_mark
from cleaners.records import Kind, Removal

__all__ = ["look_at", "name_by_words", "name_likely", "take_doubted", "take_sure"]

_STAYS: Final = 0.2
"""Most that a line may look like content, and be taken out."""
_STAYS_PROSE: Final = 0.12
"""The same for running text, for what could be its heading, and for what could be its list."""
_HEADING: Final = 6
"""Words of a line that could be a heading of running text."""
_NAMED: Final = 0.5
"""Share of a kind among all kinds from which it is the line's name."""
_NAMED_AD: Final = 0.6
"""The same of adverts, since letters and walls offer things, too."""
_RENAMED_PROSE: Final = 0.6
"""The same for running text that stands in cards: teasers are about everything."""
_NAMED_BY_WORDS: Final = 0.5
"""The same where nothing but its words is looked at."""
_NAMED_SURELY: Final = 0.8
"""The same of dates, names and posts, since archives have their words and authors are read from
what is called a byline; and of short links, since menus lead to anything."""
_ENTRY: Final = 4
"""Most words of an entry of a menu."""
_SHARED: Final = frozenset({"copyright", "layout", "navigation", "widget"})
"""What pages that list things have as content, too.  Taken alone from articles, and from other
pages with running text above and below it."""
_NEVER: Final = frozenset({"byline", "comments"})
"""The same of dates, names and posts, which are content of some articles, too.  Not taken alone."""
_ARTICLE: Final = 0.6
"""Share of a page's words in running text from which it is no list."""
_BY_PLACE: Final = (".section", ".list")
"""Rules that take what stands under a heading, whatever it says."""
_NO_CARDS: Final = frozenset(
    {
        "ad", "affiliate", "app", "comments", "consent", "copyright", "disclaimer",
        "newsletter", "paywall", "sponsored", "ticker",
    }
)  # fmt: skip
"""Kinds that are no part of another's card, as dates, share buttons and captions are."""


def look_at(
    lines: Lines, removals: Sequence[Removal], measured: Measured, namer: Namer | None = None
) -> Floats:
    """How likely each line is of each class: a row a line; `removals` are the rules'."""
    return likely_kinds(lines, removals, measured, namer or default_namer())


def take_sure(lines: Lines, removals: Sequence[Removal], likely: Floats) -> list[Removal]:
    """The lines that are sure to be no content, each as the likeliest kind.

    A line of which a rule takes something is left to the rule, unless that leaves little of it, and
    so are kinds that content may look like.
    """
    touched = touched_by(lines, removals)
    running = [
        line.prose or (line.words <= _HEADING and lines.heads_prose(line)) for line in lines.all
    ]
    most = np.where(running, _STAYS_PROSE, _STAYS)
    sure = [n for n in np.flatnonzero(likely[:, KEEP] < most).tolist() if n not in touched]
    found = []
    for number, (like, share) in zip(sure, _likeliest(likely[sure]), strict=True):
        kind = like if share >= _least(like) else "layout"
        stays = likely[number, KEEP]
        if _may_take(lines, number, kind) and (kind != "related" or stays < _STAYS_PROSE):
            gone = float(1 - stays)
            why = f"reads {gone:.0%} unlike content, {share:.0%} of that like {like}"
            rule, end = f"{kind}.learned", len(lines.all[number].text)
            found.append(Removal(number, 0, end, kind, rule, why, round(gone, 4)))
    return found


def _least(kind: Kind) -> float:
    """The share from which a kind is a line's name."""
    return _NAMED_AD if kind == "ad" else _NAMED


def _may_take(lines: Lines, number: int, kind: Kind) -> bool:
    """Whether nothing but the namer is asked for a line of this kind, where it stands."""
    if kind in _NEVER:
        return False
    around = not lines.first_prose <= number <= lines.last_prose
    runs = lines.running < len(lines.all)
    return kind not in _SHARED or lines.prose_share >= _ARTICLE or (runs and around)


def _likeliest(likely: Floats) -> Iterator[tuple[Kind, float]]:
    """The likeliest kind of each line if it is no content, and how likely it then is."""
    kinds = np.ascontiguousarray(likely[:, KEEP + 1 :])
    share = kinds.max(axis=1) / np.maximum(kinds.sum(axis=1), 1e-9)
    return zip((NAMED[best] for best in kinds.argmax(axis=1).tolist()), share.tolist(), strict=True)


def name_likely(removals: Sequence[Removal], lines: Lines, likely: Floats) -> list[Removal]:
    """The removals, each with the likeliest kind where that is sure enough.

    What has no name yet gets one.  What was named only for where it stands gets another one, where
    it reads like that and is no mark of a card.
    """
    named = list(removals)
    nameless = [
        number
        for number, removal in enumerate(removals)
        if removal.kind == "layout" or removal.rule.endswith(_BY_PLACE)
    ]
    names = _likeliest(likely[[removals[number].block for number in nameless]])
    for number, (kind, share) in zip(nameless, names, strict=True):
        named[number] = _named(removals[number], lines, kind, share)
    return named


def _named(removal: Removal, lines: Lines, kind: Kind, share: float) -> Removal:
    by_place = removal.rule.endswith(_BY_PLACE)
    if by_place and (kind not in _NO_CARDS or kind == removal.kind):
        return removal
    prose = by_place and lines.all[removal.block].prose
    if share < (_RENAMED_PROSE if prose else _least(kind)):
        return removal
    if by_place and is_mark(lines, lines.all[removal.block], -1):
        return removal
    return _renamed(removal, kind, share)


def _renamed(removal: Removal, kind: Kind, share: float) -> Removal:
    """The removal with another kind; its rule still says who took it."""
    taken_by = removal.rule.rpartition(".")[2] if removal.rule.endswith(_BY_PLACE) else "layout"
    why = f"{removal.why}; reads {share:.0%} like {kind}"
    block, start, end, _, _, _, score, layout = removal
    # Written out, since `_replace` takes five times as long.
    return Removal(block, start, end, kind, f"{kind}.{taken_by}", why, score, layout)


def name_by_words(
    removals: Sequence[Removal], lines: Lines, namer: Namer | None = None
) -> list[Removal]:
    """The removals, with the kind in place of `layout` that the words of a line tell alone.

    For HTML pages: their markup has said already what stands around a line.
    """
    nameless = [number for number, removal in enumerate(removals) if removal.kind == "layout"]
    if not nameless:
        return list(removals)
    counted = count([lines.all[removals[number].block].text for number in nameless])
    words = (namer or default_namer()).words
    said = np.exp(words.said(counted, find_concepts(counted, default_concepts()))).T
    named = list(removals)
    for number, (kind, share) in zip(nameless, _likeliest(said), strict=True):
        line = lines.all[removals[number].block]
        vague = kind in _NEVER or (is_link(line) and line.words <= _ENTRY)
        if share >= (_NAMED_SURELY if vague else _NAMED_BY_WORDS):
            named[number] = _renamed(removals[number], kind, share)
    return named
