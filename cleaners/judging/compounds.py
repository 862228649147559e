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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
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
_LETTERS: Final = 4
"""Letters by which words are looked up: enough to pass most of them by."""

# Scripts whose words stand without spaces, or take their endings directly.
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
# Where a sentence begins: the line's first word, and what follows a mark.
_BEGIN: Final = re.compile(r"(?:^|[.!?:;|…>–—-](?=\s)|[！？。：])[^\w]*")
_WORD: Final = re.compile(r"\w+")
_TOKEN: Final = re.compile(r"[^\s|｜:：,;!?…()\[\]«»„“”\"<>›→►▶·•#*=_]+")


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
    needed: tuple[frozenset[str], ...] = ()
    """For each group that can be looked up: the keys of which a line must hold one."""

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


class Compounds:
    """An index over the compounds and headings of some languages."""

    def __init__(
        self, compounds: Iterable[tuple[Compound, set[str]]], headings: Iterable[Heading]
    ) -> None:
        self._by_key: dict[str, list[Compound]] = defaultdict(list)
        for compound, keys in compounds:
            for key in sorted(keys):
                self._by_key[key].append(compound)
        self._headings: dict[str, list[Heading]] = defaultdict(list)
        for heading in headings:
            for word in heading.core | heading.other:
                self._headings[word].append(heading)

    def find(self, folded: str) -> list[Hit]:
        """All compounds and headings in a folded line."""
        if len(folded) > _LONGEST:
            return []
        tokens = _TOKEN.findall(folded)
        keys = {token[:_LETTERS] for token in tokens}
        if not folded.isascii() and _WIDE.search(folded):
            keys |= {folded[at : at + 2] for at in range(len(folded))}
        candidates = {
            id(compound): compound
            for key in sorted(keys & self._by_key.keys())
            for compound in self._by_key[key]
        }
        if candidates:
            # Patterns cost a hundred times what these look-ups do.
            keys |= {word[:_LETTERS] for word in _WORD.findall(folded)}
        found = (
            compound.find(folded)
            for compound in candidates.values()
            if not any(map(keys.isdisjoint, compound.needed))
        )
        hits = [hit for hit in found if hit]
        words = [bare for token in tokens[: _HEADING + 1] if (bare := token.strip("-–—'."))]
        # A word alone is a label of many things.
        if 1 < len(words) <= _HEADING:
            cues = (heading.find(words) for heading in self._headings.get(words[0], ()))
            hits += [Hit(cue, 0, len(folded)) for cue in cues if cue]
        return hits


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
    compounds: list[tuple[Compound, set[str]]] = []
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


def _compounds(
    data: Mapping[str, Any], language: str, where: str
) -> Iterator[tuple[Compound, set[str]]]:
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
        yield (
            Compound(
                cue,
                begins,
                lead,
                tuple(_phrases(group) for group in table["groups"]),
                _phrases(table.get("without", "")),
                tuple(filter(None, (_keys(_phrases(group)) for group in table["groups"]))),
            ),
            {_key(phrase) for phrase in lead},
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
    return re.compile("|".join(_bounded(phrase) for phrase in phrases))


def _bounded(phrase: str) -> str:
    stem = phrase.endswith("*")
    bare = re.escape(phrase.rstrip("*")).replace(r"\ ", r"\s")
    before = r"(?<!\w)" if phrase[0].isalnum() and not _WIDE.match(phrase[0]) else ""
    after = r"(?!\w)" if not stem and phrase[-1].isalnum() and not _WIDE.match(phrase[-1]) else ""
    return f"{before}{bare}{after}"


def _keys(phrases: Sequence[str]) -> frozenset[str]:
    """The keys of a group's phrases; none where one of them begins with too short a stem."""
    keys = set()
    for phrase in phrases:
        if wide := _WIDE.search(phrase):
            key = phrase[wide.start() : wide.start() + 2].rstrip("*")
            short = len(key) < 2
        else:
            words = _WORD.findall(phrase)
            key = words[0][:_LETTERS] if words else ""
            short = len(key) < _LETTERS and len(words) == 1 and phrase.endswith("*")
        if short or not key:
            return frozenset()
        keys.add(key)
    return frozenset(keys)


def _key(phrase: str) -> str:
    """What a line must hold for the phrase to be looked for."""
    if wide := _WIDE.search(phrase):
        return phrase[wide.start() : wide.start() + 2].rstrip("*")
    word: str = _TOKEN.findall(phrase)[0]
    if phrase.endswith("*") and word == phrase.rstrip("*") and len(word) < _LETTERS:
        raise SettingsError(f"compounds: the stem {phrase!r} needs {_LETTERS} letters")
    return word[:_LETTERS]
