"""Pieces of boilerplate behind the last sentence of a paragraph, glued to it when it was flattened.

The end of a paragraph is read as a line of its own.  Nearly every end is content, so that only
what is enough by itself counts: cues that weigh 1, whose demands on shape the end meets, and
that say what the end is (`_is_enough`).
Where a cue takes a paragraph whole, it stays whole: of twelve labelled ones whose cue stands in the
last sentences alone, eleven are boilerplate from their first word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from cleaners.characters import fold, is_wide, line_length
from cleaners.judging.cues import Cues, Hit
from cleaners.judging.kinds.disclaimer import is_label, is_reported
from cleaners.judging.lines import Line, Lines, read_line
from cleaners.judging.rules import fitting, is_speech, weigh
from cleaners.records import Block, Kind, Removal

# What ends a sentence, with what closes behind it.
_STOP: Final = re.compile(r"[.!?…。！？][\"'”’»)」』）]{0,2}\s{0,2}")
_WIDE_STOPS: Final = "。！？"
_VERBS: Final = "다요죠음"
"""How Korean sentences end, before the stop."""
_TAIL_RULE: Final = ".tail"
_LINE: Final = 13
"""Words of a paragraph with what is glued to it."""
_HEAD: Final = 10
"""Words of a paragraph before what is glued to it."""
_LITTLE: Final = 16
"""Words before an end from which they are a paragraph, and not the rest of an advert."""
_TAIL: Final = 45
"""Most words of what is glued."""
_ENDS: Final = 400
"""Characters at a paragraph's end in which it begins."""
_SEEN: Final = 600
"""Characters that are looked at, so that some stand before what is glued."""
_LABEL: Final = 120
"""Characters in which a label at its beginning stands, or all of what is a label alone."""
_SENTENCES: Final = 4
"""Most sentences of it."""
_QUOTES: Final = (("«", "»"), ("「", "」"), ("『", "』"))
_EDGES: Final = " .!:：。！…()（）[]【】"
_OPENING: Final = "“„«「『\"'"
_HEADLINE: Final = 4
"""Words of a story's headline; two characters of Chinese or Japanese are one."""
_NEARLY: Final = 0.75
"""Share of an end that a cue must say."""
# Chapters, pages and years that a manual or a paper refers to.
_REFERENCE: Final = re.compile(
    r"\b(?:pp?|ch|sec|chapter|section|theorem|fig|figure|table|kapitel|abschnitt|глава)\b\.? ?\d"
    r"|\b(?:19|20)\d\d[.,)]|第.{1,3}[章节節回]|\d장",
    re.IGNORECASE,
)
_ALWAYS: Final[tuple[Kind, ...]] = ("disclaimer", "affiliate")
_IN_COMPANY: Final[tuple[Kind, ...]] = (
    "related", "ad", "newsletter", "app", "paywall", "sponsored", "social", "consent", "comments",
    "copyright", "syndication",
)  # fmt: skip
"""Of pages that have other boilerplate: a manual, or a firm's own text, may end so as well."""
_OFFERING: Final[tuple[Kind, ...]] = ("ad", "newsletter", "app", "paywall", "sponsored")


def touched_by(lines: Lines, removals: Iterable[Removal]) -> set[int]:
    """The lines of which something goes, but for those that may well go whole.

    Of these an end goes, and little stands before it, or the end is one that adverts and letters
    have themselves: `T&Cs apply.`
    """
    return {
        removal.block
        for removal in removals
        if not _leaves_little(lines.all[removal.block], removal)
    }


def _leaves_little(line: Line, removal: Removal) -> bool:
    if not removal.rule.endswith(_TAIL_RULE):
        return False
    return (
        removal.kind in _OFFERING or line_length(fold(line.text[: removal.start].strip())) < _LITTLE
    )


def judge_glued(lines: Lines, taken: Collection[int], cues: Cues) -> Iterator[Removal]:
    """The ends of paragraphs that are boilerplate, where nothing of the line is `taken` yet."""
    kinds = (*_ALWAYS, *_IN_COMPANY) if taken else _ALWAYS
    for line in lines.all:
        if line.words < _LINE or line.role != "paragraph" or line.number in taken:
            continue
        end = len(line.text)
        while True:
            # A paragraph's end tells all, and is cheap to remember.
            begin = max(end - _SEEN, 0)
            found = _end_of(line.text[begin:end].rstrip(), cues, kinds, known=bool(line.cues))
            if not found:
                break
            start, kind, phrase = found
            why = f"ends with “{phrase}”"
            yield Removal(line.number, begin + start, end, kind, f"{kind}{_TAIL_RULE}", why, 0.9)
            end = begin + len(line.text[begin : begin + start].rstrip())


