"""Notes that links earn the site a commission.

Not: researchers affiliated with an institute, or a broker's commission.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that disclose commissions."""
    yield from by_cue(lines, "affiliate")
