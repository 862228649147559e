"""Links to other stories: `You May Also Like` and its cards, `Read more: ...` between paragraphs.

Not: `See also` inside a sentence, or an article's own list.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, opener, whole
from cleaners.judging.sections import is_own, sections
from cleaners.judging.shapes import is_claim
from cleaners.records import Removal

_LONGEST: Final = 30
"""Most headlines of a list."""
_HEADLINE: Final = 5
"""Words from which a line is a headline, and not the name or the measure of something."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Headings of link lists with the cards under them, and single links to other stories."""
    yield from by_cue(lines, "related")
    yield from sections(lines, "related", labels="links to other stories")
    yield from _lists(lines)


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
