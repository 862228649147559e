"""Boxes: what stands in one small element of a page is of one kind.

A box for a newsletter has a headline, an offer, a button and a note.  One of them says what all of
them are; alone, the button could lead anywhere and the headline could be the article's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.records import Block, Kind, Removal

_BOXED: Final[frozenset[Kind]] = frozenset({"ad", "app", "newsletter", "paywall", "sponsored"})
"""Kinds that have boxes of their own.  Share buttons stand with posts, terms of use in menus."""
_HEADED: Final[frozenset[Kind]] = frozenset({"app", "newsletter", "paywall"})
"""Those whose headline goes with them.  Above the button of a shop stands what it sells: of 33
headlines of ads on 1,173 pages of WCXB, 30 were names and prices."""
_OFFERED: Final[frozenset[Kind]] = frozenset({"newsletter", "paywall"})
"""Those that list what they offer, in lines of no telling words; lists of apps are content, too."""
_MOST: Final = 8
"""Blocks of a box."""
_FILLED: Final = 4
"""Blocks from which a box is one of a kind, though a line in its middle says nothing of that."""
_OUTSIDE: Final = frozenset({"body", "footer", "header", "main", "nav"})
"""Elements that are a part of the page, however few blocks they hold."""
_LINKED: Final = 0.8
"""Share of a block's characters inside links from which the block is a link."""
_BAR: Final = 3
"""Links from which they are a menu, and one of them says nothing of the others."""
_HEADLINE: Final = 12
"""Words of its headline."""


def find_boxes(
    removals: Sequence[Removal], blocks: Sequence[Block], lines: Lines
) -> dict[int, Kind]:
    """The elements with a few blocks that go, and the one kind that some are known to be.

    Only the first block of a box may stay: its headline.
    """
    gone = _whole(removals, blocks)
    found: dict[int, set[Kind]] = {}
    for number, kind in gone.items():
        if kind in _BOXED:
            for element, inside in containers(blocks, number):
                if is_link(blocks[number]) and _is_menu(blocks, inside):
                    break
                stay = [one for one in inside if one not in gone]
                if stay and (stay != [inside[0]] or not _heads(lines, inside[0])):
                    break
                found.setdefault(element, set()).add(kind)
    return {element: kinds.pop() for element, kinds in found.items() if len(kinds) == 1}


def is_link(block: Block | Line) -> bool:
    """Whether all but a little of a piece of an HTML page stands inside links."""
    return block.place is not None and block.place.link_chars >= _LINKED * len(block.text)


def _is_menu(blocks: Sequence[Block], inside: range) -> bool:
    return sum(is_link(blocks[number]) for number in inside) >= _BAR


def containers(blocks: Sequence[Block], number: int) -> Iterator[tuple[int, range]]:
    """The elements around a block with few blocks inside, outwards, and the numbers of those."""
    place = blocks[number].place
    if place is None:
        return
    elements, element = place.elements, place.number
    first, end = number, number + 1
    while elements.tags[element] not in _OUTSIDE:
        while first and _holds(blocks[first - 1], element) and end - first <= _MOST:
            first -= 1
        while end < len(blocks) and _holds(blocks[end], element) and end - first <= _MOST:
            end += 1
        if end - first > _MOST:
            return
        yield element, range(first, end)
        element = elements.parents[element]


def _holds(block: Block, element: int) -> bool:
    """Whether a block stands inside an element."""
    place = block.place
    return place is not None and place.elements.holds(element, place.number)


def _whole(removals: Sequence[Removal], blocks: Sequence[Block]) -> dict[int, Kind]:
    """The blocks that go as a whole, each with its kind."""
    return {
        removal.block: removal.kind
        for removal in removals
        if removal.end - removal.start == len(blocks[removal.block].text)
    }


def kind_of_box(block: Block, boxes: Mapping[int, Kind]) -> Kind | None:
    """The kind of the smallest box that a block stands in."""
    place = block.place
    if place is None or not boxes:
        return None
    element, parents = place.number, place.elements.parents
    while element:
        if element in boxes:
            return boxes[element]
        element = parents[element]
    return None


def head_boxes(
    removals: Sequence[Removal], blocks: Sequence[Block], lines: Lines
) -> Iterator[Removal]:
    """The headlines of boxes of which all else goes as one kind, and single lines inside them."""
    gone = _whole(removals, blocks)
    touched = {removal.block for removal in removals}
    beside = dict.fromkeys(
        number
        for one, kind in gone.items()
        if kind in _HEADED
        for number in (one - 1, one + 1)
        if 0 <= number < len(blocks) and number not in touched and _heads(lines, number)
    )
    for number in beside:
        if kind := _kind_below(blocks, number, gone):
            why = f"heads a box of {kind}"
        elif kind := _kind_around(blocks, number, gone):
            why = f"stands in a box of {kind}"
        else:
            continue
        yield Removal(number, 0, len(blocks[number].text), kind, f"{kind}.box", why, 0.9)


def _heads(lines: Lines, number: int) -> bool:
    line = lines.all[number]
    return line.words <= _HEADLINE and not line.prose and line.role not in ("title", "code", "row")


def _kind_below(blocks: Sequence[Block], number: int, gone: Mapping[int, Kind]) -> Kind | None:
    """The kind of all that stands below a block in the smallest element that holds more than it."""
    for _, inside in containers(blocks, number):
        if len(inside) > 1:
            others = {gone.get(other) for other in inside if other != number}
            kind = others.pop() if len(others) == 1 and inside[0] == number else None
            return kind if kind in _HEADED else None
    return None


def _kind_around(blocks: Sequence[Block], number: int, gone: Mapping[int, Kind]) -> Kind | None:
    """The kind of all other pieces of a small element in whose middle a block stands."""
    for _, inside in containers(blocks, number):
        if inside[0] < number < inside[-1] and len(inside) >= _FILLED:
            others = {gone.get(other) for other in inside if other != number}
            kind = others.pop() if len(others) == 1 else None
            if kind in _OFFERED:
                return kind
    return None
