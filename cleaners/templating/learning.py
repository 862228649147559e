"""Learn which lines the documents of a site share, in two readings and little memory.

The first reading counts every line in a table of fixed size (a count-min sketch: Cormode and
Muthukrishnan 2005), which can only count too much; the second counts exactly what may have enough.
So memory depends on what recurs, not on what was read.

A story counts once: documents that are copies, or that supersede one, are left out.  What an
earlier template took out counts as if it were still there, so that a file learned from an output
that was cleaned with one holds its lines again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import xxhash

from cleaners.addresses import site_of
from cleaners.characters import fold
from cleaners.deduplicating.outputs import read_documents, read_records
from cleaners.errors import UsageError
from cleaners.segmenting.text import locate_blocks
from cleaners.templating.records import Standing

_BITS: Final = 24
"""Of a table's size; two tables of 16-bit counters take 64 MB."""
_FULL: Final = np.iinfo(np.uint16).max
_DATES: Final = 3
"""A quote is repeated for a day or two, a template for as long as the site has it."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A line is of a site's template when `pages` stories have it, and this `share` of all."""

    pages: int = 5
    share: float = 0.5


@dataclass(slots=True)
class _Seen:
    """A line that recurs: how often, on which days, and as it was written first."""

    text: str
    pages: int = 0
    dates: set[str] = field(default_factory=set)


def learn(out: Path, thresholds: Thresholds) -> Iterator[Standing]:
    """The templates of all sites that an output folder has documents of, by site, in page order.

    Raises `UsageError` for an output without documents, or one that was made without looking for
    duplicates, since copies of a story would make a template of it.
    """
    counted = _Counted()
    sites: Counter[str] = Counter()
    dates: dict[str, set[str]] = defaultdict(set)
    for story in _stories(out):
        sites[story.site] += 1
        dates[story.site].update(story.dates)
        counted.add(story.keys)
    if not sites:
        raise UsageError(f"{out}: has no documents to learn from")
    enough = {
        site: max(thresholds.pages, int(np.ceil(thresholds.share * pages)))
        for site, pages in sites.items()
    }
    found: dict[str, dict[str, _Seen]] = defaultdict(dict)
    for story in _stories(out):
        counts = counted.at_most(story.keys)
        seen = found[story.site]
        for (folded, text), count in zip(story.lines.items(), counts, strict=True):
            if count >= min(enough[story.site], _FULL):
                one = seen.setdefault(folded, _Seen(text))
                one.pages += 1
                if len(one.dates) < _DATES:
                    one.dates.update(story.dates)
    for site in sorted(found):
        for one in found[site].values():
            spread = min(_DATES, len(dates[site]))
            if one.pages >= enough[site] and len(one.dates) >= spread:
                yield Standing(site, one.text, one.pages, sites[site])


@dataclass(frozen=True, slots=True)
class _Story:
    """A document: its site, its day if it is known, its distinct lines by their folded text."""

    site: str
    dates: tuple[str, ...]
    lines: dict[str, str]

    @property
    def keys(self) -> np.ndarray[Any, np.dtype[np.uint64]]:
        named = (f"{self.site}\n{folded}" for folded in self.lines)
        hashes = [xxhash.xxh3_64_intdigest(one.encode("utf-8", "surrogatepass")) for one in named]
        return np.array(hashes, np.uint64)


class _Counted:
    """Counts of keys, each in two places of which the lesser tells; never too few."""

    def __init__(self) -> None:
        self._tables = np.zeros((2, 1 << _BITS), np.uint16)

    def add(self, keys: np.ndarray[Any, np.dtype[np.uint64]]) -> None:
        for table, places in zip(self._tables, self._places(keys), strict=True):
            distinct = np.unique(places)
            # A count that is full stays full.
            table[distinct] += table[distinct] < _FULL

    def at_most(self, keys: np.ndarray[Any, np.dtype[np.uint64]]) -> list[int]:
        first, second = self._places(keys)
        least: list[int] = np.minimum(self._tables[0][first], self._tables[1][second]).tolist()
        return least

    @staticmethod
    def _places(
        keys: np.ndarray[Any, np.dtype[np.uint64]],
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        return keys & np.uint64((1 << _BITS) - 1), keys >> np.uint64(64 - _BITS)


def _stories(out: Path) -> Iterator[_Story]:
    """The documents around which clusters stand, in the order in which they were written."""
    taken = _taken_before(out)
    for entry, location, verdict in read_documents(out):
        before = taken(entry.id)
        if verdict.cluster_id is None and entry.text.strip():
            raise UsageError(
                f"{out / location.file}: was cleaned with --no-dedup; copies of a story would make "
                "a template of it; clean without --no-dedup"
            )
        if verdict.cluster_id != entry.id:
            continue
        lines: dict[str, str] = {}
        for text in (*before, *_lines(entry.text)):
            lines.setdefault(fold(text), text)
        yield _Story(site_of(entry.url) or "", (entry.date,) if entry.date else (), lines)


def _lines(text: str) -> Iterator[str]:
    """The lines that a judge would see of a document's text."""
    return (block.text for _, block in locate_blocks(text) if block.role != "code")


def _taken_before(out: Path) -> Callable[[str], list[str]]:
    """What templates took out of a document, by its id; to be asked in the order of documents."""
    rows = (row for _, _, row in read_records(out, "removed") if row["rule"] == "template.site")
    following = next(rows, None)

    def take(document: str) -> list[str]:
        nonlocal following
        texts = []
        while following is not None and following["id"] == document:
            texts.append(following["text"])
            following = next(rows, None)
        return texts

    return take
