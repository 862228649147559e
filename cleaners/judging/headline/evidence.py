"""What speaks for and against each line of a text page being its headline.

A headline says in a few words what the running text below it says; what stands above is frame.
None of the measures needs a language: words are compared by their first letters, pairs of
characters where a script has no spaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, islice, pairwise
from math import log1p
from typing import Final, NamedTuple

from cleaners.judging.headline.running import LONG, end_of, is_running
from cleaners.judging.lines import Line, Lines
from cleaners.metadata.fields import read_fields
from cleaners.records import Kind

_BODY: Final = 40
"""Running lines whose words are compared with those of a headline."""
_MOST: Final = 500
"""Most lines that are looked at, of pages that are one long list."""
_LATEST: Final = 60
"""Running lines above which the headline stands, wherever teasers come first."""
_LONGEST: Final = 30
"""Most words of a headline."""
_WIDEST: Final = 400
"""Most characters of a headline."""
_NEAR: Final = 15
"""Lines above and below in which running text is measured."""
_BELOW: Final = 3
"""Lines below in which a byline or a caption is looked for."""
_FIRSTS: Final = 3
"""First lines of a page, among which its `<title>` and its path stand."""
_KEY: Final = 6
"""Letters from which one line can be found within another."""
_TELLING: Final = 4
"""Letters from which a word tells something of what a text is about."""
_STEM: Final = 5
"""Letters by which words are compared, since endings differ."""
_OFTEN: Final = 4
"""Times that one word counts which the text says more often."""
_SAME: Final = 0.8
"""Share of its telling words from which a line says what an earlier one says."""
_ENTRY: Final = 8
"""Most words of an entry of a menu or a list."""
_FEW: Final = 2
"""Such entries beside a single word from which it is one of them."""
_ROW: Final = 4
"""Such entries one below the other that make a list."""

_STOPS: Final = frozenset(".!?。！？…")
_NEVER: Final = frozenset(".。…,;，；、")
"""How no headline ends."""
_ASKING: Final = frozenset("!?？！")
# What parts the entries of a menu or a path.
_PARTED: Final = re.compile(r"\s[|›‹»«>/•·]\s|\S {2,}\S")
_NUMBERED: Final = re.compile(r"(?:step |no\.? |#)?\d{1,3}[.):]\s")
_LABELLED: Final = re.compile(r"\w[:：] ")
_TOKEN: Final = re.compile(r"[^\W_]+")
_STEMS: Final = re.compile(rf"([^\W_]{{{_TELLING},{_STEM}}})[^\W_]*")
_JOINED: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2,}")
"""Scripts in which words run on or have particles behind them."""


class Candidate(NamedTuple):
    """A line that could be the headline, and its measures by name (0 to 1, or logarithms).

    Whether it is a line of fields takes as long to tell as all else: see `with_fields`.
    """

    number: int
    measures: dict[str, float]


def candidates(lines: Lines, gone: Mapping[int, Kind]) -> list[Candidate]:
    """The lines that could be the headline; none of a page without running text.

    `gone`: the lines of which the rules take anything, and as what.
    """
    page = _Page(lines, gone)
    if not page.said:
        return []
    found: list[Candidate] = []
    firsts: list[frozenset[str]] = []
    for line, above in page.possible():
        telling = telling_words(line.folded)
        measures = {
            **_shape(line, page.ends[line.number]),
            **_neighbours(page, line, above),
            **_place(page, line),
            **page.agreement(line, telling),
            "again": _repeats(telling, firsts),
        }
        found.append(Candidate(line.number, measures))
        if len(firsts) < _FIRSTS:
            firsts.append(telling)
        if len(found) == _MOST:
            break
    _compare(found)
    return found


def with_fields(found: Candidate, line: Line) -> Candidate:
    """The candidate and whether its line is one of fields, as measure `fields`."""
    fields = bool(read_fields(line.text))
    return Candidate(found.number, {**found.measures, "fields": fields})


class _Page:
    """What all candidates of a page are measured against."""

    def __init__(self, lines: Lines, gone: Mapping[int, Kind]) -> None:
        self.lines: Final = lines.all
        self.gone: Final = gone
        # From two lines before the first on, and to those behind the last.
        around = range(-2, len(lines.all) + _BELOW + 1)
        self.kinds: Final = [gone.get(number) for number in around]
        self.ends: Final = [end_of(line.text) for line in lines.all]
        running = [
            is_running(line.words, end) for line, end in zip(lines.all, self.ends, strict=True)
        ]
        live = [runs and number not in gone for number, runs in enumerate(running)]
        self.runs: Final = [0, *accumulate(live)]
        words = (line.words if live[line.number] else 0 for line in lines.all)
        self.words: Final = [0, *accumulate(words)]
        self.next_live: Final = _next(live)
        self.next_running: Final = _next(running)
        entries = [
            line.words <= _ENTRY and end not in _STOPS
            for line, end in zip(lines.all, self.ends, strict=True)
        ]
        self.entry: Final = entries
        self.entries_above: Final = _lengths(entries)
        self.entries_below: Final = _lengths(entries[::-1])[::-1]
        # A sentence may say the words of any heading below.
        firsts = zip(lines.all[:_FIRSTS], running, strict=False)
        self.firsts: Final = ["" if runs else _key(line) for line, runs in firsts]
        staying = (line for line in lines.all if live[line.number])
        telling = (line for line in staying if not _could_ask(line, self.ends[line.number]))
        body = list(islice(telling, _BODY))
        self.body: Final = frozenset(line.number for line in body)
        tellings = (telling_words(line.folded) for line in body)
        self.said: Final = Counter(chain.from_iterable(tellings))

    def possible(self) -> Iterator[tuple[Line, int]]:
        """The lines with the form of a headline, each with how many lines are left above it."""
        above = -1
        for line in self.lines:
            if line.number in self.gone:
                continue
            above += 1
            if self.runs[line.number] > _LATEST:
                return
            fits = 1 <= line.words <= _LONGEST and self.ends[line.number] not in _NEVER
            short = len(line.text) <= _WIDEST and "\n" not in line.text
            if fits and short and line.role != "code" and not self.is_bare_entry(line):
                yield line, above

    def is_bare_entry(self, line: Line) -> bool:
        """Whether a line is one word in a list: `Sport`, which the text may well say often."""
        around = self.entries_above[line.number] + self.entries_below[line.number]
        return line.words == 1 and around >= _FEW

    def agreement(self, line: Line, telling: frozenset[str]) -> dict[str, float]:
        """How much of a line the running text says, and how often."""
        own, said = line.number in self.body, self.said
        counts = [said[word] - own for word in telling if word in said and said[word] > own]
        return {
            "share": len(counts) / len(telling) if telling else 0.0,
            "unsaid": not counts,
            "often": log1p(sum([min(count, _OFTEN) for count in counts])),
        }


def _shape(line: Line, end: str) -> dict[str, float]:
    text, words = line.text, line.words
    signed = not line.plain
    figures = sum(map(str.isdigit, text)) if signed else 0
    return {
        "one word": words == 1,
        "two words": words == 2,
        "5 to 7 words": 5 <= words <= 7,
        "8 to 13 words": 8 <= words <= 13,
        "over 20 words": words > LONG,
        "colon at the end": end in ":：",
        "parted": (signed or "  " in text) and bool(_PARTED.search(text)),
        "numbered": figures > 0 and bool(_NUMBERED.match(line.folded)),
        "begins with a figure": text[0].isdigit(),
        "begins with a small letter": text[0].islower(),
        "begins with a sign": not text[0].isalnum(),
        "figures": figures / len(text),
        "in capitals": text.isupper(),
        "labelled": signed and bool(_LABELLED.search(text)),
        "tight": line.tight,
        "item": line.role == "item",
        "row": line.role == "row",
    }


def _neighbours(page: _Page, line: Line, above: int) -> dict[str, float]:
    number = line.number
    _, before, _, *below = page.kinds[number : number + 3 + _BELOW]
    return {
        "lines above": log1p(above),
        "byline below": "byline" in below,
        "byline directly below": below[0] == "byline",
        "caption below": "caption" in below,
        "behind something gone": before is not None,
        "behind a menu": before == "navigation",
        "in a list": page.entry[number]
        and page.entries_above[number] + page.entries_below[number] >= _ROW,
        "list below": log1p(page.entries_below[number]),
    }


def _place(page: _Page, line: Line) -> dict[str, float]:
    at, words, last = line.number, page.words, len(page.lines)
    key = _key(line) if at > 0 else ""
    firsts = page.firsts[:at] if len(key) >= _KEY else []
    holding = [first for first in firsts if key in first]
    return {
        "to running text": log1p(page.next_running[at + 1] - at - 1),
        "to text that stays": log1p(page.next_live[at + 1] - at - 1),
        "text directly below": page.next_live[at + 1] == at + 1,
        "words below": log1p(words[min(last, at + 1 + _NEAR)] - words[at + 1]),
        "words above": log1p(words[at] - words[max(0, at - _NEAR)]),
        "share above": words[at] / words[-1],
        "running lines above": log1p(page.runs[at]),
        "opens a first line": bool(holding) and any(f.startswith(key) for f in holding),
        "within a first line": bool(holding) and any(first != key for first in holding),
    }


def _compare(found: Sequence[Candidate]) -> None:
    """Add what only the other candidates tell."""
    often = max((line.measures["often"] for line in found), default=0.0) or 1.0
    before = 0.0
    for line in found:
        measures = line.measures
        measures["said"] = measures["often"] / often
        measures["said above"] = before
        before = max(before, measures["said"])
        del measures["often"]


def telling_words(folded: str) -> frozenset[str]:
    """Stems of the words that tell what a text is about; pairs of characters in other scripts."""
    words = set(_STEMS.findall(folded))
    if folded.isascii():
        return frozenset(words)
    pairs = (pairwise(found) for found in _JOINED.findall(folded))
    return frozenset(words.union(one + other for one, other in chain.from_iterable(pairs)))


def _repeats(telling: frozenset[str], others: Sequence[frozenset[str]]) -> bool:
    fewest = 3
    return len(telling) >= fewest and any(
        len(telling & other) >= _SAME * len(telling) for other in others
    )


def _could_ask(line: Line, end: str) -> bool:
    """Whether a running line could be a headline that asks or calls."""
    return line.words <= LONG and end in _ASKING


def _key(line: Line) -> str:
    """The letters and figures of a line."""
    return line.folded.replace(" ", "") if line.plain else "".join(_TOKEN.findall(line.folded))


def _next(flags: Sequence[bool]) -> list[int]:
    """The number of the next line with a flag, from each line on; far behind where none is."""
    far = len(flags) + 50
    found = [far]
    for number in range(len(flags) - 1, -1, -1):
        found.append(number if flags[number] else found[-1])
    return found[::-1]


def _lengths(flags: Sequence[bool]) -> list[int]:
    """How many flags in a row stand directly before each line."""
    lengths = [0]
    for flag in flags[:-1]:
        lengths.append(lengths[-1] + 1 if flag else 0)
    return lengths
