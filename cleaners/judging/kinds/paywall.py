"""Walls before the rest of the article, and calls to log in or subscribe.

The page behind it is cut short, so the document is flagged `paywalled`.
Not: a comparison of what subscriptions cost.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that stand where the rest of the article is for subscribers."""
    yield from by_cue(lines, "paywall")
