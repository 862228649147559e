"""Apply removals: merge the proposals, cut the spans, write the text that is left.

Judges only propose.  Here, and nowhere else, text is taken out, so that one function says what
a document's text is: `replay(blocks, removals)`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from cleaners.characters import is_wide
from cleaners.records import Block, Removal

# A cut leaves no space before these.
_CLOSING = ",.;:!?)]}…。，、；：！？）】」』"
_WIDE_CLOSING: Final = "。，、；：！？）】」』》"
_HYPHENS: Final = "'’-‑"
# With what Korean goes on directly behind a name.
_PARTICLES: Final = "은는이가을를의에도와과로만"
_HANGUL: Final = re.compile(r"[\uac00-\ud7af]")


class Piece(NamedTuple):
    """`length` characters at `at` of a text, which came from `start` of block number `block`."""

    at: int
    block: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text and where each of its characters came from."""

    text: str
    pieces: tuple[Piece, ...]


def merge(removals: Iterable[Removal]) -> tuple[Removal, ...]:
    """Proposals without overlaps, in reading order.

    Where two overlap, a named kind stands whole before `layout`, whatever the scores; among equals
    the surer one does, then the longer one.  The other keeps only what the first left over.
    """
    proposed = _by_block(removals)
    merged: list[Removal] = []
    for block in sorted(proposed):
        own = proposed[block]
        # Most blocks have one.
        merged += own if len(own) == 1 else _without_overlaps(own)
    return tuple(merged)


def _by_block(removals: Iterable[Removal]) -> dict[int, list[Removal]]:
    blocks: dict[int, list[Removal]] = defaultdict(list)
    for removal in removals:
        blocks[removal.block].append(removal)
    return blocks


def _without_overlaps(removals: Sequence[Removal]) -> list[Removal]:
    """The removals of one block, each less what those before it in precedence take."""
    ordered = sorted(removals, key=lambda removal: removal.start)
    if all(one.end <= other.start for one, other in pairwise(ordered)):
        return ordered
    taken: list[Removal] = []
    for removal in sorted(removals, key=_precedence):
        left = _free(removal, taken)
        whole = left == [(removal.start, removal.end)]
        taken += [removal] if whole else [removal._replace(start=s, end=e) for s, e in left]
    return sorted(taken, key=lambda removal: removal.start)


def _precedence(removal: Removal) -> tuple[bool, float, int, str, int]:
    """Sort key: named kinds first, then sure, then long; the rest only makes ties stable."""
    return (
        removal.kind == "layout",
        -removal.score,
        removal.start - removal.end,
        removal.rule,
        removal.start,
    )


def _free(removal: Removal, taken: Sequence[Removal]) -> list[tuple[int, int]]:
    """The parts of a removal's span that no removal in `taken` covers."""
    spans = [(removal.start, removal.end)]
    for other in taken:
        spans = [
            part
            for start, end in spans
            for part in ((start, min(end, other.start)), (max(start, other.end), end))
            if part[0] < part[1]
        ]
    return spans


def render(blocks: Sequence[Block], removals: Iterable[Removal]) -> Rendering:
    """The text of `blocks` without `removals`, as the output contract writes it.

    Title blocks are left out.  Blocks are separated by one blank line; items of one list, rows
    of one table and other `tight` neighbours of the same role stand on adjacent lines.  Code
    stands between fences, so that its lines are told from prose when the text is read again.
    """
    spans = _by_block(removals)
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    last: int | None = None
    for number, block in enumerate(blocks):
        if block.role == "title":
            continue
        kept = _kept(block.text, spans.get(number, ()))
        if not kept:
            continue
        opening, closing = _fences(block) if block.role == "code" else ("", "")
        lead = ("" if last is None else _separator(blocks, last, number)) + block.marker + opening
        parts.append(lead)
        length += len(lead)
        for glue, start, end in kept:
            parts += (glue, block.text[start:end])
            pieces.append(Piece(length + len(glue), number, start, end - start))
            length += len(glue) + end - start
        parts.append(closing)
        length += len(closing)
        last = number
    return Rendering("".join(parts), tuple(pieces))


