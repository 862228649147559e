"""Judge again until nothing more would go.

Taking boilerplate out makes new neighbours, and new neighbours make new evidence: the credit
behind the last sentence is only found when the sentence is the last.  So the text that is left
is cut and judged as a text page of its own until the rules have nothing to say.  That is why
cleaning a document's text again removes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.applying import Rendering, merge, render, trace
from cleaners.judging import judge_kinds
from cleaners.judging.headline.first import mark_first
from cleaners.judging.templates import judge_template, name_by_template
from cleaners.judging.users import Own
from cleaners.records import Block, Removal
from cleaners.segmenting.text import locate_blocks
from cleaners.templating.records import Template


def settle(
    blocks: Sequence[Block],
    removals: Sequence[Removal],
    own: Own | None = None,
    template: Template | None = None,
) -> tuple[tuple[Removal, ...], str]:
    """`removals`, with whatever the rules would still take out of the text without them.

    `template`: what the page's site is known to repeat; it is asked when no rule knows more, so
    that a line goes as the finest kind that it can be told to be.  The second value is the text
    that is left.  Each round takes some of it, so there is an end; no real page needs more than a
    few.  Without any `removals`, the rules are taken to have found nothing in `blocks`.
    """
    if template:
        removals = name_by_template(blocks, removals, template, own)
    settled = merge(removals)
    left = render(blocks, settled)
    # A clean text is cut into the very blocks that were judged; it need not be judged again.
    clean = () if settled else blocks
    while more := _again(left, own, template or {}, clean):
        settled = merge([*settled, *more])
        left = render(blocks, settled)
    return settled, left.text


def _again(
    rendering: Rendering, own: Own | None, template: Template, clean: Sequence[Block]
) -> list[Removal]:
    """What the rules would take out of a rendered text, told in terms of its blocks.

    `clean`: blocks in which they are known to find nothing.
    """
    start = 0
    while True:
        cut = locate_blocks(rendering.text[start:])
        located = [(start + at, block) for at, block in cut]
        blocks = [block for _, block in located]
        proposed = [] if blocks == list(clean) else judge_kinds(blocks, own)
        if template and not proposed:
            proposed = judge_template(blocks, template, own)
        start = _below_headline(located)
        if proposed or not start:
            break
    return [
        traced for found in proposed for traced in trace(rendering, found, located[found.block][0])
    ]


def _below_headline(located: Sequence[tuple[int, Block]]) -> int:
    """Where the text below its first line begins, if that would be taken for the title; else 0.

    Cleaned again, what stands below would be judged without it, and below a second such line
    without both.
    """
    marked = mark_first([block for _, block in located], ())
    if not marked or marked[0].role != "title":
        return 0
    return located[0][0] + len(marked[0].text)
