"""Cut an HTML page into blocks: one walk over lexbor's tree, without recursion.

A block is what a browser would set as one run of lines: cut at block-level tags and where two
`<br>` meet.  Inline tags neither cut nor split words; white space is collapsed, except in code.
What a page hides is kept and marked, because collapsed tabs are content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.records import Block, Place
from cleaners.segmenting.cutting import Cutter, Draft, names
from cleaners.segmenting.tables import join_rows

_SKIPPED: Final = names(
    "script style template svg head iframe noembed noframes object embed video audio canvas "
    "annotation annotation-xml datalist meta link base param source track rp img input wbr area "
    "picture map -comment"
)
_MARKER: Final = "- "


def parse(markup: str) -> LexborHTMLParser:
    """The element tree of a page, repaired as browsers repair it."""
    return LexborHTMLParser(markup)


def blocks_of(tree: LexborHTMLParser) -> tuple[Block, ...]:
    """The blocks of a page in reading order, each with its place in the tree.

    Blocks inside `<noscript>` are left out where the page says the same outside of it.
    """
    cutter = Cutter()
    root = tree.body or tree.root
    if root is not None:
        _walk(root, cutter)
    drafts = _without_echoes(cutter.drafts)
    drafts = join_rows(drafts, cutter.nesting)
    return _finished(_with_items(drafts))


def _walk(root: LexborNode, cutter: Cutter) -> None:
    """Depth first over all nodes, with a stack of our own: pages nest deeper than Python may."""
    stack: list[LexborNode] = []
    node = root.first_child
    while True:
        if node is None:
            if not stack:
                break
            node = stack.pop()
            cutter.leave(node.tag or "", len(stack))
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            cutter.say(node.text_content or "")
        elif tag == "br":
            cutter.break_line()
        elif tag in _SKIPPED:
            cutter.skip(tag)
        else:
            cutter.enter(tag, node, len(stack))
            stack.append(node)
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


def _with_items(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with list items told from cards and comments that happen to stand in `<li>`.

    An item is all that its `<li>` holds, or the text that stands in it directly.
    """
    shares = Counter(draft.context.item for draft in drafts)
    return [
        draft._replace(context=draft.context._replace(role="item"))
        if draft.context.item
        and draft.context.role in ("paragraph", "quote")
        and (shares[draft.context.item] == 1 or draft.path[-1:] == ("li",))
        else draft
        for draft in drafts
    ]


def _finished(drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """The blocks, with neighbours of one list or table marked as tight."""
    tight = [False, *(_are_neighbours(*pair) for pair in pairwise(drafts))][: len(drafts)]
    return tuple(
        Block(
            text=draft.text,
            role=draft.context.role,
            tight=close,
            level=draft.context.depth if draft.context.role == "item" else draft.context.level,
            marker=_MARKER if draft.context.role == "item" else "",
            place=Place(
                draft.path,
                draft.nodes,
                draft.words,
                draft.link_chars,
                draft.links,
                draft.context.hidden,
            ),
        )
        for draft, close in zip(drafts, tight, strict=True)
    )


def _are_neighbours(one: Draft, other: Draft) -> bool:
    if one.context.role != other.context.role:
        return False
    if one.context.role == "item":
        return one.context.outer_list == other.context.outer_list != 0
    return one.context.role == "row" and one.context.table == other.context.table
