"""The figures of a report, gathered entry by entry.

What grows with the number of entries is bounded: samples by number, recurring lines by forgetting
those that were seen least (as in lossy counting), so that only sites, rules and runs add up.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from cleaners.characters import count_words
from cleaners.records import KINDS
from cleaners.report.reading import Entry

BINS: Final = 20
_SAMPLES: Final = 6
_SAMPLE_CHARACTERS: Final = 400
_LINE_CHARACTERS: Final = 160
_LINES_HELD: Final = 200_000
_LINES_SHOWN: Final = 12
_SITES_SHOWN: Final = 500
_ALONE_SHOWN: Final = 60


class Names:
    """Numbers for names, in the order in which they were first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)


@dataclass(slots=True)
class Rule:
    """What is known of a rule; `agreed` counts pieces that the layout judge would take too."""

    kinds: Counter[str] = field(default_factory=Counter)
    spans: int = 0
    words: int = 0
    documents: int = 0
    agreed: int = 0
    differed: int = 0
    samples: dict[bool, list[dict[str, Any]]] = field(default_factory=lambda: {True: [], False: []})

    def add(self, row: dict[str, Any], words: int, number: int) -> None:
        self.kinds[row["kind"]] += 1
        self.spans += 1
        self.words += words
        differs = row["layout"] is False
        self.differed += differs
        self.agreed += row["layout"] is True
        samples = self.samples[differs]
        text = row["text"][:_SAMPLE_CHARACTERS]
        # One of each text and of each document: variety tells more than the first dozen.
        if len(samples) < _SAMPLES and all(
            number != sample["entry"] and text != sample["text"] for sample in samples
        ):
            told = {key: row[key] for key in ("kind", "why", "score", "layout")}
            samples.append({"entry": number, "text": text} | told)


@dataclass(slots=True)
class Site:
    documents: int = 0
    duplicates: int = 0
    review: int = 0
    words: int = 0
    removed: int = 0


class RecurringLines:
    """Lines that stand on several pages of a site: (site, kind or "" for kept, line) -> pages."""

    def __init__(self, held: int = _LINES_HELD) -> None:
        self._pages: dict[tuple[int, str, str], int] = {}
        self._held = held

    def add(self, site: int, entry: Entry) -> None:
        kept = {("", line.strip()) for line in entry.row["text"].split("\n")}
        gone = {(row["kind"], row["text"].strip()) for row in entry.removed}
        for kind, line in kept | gone:
            if 1 < len(line) <= _LINE_CHARACTERS and any(map(str.isalpha, line)):
                key = (site, kind, line)
                self._pages[key] = self._pages.get(key, 0) + 1
        floor = 1
        while len(self._pages) > self._held:
            self._pages = {key: n for key, n in self._pages.items() if n > floor}
            floor += 1

    def most(self) -> dict[int, dict[str, list[list[Any]]]]:
        """Of each site the lines on most pages: `kept` as [line, pages], `removed` with kind."""
        found: dict[int, dict[str, list[list[Any]]]] = defaultdict(
            lambda: {"kept": [], "removed": []}
        )
        for (site, kind, line), pages in self._pages.items():
            if pages > 1:
                found[site]["removed" if kind else "kept"].append([line, pages, kind])
        return {
            site: {
                name: heapq.nsmallest(_LINES_SHOWN, rows, key=lambda row: (-row[1], row[0]))
                for name, rows in lists.items()
            }
            for site, lists in found.items()
        }


class LinesTakenAlone:
    """Lines that the layout judge takes where no rule fires, with documents and first entry.

    What comes again on many pages deserves a rule.
    """

    def __init__(self, held: int = _LINES_HELD) -> None:
        self._found: dict[tuple[str, str], list[int]] = {}
        self._held = held

    def add(self, number: int, entry: Entry) -> None:
        rows = (row for row in entry.removed if is_judge_alone(row["rule"]))
        lines = {(row["kind"], row["text"].strip()) for row in rows}
        for kind, line in lines:
            if 1 < len(line) <= _LINE_CHARACTERS and any(map(str.isalpha, line)):
                self._found.setdefault((kind, line), [0, number])[0] += 1
        floor = 1
        while len(self._found) > self._held:
            self._found = {key: one for key, one in self._found.items() if one[0] > floor}
            floor += 1

    def most(self) -> list[list[Any]]:
        """[line, kind, documents, first entry] of those on most pages."""
        rows = [
            [line, kind, documents, first]
            for (kind, line), (documents, first) in self._found.items()
        ]
        return heapq.nsmallest(_ALONE_SHOWN, rows, key=lambda row: (-row[2], row[0], row[1]))


def is_judge_alone(rule: str) -> bool:
    """Whether a rule says that only a learned judge took a piece, be it named finer or not.

    `layout.lines` is the judge of text pages, `ad.learned` is the namer.
    """
    return not {"layout", "learned"}.isdisjoint(rule.split("."))


