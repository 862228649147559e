"""Promotion of events and courses: the heading, then venues, dates and blurbs.

Not: reports from an event.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.judging.sections import sections
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Event headings with the cards under them, and calls to book."""
    yield from by_cue(lines, "event")
    yield from sections(lines, "event", labels="a list of events")
