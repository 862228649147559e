"""Cut an HTML page into blocks: one walk over lexbor's tree, without recursion.

A block is what a browser would set as one run of lines: cut at block-level tags and where two
`<br>` meet.  Inline tags neither cut nor split words; white space is collapsed, except in code.
What a page hides is kept and marked, because collapsed tabs are content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.records import Block, Elements, Place
from cleaners.segmenting.cutting import Context, Cutter, Draft, names
from cleaners.segmenting.nesting import flattened
from cleaners.segmenting.tables import join_rows

_SKIPPED: Final = names(
    "script style template svg head iframe noembed noframes object embed video audio canvas "
    "annotation annotation-xml datalist meta link base param source track rp img input wbr area "
    "picture map -comment"
)
_MARKER: Final = "- "


def parse(markup: str) -> LexborHTMLParser:
    """The element tree of a page, repaired as browsers repair it, and no deeper than theirs."""
    return LexborHTMLParser(flattened(markup))


def blocks_of(tree: LexborHTMLParser) -> tuple[Block, ...]:
    """The blocks of a page in reading order, each with its place in the tree.

    Blocks inside `<noscript>` are left out where the page says the same outside of it.
    """
    cutter = Cutter()
    root = tree.body or tree.root
    if root is not None:
        _walk(root, cutter)
    drafts = _without_echoes(cutter.drafts)
    drafts = join_rows(drafts, cutter.nesting, cutter.elements)
    return tuple(_finished(drafts, cutter.elements))


def _walk(root: LexborNode, cutter: Cutter) -> None:
    """Depth first over all nodes, with a stack of our own: pages nest deeper than Python may."""
    stack: list[tuple[LexborNode, str]] = []
    enter, leave, say = cutter.enter, cutter.leave, cutter.say
    node = root.first_child
    while True:
        if node is None:
            if not stack:
                break
            node, tag = stack.pop()
            leave(tag, len(stack))
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            say(node.text_content or "")
        elif tag == "br":
            cutter.break_line()
        elif tag in _SKIPPED:
            cutter.skip(tag)
        else:
            enter(tag, node, len(stack))
            stack.append((node, tag))
            node = node.first_child
            continue
        node = node.next
    cutter.cut()


def _without_echoes(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts less what `<noscript>` says again for browsers without scripts."""
    if not any(draft.context.noscript for draft in drafts):
        return list(drafts)
    said = "\n".join(_flat(draft.text) for draft in drafts if not draft.context.noscript)
    return [
        draft for draft in drafts if not draft.context.noscript or _flat(draft.text) not in said
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _finished(drafts: Sequence[Draft], elements: Elements) -> Iterator[Block]:
    """The blocks: items told from what happens to stand in `<li>`, neighbours marked as tight."""
    shares = Counter([draft.context.item for draft in drafts])
    before, group = "", 0
    for text, context, element, link_chars, links in drafts:
        role, level, marker = context.role, context.level, ""
        if _is_item(context, elements.tags[element], shares):
            role, level, marker = "item", context.depth, _MARKER
        # Items of one list and rows of one table stand close to each other.
        own = context.outer_list if role == "item" else context.table if role == "row" else 0
        tight = own == group != 0 and role == before
        before, group = role, own
        place = Place(elements, element, link_chars, links, context.hidden)
        yield Block(text, role, 0, tight, level, marker, place)


def _is_item(context: Context, tag: str, shares: Mapping[int, int]) -> bool:
    """Whether a draft is an item of a list, not a card or comment that stands in `<li>`.

    An item is all that its `<li>` holds, or the text that stands in it directly.
    """
    return (
        context.item != 0
        and context.role in ("paragraph", "quote")
        and (shares[context.item] == 1 or tag == "li")
    )
