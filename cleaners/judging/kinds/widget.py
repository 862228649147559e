"""Leftovers of plugins: font tools, polls, feedback, shortcodes, script warnings.

Not: a story about polls or scripts.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that a plugin wrote."""
    yield from by_cue(lines, "widget")
