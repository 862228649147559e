"""What must hold of the rows of the output, one by one and of a document with its removals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cleaners.characters import count_words
from cleaners.describing import document_id
from cleaners.records import Page

_NOTHING: Final = type(None)


def _fields(text: str = "", maybe: str = "", **others: type) -> dict[str, tuple[type, ...]]:
    """Fields of text, fields of text or null, and others; see docs/output.schema.json."""
    strings: dict[str, tuple[type, ...]] = dict.fromkeys(text.split(), (str,))
    for name in maybe.split():
        strings[name] = (str, _NOTHING)
    for name, kind in others.items():
        # JSON writes 1.0 as it likes, and Python takes true for a number.
        strings[name] = (int, float) if kind is float else (kind,)
    return strings


_SAID: Final = "url site title author date language"
FIELDS: Final = {
    "documents": _fields(
        "id source text cleaned_by digest",
        f"{_SAID} credit cluster_id fetched_at",
        words=int,
        removed=dict,
        removed_share=float,
        confidence=float,
        flags=list,
    ),
    "duplicates": _fields(
        "id source text cleaned_by digest duplicate_of relation cluster_id",
        f"{_SAID} folder fetched_at",
        words=int,
        similarity=float,
        containment=float,
    ),
    "supersedes": _fields(
        "id supersedes relation cluster_id", "folder", similarity=float, containment=float
    ),
    "removed": _fields(
        "id kind rule why text", block=int, start=int, end=int, at=int, whole=bool, score=float
    )
    | {"layout": (bool, _NOTHING)},
    "failures": _fields("source stage error message digest"),
}


def problem_of(folder: str, row: dict[str, Any]) -> str | None:
    """What is wrong with a row by itself."""
    fields = FIELDS[folder]
    if strange := row.keys() ^ fields.keys():
        return f"{min(strange)} is missing or not known"
    for name, kinds in fields.items():
        if not isinstance(row[name], kinds) or (kinds == (int,) and isinstance(row[name], bool)):
            return f"{name} is of another type"
    if folder in ("documents", "duplicates"):
        page = Page("", url=row["url"], source=row["source"])
        if row["id"] != document_id(page, row["text"]):
            return "its id is not that of its url and text"
        if row["words"] != count_words(row["text"]):
            return "it has not the words that it counts"
    if folder == "removed" and row["end"] - row["start"] != len(row["text"]):
        return "its text is not as long as its place"
    return None


@dataclass(slots=True)
class Audit:
    """The removals of a document against what it says of them.

    `left`: removals that it counts, less those that are listed.  Where a record came twice and
    duplicates were not looked for, there are two documents of one id: all sums are then double.
    """

    left: Counter[str] = field(default_factory=Counter)
    length: int = 0
    share: float = 0.0
    words: int = 0
    gone: int = 0
    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    copies: int = 0

    def add_document(self, row: dict[str, Any]) -> None:
        self.left.update(row["removed"])
        self.length, self.share = len(row["text"]), row["removed_share"]
        self.words += row["words"]
        self.copies += 1

    def add_removal(self, row: dict[str, Any]) -> None:
        self.left[row["kind"]] -= 1
        self.gone += count_words(row["text"])
        if row["at"] > self.length:
            self.left["place"] += 1
        self.spans.setdefault(row["block"], []).append((row["start"], row["end"]))

    def problem(self) -> str | None:
        """What of the replay can be told from files: nothing is left over, nothing went twice."""
        share = self.gone / (self.words + self.gone) if self.gone else 0.0
        if any(self.left.values()) or round(share, 4) != self.share:
            return "is not what the document says"
        for spans in self.spans.values():
            ends = [end for _, end in sorted(spans)]
            starts = [start for start, _ in sorted(spans)][self.copies :]
            if any(start < end for start, end in zip(starts, ends, strict=False)):
                return "overlaps"
        return None


def audits_of(rows: dict[str, Audit]) -> Iterator[str]:
    """What is wrong with the removals of a shard's documents."""
    for document, audit in rows.items():
        if problem := audit.problem():
            yield f"what was removed from {document} {problem}"
