"""Share bars, calls to follow, messenger channels.

Not: stock shares in a sentence, or a recipe to share.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.records import Removal

_NETWORKS: Final = frozenset(
    [
        "facebook",
        "twitter",
        "x",
        "linkedin",
        "whatsapp",
        "telegram",
        "reddit",
        "pinterest",
        "email",
        "e-mail",
        "mail",
        "print",
        "tumblr",
        "instagram",
        "youtube",
        "tiktok",
        "bluesky",
        "threads",
        "mastodon",
        "flipboard",
        "pocket",
        "copy",
        "link",
        "url",
        "share",
        "tweet",
        "xing",
        "vk",
        "weibo",
        "wechat",
        "line",
        "messenger",
        "viber",
        "rss",
        "follow",
        "us",
        "on",
        "via",
        "and",
        "or",
        "this",
    ]
)


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that share or follow."""
    yield from by_cue(lines, "social")
    for line in lines.all:
        if names_networks(line):
            yield whole(line, "social", "social.networks", "names networks and nothing else")


def names_networks(line: Line) -> bool:
    """Whether the line consists of names of networks, two at least."""
    words = [word for word in line.folded.replace("|", " ").replace(",", " ").split() if word]
    return 2 <= len(words) <= 14 and all(word in _NETWORKS for word in words)
