"""Copyright lines and terms of use.

Not: lawsuits about copyright, or licences as a subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.judging.shapes import is_claim
from cleaners.records import Removal

_NAME: Final = 8
_SIGNS: Final = ("©", "ⓒ", "(c)", "copyright", "copr.")
"""Of these a claim of rights holds one."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that claim rights."""
    yield from by_cue(lines, "copyright")
    for line in lines.together.holding(_SIGNS):
        if is_claim(line):
            yield whole(line, "copyright", "copyright.claim", "claims the rights of a year")
        elif is_signed(line) and line.number > lines.last_prose >= 0:
            yield whole(line, "copyright", "copyright.sign", "a sign and a name behind the text")


def is_signed(line: Line) -> bool:
    """Whether the line is the sign and a name, as pictures' credits are as well."""
    return 2 <= line.words <= _NAME and not line.stopped and line.folded.startswith(("©", "ⓒ"))