def replay(blocks: Sequence[Block], removals: Iterable[Removal]) -> str:
    """The document's text: its blocks minus its removals."""
    return render(blocks, removals).text


def places(blocks: Sequence[Block], removals: Sequence[Removal]) -> list[tuple[int, bool]]:
    """Where each removal stood: its offset in the text that is left, and whether its block is gone.

    `text[:at]` came before it and `text[at:]` after it.  Where something of the block is left, the
    removal stood inside that paragraph; else between two paragraphs.
    """
    pieces = render(blocks, removals).pieces
    starts = [(piece.block, piece.start) for piece in pieces]
    left = {piece.block for piece in pieces}
    found = []
    for removal in removals:
        after = bisect_left(starts, (removal.block, removal.start))
        last = pieces[after - 1] if after else None
        whole = removal.block not in left
        if not whole and (last is None or last.block != removal.block):
            at = pieces[after].at
        else:
            at = last.at + last.length if last else 0
        found.append((at, whole))
    return found


_FENCES: Final = ("```", "~~~")


def _fences(block: Block) -> tuple[str, str]:
    """What is written around code; that of a text page has its fences already."""
    if block.text.startswith(_FENCES):
        return "", ""
    fence = next((fence for fence in _FENCES if fence not in block.text), _FENCES[0])
    return f"{fence}\n", f"\n{fence}"


def _separator(blocks: Sequence[Block], before: int, after: int) -> str:
    """Adjacent lines for neighbours of one list or table, a blank line for all else.

    Blocks of one line are one line again, with a blank where something went from between them.
    """
    gap = blocks[after].gap
    if gap is not None and all(block.gap is not None for block in blocks[before + 1 : after]):
        if after == before + 1:
            return gap
        end, begin = blocks[before].text[-1], blocks[after].text[0]
        wide = is_wide(begin) and (is_wide(end) or end in _WIDE_CLOSING)
        return "" if wide else " "
    listed = blocks[before].role == blocks[after].role in ("item", "row")
    tight = listed and all(blocks[n].tight for n in range(before + 1, after + 1))
    return "\n" if tight else "\n\n"


def _kept(text: str, removals: Sequence[Removal]) -> list[tuple[str, int, int]]:
    """What is left of a block: (glue before it, start, end), edges trimmed, nothing empty."""
    if not removals:
        stripped = text.strip()
        start = text.find(stripped)
        return [("", start, start + len(stripped))] if stripped else []
    if len(removals) == 1 and removals[0].start == 0 and removals[0].end == len(text):
        return []
    edges = [0]
    for removal in sorted(removals, key=lambda removal: removal.start):
        edges += (removal.start, removal.end)
    edges.append(len(text))

    kept: list[tuple[str, int, int]] = []
    for left, right in list(pairwise(edges))[::2]:
        piece = text[left:right]
        stripped = piece.strip()
        if not stripped:
            continue
        start = left + len(piece) - len(piece.lstrip())
        glued = not kept or stripped[0] in _CLOSING or _run_on(text, kept[-1][2], start)
        kept.append(("" if glued else " ", start, start + len(stripped)))
    return kept


def _run_on(text: str, end: int, start: int) -> bool:
    """Whether what ends before a cut and what starts behind it needs no space between.

    Chinese and Japanese have none between words, Korean none before its particles, and what goes on
    with an apostrophe or a hyphen has none either.
    """
    before, after = text[end - 1], text[start]
    if text[start - 1].isspace():
        return False
    if after in _HYPHENS:
        return True
    goes_on = is_wide(after) and (after in _PARTICLES or not _HANGUL.match(after))
    return not text[end].isspace() and goes_on and (is_wide(before) or before in _WIDE_CLOSING)


def trace(rendering: Rendering, removal: Removal, offset: int = 0) -> list[Removal]:
    """A removal over a part of a rendering's text, told in terms of the original blocks.

    `offset` says where in the text the part begins; the removal's own block number is ignored.
    """
    start, end = offset + removal.start, offset + removal.end
    return [
        removal._replace(
            block=piece.block,
            start=piece.start + max(start - piece.at, 0),
            end=piece.start + min(end - piece.at, piece.length),
        )
        for piece in rendering.pieces
        if piece.at < end and start < piece.at + piece.length
    ]
