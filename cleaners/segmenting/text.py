"""Cut flattened text into blocks.

Scrapers flatten pages in two ways: a line is a paragraph, or paragraphs are hard-wrapped and
separated by blank lines.  A line is a block here, unless the line breaks are those of a greedy
wrap; then the wrapped lines are one block, with its line breaks kept.  A long line may be many
that lost their breaks; each of its pieces is a block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from cleaners.records import Block
from cleaners.segmenting.joined import breaks

if TYPE_CHECKING:
    from cleaners.segmenting.joined.model import Model

# Winnow's own list marker and markdown's; other bullets are part of the text.
_ITEM = re.compile(r"([-*+] )\s*(?=\S)")
_HEADING = re.compile(r"(#{1,6} )\s*(?=\S)")
_MARKS = frozenset("-*+#")
"""How both begin."""
_FENCE = ("```", "~~~")
_STOPS = (".", "!", "?", "。", "！", "？", "”", '"')
_NARROWEST_WRAP = 40
_WIDEST_WRAP = 120
# A longer "word" is a line of a script that needs no spaces.
_LONGEST_WORD = 30
# So many paragraphs of two lines must agree on a width.
_FEWEST_BREAKS = 3
_JOINED = 1000
"""Characters from which a line may be joined ones; few paragraphs are longer."""
_JOINED_FEW = 300
"""The same on pages of few lines, where looking at each costs little."""
_FEW = 8
_LONGEST_CELL = 200


class _Line(NamedTuple):
    """A line of the page, without blanks at its edges, and where its text starts in the page.

    `tight` says that no blank line stands between it and the one before.  A tuple, since a page
    makes thousands.
    """

    number: int
    text: str
    start: int
    tight: bool


def segment_text(text: str, model: Model | None = None) -> tuple[Block, ...]:
    """The blocks of a flattened page, in order; blank text has none.

    Lines keep their words and inner spacing; only the blanks at their edges go.  `model` finds lost
    line breaks in place of the one that comes with Winnow.
    """
    return tuple(block for _, block in locate_blocks(text, model))


def locate_blocks(text: str, model: Model | None = None) -> Iterator[tuple[int, Block]]:
    """Each block with its place: `text[at : at + len(block.text)] == block.text`."""
    # A fence that never closes fences nothing: its blank lines are blank.
    groups = [
        group
        if group[0].text[:3] not in _FENCE or _is_fenced(group)
        else [line for line in group if line.text]
        for group in _groups(text)
    ]
    width = _wrap_width([group for group in groups if len(group) > 1])
    shortest = _shortest_joined(groups)
    for group in groups:
        fenced = _is_fenced(group)
        if fenced or (width and len(group) > 1 and _is_wrapped(group, width)):
            first, last = group[0], group[-1]
            whole = text[first.start : last.start + len(last.text)]
            yield first.start, Block(whole, "code" if fenced else "paragraph", first.number)
        else:
            for line in group:
                yield from _blocks(line, shortest, model)


def _groups(text: str) -> Iterator[list[_Line]]:
    """Runs of lines that no blank line parts; a fenced code block is one run."""
    group: list[_Line] = []
    fence = ""
    offset = end = 0
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        offset, end = end, end + len(raw)
        stripped = raw.strip()
        if not stripped and not fence:
            if group:
                yield group
                group = []
            continue
        line = _Line(number, stripped, offset + raw.find(stripped), bool(group))
        if fence:
            group.append(line)
            if stripped == fence:
                yield group
                group, fence = [], ""
        elif stripped.startswith(_FENCE):
            if group:
                yield group
            group, fence = [line._replace(tight=False)], stripped[:3]
        else:
            group.append(line)
    if group:
        yield group


def _is_fenced(group: Sequence[_Line]) -> bool:
    """Whether a run of lines is a code block whose fence closes."""
    opening = group[0].text[:3]
    return opening in _FENCE and len(group) > 1 and group[-1].text == opening


def _shortest_joined(groups: Sequence[Sequence[_Line]]) -> float:
    """Characters from which a line of a page may be joined ones.

    Only where such lines are most of the page: a long line among others is one thing, such as a
    story that was taken into a list of stories.
    """
    sizes = [len(line.text) for group in groups for line in group]
    shortest = _JOINED_FEW if len(sizes) <= _FEW else _JOINED
    return shortest if 2 * sum(size for size in sizes if size >= shortest) >= sum(sizes) else inf


def _blocks(line: _Line, shortest: float, model: Model | None) -> Iterator[tuple[int, Block]]:
    """A line as a block, or as many where its breaks were lost."""
    text = line.text
    if len(text) < shortest or _is_row(text) or not (cuts := breaks(text, model)):
        yield _block(line)
        return
    gap, behind = None, 0
    for start, end in pairwise((0, *cuts, len(text))):
        if start:
            gap = text[behind:start]
        piece = text[start:end].rstrip()
        yield line.start + start, Block(piece, "paragraph", line.number, gap=gap)
        behind = start + len(piece)


def _is_row(text: str) -> bool:
    """Whether a long line is the row of a table: one that has no long cell."""
    return " | " in text and max(map(len, text.split(" | "))) <= _LONGEST_CELL


def _block(line: _Line) -> tuple[int, Block]:
    """One line as a block, without the marker that says what it is."""
    number, text, start, tight = line
    marked = text[:1] in _MARKS
    if marked and (found := _ITEM.match(text)):
        item = Block(text[found.end() :], "item", number, tight, 1, "- ")
        return start + found.end(), item
    if marked and (found := _HEADING.match(text)):
        hashes = found[1]
        heading = Block(
            text[found.end() :], "heading", number, level=len(hashes) - 1, marker=hashes
        )
        return start + found.end(), heading
    if " | " in text:
        return start, Block(text, "row", number, tight)
    return start, Block(text, "paragraph", number)


def _wrap_width(groups: Sequence[Sequence[_Line]]) -> int:
    """The column at which a page's paragraphs of several lines are wrapped, 0 where none is."""
    widths = [
        width
        for group in groups
        if len(group) >= 3
        and _NARROWEST_WRAP <= (width := max(len(line.text) for line in group)) <= _WIDEST_WRAP
        and _is_wrapped(group, width)
    ]
    return max(widths, default=0) or _pooled_width(groups)


