"""The user's own cues and keeps: what settings say must go, and what must stay.

A cue of the user is read like those that come with Winnow, by the rules for sections, for company
and for names too; one that weighs 1 is enough by itself, whatever its kind's rule may ask for, and
even where the line is otherwise protected.  A keep outvotes all: no rule, no cue and not the layout
judge takes anything that it touches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

from cleaners.characters import fold
from cleaners.judging.cues import Cue, Cues, Hit, default_cues
from cleaners.judging.lines import Lines
from cleaners.judging.rules import whole
from cleaners.patterns import FLAGS
from cleaners.records import Block, Removal
from cleaners.userrules import CueRule, KeepRule, concerns


@dataclass(frozen=True, slots=True)
class Kept:
    """What must stay; `needle`, in lower case, stands wherever the pattern fits."""

    pattern: re.Pattern[str]
    needle: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """The rules of a user that concern a page: all cues to look for, own cues, texts to keep."""

    cues: Cues
    mine: frozenset[Cue] = frozenset()
    kept: tuple[Kept, ...] = ()

    def propose(self, lines: Lines) -> Iterator[Removal]:
        """The lines that a cue of the user is enough for."""
        if not self.mine:
            return
        for line in lines.all:
            hits = [hit for hit in line.hits if hit.cue in self.mine and _is_enough(hit.cue)]
            if hits and line.role not in ("title", "code"):
                kind = hits[0].cue.kind
                why = f"says “{hits[0].cue.phrase[:60]}”, a cue of yours"
                yield whole(line, kind, "user.cue", why, 1.0)

    def keep(self, blocks: Sequence[Block], removals: Iterable[Removal]) -> list[Removal]:
        """The removals that touch nothing which is to be kept.

        Texts are looked for across blocks, so that it makes no difference how a page is cut.
        """
        proposed = list(removals)
        if not self.kept or not proposed:
            return proposed
        text = "\n".join(block.text for block in blocks)
        starts = [0, *accumulate(len(block.text) + 1 for block in blocks)]
        folded = text.casefold()
        fitting = (kept.pattern for kept in self.kept if kept.needle in folded)
        spans = [match.span() for pattern in fitting for match in pattern.finditer(text)]
        touched = [_span_of(removal, starts) for removal in proposed]
        edges = set().union(*touched)
        kept = _joined(span for span in spans if _is_clean(text, span, edges))
        ends = [end for _, end in kept]
        return [
            removal
            for removal, (start, end) in zip(proposed, touched, strict=True)
            if (at := bisect_right(ends, start)) == len(kept) or kept[at][0] >= end
        ]


def own_rules(
    cues: tuple[CueRule, ...] = (), keeps: tuple[KeepRule, ...] = (), host: str | None = None
) -> Own:
    """The user's rules for pages of a host (without `www.`)."""
    if not cues and not keeps:
        return _nothing()
    return _own(
        tuple(rule for rule in cues if concerns(rule, host)),
        tuple(rule for rule in keeps if concerns(rule, host)),
    )


@cache
def _nothing() -> Own:
    return Own(default_cues())


# Most pages of a batch are of a few sites, or have the rules for all sites only.
@lru_cache(maxsize=256)
def _own(cues: tuple[CueRule, ...], keeps: tuple[KeepRule, ...]) -> Own:
    mine = [cue for rule in cues for cue in _cues(rule)]
    phrases = [_phrase(phrase) for rule in keeps for phrase in rule.phrases]
    patterns = [Kept(re.compile(pattern, FLAGS)) for rule in keeps for pattern in rule.patterns]
    return Own(_Joined(mine) if mine else default_cues(), frozenset(mine), (*phrases, *patterns))


class _Joined(Cues):
    """The cues that come with Winnow, and the user's."""

    def find(self, folded: str, words: Sequence[str]) -> tuple[Hit, ...]:
        hits = default_cues().find(folded, words)
        own = super().find(folded, words)
        return tuple(sorted((*hits, *own), key=lambda hit: hit.start)) if own else hits

    def may_begin(self, folded: str) -> bool:
        return default_cues().may_begin(folded) or super().may_begin(folded)


def _cues(rule: CueRule) -> Iterator[Cue]:
    for phrase in rule.phrases:
        yield Cue(
            fold(phrase), rule.kind, rule.position, rule.shape, rule.weight, rule.opens,
            rule.max_words, language="user",
        )  # fmt: skip


def _is_enough(cue: Cue) -> bool:
    return cue.weight >= 1 and not cue.opens


_QUOTES: Final = (("['’‘]", "'’‘"), ('["“”]', '"“”'))


def _phrase(phrase: str) -> Kept:
    """A text as a pattern: any case, any kind of quotes, of dots and of spaces."""
    words = " ".join(phrase.split()).replace("…", "...").replace("...", "…")
    needle = max(_WORD.findall(words.casefold()), key=len, default="")
    return Kept(re.compile("".join(map(_sign, words)), re.IGNORECASE), needle)


_WORD: Final = re.compile(r"[^\W_]+")


def _sign(character: str) -> str:
    if character == " ":
        return r"\s{1,80}"
    if character == "…":
        return r"(?:…|\.\.\.)"
    found = next((group for group, signs in _QUOTES if character in signs), None)
    return found or re.escape(character)


def _span_of(removal: Removal, starts: Sequence[int]) -> tuple[int, int]:
    start = starts[removal.block]
    return start + removal.start, start + removal.end


def _is_clean(text: str, span: tuple[int, int], edges: set[int]) -> bool:
    """Whether a span cuts no word in two, unless a removal does so at the same place."""
    return all(
        at in edges
        or not (0 < at < len(text) and _is_spaced(text[at - 1]) and _is_spaced(text[at]))
        for at in span
    )


def _is_spaced(character: str) -> bool:
    """Whether a character is of a word in a script that parts words by spaces."""
    return character.isalnum() and not _WIDE.match(character)


_WIDE: Final = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places as spans in order that do not touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start == end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
