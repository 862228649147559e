"""Pieces of boilerplate behind the last sentence of a paragraph, glued to it when it was flattened.

The end of a paragraph is read as a line of its own.  Nearly every end is content, so that only
what is enough by itself counts: cues that weigh 1, whose demands on shape the end meets, and
that say what the end is (`_is_enough`).
Where a cue takes a paragraph whole and stands in its last sentences alone, what stands before is
mostly boilerplate from its first word: of 41 such paragraphs of labelled and real pages, 35.  So
only the end goes where the beginning speaks neither to the reader nor of the page, and stands
among running text (`_spared`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

from cleaners.characters import fold, is_wide, line_length
from cleaners.judging.address import addresses_reader
from cleaners.judging.cues import Cues, Hit
from cleaners.judging.kinds.disclaimer import is_label, is_reported
from cleaners.judging.kinds.source_credit import is_reporting, may_report
from cleaners.judging.lines import Line, Lines, read_line
from cleaners.judging.rules import fitting, is_speech, weigh
from cleaners.judging.shapes import is_claim
from cleaners.records import Block, Kind, Removal

# What ends a sentence, with what closes behind it.
_STOP: Final = re.compile(r"[.!?…。！？][\"'”’»)」』）]{0,2}\s{0,2}")
_WIDE_STOPS: Final = "。！？"
_VERBS: Final = "다요죠음"
"""How Korean sentences end, before the stop."""
_FIGURES: Final = tuple("0123456789%％€$)）")
"""What may end a sentence besides a word, where a space stands behind the stop."""
_TAIL_RULE: Final = ".tail"
_PARTED: Final = (_TAIL_RULE, ".trailing", ".lead")
_LINE: Final = 9
"""Words of a paragraph with what is glued to it."""
_HEAD: Final = 10
"""Words of a paragraph before what is glued to it."""
_SENTENCE: Final = 5
"""The same where running text stands above."""
_LITTLE: Final = 16
"""Words before an end from which they are a paragraph, and not the rest of an advert."""
_PARAGRAPH: Final = 12
"""Words from which the beginning of a paragraph that a cue takes is worth sparing."""
_NEAR: Final = 4
"""Lines above in which that is looked for."""
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
_TOLD: Final = (".", "。", "”", "»", "」")
"""How a story's sentences end, and adverts do not always."""
_OPEN: Final = "([（【"
_CLOSE: Final = ")]）】"
_CLAIMING: Final = ("copyright", "©", "ⓒ", "(c)")
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
_BEHIND_STORIES: Final[tuple[Kind, ...]] = (
    "related", "copyright", "source_credit", "social", "affiliate",
)  # fmt: skip
"""What stands behind a story's paragraph even where that is one short sentence."""
_REFERRING: Final = frozenset({"see also", "siehe auch", "voir aussi", "ver también", "ver também"})
"""Labels that manuals set before a link, which may stand in a line of its own."""
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
    left = line.text[: removal.start].strip()
    if removal.kind not in _OFFERING and line_length(fold(left)) >= _LITTLE:
        return False
    # More than `Learn more`.
    long = line_length(fold(line.text[removal.start : removal.end].strip())) > _HEADLINE
    told = long and removal.kind in _BEHIND_STORIES and left.endswith(_TOLD)
    return not told or _is_frame(left, removal.kind)


def parted_from(lines: Lines, removals: Iterable[Removal]) -> set[int]:
    """The lines from whose edge something goes, and whose rest tells a story."""
    return {
        removal.block
        for removal in removals
        if removal.rule.endswith(_PARTED)
        and lines.all[removal.block].words >= _LINE
        and not _leaves_little(lines.all[removal.block], removal)
        and not _is_frame(_without(lines.all[removal.block].text, removal), "disclaimer")
    }


def _without(text: str, removal: Removal) -> str:
    return text[: removal.start] + text[removal.end :]


def _is_frame(text: str, kind: Kind) -> bool:
    """Whether what stands before an end of a kind reads like boilerplate as well."""
    return addresses_reader(text, warning=kind == "disclaimer")


def judge_glued(lines: Lines, found: Sequence[Removal], cues: Cues) -> list[Removal]:
    """`found`, and the ends of paragraphs that are boilerplate, where nothing of the line goes yet.

    Of a paragraph that goes whole for the cues in its end, only that goes where the beginning reads
    like running text among its own.
    """
    taken = {removal.block for removal in found}
    kinds = (*_ALWAYS, *_IN_COMPANY) if taken else _ALWAYS
    spared = dict(_spared(lines, found, cues))
    ends = [
        end
        for line in lines.all
        if line.words >= _LINE and line.role == "paragraph" and line.number not in taken
        for end in _ends(line, cues, kinds, least=_least_before(lines, line, taken))
    ]
    kept = [removal for removal in found if removal.block not in spared] if spared else found
    return [*kept, *chain.from_iterable(spared.values()), *ends]


