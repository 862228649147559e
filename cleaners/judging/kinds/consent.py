"""Cookie banners and privacy choices.

Not: recipes for cookies, or articles on tracking.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that ask for consent."""
    yield from by_cue(lines, "consent")