# Remembered, since the text that is left is read again until nothing more goes.
@lru_cache(maxsize=4096)
def _end_of(
    text: str, cues: Cues, kinds: tuple[Kind, ...], *, known: bool
) -> tuple[int, Kind, str] | None:
    """Where the end begins whose first sentence holds a cue, its kind and what it says.

    `known`: whether the whole line holds cues.
    """
    stops = _STOP.finditer(text, max(len(text) - _ENDS, 0))
    cuts = [stop.end() for stop in stops if _ends_sentence(text, stop)][-_SENTENCES:]
    for cut, after in pairwise([*cuts, len(text)]):
        # Other cues of the end were found in the whole line as well.
        if not known and not cues.may_begin(fold(text[cut : cut + _LABEL])):
            continue
        tail = read_line(Block(text[cut:].strip()), cues)
        if not tail.hits or tail.words > _TAIL or is_speech(tail) or _closes_quotation(tail):
            continue
        if line_length(fold(text[:cut])) < _HEAD:
            continue
        first = len(fold(text[cut:after]))
        for kind in kinds:
            hits = fitting(tail, kind)
            early = [hit for hit in hits if hit.start < first]
            if early and _is_enough(tail, kind, hits) and not is_reported(tail, hits):
                return cut, kind, early[0].cue.phrase
    return None


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    """Whether a sentence ends here and something begins behind it, with or without a space."""
    at, behind = stop.start(), stop.end()
    if behind == len(text):
        return False
    if text[at] in _WIDE_STOPS:
        return True
    before, after = text[max(at - 3, 0) : at], text[behind]
    if before[-1:] in _VERBS and before:
        return True
    begins = after.isupper() or not (after.isalnum() or after == "_" or after.isspace())
    spaced = before[-1:].isdigit() and text[behind - 1].isspace()
    # Not behind `St.`, `Dr.` or `Inc.`
    word = len(before) > 2 and before.isalpha() and (before.islower() or before.isupper())
    return begins and (spaced or word)


def _closes_quotation(tail: Line) -> bool:
    """Whether a quotation ends in the tail that began before it."""
    return tail.folded.count('"') % 2 == 1 or any(
        tail.text.count(close) > tail.text.count(open_) for open_, close in _QUOTES
    )


def _is_enough(tail: Line, kind: Kind, hits: Sequence[Hit]) -> bool:
    """Whether cues are enough for an end.

    A disclaimer may say several that are light, but is none by its label alone, as notes of any
    sort have one.  A story has a headline behind its label.  Of the other kinds the cue must say
    nearly all: `Join us on` begins many a sentence.
    """
    if kind in _ALWAYS:
        telling = [hit for hit in hits if not is_label(hit)]
        return weigh(telling) >= 1 if kind == "disclaimer" else _heaviest(hits) >= 1
    if _heaviest(hits) < 1:
        return False
    most = max(hits, key=lambda hit: hit.end - hit.start)
    if kind == "related" and (_heads_story(tail, most) or most.end == len(tail.folded)):
        return True
    return most.end - most.start >= _NEARLY * len(tail.folded.strip(_EDGES))


def _heaviest(hits: Sequence[Hit]) -> float:
    return max(hit.cue.weight for hit in hits)


def _heads_story(tail: Line, label: Hit) -> bool:
    """Whether a headline stands behind a label: some words, the first with a capital, or a title in
    quotation marks; not `printf(3)`, `Theorem 4.2`, `8 GB of memory`.
    """
    behind = tail.text[label.end :].lstrip(" :：»>→") if label.end < len(tail.text) else ""
    title = behind.rstrip(_EDGES)
    begins = title[:1].isupper() or title[:1] in _OPENING or is_wide(title[:1] or " ")
    return begins and line_length(fold(title)) >= _HEADLINE and not _REFERENCE.search(title)
