"""Compounds: evidence that lies in words of several sorts standing together.

A phrase list finds what it lists.  But `Open an account and claim your bonus` is said in a
thousand ways, and what they share is a call to act at the start of a sentence and a gift behind
it.  A compound asks for one word or phrase of each of its groups; a heading grammar for a line
made only of the words that such headings are made of.  Both are data in
`compounds/<language>.toml`, and what they find are hits like those of cues.

In the tables a `*` ends a stem: `account*` is also `accounts`.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count, groupby, islice
from operator import itemgetter
from typing import Any, Final, cast, get_args

from cleaners.errors import SettingsError
from cleaners.judging.cues import Cue, Hit, Position, Shape
from cleaners.records import KINDS, Kind

_LONGEST: Final = 1500
"""Characters of a line that is looked at; longer ones are articles in one line."""
HEADING: Final = "a heading of links"
"""The phrase of the cues that heading grammars find."""
_HEADING: Final = 9
"""Most words of a heading."""
_TAIL: Final = 5
"""Most words behind the word that leads to a heading's subject: `More news about ...`."""

# Scripts whose words stand without spaces, or take their endings directly.
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
# Where a sentence begins: the line's first word, and what follows a mark.
_BEGIN: Final = re.compile(r"(?:^|[.!?:;|…>–—-](?=\s)|[！？。：])[^\w]*")
_WORD: Final = re.compile(r"\w+")
_PARTING: Final = r"\s|｜:：,;!?…()\[\]«»„“”\"<>›→►▶·•#*=_"
_TOKEN: Final = re.compile(rf"[^{_PARTING}]+")
_TRIMMED: Final = "-–—'."
"""What does not count around the words of a heading."""
_FIRST: Final = re.compile(rf"[{_PARTING}{_TRIMMED.replace('-', '')}-]*([^{_PARTING}]+)")
_LETTERS: Final = 4
"""Letters by which stems and the starts of tokens are looked up."""
_REMEMBERED: Final = 32768
"""Most tokens that are remembered."""


@dataclass(frozen=True, slots=True)
class Compound:
    """Groups of phrases of which a line must hold one each.

    `lead` must begin a sentence where `begins` is set.  `without` holds what speaks against it.
    """

    cue: Cue
    begins: bool
    lead: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    starts: frozenset[str]
    """How tokens that a lead is looked for in may begin, see `_start`."""

    def find(self, folded: str) -> Hit | None:
        """The hit in a folded line, from its first to its last word."""
        led = self._led(folded)
        if led is None or (self.without and _pattern(self.without).search(folded)):
            return None
        taken = [led.span()]
        for group in self.groups:
            spans = (found.span() for found in _pattern(group).finditer(folded))
            own = next((span for span in spans if _is_free(span, taken)), None)
            if own is None:
                return None
            taken.append(own)
        return Hit(self.cue, min(taken)[0], max(end for _, end in taken))

    def _led(self, folded: str) -> re.Match[str] | None:
        lead = _pattern(self.lead)
        if not self.begins:
            return lead.search(folded)
        for begin in _BEGIN.finditer(folded):
            if led := lead.match(folded, begin.end()):
                return led
        return None


