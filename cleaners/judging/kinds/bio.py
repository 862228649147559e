"""Author boxes and ways to reach the author.

Not: obituaries, profiles, and sentences about the people of a story.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cleaners.judging.kinds.byline import authors
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, opener, whole
from cleaners.records import Removal

_FOLLOWING: Final = 2
_LONGEST: Final = 90
_EDGE: Final = 0.75
# What follows the first name of an author; the name alone could be another word: `Will the ...`.
_VERBS: Final = (
    "is", "writes", "covers", "has", "lives", "holds", "reports", "joined", "ist", "schreibt",
    "lebt",
    "est", "écrit", "suit", "vit", "es", "escribe", "vive", "é", "escreve",
)  # fmt: skip
_TAIL: Final = 4
"""Paragraphs at the end among which a note on the author may stand."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that introduce the author after the text, and what stands under `About the author`."""
    yield from by_cue(lines, "bio")
    yield from _notes(lines)
    for head in lines.cued["bio"]:
        hit = opener(head, "bio")
        if hit is None or not (hit.cue.weight >= 1 or lines.outside(head)):
            continue
        yield whole(head, "bio", "bio.heading", "heads a note on the author")
        for line in lines.all[head.number + 1 : head.number + 1 + _FOLLOWING]:
            if line.role == "heading" or line.words > _LONGEST:
                break
            yield whole(line, "bio", "bio.section", f"stands under “{head.text[:60]}”")
            if line.prose:
                break


def _notes(lines: Lines) -> Iterator[Removal]:
    """Paragraphs at the end that tell of the author of the byline, or of somebody's profession."""
    names = tuple(authors(lines))
    starts = names + tuple(
        f"{name.split()[0]} {verb} " for name in names if " " in name for verb in _VERBS
    )
    for line in _tail(lines) if names else ():
        if line.folded.startswith(starts) and line.prose and line.words <= _LONGEST:
            above = lines.all[line.number - 1]
            if above.folded in names:
                yield whole(above, "bio", "bio.author", "names the author after the text")
            yield whole(line, "bio", "bio.author", "tells of the author after the text")
    yield from _last(lines)


def _last(lines: Lines) -> Iterator[Removal]:
    """Notes on somebody that end the text: the last, and each that would be without it."""
    prose = [line.number for line in lines.all if line.prose] if lines.cued["bio"] else []
    for line in reversed(lines.cued["bio"]):
        if prose and line.number < prose[-1]:
            return
        light = any(hit.cue.weight >= _EDGE for hit in line.hits if hit.cue.kind == "bio")
        if light and line.prose and line.words <= _LONGEST:
            yield whole(line, "bio", "bio.last", "tells of somebody behind the last sentence")
            prose.pop()


def _tail(lines: Lines) -> Sequence[Line]:
    """The last paragraphs of an article, with the lines between; never its first ones."""
    prose = [line.number for line in lines.all if line.prose][-_TAIL:]
    return lines.all[max(prose[0], lines.running + 1, 1) :] if prose else ()
