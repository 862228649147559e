"""Newsletter boxes: the call to sign up, and the blurbs that follow it.

Not: a biography that names a newsletter, investors who subscribe for shares.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that ask for an address, or describe what would be sent."""
    yield from by_cue(lines, "newsletter")