def _is_free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Whether the words are not those of another group: one word proves one thing."""
    return all(span[1] <= start or end <= span[0] for start, end in taken)


@dataclass(frozen=True, slots=True)
class Heading:
    """Words that headings of a kind are made of.

    One word of `core` there must be; after a word of `tails` anything may follow, which makes
    the light cue `tailed` of it.
    """

    sure: Cue
    tailed: Cue
    core: frozenset[str]
    other: frozenset[str]
    tails: frozenset[str]

    def find(self, tokens: Sequence[str]) -> Cue | None:
        cored = False
        for at, token in enumerate(tokens):
            if token in self.core:
                cored = True
            elif token in self.tails and cored and 0 < len(tokens) - at - 1 <= _TAIL:
                known = self.core | self.other | self.tails
                return self.sure if known.issuperset(tokens[at:]) else self.tailed
            elif token not in self.other and not token.isdecimal():
                return None
        return self.sure if cored else None


class _Tokens(dict[str, int]):
    """What the tokens that were met say, as bits; forgotten when there are too many.

    A language has few words that are common, and pages are made of them.
    """

    def __init__(self, tell: Callable[[str], int]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, token: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = bits = self._tell(token)
        return bits


class Compounds:
    """An index over the compounds and headings of some languages.

    Each compound has a bit that is set by what begins its lead, and each of its groups one that is
    set by a word of it.  Most lines begin no lead, and of those that do, most lack another group.
    Only what is left meets patterns.
    """

    def __init__(self, compounds: Iterable[Compound], headings: Iterable[Heading]) -> None:
        self._compounds: list[tuple[int, Compound]] = []
        self._starts: dict[str, int] = defaultdict(int)
        self._whole: dict[str, int] = defaultdict(int)
        self._stems: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._wide: dict[str, int] = defaultdict(int)
        known = list(compounds)
        bits = count(len(known))
        for number, compound in enumerate(known):
            for start in compound.starts:
                self._starts[start] |= 1 << number
            need = 0
            for keys in (set(map(_key, compound.lead)), *map(_keys, compound.groups)):
                if keys:
                    need |= (bit := 1 << next(bits))
                    self._learn(keys, bit)
            self._compounds.append((need, compound))
        self._begun = (1 << len(known)) - 1
        self._headings: dict[str, list[Heading]] = defaultdict(list)
        for heading in headings:
            for word in heading.core | heading.other:
                self._headings[word].append(heading)
        self._bits = _Tokens(self._bits_of)

    def _learn(self, keys: Iterable[str], bit: int) -> None:
        for key in keys:
            if _WIDE.search(key):
                self._wide[key] |= bit
            elif key.endswith("*"):
                self._stems[key[:_LETTERS]].append((key[:-1], bit))
            else:
                self._whole[key] |= bit

    def _bits_of(self, token: str) -> int:
        """The bits that a token sets, as cut at spaces: it may hold several words and marks."""
        bits = 0
        for word in _WORD.findall(token):
            bits |= self._whole.get(word, 0)
            for stem, bit in self._stems.get(word[:_LETTERS], ()):
                if word.startswith(stem):
                    bits |= bit
        for part in _TOKEN.findall(token):
            bits |= self._starts.get(part[:_LETTERS], 0)
        if _WIDE.search(token):
            # With the space behind it, since a phrase may have one.
            for at in range(len(token)):
                bits |= self._bits_of_pair(f"{token} "[at : at + 2])
        return bits

    def _bits_of_pair(self, pair: str) -> int:
        return self._wide.get(pair, 0) | self._starts.get(pair, 0)

    def find(self, folded: str) -> list[Hit]:
        """All compounds and headings in a folded line."""
        if len(folded) > _LONGEST:
            return []
        tokens = folded.split()
        hits = self._hits(tokens, folded)
        return hits + self._heads(tokens[0], folded) if self._headings and tokens else hits

    def _hits(self, tokens: Sequence[str], folded: str) -> list[Hit]:
        """The hits of compounds, by the first of their starts in the alphabet."""
        bits = 0
        for some in {*map(self._bits.__getitem__, tokens)}:
            bits |= some
        if bits and _WIDE.match(folded[-1]):
            # A phrase of one such character is looked up at the end of a line alone.
            bits |= self._bits_of_pair(folded[-1])
        begun = bits & self._begun
        found = []
        while begun:
            number = begun.bit_length() - 1
            begun ^= 1 << number
            need, compound = self._compounds[number]
            if bits & need == need and (hit := compound.find(folded)):
                found.append((min(compound.starts & _starts(folded)), number, hit))
        return [hit for *_, hit in sorted(found, key=itemgetter(0, 1))]

    def _heads(self, token: str, folded: str) -> list[Hit]:
        """The headings that a line is, which begins with a token."""
        if token.isalpha() and token not in self._headings:
            return []
        first = _FIRST.match(folded)
        if not first or first[1].rstrip(_TRIMMED) not in self._headings:
            return []
        tokens = [token[0] for token in islice(_TOKEN.finditer(folded), _HEADING + 1)]
        words = [bare for token in tokens if (bare := token.strip(_TRIMMED))]
        # A word alone is a label of many things.
        if not 1 < len(words) <= _HEADING:
            return []
        cues = (heading.find(words) for heading in self._headings[words[0]])
        return [Hit(cue, 0, len(folded)) for cue in cues if cue]


def _starts(folded: str) -> set[str]:
    """How the tokens of a line begin, and all pairs of characters of a script without spaces."""
    starts = {token[:_LETTERS] for token in _TOKEN.findall(folded)}
    if not folded.isascii() and _WIDE.search(folded):
        starts |= {folded[at : at + 2] for at in range(len(folded))}
    return starts


_LATIN: Final = ("de", "en", "es", "fr", "pt")
_OTHER: Final = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
}


def find_compounds(folded: str) -> list[Hit]:
    """What the compounds of all languages find in a folded line."""
    hits = _latin().find(folded)
    if not folded.isascii():
        for language, script in _OTHER.items():
            if script.search(folded):
                hits += _of(language).find(folded)
    return hits


@cache
def _latin() -> Compounds:
    return read_compounds(_LATIN)


@cache
def _of(language: str) -> Compounds:
    return read_compounds((language,))


def read_compounds(languages: Sequence[str]) -> Compounds:
    """The index over the tables of some languages."""
    compounds: list[Compound] = []
    headings: list[Heading] = []
    for language in languages:
        name = f"{language}.toml"
        table = (files("cleaners.judging") / "compounds" / name).read_text(encoding="utf-8")
        data = tomllib.loads(table)
        compounds += _compounds(data, language, name)
        headings += _headings(data, language, name)
    return Compounds(compounds, headings)


_COMPOUND: Final = {
    "kind", "evidence", "begins", "lead", "groups", "without", "weight", "shape", "max_words",
    "opens",
}  # fmt: skip
_GRAMMAR: Final = {"kind", "evidence", "core", "other", "tails"}


def _compounds(data: Mapping[str, Any], language: str, where: str) -> Iterator[Compound]:
    for number, table in enumerate(data.get("compounds", ()), start=1):
        _check(table, _COMPOUND, f"{where}: compound {number}")
        lead = _phrases(table["lead"])
        begins = bool(table.get("begins", False))
        shape = table.get("shape", "any")
        if shape not in get_args(Shape):
            raise SettingsError(f"{where}: compound {number}: shape = {shape!r}")
        position: Position = "start" if begins else "inside"
        cue = Cue(
            " + ".join(_phrases(part)[0].rstrip("*") for part in (table["lead"], *table["groups"])),
            cast("Kind", table["kind"]),
            position,
            shape=shape,
            weight=table.get("weight", 1.0),
            opens=table.get("opens", False),
            max_words=table.get("max_words", 40),
            language=language,
        )
        yield Compound(
            cue,
            begins,
            lead,
            tuple(_phrases(group) for group in table["groups"]),
            _phrases(table.get("without", "")),
            frozenset(map(_start, lead)),
        )


def _headings(data: Mapping[str, Any], language: str, where: str) -> Iterator[Heading]:
    for number, table in enumerate(data.get("headings", ()), start=1):
        _check(table, _GRAMMAR, f"{where}: heading {number}")
        kind = cast("Kind", table["kind"])
        yield Heading(
            Cue(HEADING, kind, "whole", opens=True, language=language),
            Cue(HEADING, kind, "whole", weight=0.5, opens=True, language=language),
            frozenset(table["core"].casefold().split()),
            frozenset(table.get("other", "").casefold().split()),
            frozenset(table.get("tails", "").casefold().split()),
        )


def _check(table: Mapping[str, Any], known: set[str], place: str) -> None:
    if unknown := set(table) - known:
        raise SettingsError(f"{place}: unknown key {min(unknown)!r}")
    if table.get("kind") not in KINDS or not table.get("evidence"):
        raise SettingsError(f"{place}: needs a kind and evidence")


def _phrases(written: str) -> tuple[str, ...]:
    return tuple(line.strip().casefold() for line in written.splitlines() if line.strip())


# Made when a line first asks for it: most pages ask for few of them.
@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all phrases of a group, at the edges of words where words have edges."""
    # A text's places between words are far fewer than its letters, so that is asked before all.
    parts = (
        rf"{edge}(?:{'|'.join(map(_ended, group))})" for edge, group in groupby(phrases, _edge)
    )
    return re.compile("|".join(parts))