def _pooled_width(groups: Sequence[Sequence[_Line]]) -> int:
    """The width on which most line breaks of a page agree, 0 where they do not.

    For pages whose paragraphs have two lines: one break alone tells nothing.  A greedy break
    leaves a line that is no longer than the width, and would be with the next word.  Rows of
    figures and cards can be as even as that, but wrapped prose rarely ends a sentence with the
    line, and often goes on in lower case; a script without it cannot tell.
    """
    broken: list[tuple[int, str, str]] = []
    for group in groups:
        texts = [line.text for line in group]
        widest = len(max(texts, key=len))
        # Short lines are no prose, and what has markers is known for what it is.
        if widest < _NARROWEST_WRAP or _is_fenced(group) or _is_marked(group):
            continue
        broken += [(widest, *pair) for pair in pairwise(texts)]
    # So few lines that go on in lower case cannot agree, see below.
    if sum(following[0].islower() for _, _, following in broken) * 4 <= len(broken):
        return 0
    breaks: list[tuple[str, str, range]] = []
    for widest, line, following in broken:
        word = len(following.split(None, 1)[0])
        end = len(line) + 1 + word if word <= _LONGEST_WORD else 0
        breaks.append((line, following, range(widest, min(end, _WIDEST_WRAP + 1))))
    votes = Counter(width for _, _, widths in breaks for width in widths)
    if not votes:
        return 0
    width = min(votes, key=lambda width: (-votes[width], width))
    greedy = [(line, following) for line, following, widths in breaks if width in widths]
    ended = sum(line.endswith(_STOPS) for line, _ in greedy)
    going_on = sum(following[0].islower() for _, following in greedy)
    agree = len(greedy) >= _FEWEST_BREAKS and len(greedy) * 4 > len(breaks) * 3
    return width if agree and ended * 2 < len(greedy) < going_on * 3 else 0


def _is_marked(group: Sequence[_Line]) -> bool:
    begun = [line.text for line in group if line.text[:1] in _MARKS]
    return any(_ITEM.match(text) or _HEADING.match(text) for text in begun)


def _is_wrapped(group: Sequence[_Line], width: int) -> bool:
    """Whether no line could have taken the next line's first word as well.

    The last words of wrapped paragraphs vary, so one line in eight may fall short by a little.
    """
    if _is_marked(group):
        return False
    # Only what stands between fences has blank lines.
    if not all(line.text for line in group):
        return False
    if all(line.text.endswith(_STOPS) for line in group):
        return False
    early = 0
    for line, following in pairwise(group):
        first_word = following.text.split(None, 1)[0]
        room = width - len(line.text) - 1 - len(first_word)
        if room > 12 or len(first_word) > _LONGEST_WORD:
            return False
        early += room >= 0
    return early * 8 <= len(group)
