"""Copyright lines and terms of use.

Not: lawsuits about copyright, or licences as a subject.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.judging.shapes import is_claim
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that claim rights."""
    yield from by_cue(lines, "copyright")
    for line in lines.all:
        if is_claim(line):
            yield whole(line, "copyright", "copyright.claim", "claims the rights of a year")
