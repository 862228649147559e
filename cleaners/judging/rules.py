"""What all kind rules share: how a removal is stated, and how cues decide.

A rule is a function `judge(lines) -> removals`.  It proposes; it never edits, and it sees
nothing but lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from cleaners.characters import line_length
from cleaners.judging.cues import Hit
from cleaners.judging.lines import Line, Lines
from cleaners.records import Kind, Removal

Rule: TypeAlias = Callable[[Lines], Iterable[Removal]]

# `“Download the app, download the app,” said ...`: somebody is quoted, whatever the words are.
_SPEECH: Final = re.compile(
    r"[\"“„«»「『‘]\s?[^\"”“«»」』’]{3,300}[.,!?…。！？、]\s?[\"”“«»」』’]"
    r"|[«»„“\"]\s?(?:[^\"”“«»\s]{1,60}\s){3}[^\"”“«»]{1,300}[\"”“«»]\s?[,–—-]\s"
)
# What stands between quotation marks; a mark that never closes quotes nothing.
_QUOTED: Final = re.compile(
    r"\"[^\"]{1,400}\"|«[^»]{1,400}»|„[^\"„]{1,400}\"|「[^」]{1,400}」|『[^』]{1,400}』"
)
_OWN: Final = 4
"""Words around what is quoted from which a line is about it."""
_STORY: Final = 4
"""Words of a story's headline behind the label of a section."""
_PARTING: Final = ("】", "]", "〕", "］", ":", "：")
_NEAR: Final = 4
"""Lines within which a light cue may lean on a sure line of its own kind."""


def whole(line: Line, kind: Kind, rule: str, why: str, score: float = 0.9) -> Removal:
    """A removal of the whole line.

    What a section or cluster takes is scored 1: a part of a card is of the card's kind, whatever
    else the line could be by itself.
    """
    return Removal(line.number, 0, len(line.text), kind, rule, why, score)


def span(line: Line, match: re.Match[str], kind: Kind, rule: str, why: str) -> Removal:
    """A removal of what a pattern matched in the line's text, without blanks at its edges."""
    found = match[0]
    start = match.end() - len(found.lstrip())
    end = match.start() + len(found.rstrip())
    return Removal(line.number, start, end, kind, rule, why, 0.9)


def by_cue(lines: Lines, kind: Kind) -> Iterator[Removal]:
    """Whole lines that cues of a kind give away.

    What somebody says or a line quotes, in quotation marks, is content.

    Cues that weigh 1 together are enough, but running text needs one that does so by itself: a
    sentence may well say two things that sign-up boxes say.  A light cue needs company: a sure
    line of its kind shortly before, boilerplate of any kind directly beside it, or a place outside
    an article's running text.  Headings of sections are left to the rules that know what must
    follow them.
    """
    sure = -_NEAR - 1
    for line in lines.cued[kind]:
        if is_speech(line):
            continue
        hits = [hit for hit in unquoted(line, fitting(line, kind)) if not hit.cue.opens]
        weight = max((hit.cue.weight for hit in hits), default=0.0) if line.prose else weigh(hits)
        if weight >= 1:
            sure = line.number
        elif weight < 0.5 or (line.number - sure > _NEAR and not has_company(lines, line)):
            continue
        yield whole(line, kind, f"{kind}.cue", f"says {_quote(line, hits)}", 0.9 * min(weight, 1.0))


def is_speech(line: Line) -> bool:
    """Whether running text begins with what somebody says, in quotation marks."""
    return line.prose and bool(_SPEECH.match(line.text))


def unquoted(line: Line, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The hits that are not wholly quoted, where the line has words of its own around that."""
    spans = _quotations(line)
    if not spans or line_length(_QUOTED.sub(" ", line.folded).strip()) < _OWN:
        return hits
    return [hit for hit in hits if not any(a <= hit.start and hit.end <= b for a, b in spans)]


def is_quoted(line: Line, hits: Iterable[Hit]) -> bool:
    """Whether a hit begins within what the line quotes."""
    spans = _quotations(line)
    return any(start <= hit.start < end for hit in hits for start, end in spans)


def _quotations(line: Line) -> list[tuple[int, int]]:
    """Where the folded line quotes something."""
    return [quoted.span() for quoted in _QUOTED.finditer(line.folded)]


def fitting(line: Line, kind: Kind | None = None) -> list[Hit]:
    """The line's cues (of a kind) whose demands on the line's shape are met."""
    return [hit for hit in line.hits if kind is None or hit.cue.kind == kind]


def weigh(hits: Iterable[Hit]) -> float:
    """What cues weigh together; of those that overlap, only the heaviest counts."""
    counted: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.cue.weight, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in counted):
            counted.append(hit)
    return sum(hit.cue.weight for hit in counted)


def has_company(lines: Lines, line: Line) -> bool:
    """Whether a short line with a light cue stands among boilerplate.

    The run of lines with cues that it belongs to must weigh 1.5: a sure line beside it, or two
    other light ones that say something else.
    """
    if line.prose or all(hit.cue.position in ("inside", "end") for hit in line.hits):
        return False
    if lines.outside(line) and not lines.heads_prose(line):
        return True
    weights = {line.folded: _weight(line)}
    for step in (-1, 1):
        number = line.number + step
        while 0 <= number < len(lines.all) and abs(number - line.number) <= _NEAR:
            beside = lines.all[number]
            if not (weight := _weight(beside)):
                break
            weights[beside.folded] = weight
            number += step
    return sum(weights.values()) >= 1.5


def _weight(line: Line) -> float:
    """What a line's heaviest cue weighs; 0 for running text."""
    return 0.0 if line.prose else max((hit.cue.weight for hit in line.hits), default=0.0)


def opener(line: Line, kind: Kind | None = None) -> Hit | None:
    """The cue that makes this line the heading of a section of boilerplate, if one does."""
    if not line.hits:  # most lines
        return None
    return next((hit for hit in fitting(line, kind) if hit.cue.opens), None)


def names_story(line: Line) -> bool:
    """Whether the label of a section has its story behind it: `[Related] Quay opens in May`."""
    hit = opener(line)
    behind = line.folded[hit.end :].lstrip() if hit else ""
    return behind.startswith(_PARTING) and line_length(behind[1:].strip()) >= _STORY


def _quote(line: Line, hits: Iterable[Hit]) -> str:
    phrases = dict.fromkeys(line.folded[hit.start : hit.end] for hit in hits)
    return ", ".join(f"“{phrase}”" for phrase in phrases)