class Figures:
    """Everything the overview and the lens show, from one pass over the entries."""

    def __init__(self) -> None:
        self.sites, self.languages, self.rules, self.runs = Names(), Names(), Names(), Names()
        self._states: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()
        self._kinds = {kind: [0, 0, 0] for kind in KINDS}
        self._by_site: dict[int, Site] = defaultdict(Site)
        self._by_rule: dict[int, Rule] = defaultdict(Rule)
        self._lines, self._alone = RecurringLines(), LinesTakenAlone()
        self._shares, self._confidences = [0] * BINS, [0] * BINS
        self._words = self._removed = 0

    def add(self, number: int, entry: Entry) -> dict[str, Any]:
        """Count an entry; returns its line of the list, names given as numbers."""
        self._states[entry.state] += 1
        row = entry.row
        listed = {"state": entry.state, "run": self.runs.number(entry.run)}
        if entry.state == "failure":
            return listed | {"title": row["source"][-100:], "error": row["error"]}
        site = self.sites.number(row["site"] or "")
        listed |= {
            "title": (row["title"] or row["source"])[:100],
            "site": site,
            "language": self.languages.number(row["language"] or ""),
            "words": row["words"],
        }
        if entry.state == "duplicate":
            self._by_site[site].duplicates += 1
            return listed
        return listed | self._document(number, entry, site)

    def _document(self, number: int, entry: Entry, site: int) -> dict[str, Any]:
        row = entry.row
        removed, rules = self._removals(number, entry)
        self._words += row["words"]
        self._removed += removed
        self._flags.update(row["flags"])
        self._shares[_bin(row["removed_share"])] += 1
        self._confidences[_bin(row["confidence"])] += 1
        figures = self._by_site[site]
        figures.documents += 1
        figures.review += "review" in row["flags"]
        figures.words += row["words"]
        figures.removed += removed
        self._lines.add(site, entry)
        self._alone.add(number, entry)
        return {
            "share": row["removed_share"],
            "confidence": row["confidence"],
            "flags": row["flags"],
            "kinds": sum(1 << KINDS.index(kind) for kind in row["removed"]),
            "rules": rules,
        }

    def _removals(self, number: int, entry: Entry) -> tuple[int, list[int]]:
        """Words removed, and the numbers of the rules that removed them."""
        total, rules = 0, set()
        for row in entry.removed:
            words = _count_words(row["text"])
            total += words
            kind = self._kinds[row["kind"]]
            kind[0] += 1
            kind[1] += words
            rule = self.rules.number(row["rule"])
            rules.add(rule)
            self._by_rule[rule].add(row, words, number)
        for name in entry.row["removed"]:
            self._kinds[name][2] += 1
        for rule in rules:
            self._by_rule[rule].documents += 1
        return total, sorted(rules)

    def overview(self) -> dict[str, Any]:
        """Plain JSON values; `kinds` as [kind, spans, words, documents]."""
        return {
            "states": {
                state: self._states[state] for state in ("document", "duplicate", "failure")
            },
            "words": self._words,
            "removed": self._removed,
            "kinds": [[kind, *counts] for kind, counts in self._kinds.items() if counts[0]],
            "flags": dict(sorted(self._flags.items())),
            "shares": self._shares,
            "confidences": self._confidences,
            "sites": [
                [name, s.documents, s.duplicates, s.review, s.words, s.removed]
                for number, name in enumerate(self.sites.all())
                for s in [self._by_site[number]]
            ],
            "languages": self.languages.all(),
            "rules": self.rules.all(),
            "runs": self.runs.all(),
        }

    def lens(self) -> dict[str, Any]:
        """Per rule and per site, for those who write rules."""
        recurring = self._lines.most()
        largest = heapq.nsmallest(
            _SITES_SHOWN, recurring, key=lambda site: (-self._by_site[site].documents, site)
        )
        return {
            "rules": [
                {
                    "rule": name,
                    "alone": is_judge_alone(name),
                    "kinds": dict(rule.kinds.most_common()),
                    "spans": rule.spans,
                    "words": rule.words,
                    "documents": rule.documents,
                    "agreed": rule.agreed,
                    "differed": rule.differed,
                    "samples": rule.samples[True] + rule.samples[False],
                }
                for number, name in enumerate(self.rules.all())
                for rule in [self._by_rule[number]]
            ],
            "alone": self._alone.most(),
            "sites": [{"site": site} | recurring[site] for site in largest],
        }


# Boilerplate recurs: most pieces were counted before.
@lru_cache(maxsize=65_536)
def _count_words(text: str) -> int:
    return count_words(text)


def _bin(share: float) -> int:
    return min(int(share * BINS), BINS - 1)
