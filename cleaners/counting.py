"""The characters and words of a page's lines, counted with array operations.

A character is looked up in one table, so that counting costs the same in every script.  Chinese
and Japanese have no spaces: each of their characters is a word there, and counts as half a one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

(
    SPACE, UPPER, LOWER, LETTER, WIDE, DIGIT, STOP, COMMA, COLON, BAR, DASH, QUOTE, OPEN, CLOSE,
    MONEY, SYMBOL,
) = range(16)  # fmt: skip
CLASSES: Final = 16
_MARKS: Final = {
    STOP: ".!?。！？…।؟",
    COMMA: ",;，、；،",
    COLON: ":：",
    BAR: "|｜丨·•»›>/→«‹<*▸►●■▪◆",
    DASH: "-–—−_~",
    QUOTE: "\"'“”‘’„‚«»「」『』",
    OPEN: "([{（［【〔〈《",
    CLOSE: ")]}）］】〕〉》",
}
_SIZE: Final = 0x10000
_HIGH: Final = _SIZE - 1
"""Stands for all characters beyond the first 65,536: emoji, mostly."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of a page's lines.

    `classes` has a row a class of characters and a column a line.  `first` and `last` are the
    classes of each line's first and last character, `end` that of the last but quotation marks
    and brackets.  The other arrays have an entry a word, in reading order: its line, its
    characters, the class it begins with, what it weighs, and a number that only words with the
    same letters share; all figures count as the same digit.

    `points` are the characters of all lines in a row, folded, with a line feed before each line;
    `kinds` their classes, `owner` their lines; `starts` says where in them each line begins, and
    `begin` where each word does.
    """

    classes: Floats
    first: Ints
    last: Ints
    end: Ints
    line: Ints
    size: Ints
    begins: Ints
    weight: Floats
    key: NDArray[np.uint32]
    points: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    owner: Ints
    starts: Ints
    begin: Ints


def count(texts: Sequence[str]) -> Counted:
    """Count the characters and words of lines; no line may be empty."""
    n = len(texts)
    joined = "\n" + "\n".join(texts) + "\n"
    letters, kinds = classes_of(joined)
    sizes = np.fromiter((len(text) + 1 for text in texts), np.int64, n)
    stops = np.cumsum(sizes)
    starts = stops - sizes + 1
    sizes[0] += 1
    owner = np.repeat(np.arange(n), sizes)
    counts = np.bincount(owner * CLASSES + kinds, minlength=n * CLASSES).reshape(n, CLASSES)

    last, before = kinds[stops - 1], kinds[stops - 2]
    end = np.where((last == QUOTE) | (last == CLOSE), before, last)

    begin, size = _words(kinds)
    return Counted(
        classes=counts.T.astype(np.float32),
        first=kinds[starts],
        last=last,
        end=end,
        line=owner[begin],
        size=size,
        begins=kinds[begin],
        weight=np.where(kinds[begin] == WIDE, np.float32(0.5), np.float32(1)),
        key=key_words(letters, begin, size),
        points=letters,
        kinds=kinds,
        owner=owner,
        starts=starts,
        begin=begin,
    )


def classes_of(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The characters of a text, folded, and their classes."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    points = np.minimum(points, _HIGH)
    classes, folded = _tables()
    return folded[points], classes[points]


def _words(kinds: Ints) -> tuple[Ints, Ints]:
    """Where words begin, and how many characters they have."""
    inside = (kinds >= UPPER) & (kinds <= DIGIT)
    wide = kinds == WIDE
    cut = inside[1:] != inside[:-1]
    if wide.any():
        cut |= wide[1:] | wide[:-1]
    edges = np.flatnonzero(cut) + 1
    begins = inside[edges]
    size = np.append(edges[1:], len(kinds)) - edges
    return edges[begins], size[begins]


_LONGEST: Final = 64  # a power of two
_ODD: Final = 0x9E3779B1
with np.errstate(over="ignore"):
    ROLLING: Final = np.cumprod(np.full(_LONGEST, _ODD, np.uint32), dtype=np.uint32)
"""What each character of a word is multiplied by in the word's number."""


def key_words(folded: NDArray[np.uint32], begin: Ints, size: Ints) -> NDArray[np.uint32]:
    """A number for each word, by its letters and their places in it."""
    if not len(begin):
        return np.zeros(0, np.uint32)
    stops = np.cumsum(size)
    first = stops - size
    at = np.arange(stops[-1])
    within = at - np.repeat(first, size)
    at += np.repeat(begin - first, size)
    mixed = (folded[at] + np.uint32(1)) * ROLLING[within & (_LONGEST - 1)]
    keys: NDArray[np.uint32] = np.add.reduceat(mixed, first, dtype=np.uint32)
    keys ^= keys >> np.uint32(15)
    keys *= np.uint32(0x85EBCA6B)
    keys ^= keys >> np.uint32(13)
    return keys


def known_of(keys: Ints, known: Ints, values: Floats) -> Floats:
    """What a table says of words by their keys: a column each, 0 for words that it lacks.

    `known` are the table's keys, sorted, `values` a column for each of them.
    """
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: Floats = values[:, at] * (known[at] == keys)
    return found


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Class and folded form of each character."""
    classes = np.full(_SIZE, SYMBOL, np.uint8)
    folded = np.arange(_SIZE, dtype=np.uint32)
    of_category = {
        "Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Lo": LETTER, "Lm": LETTER, "Mn": LOWER,
        "Mc": LETTER, "Nd": DIGIT, "Nl": DIGIT, "Sc": MONEY, "Zs": SPACE, "Zl": SPACE,
        "Zp": SPACE, "Cc": SPACE, "Pd": DASH, "Ps": OPEN, "Pe": CLOSE, "Pi": QUOTE, "Pf": QUOTE,
    }  # fmt: skip
    for point in range(_HIGH):
        character = chr(point)
        category = unicodedata.category(character)
        classes[point] = of_category.get(category, SYMBOL)
        if category == "Lu":
            lower = character.lower()
            folded[point] = ord(lower) if len(lower) == 1 else point
        elif category == "Nd":
            folded[point] = ord("0")
    for first, last in ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF)):
        classes[first : last + 1] = WIDE
    for kind, marks in _MARKS.items():
        for mark in marks:
            classes[ord(mark)] = kind
    return classes, folded
