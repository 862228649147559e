"""What running text looks like to those who seek the headline above it."""

from __future__ import annotations

from typing import Final

RUNNING: Final = 8
"""Words from which a line that ends like a sentence is running text."""
LONG: Final = 20
"""Words above which a line is running text however it ends, and no usual headline."""
_ENDS: Final = frozenset(".!?。！？…:：")
_CLOSING: Final = "\"'”’»」』)]）"


def end_of(text: str) -> str:
    """The last character of a line, whatever closes behind it."""
    return text.rstrip(_CLOSING)[-1:]


def is_running(words: int, end: str) -> bool:
    """Whether a line of so many words that ends like this is running text."""
    return words > LONG or (words >= RUNNING and end in _ENDS)
