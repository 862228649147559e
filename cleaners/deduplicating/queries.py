"""Questions to the duplicate index: which clusters are there, and what does this page resemble?"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaners.deduplicating import store
from cleaners.deduplicating.batches import Batch, Lookup, ReadyTexts, Source
from cleaners.deduplicating.comparing import is_templated
from cleaners.deduplicating.judging import relate
from cleaners.deduplicating.records import Entry, FetchText, Relation
from cleaners.deduplicating.signatures import sketch
from cleaners.settings import Duplicates


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a cluster; `emitted` is 1 when it is in the output, else 0.

    `relation`, `similarity` and `containment` are to `duplicate_of` or to `supersedes`.
    """

    id: str
    url: str | None
    site: str | None
    date: str | None
    emitted: int
    duplicate_of: str | None
    supersedes: str | None
    relation: Relation | None
    similarity: float | None
    containment: float | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents that are alike; the first is the one that all others were compared with.

    `kept` is the id of the document to keep, by the policy under which they were found.
    """

    id: str
    kept: str
    members: tuple[Member, ...]

    @property
    def sites(self) -> tuple[str, ...]:
        return tuple(sorted({member.site for member in self.members if member.site}))


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A known document that a text resembles.

    `relation` is None where the two are alike, but not enough, or are filled into one template
    (`templated`).  `numbers` is the share of numbers that they have in common.
    """

    id: str
    url: str | None
    site: str | None
    date: str | None
    relation: Relation | None
    similarity: float
    containment: float
    numbers: float
    templated: bool
    folder: str | None


def clusters(connection: sqlite3.Connection) -> Iterator[Cluster]:
    """All clusters of two documents or more, in the order of their first documents.

    A document that only supersedes a part of itself is a cluster with that part.
    """
    rows = connection.execute(
        "SELECT d.center, c.id, k.id, d.id, d.url, d.site, d.date, p.number IS NOT NULL,"
        " d.duplicate_of, d.supersedes, d.relation, d.similarity, d.containment"
        " FROM index_documents d"
        " JOIN index_documents c ON c.number = d.center"
        " JOIN index_documents k ON k.number = coalesce(c.kept, c.number)"
        " LEFT JOIN index_places p ON p.number = d.number"
        " WHERE d.center IN"
        " (SELECT center FROM index_documents WHERE duplicate_of NOT NULL OR supersedes NOT NULL)"
        " ORDER BY d.center, d.number"
    )
    for _, group in itertools.groupby(rows, key=lambda row: row[0]):
        found = list(group)
        _, center, kept, *_ = found[0]
        members = tuple(Member(*row[3:]) for row in found)
        yield Cluster(center, kept, members)


def similar(
    connection: sqlite3.Connection,
    settings: Duplicates,
    fetch_text: FetchText,
    entry: Entry,
    against: Sequence[Source] = (),
) -> list[Resemblance]:
    """The known documents that an entry resembles, the most alike first; nothing is written.

    Those are the documents around which clusters stand; their members are not named.

    Raises `IndexMismatchError` for an index made with other parameters.
    """
    sources = (Source(connection, fetch_text), *against)
    for source in sources:
        store.check_parameters(source.connection, settings.shingle_tokens, source.folder)
    batch = Batch(
        [entry],
        sketch([entry.text], settings.shingle_tokens),
        store.next_number(connection),
        settings,
        [Lookup(source) for source in sources],
    )
    batch.find(ReadyTexts())
    centers = {(name[0], batch.get(name).center) for name in batch.candidates(0)}
    found = []
    for name in sorted(centers):
        likeness, numbers = batch.compare(0, name), batch.share_numbers(0, name)
        templated = is_templated(numbers)
        row = sources[name[0]].connection.execute(
            "SELECT id, url, site, date FROM index_documents WHERE number = ?", (name[1],)
        )
        known_id, url, site, date = row.fetchone()
        found.append(
            Resemblance(
                id=known_id,
                url=url,
                site=site,
                date=date,
                relation=None if templated else relate(likeness, settings),
                similarity=round(likeness.similarity, 4),
                containment=round(likeness.containment, 4),
                numbers=round(numbers, 4),
                templated=templated,
                folder=batch.sources[name[0]].folder,
            )
        )
    return sorted(found, key=lambda one: (-one.similarity, -one.containment, one.id))
