"""Links to other stories: `You May Also Like` and its cards, `Read more: ...` between paragraphs.

Not: `See also` inside a sentence, or an article's own list.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue
from cleaners.judging.sections import sections
from cleaners.records import Removal


def judge(lines: Lines) -> Iterator[Removal]:
    """Headings of link lists with the cards under them, and single links to other stories."""
    yield from by_cue(lines, "related")
    yield from sections(lines, "related", labels="links to other stories")
