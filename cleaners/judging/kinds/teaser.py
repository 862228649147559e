"""Summaries that the page says again: cut teasers, and lines glued together twice.

Not: a standfirst that says something of its own, or a refrain.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import whole
from cleaners.records import Removal

_CUT: Final = ("...", "...]", '..."')
_START: Final = 40
"""Characters that must agree for a cut line to be the beginning of another."""
_LETTERS: Final = 26
"""Letters among them: rows of numbers begin alike."""
_CODE: Final = frozenset("={}<>\\")

_TITLE: Final = 3
"""Words from which a title is its page's own; a shorter one may head a part of it as well."""


def judge(lines: Lines) -> Iterator[Removal]:
    """The title said again by a card, and cut lines that the page says in full elsewhere."""
    titles = {line.folded: line.number for line in lines.all if line.role == "title"}
    for line in lines.short if titles else ():
        if (
            line.role == "heading"
            and line.words >= _TITLE
            and line.number > titles.get(line.folded, line.number)
        ):
            yield whole(line, "teaser", "teaser.title", "says the page's title again")
    cut = [line for line in lines.together.holding(("...",)) if is_cut(line)]
    if not cut:
        return
    last = {line.folded[:_START]: line for line in lines.all if not is_cut(line)}
    for line in cut:
        full = last.get(line.folded[:_START])
        if full:
            why = f"is cut short; line {full.number + 1} says it in full"
            yield whole(line, "teaser", "teaser.cut", why)


def is_cut(line: Line) -> bool:
    """Whether the line breaks off with an ellipsis."""
    return (
        line.words >= 8
        and line.folded.endswith(_CUT)
        and line.role != "code"
        and _CODE.isdisjoint(line.folded)
        and sum(map(str.isalpha, line.folded[:_START])) >= _LETTERS
    )