def _spared(
    lines: Lines, found: Sequence[Removal], cues: Cues
) -> Iterator[tuple[int, list[Removal]]]:
    """The ends alone of paragraphs whose cues stand there and whose beginning is no boilerplate."""
    whole: dict[int, list[Removal]] = defaultdict(list)
    for removal in found:
        line = lines.all[removal.block]
        if line.words >= _LINE + _HEAD and line.role == "paragraph":
            whole[removal.block].append(removal)
    for number, removals in whole.items():
        line = lines.all[number]
        if not all(map(_is_by_cue, removals)) or not _stands_in_text(lines, line, taken=whole):
            continue
        ends = list(_ends(line, cues, (*_ALWAYS, *_IN_COMPANY), least=_HEAD))
        if not ends:
            continue
        left = line.text[: ends[-1].start].strip()
        long = _LITTLE if any(end.kind in _OFFERING for end in ends) else _PARAGRAPH
        frame = line_length(fold(left)) < long or _is_frame(left, ends[0].kind)
        if not frame and not read_line(Block(left), cues).hits:
            yield number, ends


def _least_before(lines: Lines, line: Line, taken: Container[int]) -> int:
    """The words that must stand before an end."""
    return _SENTENCE if _stands_in_text(lines, line, taken=taken) else _HEAD


def _is_by_cue(removal: Removal) -> bool:
    return removal.start == 0 and removal.rule.endswith(".cue")


def _stands_in_text(lines: Lines, line: Line, *, taken: Container[int]) -> bool:
    """Whether running text that stays stands not far above the line."""
    for number in range(line.number - 1, max(line.number - _NEAR, 0) - 1, -1):
        if lines.all[number].prose and number not in taken:
            return True
    return False


def _ends(line: Line, cues: Cues, kinds: tuple[Kind, ...], *, least: int) -> Iterator[Removal]:
    """The ends of a paragraph, the last first; `least` words stand before each."""
    end = len(line.text)
    while True:
        # A paragraph's end tells all, and is cheap to remember.
        begin = max(end - _SEEN, 0)
        found = _end_of(line.text[begin:end].rstrip(), cues, kinds, least, known=bool(line.cues))
        if not found:
            break
        start, kind, phrase = found
        why = f"ends with “{phrase}”"
        yield Removal(line.number, begin + start, end, kind, f"{kind}{_TAIL_RULE}", why, 0.9)
        end = begin + len(line.text[begin : begin + start].rstrip())


# Remembered, since the text that is left is read again until nothing more goes.
@lru_cache(maxsize=4096)
def _end_of(
    text: str, cues: Cues, kinds: tuple[Kind, ...], least: int, *, known: bool
) -> tuple[int, Kind, str] | None:
    """Where the end begins whose first sentence holds a cue, its kind and what it says.

    `known`: whether the whole line holds cues.
    """
    stops = _STOP.finditer(text, max(len(text) - _ENDS, 0))
    cuts = [stop.end() for stop in stops if _ends_sentence(text, stop)][-_SENTENCES:]
    for cut, after in pairwise([*cuts, len(text)]):
        # Other cues of the end were found in the whole line as well.
        label = fold(text[cut : cut + _LABEL])
        if not (known or cues.may_begin(label) or may_report(label) or label.startswith(_CLAIMING)):
            continue
        tail = read_line(Block(text[cut:].strip()), cues)
        if not (tail.hits or _claims(tail)) or tail.words > _TAIL:
            continue
        if is_speech(tail) or _closes_quotation(tail):
            continue
        if line_length(fold(text[:cut])) < least:
            continue
        if kinds != _ALWAYS and (named := _claims(tail)):
            return cut, named, tail.folded[:20]
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
    spaced = before[-1:] in _FIGURES and text[behind - 1].isspace()
    # Not behind `St.`, `Dr.` or `Inc.`
    word = len(before) > 2 and before.isalpha() and (before.islower() or before.isupper())
    return begins and (spaced or word)


def _closes_quotation(tail: Line) -> bool:
    """Whether a quotation ends in the tail that began before it."""
    return tail.folded.count('"') % 2 == 1 or any(
        tail.text.count(close) > tail.text.count(open_) for open_, close in _QUOTES
    )


def _claims(tail: Line) -> Kind | None:
    """The kind of an end that names whose text it is: reporters, agencies, owners of rights."""
    if is_claim(tail):
        return "copyright"
    bracketed = tail.text[0] in _OPEN and tail.text[-1] in _CLOSE and tail.has("source_credit")
    return "source_credit" if bracketed or is_reporting(tail) else None


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
        # Without a stop it is no sentence of the author's: `続きを読む`.
        alone = kind != "related" or is_wide(tail.text[0])
        return alone and not tail.stopped and any(hit.cue.position == "whole" for hit in hits)
    most = max(hits, key=lambda hit: hit.end - hit.start)
    if kind == "related" and _heads_story(tail, most):
        return True
    if kind == "related" and most.end == len(tail.folded):
        return most.cue.phrase not in _REFERRING
    all_but = most.end - most.start >= _NEARLY * len(tail.folded.strip(_EDGES))
    return all_but or _asks_twice(hits, tail)


def _asks_twice(hits: Sequence[Hit], tail: Line) -> bool:
    """Whether a cue begins the end, and another says in other words what it offers."""
    return any(hit.cue.position == "start" and hit.cue.weight >= 1 for hit in hits) and any(
        hit.cue.position == "inside" and hit.cue.weight >= 1 for hit in fitting(tail)
    )


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
