"""From blocks to removals: judges propose what should go.

The layout judge says whether a block of an HTML page is main content, the line judge says it of
a line of flattened text; the kind rules say what a piece of boilerplate is, in both alike.  What a
text page is called is found on the way, since rules know more around its headline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaners.applying import merge
from cleaners.judging.boxes import head_boxes
from cleaners.judging.embeds import keep_quoted_posts
from cleaners.judging.glued import judge_glued, parted_from, touched_by
from cleaners.judging.headline import find_headline
from cleaners.judging.headline.first import mark_first
from cleaners.judging.kinds import RULES
from cleaners.judging.leading import LEAD_RULE, judge_leading
from cleaners.judging.lines import Lines, read_again, read_lines
from cleaners.judging.naming import name_placed, name_told
from cleaners.judging.protect import protect
from cleaners.judging.users import Own, own_rules
from cleaners.metadata.text import mark
from cleaners.records import Block, Outline, Page, Removal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cleaners.judging.flattened.model import Model
    from cleaners.judging.namer.model import Namer

__all__ = ["Judged", "Look", "judge", "judge_beside", "judge_kinds", "judge_text", "look"]


class Judged(NamedTuple):
    """The blocks of a page, the headline of a text page among them marked, what should go of them,
    and how sure the judges are of the result (0 to 1).
    """

    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]
    confidence: float


def judge(page: Page, outline: Outline, own: Own | None = None) -> Judged:
    """What should go from a page; without a declared title its headline is marked."""
    own = own or own_rules()
    if page.media == "text":
        return judge_text(outline.blocks, own)
    # A text page needs no layout model.
    from cleaners.judging.layout import judge_layout  # noqa: PLC0415

    proposed, confidence, scores = judge_layout(page, outline)
    removals = judge_beside(outline.blocks, proposed, scores, own)
    blocks = outline.blocks
    if not outline.declared.title:
        blocks = mark_first(blocks, removals)
    return Judged(blocks, removals, confidence)


def judge_beside(
    blocks: Sequence[Block],
    proposed: Iterable[Removal],
    scores: NDArray[np.floating[Any]],
    own: Own | None = None,
) -> tuple[Removal, ...]:
    """What should go from the blocks of an HTML page, given what its layout judge proposes.

    `scores` say how likely each block is main content by its layout.
    """
    # Loaded with the first page: a run's own process needs no model.
    from cleaners.judging.namer import name_by_words, take_doubted  # noqa: PLC0415

    own = own or own_rules()
    lines = read_lines(blocks, own.cues)
    kinds = own.keep(blocks, _by_kind(lines, own))
    layout = own.keep(blocks, keep_quoted_posts(blocks, proposed))
    merged = merge([*kinds, *protect(lines, layout)])
    doubted = take_doubted(lines, kinds, touched_by(lines, merged), scores)
    merged = merge([*merged, *own.keep(blocks, protect(lines, doubted))])
    told = name_told(_compare(merged, layout), blocks, lines)
    named = name_placed(name_by_words(told, lines), blocks, lines)
    heads = own.keep(blocks, protect(lines, head_boxes(named, blocks, lines)))
    return merge([*named, *heads]) if heads else tuple(named)


def judge_text(
    blocks: Sequence[Block],
    own: Own | None = None,
    model: Model | None = None,
    namer: Namer | None = None,
) -> Judged:
    """What should go from a text page; its confidence is the share of running text in what is left.

    The line judge is asked only where the kind rules find parts of a page's frame, the namer takes
    something only where they take 1% of the words.  A text in which they find nothing is clean and
    stays as it is; that is also why nothing goes when a document's text, which is settled by the
    same rules, is cleaned again.
    """
    own = own or own_rules()
    seen = look(blocks, own)
    if seen.removals:
        removals = _beyond_rules(seen, own, (model, namer))
        return Judged(seen.blocks, removals, running_share(seen.lines, removals))
    return Judged(mark_first(blocks, ()), (), running_share(seen.lines, ()))


class Look(NamedTuple):
    """A text page as the kind rules see it: its headline is marked, `removals` is their say."""

    blocks: tuple[Block, ...]
    lines: Lines
    removals: list[Removal]


def look(blocks: Sequence[Block], own: Own | None = None) -> Look:
    """What the kind rules find on a text page.

    They look twice where they find anything: what they find of the frame shows the headline, and
    bylines and dates are known by where it stands.
    """
    own = own or own_rules()
    lines = read_lines(blocks, own.cues)
    removals = own.keep(blocks, _by_kind(lines, own))
    headline = find_headline(lines, _but_leads(removals)) if removals else None
    if headline is not None:
        blocks = mark(blocks, [headline])
        lines = read_again(lines, headline, blocks[headline], own.cues)
        removals = own.keep(blocks, _by_kind(lines, own))
    return Look(tuple(blocks), lines, removals)


def _beyond_rules(
    seen: Look, own: Own, models: tuple[Model | None, Namer | None]
) -> tuple[Removal, ...]:
    """What the rules, the line judge and the namer take out of a text page."""
    # Clean texts need no model.
    from cleaners.judging.flattened import (  # noqa: PLC0415
        MANY,
        MUCH,
        found_share,
        is_page,
        judge_lines,
        measure,
        name_lines,
        score,
    )
    from cleaners.judging.namer import look_at, name_likely, take_sure  # noqa: PLC0415

    blocks, lines, kinds = seen
    # A paragraph that a label is glued to is no label.
    signs = _but_leads(kinds)
    page, much = is_page(signs), found_share(lines, signs) >= MUCH
    if len(lines.all) > MANY or not (page or much):
        return merge(kinds)
    model, namer = models
    measured = measure(lines, signs)
    likely = look_at(lines, signs, measured, namer)
    found = take_sure(lines, kinds, likely) if much else []
    if page:
        # What has a name already needs no other judge, nor has text whose edge goes.
        named = {removal.block for removal in found if removal.kind != "layout"}
        named |= parted_from(lines, kinds)
        scores = score(lines, measured, likely, model)
        found += judge_lines(lines, scores, measured.words, named)
    judged = own.keep(blocks, protect(lines, found))
    return tuple(name_likely(name_lines(merge([*kinds, *judged]), blocks, lines), lines, likely))


def _but_leads(removals: Sequence[Removal]) -> list[Removal]:
    return [removal for removal in removals if not removal.rule.endswith(LEAD_RULE)]


def judge_kinds(blocks: Sequence[Block], own: Own | None = None) -> list[Removal]:
    """What the kind rules would take out of these blocks, less what is protected."""
    own = own or own_rules()
    return own.keep(blocks, _by_kind(read_lines(blocks, own.cues), own))


def _by_kind(lines: Lines, own: Own) -> list[Removal]:
    found = [removal for rule in RULES for removal in rule(lines)]
    glued = [*judge_glued(lines, found, own.cues), *judge_leading(lines, found)]
    return [*protect(lines, glued), *own.propose(lines)]


def _compare(removals: Sequence[Removal], layout: Sequence[Removal]) -> list[Removal]:
    """The same removals, each with what the layout judge thought of its block."""
    out = {removal.block for removal in layout}
    return [
        removal
        if removal.layout is (judged := removal.block in out)
        # Written out, since `_replace` takes five times as long.
        else Removal(
            removal.block,
            removal.start,
            removal.end,
            removal.kind,
            removal.rule,
            removal.why,
            removal.score,
            judged,
        )
        for removal in removals
    ]


def running_share(lines: Lines, removals: Sequence[Removal]) -> float:
    """Share of the words left that stand in running text.

    Boilerplate that no rule knows is mostly short lines, so this is how far a text page can be
    trusted.
    """
    gone = {removal.block for removal in _but_leads(removals)}
    left = [line for line in lines.all if line.number not in gone]
    words = sum(line.words for line in left)
    return sum(line.words for line in left if line.prose) / words if words else 0.0
