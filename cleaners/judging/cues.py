"""Cue phrases: data with evidence, found fast.

A cue is a phrase that pages of many sites use in boilerplate of one kind.  The phrases live in
`phrases/<language>.toml`, one a line, grouped with the evidence for them.  All languages are
looked for on every page, since pages mix them; those of other scripts in lines of that script.
A cue says where in a line it must stand and what shape the line must have, because the same
words in a sentence are mostly content.

`...` inside a phrase stands for up to eighty characters of other text on the same line.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, TypeAlias, cast, get_args

from cleaners.errors import SettingsError
from cleaners.records import KINDS, Kind

Position: TypeAlias = Literal["whole", "start", "end", "inside"]
Shape: TypeAlias = Literal["line", "any"]

_GAP: Final = 80
# Around a phrase that must be the whole line, these do not count.
_ORNAMENTS: Final = (
    " \t:：»«›‹>→➤▶►▸•·*-–—_|｜丨#.!。…+\"'▼▽■□◆◇●★※△▲▷◀⬇↓()[]【】（）［］〔〕〈〉《》"
)
_BRACKETS: Final = ("(", "[", "【", "（", "［", "〔", "〈", "《")


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase and what it is evidence of.

    `shape` "line" asks for a line that is not prose; "any" allows a sentence.  `weight` 1 is
    enough by itself; lighter cues need company, in the same line or beside it.  `opens` marks
    headings that more of the same kind hangs on.
    """

    phrase: str
    kind: Kind
    position: Position
    shape: Shape = "line"
    weight: float = 1.0
    opens: bool = False
    max_words: int = 0
    language: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.phrase.split("..."))

    def fits(self, words: int, *, prose: bool) -> bool:
        """Whether a line of so many words, prose or not, has the shape that the cue asks for."""
        return (words <= self.max_words or not self.max_words) and (
            self.shape == "any" or not prose
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in a line, and the span of the folded line that it matched."""

    cue: Cue
    start: int
    end: int


_Entry: TypeAlias = tuple[Cue, tuple[str, ...]]


class _Starts(NamedTuple):
    """The cues that begin with one word, and how each of them begins."""

    beginnings: tuple[str, ...]
    entries: list[_Entry]


def _start_of(hit: Hit) -> int:
    return hit.start


class Cues:
    """An index over cues: each line is read once, whatever the number of cues.

    A cue is looked for only in lines that hold its key: the whole phrase, its first word where
    it must begin the line, or else its longest word; where words are not parted by spaces, its
    first two characters.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._whole: dict[str, list[Cue]] = defaultdict(list)
        first: dict[str, list[_Entry]] = defaultdict(list)
        self._inside: dict[str, list[_Entry]] = defaultdict(list)
        self._wide: dict[str, list[_Entry]] = defaultdict(list)
        for cue in cues:
            parts = cue.parts
            bare = cue.phrase.strip(_ORNAMENTS)
            if cue.position == "whole" and "..." not in bare:
                self._whole[bare].append(cue)
            elif _spaceless(parts[0]):
                self._wide[parts[0][:2]].append((cue, parts))
            elif cue.position in ("start", "whole"):
                parts = (parts[0].lstrip(_ORNAMENTS), *parts[1:])
                first[_first_word(parts[0])].append((cue, parts))
            else:
                for anchor in _anchors(parts[0]):
                    self._inside[anchor].append((cue, parts))
        self._first: dict[str, _Starts] = {
            word: _Starts(tuple(parts[0] for _, parts in entries), entries)
            for word, entries in first.items()
        }
        self._anchors = frozenset(self._inside)

    def find(self, folded: str, words: Sequence[str]) -> tuple[Hit, ...]:
        """All cues in a folded line, which spaces part into `words`: once each, in order."""
        begun = folded.lstrip(_ORNAMENTS)
        bare = begun.rstrip(_ORNAMENTS)
        hits = [
            Hit(cue, 0, len(folded))
            for cue in self._whole.get(bare, ())
            if folded.startswith(_BRACKETS) or not cue.phrase.startswith(_BRACKETS)
        ]
        for cue, parts in self._candidates(folded, words, begun, bare):
            # Most lines that have a cue's key have no more of it.
            if parts[0] in folded and (hit := _match(cue, parts, folded)):
                hits.append(hit)
        if not hits and len(folded) <= _LONGEST_BAR and _has_bar(folded):
            hits.extend(self._bar(folded))
        return tuple(sorted(hits, key=_start_of)) if len(hits) > 1 else tuple(hits)

    def may_begin(self, folded: str) -> bool:
        """Whether a cue that must begin a line, or be all of it, may do so here.

        Of a script that these cues do not know by words, it may always.
        """
        if not folded.isascii() and _OTHER_SCRIPT.search(folded):
            return True
        begun = folded.lstrip(_ORNAMENTS)
        starts = self._first.get(_first_word(begun))
        begins = starts is not None and begun.startswith(starts.beginnings)
        return begins or begun.rstrip(_ORNAMENTS) in self._whole

    def _candidates(
        self, folded: str, words: Sequence[str], begun: str, bare: str
    ) -> Sequence[_Entry]:
        """The cues whose key a line holds.

        `begun` is the line without ornaments before it, `bare` without those behind it as well.
        """
        starts = self._first.get(_first_word(bare))
        # One call compares the line's beginning with those of all cues that begin with its word.
        found = starts.entries if starts and begun.startswith(starts.beginnings) else ()
        if not self._anchors.isdisjoint(words):
            for anchor in sorted(self._anchors.intersection(words)):
                found = [*found, *self._inside[anchor]]
        if not folded.isascii() and _WIDE.search(folded):
            pairs = {folded[at : at + 2] for at in range(len(folded))}
            for pair in sorted(pairs & self._wide.keys()):
                found = [*found, *self._wide[pair]]
        return found

    def _bar(self, folded: str) -> Iterator[Hit]:
        """The cues of a bar such as `imprint | privacy | terms`, where every part is one.

        Only kinds of a page's frame count: a table of prices is headed by such words as well.
        """
        parts = list(_BAR_PART.finditer(folded))
        if len(parts) < 2:
            return
        named = [
            next(
                (cue for cue in self._whole.get(part[0].strip(_ORNAMENTS), ()) if _frames(cue)),
                None,
            )
            for part in parts
        ]
        if all(named):
            for part, cue in zip(parts, named, strict=True):
                yield Hit(cast("Cue", cue), part.start(), part.end())


# Between the parts of a bar of links.
_BAR_PART: Final = re.compile(r"[^|｜丨·•]*[^|｜丨·•\s][^|｜丨·•]*")
_BARS: Final = "·•｜丨"  # beside the common one
_LONGEST_BAR: Final = 200
_FRAME: Final = frozenset(
    {"navigation", "copyright", "consent", "social", "newsletter", "comments"}
)


def _has_bar(folded: str) -> bool:
    return "|" in folded or (not folded.isascii() and any(bar in folded for bar in _BARS))


def _frames(cue: Cue) -> bool:
    return cue.kind in _FRAME and not cue.opens


_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_EDGES: Final = " .,;:!?\"'()[]{}<>|*•·-–—：»«›‹→©#@/"
_LONGEST_WORD: Final = 40
_WORD_END: Final = re.compile(r"[\s:：|｜丨,;!?()\[\]【】（）［］〔〕〈〉《》]")


def _anchors(part: str) -> list[str]:
    """Words of which a line must hold one, as cut at spaces, to hold a phrase.

    A word before the last stands bare in any line, whatever mark may follow the phrase.
    """
    *inner, last = part.split()
    if inner and inner[0][0].isalnum():
        return [max(inner, key=len)]
    return [last, *(last + mark for mark in ".,:;!?)")]


def _first_word(bare: str) -> str:
    """The first word of a folded text without ornaments, up to a space or a mark."""
    word = bare.partition(" ")[0][:_LONGEST_WORD]
    return word if word.isalnum() else _WORD_END.split(word, 1)[0]


def _spaceless(text: str) -> bool:
    """Whether a text is written in a script without spaces between words, or begins so."""
    return bool(_WIDE.search(text))


def _match(cue: Cue, parts: tuple[str, ...], folded: str) -> Hit | None:
    """The cue's first hit in a line, if the rest of its phrase and its position agree.

    Where the cue must end the line, its last place counts instead of the first.
    """
    start = folded.rfind(parts[0]) if cue.position == "end" else folded.find(parts[0])
    if start < 0 or _cuts_word(folded, start):
        return None
    end = start + len(parts[0])
    for part in parts[1:]:
        found = folded.find(part, end, end + _GAP + len(part))
        if found < 0:
            return None
        end = found + len(part) if part else min(end + _GAP, len(folded))
    if parts[-1] and _cuts_word(folded, end):
        return None
    if cue.position in ("whole", "start") and folded[:start].strip(_ORNAMENTS):
        return None
    if cue.position in ("whole", "end") and folded[end:].strip(_ORNAMENTS):
        return None
    return Hit(cue, start, end)


def _cuts_word(folded: str, at: int) -> bool:
    """Whether a match that begins or ends here would cut a word in two."""
    return (
        0 < at < len(folded)
        and folded[at - 1].isalnum()
        and folded[at].isalnum()
        and not _WIDE.match(folded[at - 1])
        and not _WIDE.match(folded[at])
    )


class _Shipped(Cues):
    """The cues that come with Winnow.

    Half of them are of scripts that most pages have no letter of.  They are read when the first
    line is written in that script, and looked for in such lines alone.
    """

    def find(self, folded: str, words: Sequence[str]) -> tuple[Hit, ...]:
        hits = super().find(folded, words)
        if folded.isascii() or not _OTHER_SCRIPT.search(folded):
            return hits
        for language, script in _SCRIPTS.items():
            if script.search(folded):
                hits += _cues_of(language).find(folded, words)
        return tuple(sorted(hits, key=lambda hit: hit.start)) if len(hits) > 1 else hits


_LATIN: Final = ("de", "en", "es", "fr", "pt")
_OTHER_SCRIPT: Final = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Headings of Japanese pages may have no kana.
_SCRIPTS: Final = {
    "ja": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
}


@cache
def default_cues() -> Cues:
    """The cues of all languages that come with Winnow."""
    return _Shipped(cue for language in _LATIN for cue in _read_table(language))


@cache
def _cues_of(language: str) -> Cues:
    return Cues(_read_table(language))


def _read_table(language: str) -> Iterator[Cue]:
    name = f"{language}.toml"
    table = (files("cleaners.judging") / "phrases" / name).read_text(encoding="utf-8")
    return read_cues(tomllib.loads(table), language=language, where=name)


def read_cues(data: Mapping[str, Any], *, language: str, where: str) -> Iterator[Cue]:
    """The cues of a parsed phrase file.

    Raises `SettingsError` for an unknown kind, position, shape or key, and for a group without
    evidence: a rule that nobody can check is not a rule.
    """
    for number, group in enumerate(data.get("cues", ()), start=1):
        place = f"{where}: cues group {number}"
        if unknown := set(group) - _KEYS:
            raise SettingsError(f"{place}: unknown key {min(unknown)!r}")
        for key, allowed in _CHOICES.items():
            if key in group and group[key] not in allowed:
                raise SettingsError(
                    f"{place}: {key} = {group[key]!r}; use one of {', '.join(allowed)}"
                )
        phrases = _phrases(group)
        if any(not phrase.split("...")[0].strip(_EDGES) for phrase in phrases):
            raise SettingsError(f"{place}: a phrase must begin with a word")
        if not group.get("evidence") or not phrases or "kind" not in group:
            raise SettingsError(f"{place}: needs kind, evidence and phrases")
        options = {
            key: group[key] for key in ("shape", "weight", "opens", "max_words") if key in group
        }
        kind = cast("Kind", group["kind"])
        position = cast("Position", group.get("position", "whole"))
        for phrase in phrases:
            yield Cue(phrase.casefold(), kind, position, language=language, **options)


def _phrases(group: Mapping[str, Any]) -> list[str]:
    """The phrases of a group: an array, or one phrase a line, which is read three times as fast."""
    phrases = group.get("phrases", ())
    return phrases.split("\n")[:-1] if isinstance(phrases, str) else list(phrases)


_KEYS: Final = {"kind", "position", "shape", "weight", "opens", "max_words", "evidence", "phrases"}
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "kind": KINDS,
    "position": get_args(Position),
    "shape": get_args(Shape),
}
