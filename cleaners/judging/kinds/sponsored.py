"""Notes that a piece is paid for.

Not: stories about sponsors.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that say that somebody paid for the page or a part of it."""
    yield from by_cue(lines, "sponsored")
