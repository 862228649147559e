"""From texts to shingle hashes, many texts at once.

A text is folded (case, width, composed accents), cut into tokens, and every run of `width`
tokens is hashed to 64 bits.  Letters, digits and combining marks make tokens; a character of a
script that is written without spaces (Han, kana, Thai, ...) is a token of its own; everything
else only separates.

A token is hashed as a polynomial over its code points modulo 2**64, so that one running sum over
a batch of texts gives the hash of every token in it (the method of Rabin and Karp); a shingle is
hashed as a polynomial over its tokens' hashes.  Both end in the finalizer of MurmurHash3, which
is a bijection.  `hash_shingle` is the same in plain Python, one shingle at a time.
"""

from __future__ import annotations

import functools
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import xxhash
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.uint32]
Hashes: TypeAlias = NDArray[np.uint64]

NORMALISER: Final = 1
"""Version of folding, tokenising and hashing; any change of their results must raise it."""

BATCH_CHARS: Final = 1 << 16
"""Characters folded at once: enough to hide numpy's cost a call, few enough to stay in cache."""

_MASK: Final = (1 << 64) - 1
_CHAR_STEP: Final = 0x9E3779B97F4A7C15  # 2**64 / golden ratio, odd
_CHAR_BACK: Final = pow(_CHAR_STEP, -1, 1 << 64)
_TOKEN_STEP: Final = 0xD6E8FEB86659FD93  # odd
_SINGLE: Final = 1 << 31  # marks a folded character that is a token of its own

_UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # Han radicals
    (0x3005, 0x3007),  # Han iteration marks and zero
    (0x3040, 0x31FF),  # kana, bopomofo
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x3FFFF),  # Han, supplementary planes
)

_ALIKE: Final = (
    (0x3400, 0x4DBF, _SINGLE),  # Han
    (0x4E00, 0x9FFF, _SINGLE),
    (0xAC00, 0xD7A3, 0),  # Hangul
)
"""First and last of the long runs in which all fold to themselves, and their mark: looking at each
of these 38,764 characters would take most of the time in which a small batch is cleaned."""


@dataclass(frozen=True, slots=True)
class Shingled:
    """The shingle hashes of `len(self)` texts, one after the other.

    Text `n` has `hashes[starts[n]:stops[n]]`, in reading order and with repetitions; what lies
    between belongs to no text.  `digests[n]` is the xxh3-128 of its folded tokens; it is empty,
    as is its stretch of `hashes`, for a blank text.
    """

    hashes: Hashes
    starts: NDArray[np.intp]
    stops: NDArray[np.intp]
    digests: tuple[bytes, ...]

    def __len__(self) -> int:
        return len(self.digests)

    def __iter__(self) -> Iterator[Hashes]:
        return (
            self.hashes[start:stop] for start, stop in zip(self.starts, self.stops, strict=True)
        )


def shingle_texts(texts: Sequence[str], width: int = 3) -> Shingled:
    """Hash the runs of `width` tokens of every text.

    A text with fewer tokens than `width` has one hash, of all of them; a text with no token at
    all (emoji, rulers) has the hash of its characters; a blank text has none.
    """
    hashes: list[Hashes] = [np.zeros(0, np.uint64)]
    starts = np.zeros(len(texts), np.intp)
    stops = np.zeros(len(texts), np.intp)
    digests = [b""] * len(texts)
    base = 0

    def append(number: int, own: Hashes) -> None:
        nonlocal base
        hashes.append(own)
        starts[number], stops[number] = base, base + len(own)
        base += len(own)

    for batch in _batches(texts):
        tokens, bounds = _tokens([texts[number] for number in batch])
        whole = _combine(tokens, width)
        hashes.append(whole)
        offset, base = base, base + len(whole)
        for number, first, last in zip(batch, bounds, bounds[1:], strict=False):
            digests[number] = _digest(texts[number], tokens[first:last])
            if last - first >= width:
                starts[number], stops[number] = offset + first, offset + last - width + 1
            elif last > first:
                append(number, _combine(tokens[first:last], last - first))
            elif digests[number]:
                append(number, np.frombuffer(digests[number][:8], np.uint64))
    return Shingled(np.concatenate(hashes), starts, stops, tuple(digests))


def hash_shingle(shingle: bytes) -> int:
    """The 32-bit hash of one shingle, written as its folded tokens with spaces between.

    With `MinHash(hashfunc=hash_shingle)`, datasketch makes from `split_shingles(text)` the very
    signature that Winnow makes from `text`.
    """
    total = 0
    for token in shingle.decode("utf-8", "surrogatepass").split(" "):
        value = 0
        for char in reversed(token):
            value = (value * _CHAR_STEP + ord(char)) & _MASK
        total = (total * _TOKEN_STEP + _mix_one(value)) & _MASK
    return _mix_one(total) >> 32


def split_shingles(text: str, width: int = 3) -> list[bytes]:
    """The shingles of one text, in plain Python: the reference for `shingle_texts`.

    A text without tokens has none here; `shingle_texts` gives it one hash.
    """
    tokens = split_tokens(text)
    runs = range(max(len(tokens) - width + 1, min(len(tokens), 1)))
    return [" ".join(tokens[n : n + width]).encode("utf-8", "surrogatepass") for n in runs]


