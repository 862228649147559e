"""The headline of a text without a frame: its first line, where that could head what follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from cleaners.characters import fold, line_length
from cleaners.metadata.fields import read_fields
from cleaners.records import Block

_SHORTEST, _LONGEST = 3, 20
"""Words of a headline; two characters of Chinese or Japanese are one."""
_RUNNING: Final = 8
"""Words from which a line that ends like a sentence is running text."""
_REACH: Final = 3
"""Blocks after a headline within which running text must begin."""
_CLOSING: Final = "\"'”’»」』)]）"


def first_headline(blocks: Sequence[Block], gone: Collection[int] = ()) -> int | None:
    """The number of the first block of which nothing is `gone`, if it is the headline."""
    left = [number for number in range(len(blocks)) if number not in gone][: 1 + _REACH]
    if not left or not _is_headline(blocks[left[0]]) or read_fields(blocks[left[0]].text):
        return None
    return left[0] if any(_is_running(blocks[number]) for number in left[1:]) else None


def _is_headline(block: Block) -> bool:
    words = line_length(fold(block.text))
    ends = block.text.rstrip(_CLOSING)[-1:]
    return (
        block.role in ("paragraph", "heading", "row")
        and "\n" not in block.text
        and _SHORTEST <= words <= _LONGEST
        and ends not in (".", "。", "…", ":", "：", ",", ";")
        and not block.text.startswith(("•", "·", "▪", "●"))
    )


def _is_running(block: Block) -> bool:
    words = line_length(fold(block.text))
    ends = block.text.rstrip(_CLOSING)[-1:]
    return words >= _RUNNING and (ends in ".!?。！？…:：" or words > _LONGEST)
