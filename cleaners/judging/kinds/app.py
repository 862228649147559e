"""Promotion of the site's app, and audio players.

Not: stories about apps.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that advertise an app or offer to read the page aloud."""
    yield from by_cue(lines, "app")
