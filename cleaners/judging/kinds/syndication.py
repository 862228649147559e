"""Notes that a text appeared elsewhere first.

Not: books that are being republished, or a name that first appeared.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that say where the text appeared first."""
    yield from by_cue(lines, "syndication")
