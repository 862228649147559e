"""Copyright lines and terms of use.

Not: lawsuits about copyright, or licences as a subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.records import Removal

_CLAIM: Final = re.compile(r"(?:copyright )?(?:©|\(c\)|copyright|copr\.)\s?(?:by )?(?:19|20)\d\d")
_LONGEST: Final = 60


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that claim rights."""
    yield from by_cue(lines, "copyright")
    for line in lines.all:
        if is_claim(line):
            yield whole(line, "copyright", "copyright.claim", "claims the rights of a year")


def is_claim(line: Line) -> bool:
    """Whether the line begins with the sign and a year."""
    return line.words <= _LONGEST and bool(_CLAIM.match(line.folded))