def split_tokens(text: str) -> list[str]:
    """The folded tokens of one text, in plain Python."""
    tokens: list[str] = []
    inside = False
    for char in unicodedata.normalize("NFC", text):
        folded = _fold_one(ord(char))
        code, single = folded & ~_SINGLE, folded >= _SINGLE
        if inside and code and not single:
            tokens[-1] += chr(code)
        elif code:
            tokens.append(chr(code))
        inside = bool(code) and not single
    return tokens


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Numbers of texts to fold together: first the ASCII ones, which fold faster, then the rest."""
    for ascii_only in (True, False):
        batch: list[int] = []
        room = BATCH_CHARS
        for number, text in enumerate(texts):
            if text.isascii() is not ascii_only:
                continue
            if batch and len(text) >= room:
                yield batch
                batch, room = [], BATCH_CHARS
            batch.append(number)
            room -= len(text) + 1
        if batch:
            yield batch


def _tokens(texts: Sequence[str]) -> tuple[Hashes, list[int]]:
    """Token hashes of all texts; those of text `n` stand at `bounds[n]:bounds[n + 1]`."""
    joined = "\n".join(texts)
    if joined.isascii():
        folded: Codes = np.frombuffer(
            b"\0%b\0" % joined.encode("ascii").translate(_ascii_table()), np.uint8
        )
        edges = np.flatnonzero((folded[1:] != 0) != (folded[:-1] != 0))
        starts, stops = edges[0::2] + 1, edges[1::2] + 1
    else:
        texts = [unicodedata.normalize("NFC", text) for text in texts]
        folded = _fold("\n".join(["", *texts, ""]))
        word = folded != 0
        single = folded >= _SINGLE
        # A boundary inside a word stands before and after each character that is a token.
        cut = single[1:] | single[:-1]
        starts = np.flatnonzero(word[1:] & (cut | ~word[:-1])) + 1
        stops = np.flatnonzero(word[:-1] & (cut | ~word[1:])) + 1
        folded = folded & np.uint32(_SINGLE - 1)
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    ends = np.cumsum(lengths + 1)  # where the separator after each text stands, from one
    bounds = [0, *np.searchsorted(starts, ends).tolist()]
    return _polynomials(folded, starts, stops), bounds


def _polynomials(codes: Codes, starts: NDArray[np.intp], stops: NDArray[np.intp]) -> Hashes:
    """For each span, the mixed sum of `codes[start + i] * _CHAR_STEP**i`."""
    sums = np.multiply(codes, _powers(_CHAR_STEP, len(codes)), dtype=np.uint64)
    np.cumsum(sums, out=sums)
    spans = sums[stops - 1] - sums[starts - 1]  # every text begins after a separator
    return mix(spans * _powers(_CHAR_BACK, len(codes))[starts])


def _combine(tokens: Hashes, width: int) -> Hashes:
    """The hash of every run of `width` tokens."""
    count = max(len(tokens) - width + 1, 0)
    total = np.zeros(count, np.uint64)
    for step in range(width):
        total *= np.uint64(_TOKEN_STEP)
        total += tokens[step : step + count]
    return mix(total)


def _digest(text: str, tokens: Hashes) -> bytes:
    if len(tokens):
        return xxhash.xxh3_128_digest(tokens.data)
    bare = "".join(text.split())
    return xxhash.xxh3_128_digest(bare.encode("utf-8", "surrogatepass")) if bare else b""


def mix(values: Hashes) -> Hashes:
    """MurmurHash3's 64-bit finalizer, in place."""
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        values ^= values >> np.uint64(33)
        values *= np.uint64(factor)
    values ^= values >> np.uint64(33)
    return values


def _mix_one(value: int) -> int:
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        value = ((value ^ (value >> 33)) * factor) & _MASK
    return value ^ (value >> 33)


def _powers(base: int, count: int) -> Hashes:
    """`base**i` modulo 2**64 for i below `count`."""
    size = max(BATCH_CHARS, 1 << (count - 1).bit_length())
    return (_kept_powers if size == BATCH_CHARS else _make_powers)(base, size)[:count]


def _make_powers(base: int, size: int) -> Hashes:
    powers = np.full(size, base, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


_kept_powers = functools.cache(_make_powers)


def _fold(text: str) -> Codes:
    """One folded code point a character, as `_fold_one` gives it."""
    codes = np.frombuffer(text.encode(f"utf-32-{sys.byteorder[0]}e", "surrogatepass"), np.uint32)
    beyond = codes >= 0x10000
    if not beyond.any():
        return _fold_table()[codes]
    folded = _fold_table()[np.where(beyond, 0, codes)]
    folded[beyond] = [_fold_one(code) for code in codes[beyond].tolist()]
    return folded


@functools.cache
def _fold_table() -> Codes:
    """`_fold_one` of the basic plane; made once, when the first text asks for it."""
    table = np.arange(0x10000, dtype=np.uint32)
    done = 0
    for first, last, mark in _ALIKE:
        table[done:first] = [_fold_one(code) for code in range(done, first)]
        table[first : last + 1] |= mark
        done = last + 1
    table[done:] = [_fold_one(code) for code in range(done, len(table))]
    return table


@functools.cache
def _ascii_table() -> bytes:
    return bytes(_fold_one(code) if code < 0x80 else 0 for code in range(256))


def _fold_one(code: int) -> int:
    """The folded code point; 0 for a separator; `_SINGLE` is set for a token of its own.

    Wide and narrow forms fold together where both are one character, and so do cases.
    """
    char = chr(code)
    plain = unicodedata.normalize("NFKC", char).lower()
    if len(plain) == 1:
        char = plain
    if not (char.isalnum() or unicodedata.category(char)[0] == "M"):
        return 0
    code = ord(char)
    return code | _SINGLE if any(first <= code <= last for first, last in _UNSPACED) else code
