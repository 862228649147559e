"""What a block's characters say without knowing its language: casing, stops, digits, length."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any] | float]
"""Features by name: one value a block, or one number that holds for all of them."""

# Classes of characters.
_OTHER, _SPACE, _LINE, _LOWER, _UPPER, _LETTER, _DIGIT = range(7)
_COMMA, _STOP, _COLON, _QUOTE, _DASH, _BAR, _MONEY, _BRACKET, _MARK, _SYMBOL = range(7, 17)
_CLASSES: Final = 17
_LISTED: Final = {
    _LINE: "\n",
    _COMMA: ",;،、，；",
    _STOP: ".!?…。！？｡؟।",
    _COLON: ":：",
    _QUOTE: "\"'“”„‘’«»「」『』",
    _DASH: "-–—−",
    _BAR: "|•·›‹→←▶►★☆✓✔×/\\>",
    _BRACKET: "()[]{}（）【】",
    _MARK: "@#&©®™%+=*",
}


@cache
def _class_table() -> NDArray[np.uint8]:
    """The class of each character of the basic plane; one more entry for all the others."""
    table = np.zeros(0x10001, np.uint8)
    by_category = {"Ll": _LOWER, "Lu": _UPPER, "Lt": _UPPER, "Nd": _DIGIT, "Sc": _MONEY}
    by_major = {"L": _LETTER, "M": _LETTER, "Z": _SPACE, "C": _SPACE, "S": _SYMBOL}
    for code in range(0x10000):
        category = unicodedata.category(chr(code))
        table[code] = by_category.get(category, by_major.get(category[0], _OTHER))
    for number, characters in _LISTED.items():
        for character in characters:
            table[ord(character)] = number
    table[0x10000] = _SYMBOL  # mostly emoji
    return table


def text_shape(texts: Sequence[str]) -> Columns:
    """Columns of one value a block, each a count, a share or the logarithm of a count."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    ends = np.cumsum(lengths + 1)
    starts = ends - lengths - 1
    data = ("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass")
    classes = _class_table()[np.minimum(np.frombuffer(data, np.uint32), 0x10000)]
    owner = np.repeat(np.arange(len(texts)), lengths + 1)
    counts = np.bincount(owner * _CLASSES + classes, minlength=len(texts) * _CLASSES)
    counts = counts.reshape(len(texts), _CLASSES).T.astype(np.float32)
    counts[_LINE] -= 1  # the one that was put between the blocks

    wordy = (classes >= _LOWER) & (classes <= _DIGIT)
    begins = wordy.copy()
    begins[1:] &= ~wordy[:-1]
    begun = np.bincount(owner[begins] * _CLASSES + classes[begins], minlength=counts.size)
    begun = begun.reshape(len(texts), _CLASSES).T.astype(np.float32)
    words = np.maximum(begun.sum(0), counts[_LETTER] / 2)

    stopping = classes == _STOP
    stopping[:-1] &= (classes[1:] <= _LINE) & (classes[1:] != _OTHER)
    inner_stops = np.bincount(owner[stopping], minlength=len(texts)).astype(np.float32)
    last = classes[np.maximum(ends - 2, 0)]
    closing = (last == _QUOTE) | (last == _BRACKET)
    last = np.where(closing, classes[np.maximum(ends - 3, 0)], last)
    first = classes[starts]

    characters = np.maximum(lengths.astype(np.float32), 1)
    letters = np.maximum(counts[_LOWER] + counts[_UPPER] + counts[_LETTER], 1)
    some_words = np.maximum(words, 1)
    return {
        "chars": np.log1p(characters),
        "words": np.log1p(words),
        "word_length": letters / some_words,
        "upper": counts[_UPPER] / letters,
        "uncased": counts[_LETTER] / letters,
        "capitals": begun[_UPPER] / some_words,
        "digits": counts[_DIGIT] / characters,
        "numbers": begun[_DIGIT] / some_words,
        "commas": counts[_COMMA] / some_words,
        "comma_count": np.minimum(counts[_COMMA], 30),
        "stops": inner_stops / some_words,
        "stop_count": np.minimum(inner_stops, 30),
        "sentence": np.minimum(some_words / np.maximum(inner_stops, 1), 100),
        "quotes": counts[_QUOTE] / some_words,
        "colons": counts[_COLON] / some_words,
        "dashes": counts[_DASH] / some_words,
        "bars": counts[_BAR] / some_words,
        "money": counts[_MONEY],
        "brackets": counts[_BRACKET] / some_words,
        "marks": counts[_MARK] / some_words,
        "symbols": counts[_SYMBOL] / characters,
        "lines": np.log1p(counts[_LINE]),
        "first": first,
        "last": last,
        "ends_stop": last == _STOP,
    }
