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
from functools import cache, lru_cache, reduce
from importlib.resources import files
from itertools import count, groupby, islice
from operator import itemgetter, or_
from typing import Any, Final, cast, get_args

from cleaners.characters import runs
from cleaners.errors import SettingsError
from cleaners.judging.cues import Cue, Hit, Position, Shape
from cleaners.judging.sought import Sought
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
_WORD: Final = re.compile(r"[^\W_]+")
_PARTING: Final = r"\s|｜:：,;!?…()\[\]«»„“”\"<>›→►▶·•#*=_"
_TOKEN: Final = re.compile(rf"[^{_PARTING}]+")
_TRIMMED: Final = "-–—'."
"""What does not count around the words of a heading."""
_FIRST: Final = re.compile(rf"[{_PARTING}{_TRIMMED.replace('-', '')}-]*([^{_PARTING}]+)")
_MARKS: Final = ".,;:!?()[]\"'-_"
_LETTERS: Final = 4
"""Letters by which stems and the starts of tokens are looked up."""


@dataclass(frozen=True, slots=True, eq=False)
class Compound:
    """Groups of phrases of which a line must hold one each.

    `lead` must begin a sentence where `begins` is set.  `without` holds what speaks against it.
    Each is equal to itself alone, so that its patterns are found without reading its phrases.
    """

    cue: Cue
    begins: bool
    lead: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    starts: frozenset[str]
    """How tokens that a lead is looked for in may begin, see `_start`."""

    def may_fit(self, folded: str) -> bool:
        """Whether a folded line holds the words of a phrase of each group, wherever they stand."""
        lead, _, *groups = _patterns(self)
        for sought in groups:
            if not sought.may_fit(folded):
                return False
        return lead.may_fit(folded)

    def find(self, folded: str) -> Hit | None:
        """The hit in a folded line that may fit, from its first to its last word."""
        lead, without, *groups = _patterns(self)
        led = self._led(lead.pattern, folded)
        if led is None or (self.without and without.search(folded)):
            return None
        taken = [led.span()]
        for group in groups:
            spans = (found.span() for found in group.pattern.finditer(folded))
            own = next((span for span in spans if _is_free(span, taken)), None)
            if own is None:
                return None
            taken.append(own)
        return Hit(self.cue, min(taken)[0], max(end for _, end in taken))

    def _led(self, lead: re.Pattern[str], folded: str) -> re.Match[str] | None:
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
    """An index over the compounds and headings of some languages.

    Each group of a compound has a bit, which a line's words set: most lines have no word of any
    lead, and of those that have, most lack another group's.  Only what is left meets patterns.
    The core words of headings have a bit together.
    """

    def __init__(self, compounds: Iterable[Compound], headings: Iterable[Heading]) -> None:
        self._needs: list[tuple[int, Compound]] = []
        self._whole: dict[str, int] = defaultdict(int)
        self._stems: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._wide: dict[str, int] = defaultdict(int)
        known = list(compounds)
        # The first bits are those of the leads, one for each compound.
        bits = count(len(known))
        for number, compound in enumerate(known):
            need = 1 << number
            self._learn(set(map(_key, compound.lead)), need)
            for keys in filter(None, map(_keys, compound.groups)):
                need |= (bit := 1 << next(bits))
                self._learn(keys, bit)
            self._needs.append((need, compound))
        self._leads = (1 << len(known)) - 1
        self._headings: dict[str, list[Heading]] = defaultdict(list)
        self._core = 1 << next(bits)
        for heading in headings:
            self._learn(map(_key, heading.core), self._core)
            for word in heading.core | heading.other:
                self._headings[word].append(heading)
        # A language has few words that are common, and pages are made of them.
        self._bits = lru_cache(maxsize=32768)(self._bits_of)

    def _learn(self, keys: Iterable[str], bit: int) -> None:
        for key in keys:
            if _WIDE.search(key):
                self._wide[key] |= bit
            elif key.endswith("*"):
                self._stems[key[:_LETTERS]].append((key[:-1], bit))
            else:
                self._whole[key] |= bit

    def _bits_of(self, word: str) -> int:
        """The groups that have a phrase with this word, or with one in it that signs part."""
        if not word.isalnum():
            # Most such words have a mark before or behind them, and none inside.
            bare = word.strip(_MARKS)
            parts = (bare,) if bare.isalnum() else _runs(bare)
            return reduce(or_, map(self._bits, parts), 0)
        bits = self._whole.get(word, 0)
        for stem, bit in self._stems.get(word[:_LETTERS], ()):
            if word.startswith(stem):
                bits |= bit
        return bits

    def _candidates(self, bits: int) -> Iterator[Compound]:
        """The compounds of which a line with these bits has a word of each group."""
        leads = bits & self._leads
        while leads:
            number = leads.bit_length() - 1
            leads ^= 1 << number
            need, compound = self._needs[number]
            if bits & need == need:
                yield compound

    def find(self, folded: str, words: Iterable[str]) -> list[Hit]:
        """All compounds and headings in a folded line, which spaces part into `words`."""
        if len(folded) > _LONGEST:
            return []
        wide = not folded.isascii() and _WIDE.search(folded)
        bits = 0
        for some in {*map(self._bits, _runs(folded) if wide else words)}:
            bits |= some
        if wide:
            for pair in self._wide.keys() & {folded[at : at + 2] for at in range(len(folded))}:
                bits |= self._wide[pair]
        candidates = [*self._candidates(bits)][::-1] if bits else []
        hits = _hits(candidates, folded) if candidates else []
        return hits + self._heads(folded) if bits & self._core else hits

    def _heads(self, folded: str) -> list[Hit]:
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


def _runs(folded: str) -> list[str]:
    """The runs of letters and figures in a text."""
    return runs(folded.replace("_", " "))


def _hits(candidates: Sequence[Compound], folded: str) -> list[Hit]:
    """The hits of compounds with a token to begin them, by the first such start in the alphabet."""
    fitting = [one for one in candidates if one.may_fit(folded)]
    if not fitting:  # as in most lines
        return []
    starts = {token[:_LETTERS] for token in _TOKEN.findall(folded)}
    if not folded.isascii() and _WIDE.search(folded):
        starts |= {folded[at : at + 2] for at in range(len(folded))}
    begun = [(min(held), one) for one in fitting if (held := one.starts & starts)]
    found = (compound.find(folded) for _, compound in sorted(begun, key=itemgetter(0)))
    return [hit for hit in found if hit]


_LATIN: Final = ("de", "en", "es", "fr", "pt")
_OTHER: Final = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
}


def find_compounds(folded: str, words: Sequence[str]) -> list[Hit]:
    """What the compounds of all languages find in a folded line, which spaces part into `words`."""
    hits = _latin().find(folded, words)
    if not folded.isascii():
        for language, script in _OTHER.items():
            if script.search(folded):
                hits += _of(language).find(folded, words)
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
def _patterns(compound: Compound) -> list[Sought]:
    """The patterns of a compound's lead, of what speaks against it and of its groups."""
    return [_sought(phrases) for phrases in (compound.lead, compound.without, *compound.groups)]


@cache
def _sought(phrases: tuple[str, ...]) -> Sought:
    """One pattern for all phrases of a group, at the edges of words where words have edges."""
    # A text's places between words are far fewer than its letters, so that is asked before all.
    parts = (
        rf"{edge}(?:{'|'.join(map(_ended, group))})" for edge, group in groupby(phrases, _edge)
    )
    return Sought(re.compile("|".join(parts)), tuple(phrase.rstrip("*") for phrase in phrases))


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
