"""Walls before the rest of the article, and calls to log in or subscribe.

The page behind it is cut short, so the document is flagged `paywalled`.
Not: a comparison of what subscriptions cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.records import Removal

_SURER: Final = 0.95
"""What outvotes other kinds whose cues are as sure."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that stand where the rest of the article is for subscribers.

    A wall offers a trial as an ad does and an account as a newsletter does: it is a wall where what
    it says of reading on is the longest that any cue says of the line.
    """
    for removal in by_cue(lines, "paywall"):
        line = lines.all[removal.block]
        surest = removal.score >= 0.9 and _says_most(line)
        yield whole(line, "paywall", removal.rule, removal.why, _SURER) if surest else removal


def _says_most(line: Line) -> bool:
    """Whether cues of walls reach over as much of the line as those of any other kind."""
    walls = [hit.end - hit.start for hit in line.hits if hit.cue.kind == "paywall"]
    others = [hit.end - hit.start for hit in line.hits if hit.cue.kind != "paywall"]
    return bool(others) and max(walls) >= max(others)
