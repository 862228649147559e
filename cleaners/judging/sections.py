"""Where a section of boilerplate ends: a heading and the cards that hang on it.

`You May Also Like` says what follows, but not how far.  Cards betray themselves: a title said
twice, a date, an image's placeholder, a byline, a share button, then the next card.  Running
text belongs to a card only where such a mark comes soon after it; a heading never takes the
article's own sentences with it.  And there must be an article to stand beside: on a page that
lists stories or products, `Featured` heads the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from cleaners.judging.boxes import is_link
from cleaners.judging.compounds import HEADING
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import names_story, opener, whole
from cleaners.judging.shapes import is_age, is_card_byline, is_claim, is_date, is_placeholder
from cleaners.records import Kind, Removal

_OF_CARDS: Final[frozenset[Kind]] = frozenset(
    {"social", "caption", "byline", "syndication", "related", "navigation", "ad", "sponsored"}
)
_TEASERS: Final = 3
"""Most paragraphs of running text in one card whose title was said twice."""
_BARE: Final = 12
"""Most short lines in a row without a mark of cards."""
_LISTED: Final = 3
"""Headlines in a row that make a list of what a label such as `Also read:` introduces."""
_MARKS: Final = 2
"""Marks of cards that a heading needs which could as well be the article's own."""
_LONGEST: Final = 2
"""Most words of a section for each word before it: an aside is no longer than its article."""
_COLUMNS: Final = 2
"""Bars in a row of a text page from which it is no venue with its street."""
_LEVELS: Final = {f"h{level}": level for level in range(1, 7)}
_SUBHEADING: Final = 6
"""A heading of the article is mostly this short; the headlines of cards are longer."""


def sections(lines: Lines, kind: Kind, *, labels: str) -> Iterator[Removal]:
    """The sections of a kind: each heading with its cards."""
    heads = [(head, hit) for head in lines.cued[kind] if (hit := opener(head, kind))]
    before = _measure(lines, [head.number for head, _ in heads])
    taken = -1
    for head, hit in heads:
        if head.number <= max(taken, lines.running - 1) or not before[head.number].is_article:
            continue
        # `What to watch` over sentences is the article's own.
        if hit.cue.phrase == HEADING and lines.heads_prose(head):
            continue
        section = _own(lines.all[head.number + 1 : extent(lines, head)], kind)
        marks = sum(is_mark(lines, line, head.number) for line in section)
        if hit.cue.weight < 1 and marks < _MARKS:
            continue
        if sum(line.words for line in section) > _LONGEST * before[head.number].words:
            continue
        taken = head.number + len(section)
        yield whole(head, kind, f"{kind}.heading", f"“{hit.cue.phrase}” heads {labels}", 1.0)
        for line in section:
            yield whole(line, kind, f"{kind}.section", f"stands under “{head.text[:60]}”", 1.0)


