"""Posts quoted in an article: content, whatever their short lines look like.

A quoted post has a handle, a date and links, like the boilerplate around an article.  What tells
them apart is the container that the networks' own embed code gives it, and the article around it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from cleaners.records import Block, Removal, elements_of

_EMBEDS: Final = (
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "fb-post",
    "bluesky-embed",
    "mastodon-embed",
    "reddit-embed",
    "telegram-post",
)


def keep_quoted_posts(blocks: Sequence[Block], layout: Iterable[Removal]) -> list[Removal]:
    """The layout judge's removals without posts that stand in a container with main content."""
    removals = list(layout)
    posts = _posts(elements_of(blocks).words)
    if not posts:
        return removals
    out = {removal.block for removal in removals}
    embeds = {n: node for n in out if (node := _surrounding(blocks[n], posts)) is not None}
    articles = {
        node
        for number, block in enumerate(blocks)
        if number not in out and block.place and len(block.text) > _LONGEST_LABEL
        for node in block.place.nodes[-_NEAR:]
    }
    return [removal for removal in removals if embeds.get(removal.block) not in articles]


_LONGEST_LABEL: Final = 60
"""Characters; a block as long as this is no label or button."""
_NEAR: Final = 3
"""Elements outwards that a paragraph of the article is asked for."""


def _posts(names: Collection[str]) -> set[str]:
    """The names of elements that are embedded posts: first asked of all at once, mostly in vain."""
    together = "\n".join(names)
    if not any(embed in together for embed in _EMBEDS):
        return set()
    return {name for name in names if any(embed in name for embed in _EMBEDS)}


def _surrounding(block: Block, posts: AbstractSet[str]) -> int | None:
    """The element around the embed that the block stands in; None outside of embeds."""
    place = block.place
    if place is None or posts.isdisjoint(place.words):
        return None
    depth = next(depth for depth, words in enumerate(place.words) if words in posts)
    return place.nodes[depth - 1] if depth else None
