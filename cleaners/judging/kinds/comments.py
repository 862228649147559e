"""Comment forms and calls to comment.

The comments of readers themselves are main content on a forum, so only the frame goes here.
Not: sentences about comments that somebody made.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines of the form in which readers comment."""
    yield from by_cue(lines, "comments")