def _own(section: Sequence[Line], kind: Kind) -> Sequence[Line]:
    """The section without the lines at its end that are sure to be of another kind.

    What stands between cards is a part of them; behind the last it is the page's own.
    """
    end = len(section)
    while end and any(
        hit.cue.kind != kind and hit.cue.weight >= 1 for hit in section[end - 1].hits
    ):
        end -= 1
    return section[:end]


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a line, since the running text began."""

    words: int
    prose_words: int
    prose: int
    marks: int

    @property
    def is_article(self) -> bool:
        """Whether it is an article: mostly prose, and not in cards."""
        return self.prose_words * 2 >= self.words and self.marks < self.prose


def _measure(lines: Lines, heads: Sequence[int]) -> dict[int, _Before]:
    """What stands before each heading, in one pass: a page may have thousands of them."""
    measured = {}
    words = prose_words = prose = marks = 0
    at = lines.first_prose
    for head in heads:
        for line in lines.all[at:head]:
            words += line.words
            prose_words += line.prose * line.words
            prose += line.prose
            marks += is_mark(lines, line, -1)
        at = max(at, head)
        measured[head] = _Before(words, prose_words, prose, marks)
    return measured


def extent(lines: Lines, head: Line) -> int:
    """The number of the first line after `head` that does not hang on it."""
    end = head.number + 1
    prose = bare = 0
    twin = False
    inside = container(lines, head)
    if names_story(head) and not _is_list(lines.all[end : end + _LISTED]):
        return end
    if head.text.endswith((":", "：")) and not _is_list(lines.all[end : end + _LISTED]):
        return end + (end < len(lines.all) and lines.all[end].headline)
    for line in islice(lines.all, end, None):
        if _ends(line, head) or (inside is not None and inside not in line.nodes):
            break
        if is_mark(lines, line, head.number):
            twin = lines.repeated(line) and not line.prose
            end, prose, bare = line.number + 1, 0, 0
        elif line.prose:
            prose += 1
            if prose > (_TEASERS if twin else 1):
                break
        elif prose == 0:
            bare += 1
            if bare > _BARE:
                break
            end = line.number + 1
    left = end == len(lines.all) or (inside is not None and inside not in lines.all[end].nodes)
    return end if left else _without_subheading(lines, head, end)


def _ends(line: Line, head: Line) -> bool:
    """Whether a line is sure not to hang on a heading, wherever it stands."""
    if line.role in ("title", "code") or opener(line) or _is_other(line, head):
        return True
    return is_own(line, head)


def is_own(line: Line, head: Line) -> bool:
    """Whether a line is the article's own by its form: its table, or the heading of a chapter.

    Such a heading of an HTML page is of a higher level than `head`, or of the same and no link,
    as titles of cards are.  A label that is no heading has none below it but links.
    """
    if line.place is None:
        # Cards may stand in a layout's table, but a table of a text page was a table.
        return line.role == "row" and line.text.count("|") >= _COLUMNS
    if line.role != "heading":
        return False
    own, above = _level(line), _level(head)
    same = not above or own == above
    return own < above or (same and not is_link(line))


def _level(line: Line) -> int:
    """The level of the heading that a line of an HTML page stands in, 0 for none."""
    tags = line.place.elements.tags if line.place else ()
    found = (_LEVELS.get(tags[node]) for node in line.nodes)
    return next((level for level in found if level), 0)


def container(lines: Lines, head: Line) -> int | None:
    """The smallest element of an HTML page that holds a heading and the line after it.

    A section does not leave it.  None where the two share nothing but the page.
    """
    if head.number + 1 == len(lines.all):
        return None
    after = lines.all[head.number + 1].nodes
    shared = [node for node in head.nodes if node in after]
    return shared[-1] if len(shared) > 1 else None


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether the lines under a label are links, and not one link and then the article."""
    return len(lines) == _LISTED and all(line.headline and line.words >= 4 for line in lines)


def _is_other(line: Line, head: Line) -> bool:
    """Whether the line is sure to be boilerplate of another kind than the heading's.

    Share buttons, captions and bylines are parts of cards.
    """
    sure = {hit.cue.kind for hit in line.hits if hit.cue.weight >= 1}
    kinds = {hit.cue.kind for hit in head.hits}
    return is_claim(line) or bool(sure - kinds - _OF_CARDS)


def is_mark(lines: Lines, line: Line, since: int) -> bool:
    """Whether the line is one that cards have and articles do not.

    What is said twice after line `since` is a mark; headings in a table of contents are not.
    """
    if line.prose:
        return lines.repeated_since(line, since)
    return (
        is_placeholder(line)
        or is_date(line)
        or is_age(line)
        or is_card_byline(line)
        or (line.words >= 3 and lines.repeated_since(line, since))
        or (line.words <= 3 and line.has("social"))
    )


def _without_subheading(lines: Lines, head: Line, end: int) -> int:
    """Leave the article its own heading, where one follows the last card.

    It is a short line right before running text, after headlines that are half as long again,
    and no mark.
    """
    if end >= len(lines.all) or end - head.number < 3:
        return end
    last, after = lines.all[end - 1], lines.all[end]
    cards = [line for line in lines.all[head.number + 1 : end - 1] if line.words > _SUBHEADING]
    shorter = last.words <= _SUBHEADING and any(last.words * 3 <= card.words * 2 for card in cards)
    own = after.prose and shorter and not is_mark(lines, last, head.number)
    return end - 1 if own else end
