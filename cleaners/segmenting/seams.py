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
_PARTING: Final = frozenset("•·‧∙●»›→")
"""Signs that stand between two things, alone in an element of their own."""
_WORD: Final = re.compile(r"[^\W\d_A-Z]{4}")
# `Servings`, `Dec.`, `8:11am`
_WORD_ENDS: Final = re.compile(r"(?:[^\W\d_]{3}[^\W\d_A-Z]|[^\W\d_]{2}\.|\d ?[ap]m)\Z")
# `来源：新报`: scripts without white space name what they say.
_LABEL: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2,6}[:：]")
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

    Single characters are parts of a word that is animated or set in type, but for signs that part
    and for figures beside a whole word.  Where lower case goes on in lower case, or a figure in a
    bare figure, one word or price may have been split.
    """
    one, other = before.lstrip(), after.rstrip()
    if one in _PARTING or other in _PARTING or _names(before, after):
        return True
    return len(one) > 1 and len(other) > 1 and _meet(before, after)


def _names(before: str, after: str) -> bool:
    """Whether a whole word says what a figure counts, or a label what stands behind it."""
    if before[-1].isdecimal() and _WORD.match(after):
        return True
    if after[0].isdecimal():
        return _WORD_ENDS.search(before) is not None
    return before[-1].isalnum() and _LABEL.match(after) is not None


def _meet(before: str, after: str) -> bool:
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