def _edge(phrase: str) -> str:
    return r"\b" if phrase[0].isalnum() and not _WIDE.match(phrase[0]) else ""


def _ended(phrase: str) -> str:
    bare = re.escape(phrase.rstrip("*")).replace(r"\ ", r"\s")
    return bare if phrase.endswith("*") else bare + _edge(phrase[::-1])


def _keys(phrases: Sequence[str]) -> set[str]:
    """The keys of a group's phrases; none where a line can hold one of them without its key."""
    keys = set(map(_key, phrases))
    return set() if any(not key or (len(key) < 2 and _WIDE.match(key)) for key in keys) else keys


def _key(phrase: str) -> str:
    """The longest word of a phrase, with a `*` if it is a stem; two characters of a wide script.

    A phrase of one wide character is looked up at the end of a line alone.
    """
    bare = phrase.rstrip("*")
    if wide := _WIDE.search(bare):
        return bare[wide.start() : wide.start() + 2]
    words = _WORD.findall(bare)
    if words and bare != phrase and bare.endswith(words[-1]):
        stem = words.pop()
        words += [f"{stem}*"] if len(stem) >= _LETTERS else []
    return max(words, key=len, default="")


def _start(phrase: str) -> str:
    """How a token with the lead begins: `open an` stands in `open`, and not in `re-open`."""
    if wide := _WIDE.search(phrase):
        return phrase[wide.start() : wide.start() + 2].rstrip("*")
    word: str = _TOKEN.findall(phrase)[0]
    if phrase.endswith("*") and word == phrase.rstrip("*") and len(word) < _LETTERS:
        raise SettingsError(f"compounds: the stem {phrase!r} needs {_LETTERS} letters")
    return word[:_LETTERS]
