"""Links to other stories: `You May Also Like` and its cards, `Read more: ...` between paragraphs.

Behind a text page's article, headlines that each have a date below them are such cards as well.

Not: `See also` inside a sentence, an article's own list, or a chronicle with text behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Final

from cleaners.judging.kinds.byline_shapes import fields_of, is_bare_date, is_day
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, opener, whole
from cleaners.judging.sections import is_aside, is_own, sections
from cleaners.judging.shapes import is_age, is_claim
from cleaners.records import Removal

_LONGEST: Final = 30
"""Most headlines of a list."""
_APART: Final = 4
"""Most lines from the date of one card to the headline of the next."""
_CARDS: Final = 2
"""Cards in a row from which they are no accident."""
_HEADLINE: Final = 5
"""Words from which a line is a headline, and not the name or the measure of something."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Headings of link lists with the cards under them, and single links to other stories."""
    yield from by_cue(lines, "related")
    yield from sections(lines, "related", labels="links to other stories")
    yield from _lists(lines)
    # The layout judge knows the cards of HTML pages.
    if lines.all and lines.all[0].place is None:
        yield from _dated(lines)


def _lists(lines: Lines) -> Iterator[Removal]:
    """Headlines under a light heading such as `Trending`, behind an article's running text."""
    for head in lines.cued["related"]:
        hit = opener(head, "related")
        if hit is None or head.number <= lines.running or not lines.outside(head):
            continue
        listed = _hanging(lines, head)
        if not listed or lines.heads_prose(head) or lines.heads_prose(listed[-1]):
            continue
        # `Recommended` heads memory and disk as well, `Featured` oak benches.
        long = sum(line.words >= _HEADLINE for line in listed)
        if hit.cue.weight < 1 and 2 * long <= len(listed):
            continue
        yield whole(head, "related", "related.heading", f"“{head.text[:60]}” heads headlines", 1.0)
        for line in listed:
            yield whole(line, "related", "related.list", f"stands under “{head.text[:60]}”", 1.0)


def _hanging(lines: Lines, head: Line) -> list[Line]:
    """The headlines behind a heading, up to what is none or the article's own."""
    after = lines.all[head.number + 1 :][:_LONGEST]
    return list(takewhile(lambda line: _is_headline(line) and not is_own(line, head), after))


def _is_headline(line: Line) -> bool:
    """Whether the line could be a link to a story; what is sure to be something else is not."""
    other = any(hit.cue.kind != "related" and hit.cue.weight >= 1 for hit in line.hits)
    other = other or is_claim(line)
    return line.headline and not other and opener(line) is None and line.role != "title"


def _dated(lines: Lines) -> Iterator[Removal]:
    """Cards of a headline and a date, with or without a teaser, behind an article's text.

    Posts of a thread have longer texts below, and mostly one headline for all.
    """
    for run in _runs(lines, _pairs(lines)):
        first, end = run[0][0], run[-1][1] + 1
        if len(run) < _CARDS or not is_aside(lines, first, end):
            continue
        # Where the date stands above the teaser, the last card has one, too.
        follow = [lines.all[date + 1].prose for _, date in run if date + 1 < len(lines.all)]
        end += any(follow[: len(run) - 1]) and len(follow) == len(run) and follow[-1]
        if any(one.prose and other.prose for one, other in pairwise(lines.all[end:])):
            continue
        for line in lines.all[first:end]:
            yield whole(line, "related", "related.dated", "headlines with dates, behind the text")


def _pairs(lines: Lines) -> Iterator[tuple[int, int]]:
    """The numbers of headlines that have a date below them, or below their teaser, and of those."""
    for line in lines.all[lines.running + 1 :]:
        known = line.words < _HEADLINE or _is_date(line) or lines.repeated(line)
        if known or not _is_headline(line):
            continue
        below = lines.all[line.number + 1 : line.number + 3]
        if below and _is_date(below[0]):
            yield line.number, below[0].number
        elif len(below) > 1 and below[0].prose and _is_date(below[1]):
            yield line.number, below[1].number


def _runs(lines: Lines, pairs: Iterator[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The cards that stand close to each other."""
    run: list[tuple[int, int]] = []
    for pair in pairs:
        if run and not _is_next(lines, run[-1], pair):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _is_next(lines: Lines, card: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether one card stands directly behind another: at most a teaser parts them."""
    between = lines.all[card[1] + 1 : other[0]]
    return len(between) < _APART and sum(line.prose for line in between) <= 1


def _is_date(line: Line) -> bool:
    """Whether a line is a date, an age or a reading time, perhaps with a name beside it."""
    if line.prose:
        return False
    told = is_age(line) or is_bare_date(line) or is_day(line)
    return told or any(field.sort == "day" for field in fields_of(line))
