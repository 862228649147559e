"""Where texts of two elements meet without white space: one word, or two things side by side.

A browser sets them apart by margins, colours and columns, which no markup tells.
"""

from __future__ import annotations

import re
from typing import Final

# What is less begins like a range or a compound: only a fraction or a per cent sign tells it.
_SIGNED: Final = re.compile(r"[+±]\d|[-−]\d+(?:[.,]\d|\s?%)|[$€£¥₹]\d")
_COUNTRY: Final = re.compile(r"(?<![^\W_])[A-Z]{1,2}\Z")  # whose dollar it is
_CENTS: Final = re.compile(r"\d\d\W*\Z")
_LETTER: Final = re.compile(r"[^\W\d_]")
_MARKED: Final = re.compile(r"\d[.,:/-]\d")
_GOING_ON: Final = frozenset("'’ʼ([{-‐‑–—/\\_@#&=")
"""Behind which a word goes on or begins: `l'` before a link, `anti-`, an opening bracket."""


def is_glued(before: str, after: str, *, links: bool) -> bool:
    """Whether text on two sides of a tag would read as one word that nobody wrote.

    `links` says that one link ends and another begins between them.
    """
    left, right = before[-1], after[0]
    if links:
        return left.isalnum() and right.isalnum()
    if left in _GOING_ON:
        return False
    ends = left in ".!?)" or left.isdigit() or before[-2:].islower()
    return ends and right.isupper() and after[1:2].islower()


def are_two_things(before: str, after: str) -> bool:
    """Whether the texts of neighbouring elements are two words or figures, by what meets.

    Single characters are parts of a word that is animated or set in type.  Where lower case goes
    on in lower case, or a figure in a bare figure, one word or price may have been split.
    """
    if len(before.lstrip()) < 2 or len(after.rstrip()) < 2:
        return False
    left, right = before[-1], after[0]
    if left in ":+" and not before[-2].isdecimal():  # not a time
        left = before[-2]
    if left.isdecimal() and right.isdecimal():
        return _are_two_figures(before, after)
    if not (left.isupper() or left.islower() or left.isdecimal() or left in "%)"):
        return False
    if right == "$" and _COUNTRY.search(before):
        return False
    return right.isupper() or right.isdecimal() or _SIGNED.match(after) is not None


def _are_two_figures(before: str, after: str) -> bool:
    """Whether digits that meet are of two figures: one is named, or both have marks."""
    if _CENTS.match(after):
        return False
    named = _LETTER.search(after) or _LETTER.search(before)
    return bool(named or (_MARKED.search(before) and _MARKED.search(after)))
