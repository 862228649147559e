"""Risk warnings and disclaimers of liability, of one paragraph or many.

Not: articles about disclaimers, and warnings that somebody quotes: a cue between quotation
marks, or in a sentence that says who said it, is content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import fitting, weigh, whole
from cleaners.records import Removal

_REPORTED: Final = re.compile(
    r"\b(?:said|says|saying|wrote|writes|according to|warned|warns|argued|told|reads|regulators?"
    r"|requires?|required|must (?:carry|show|include))\b"
)
_NEAR: Final = 2


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines whose cues weigh 1 together, and lighter ones directly beside those."""
    sure = -_NEAR - 1
    for line in lines.cued["disclaimer"]:
        hits = fitting(line, "disclaimer")
        weight = weigh(hits)
        opens = any(hit.cue.position in ("start", "whole") for hit in hits)
        if is_reported(line) and not opens:
            continue
        if weight >= 1 or (weight >= 0.5 and line.number - sure <= _NEAR):
            sure = line.number
            phrases = ", ".join(f"“{hit.cue.phrase}”" for hit in hits)
            yield whole(line, "disclaimer", "disclaimer.cue", f"disclaims: {phrases}")


def is_reported(line: Line) -> bool:
    """Whether the line tells what somebody says, or quotes it."""
    quotes = line.folded.count('"') + line.folded.count("«") * 2 + line.folded.count("„")
    return quotes >= 2 or bool(_REPORTED.search(line.folded))
