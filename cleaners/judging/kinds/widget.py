"""Leftovers of plugins: font tools, polls, feedback, shortcodes, script warnings.

Not: a story about polls or scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.records import Removal

# `4.8 from 31 votes`, `4,7 / 5 (86 Bewertungen)`, `4.7 out of 5 stars`.
_RATING: Final = re.compile(
    r"[0-5](?:[.,]\d{1,2})?(?: ?(?:out of 5|von 5|sur 5|de 5|из 5|/ ?5))?"
    r"(?: ?(?:stars?|sternen?|étoiles|estrellas|estrelas))?(?: from| based on| aus| bei| ?\()"
    r" ?\d{1,6} ?(?:votes?|ratings?|reviews?|stimmen|bewertungen|avis|votos|valoraciones|opiniones"
    r"|avaliações|оцен\w{2,3}|отзыв\w{0,2}|голос\w{0,2})\)?"
)


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that a plugin wrote."""
    yield from by_cue(lines, "widget")
    for line in lines.signed:
        if line.role != "row" and is_rating(line):
            yield whole(line, "widget", "widget.rating", "counts what readers or buyers voted")


def is_rating(line: Line) -> bool:
    """Whether the line is a mark out of five and the number of votes."""
    return line.words <= 10 and bool(_RATING.fullmatch(line.folded))
