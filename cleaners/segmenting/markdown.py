"""Flattened text that is markdown: the addresses of its links go, and its pictures.

Crawlers for language models give pages as markdown, with the address of every entry of every menu
in it.  To the judges an address is noise between words; it is no more text than an `href` is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

_FEWEST: Final = 3
"""Links from which a text is markdown; fewer may be a note about markdown, or calls in code."""

_FENCE: Final = re.compile(r"^[ \t]*(```|~~~)(.*)$", re.MULTILINE)
# A target is an address, in angles or with its brackets in pairs, and maybe a title in quotes.
# Each part ends at the sign that begins the next, so no line takes more than one look.
_TOKEN: Final = re.compile(
    r"""
      (?P<code> (?<!`) (?P<ticks>`{1,3}) (?!`) [^`\n]+ (?P=ticks) (?!`) )
    | (?P<escape> \\. )
    | (?P<blank> \n [ \t]* (?=\n) )
    | (?P<opened> !?\[ )
    | (?P<target> \]\( [ ]?
        (?: < (?:[a-z][a-z0-9+.-]{1,9}:|[/#?.]) [^<>\n]* >
          | (?:[a-z][a-z0-9+.-]{1,9}:|[/#?.]) (?: [^()\s] | \([^()\s]*\) )* )
        (?: [ ] (?: "[^"\n]{0,400}" | '[^'\n]{0,400}' ) )? [ ]? \) )
    | (?P<closed> \] )
    """,
    re.VERBOSE | re.IGNORECASE,
)


class _Opened(NamedTuple):
    start: int
    end: int

    @property
    def pictures(self) -> bool:
        return self.end - self.start == len("![")


def without_addresses(text: str) -> str:
    """The text without what markdown says of links beside their words, and without pictures.

    `[minutes](https://example.org/m)` becomes `minutes`; `![The hall](/hall.jpg)` goes, as pictures
    of HTML do.  An address has a scheme or begins with a slash, a dot, `?` or `#`: `[1](in part)`
    is no link, nor are `![The hall](hall.jpg)` and links by reference.  Text with fewer than three
    of both stays as it is, and so does code.  Lines keep their numbers, and what is left holds no
    such links.
    """
    if text.count("](") < _FEWEST:
        return text
    spans = list(_spans(text))
    if len(spans) < _FEWEST:
        return text
    left = _without(text, spans)
    # Links that only stand there once others are gone are no crawler's.
    return text if any(_spans(left)) else left


def _spans(text: str) -> Iterator[tuple[_Opened, int, int]]:
    """Each link or picture outside code: its opening, and where its target starts and ends."""
    fenced = _fenced(text)
    ends = [end for _, end in fenced]
    opened: list[_Opened] = []
    for token in _TOKEN.finditer(text):
        at = bisect_left(ends, token.end())
        if at < len(fenced) and fenced[at][0] <= token.start():
            continue
        match token.lastgroup:
            case "opened":
                opened.append(_Opened(*token.span()))
            case "target" if opened:
                yield opened.pop(), *token.span()
            case "closed" if opened:
                opened.pop()
            case "blank":
                opened.clear()


def _fenced(text: str) -> list[tuple[int, int]]:
    """Where fenced code starts and ends; a fence that never closes fences nothing."""
    fences = [(found[1], found[2].strip(), *found.span()) for found in _FENCE.finditer(text)]
    closing = {
        sign: [start for fence, said, start, _ in fences if fence == sign and not said]
        for sign in {fence for fence, *_ in fences}
    }
    ends = {start: end for _, _, start, end in fences}
    found: list[tuple[int, int]] = []
    for sign, _, start, end in fences:
        if found and start < found[-1][1]:
            continue
        behind = closing[sign]
        at = bisect_left(behind, end)
        if at < len(behind):
            found.append((start, ends[behind[at]]))
    return found


def _without(text: str, spans: list[tuple[_Opened, int, int]]) -> str:
    marks = []
    for opened, start, end in spans:
        if opened.pictures and "\n" not in text[opened.start : end]:
            marks.append((opened.start, end))
        else:
            marks += [(opened.start, opened.end), (start, end)]
    left, done = [], 0
    for start, end in sorted(marks):
        if start >= done:
            left.append(text[done:start])
        done = max(done, end)
    cut = "".join([*left, text[done:]])
    pairs = zip(text.split("\n"), cut.split("\n"), strict=True)
    # A menu's entry that was a picture leaves its bullet.
    return "\n".join(after if after == before or _says(after) else "" for before, after in pairs)


def _says(line: str) -> bool:
    return any(character.isalnum() for character in line)
