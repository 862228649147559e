"""What every room knows of text: what can be carried, how it is compared, how long it is.

The lowest module: it imports nothing of Winnow.
"""

from __future__ import annotations

import re
from typing import Final

# --- what JSON, UTF-8 and readers can carry ---------------------------------------------------

# Of UTF-8, which is searched and mended in a tenth of the time that patterns take for text.
_GAPS: Final = bytes((0x0B, 0x0C, *range(0x1C, 0x20)))
_DROPPED: Final = bytes((*range(0x09), *range(0x0E, 0x1C), 0x7F))
_SPACED_GAPS: Final = bytes.maketrans(_GAPS, b" " * len(_GAPS))
_HIGH_CONTROLS: Final = re.compile(b"\xc2[\x80-\x9f]")
_SURROGATES: Final = re.compile(b"\xed[\xa0-\xbf]")
_BEYOND_ASCII: Final = ((b"\xc2", _HIGH_CONTROLS), (b"\xed", _SURROGATES))
"""Patterns are tried only where their first byte is found, which takes next to nothing."""


def tidy(text: str) -> str:
    """`text` without what JSON, UTF-8 or a reader stumbles over.

    Line breaks become line feeds; NULs and other control characters go (form feeds and separators
    become a space); surrogate pairs become their character, lone surrogates U+FFFD.
    """
    return tidy_encoded(text, text.encode("utf-8", "surrogatepass"))


def tidy_encoded(text: str, data: bytes) -> str:
    """The tidied text where its UTF-8 (of surrogates, too) is at hand."""
    if b"\r" in data:
        return tidy(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if _are_tidy(data) else _mended(data)


def tidy_utf8(data: bytes) -> str:
    """The tidied text of UTF-8 data; raises `UnicodeDecodeError` where it is none."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    text = data.decode()
    return text if _are_tidy(data) else _mended(data)


def _mended(data: bytes) -> str:
    data = data.translate(_SPACED_GAPS, _DROPPED).replace("\x85".encode(), b"\n")
    text = _HIGH_CONTROLS.sub(b"", data).decode("utf-8", "surrogatepass")
    if _SURROGATES.search(data):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _are_tidy(data: bytes) -> bool:
    """Whether there is nothing to mend: asked of bytes, which takes a tenth of a pattern's time."""
    if len(data.translate(None, _GAPS + _DROPPED)) < len(data):
        return False
    return not any(first in data and mend.search(data) for first, mend in _BEYOND_ASCII)


# --- how texts are compared -------------------------------------------------------------------

# One by one: `str.translate` is five times slower on text that is not ASCII.
_QUOTES: Final = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("…", "..."))


def fold(text: str) -> str:
    """Lower case, plain quotes, single spaces: the form in which phrases are compared."""
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """What spaces part in a folded text."""
    if not text.isascii():
        for fancy, plain in _QUOTES:
            text = text.replace(fancy, plain)
    return text.casefold().split()


# --- how long texts are -----------------------------------------------------------------------

_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_ASCII: Final = bytes(range(128))
_SPACED: Final = bytes(
    byte if byte > 127 or chr(byte).isalnum() or byte == ord("_") else ord(" ")
    for byte in range(256)
)
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_RUN: Final = re.compile(r"\w+")
_ASCII_RUNS: Final = "".join(mark if _RUN.match(mark) else " " for mark in map(chr, range(128)))
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


def count_words(text: str) -> int:
    """Words as a document counts them: runs of letters and figures.

    A Chinese or Japanese character counts as one, as corpora count them; Korean parts its words.
    """
    data = text.encode("utf-8", "surrogatepass")
    special = data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if _UNSPACED.search(special):
        return len(_WORD.findall(text))
    # The pattern's count in a quarter of its time.
    for character in set(special):
        if not character.isalnum():
            data = data.replace(character.encode("utf-8", "surrogatepass"), b" ")
    return len(data.translate(_SPACED).split())


def runs(text: str) -> list[str]:
    r"""Runs of letters, figures and underscores, as `\w+` finds them.

    Most lines are ASCII, and cut in two thirds of the pattern's time.
    """
    return text.translate(_ASCII_RUNS).split() if text.isascii() else _RUN.findall(text)


def is_wide(character: str) -> bool:
    """Whether a character is Chinese, Japanese or Korean."""
    return bool(_WIDE.match(character))


def line_length(folded: str) -> int:
    """How long a folded line is in words, for rules that know what is short in any language.

    White space parts words, and two characters of Chinese, Japanese or Korean count as one more:
    as many as the line would have in English.  So a headline is as long in Tokyo as in London,
    where `count_words` would make it three times as long.
    """
    words = folded.count(" ") + 1 if folded else 0
    return words if folded.isascii() else words + len(_WIDE.findall(folded)) // 2
