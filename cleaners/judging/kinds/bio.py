"""Author boxes and ways to reach the author.

Not: obituaries, profiles, and sentences about the people of a story.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cleaners.judging.kinds.byline import authors
from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue, opener, whole
from cleaners.records import Removal

_FOLLOWING: Final = 2
_LONGEST: Final = 90


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines that introduce the author after the text, and what stands under `About the author`."""
    yield from by_cue(lines, "bio")
    names = tuple(authors(lines))
    for line in lines.all[max(lines.last_prose, 1) :] if names else ():
        if line.folded.startswith(names) and line.prose and line.words <= _LONGEST:
            yield whole(line, "bio", "bio.author", "tells of the author after the text")
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
