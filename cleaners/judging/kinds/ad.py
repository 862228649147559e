"""Labels of advertisements: the ad is gone, its label stayed.

Not: sentences about advertising, or words that only begin like the label.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that are an ad's label and nothing else."""
    yield from by_cue(lines, "ad")
