"""What all kind rules share: how a removal is stated, and how cues decide.

A rule is a function `judge(lines) -> removals`.  It proposes; it never edits, and it sees
nothing but lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from cleaners.judging.cues import Hit
from cleaners.judging.lines import Line, Lines
from cleaners.records import Kind, Removal

Rule: TypeAlias = Callable[[Lines], Iterable[Removal]]

_NEAR: Final = 4
"""Lines within which a light cue may lean on a sure line of its own kind."""


def whole(line: Line, kind: Kind, rule: str, why: str, score: float = 0.9) -> Removal:
    """A removal of the whole line.

    What a section or cluster takes is scored 1: a part of a card is of the card's kind, whatever
    else the line could be by itself.
    """
    return Removal(line.number, 0, len(line.text), kind, rule, why, score)


def span(line: Line, match: re.Match[str], kind: Kind, rule: str, why: str) -> Removal:
    """A removal of what a pattern matched in the line's text, without blanks at its edges."""
    found = match[0]
    start = match.end() - len(found.lstrip())
    end = match.start() + len(found.rstrip())
    return Removal(line.number, start, end, kind, rule, why, 0.9)


def by_cue(lines: Lines, kind: Kind) -> Iterator[Removal]:
    """Whole lines that cues of a kind give away.

    The cues that fit the line's shape must weigh 1 together, or half of that within four lines
    after a line that does.
    """
    sure = -_NEAR - 1
    for line in lines.all:
        hits = fitting(line, kind)
        weight = sum(cue.weight for cue in {hit.cue for hit in hits})
        if weight >= 1 or (weight >= 0.5 and line.number - sure <= _NEAR):
            sure = line.number
            yield whole(
                line, kind, f"{kind}.cue", f"says {_quote(line, hits)}", 0.9 * min(weight, 1.0)
            )


def fitting(line: Line, kind: Kind | None = None) -> list[Hit]:
    """The line's cues (of a kind) whose demands on the line's shape are met."""
    return [hit for hit in line.cues if (kind is None or hit.cue.kind == kind) and fits(line, hit)]


def fits(line: Line, hit: Hit) -> bool:
    cue = hit.cue
    if cue.max_words and line.words > cue.max_words:
        return False
    return cue.shape == "any" or not line.prose


def opener(line: Line, kind: Kind | None = None) -> Hit | None:
    """The cue that makes this line the heading of a section of boilerplate, if one does."""
    return next((hit for hit in fitting(line, kind) if hit.cue.opens), None)


def _quote(line: Line, hits: Iterable[Hit]) -> str:
    phrases = dict.fromkeys(line.folded[hit.start : hit.end] for hit in hits)
    return ", ".join(f"“{phrase}”" for phrase in phrases)
