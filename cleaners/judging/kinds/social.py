"""Share bars, calls to follow, messenger channels.

Not: stock shares in a sentence, or a recipe to share.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.records import Removal

_NAMES: Final = frozenset(
    {
        "facebook", "twitter", "x", "linkedin", "whatsapp", "telegram", "reddit", "pinterest",
        "tumblr", "instagram", "youtube", "tiktok", "bluesky", "threads", "mastodon", "flipboard",
        "pocket", "xing", "vk", "weibo", "wechat", "messenger", "viber",
    }
)  # fmt: skip
_NETWORKS: Final = _NAMES | {
    "email", "e-mail", "mail", "print", "copy", "link", "url", "share", "tweet", "line", "rss",
    "follow", "us", "on", "via", "and", "or", "this", "article", "story", "post", "page",
}  # fmt: skip


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that share or follow."""
    yield from by_cue(lines, "social")
    for line in lines.short:
        if names_networks(line):
            yield whole(line, "social", "social.networks", "names networks and nothing else")


def names_networks(line: Line) -> bool:
    """Whether the line consists of names of networks, two at least."""
    if not 2 <= line.words <= 20:
        return False
    first = line.folded.partition(" ")[0]
    if first.isalpha() and first not in _NETWORKS:
        return False
    words = line.folded.replace("|", " ").replace(",", " ").split()
    return all(word in _NETWORKS for word in words) and not _NAMES.isdisjoint(words)
