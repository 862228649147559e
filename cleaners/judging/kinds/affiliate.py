"""Notes that links earn the site a commission.

Not: researchers affiliated with an institute, or a broker's commission.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.kinds.byline_shapes import is_signature
from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that disclose commissions."""
    for removal in by_cue(lines, "affiliate"):
        # `by Ada Brown · May 3, 2024 · This post may contain affiliate links` is a byline.
        line = lines.all[removal.block]
        if line.prose or not is_signature(line):
            yield removal
