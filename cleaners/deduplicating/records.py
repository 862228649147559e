"""What goes into the duplicate index and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Relation: TypeAlias = Literal["copy", "contained_in"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where an emitted document stands: its line is `length` bytes at `offset` of `file`."""

    file: str
    offset: int
    length: int


FetchText: TypeAlias = Callable[[Location], str]
"""Reads the text of an emitted document; raises `WinnowError` when it is not there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cleaned document that asks whether it is known."""

    id: str
    text: str
    url: str | None = None
    site: str | None = None
    date: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the index says of one entry.

    duplicate_of  the emitted document that makes this one redundant; None: emit this one
    supersedes    the emitted document that this one, emitted as well, makes redundant
    relation      how the two relate: `copy`, or the shorter is `contained_in` the longer
    similarity    exact Jaccard similarity of the two documents' shingle sets
    containment   exact share of the smaller shingle set that is in the larger one
    cluster_id    the id of the document around which this one's cluster stands, often its own;
                  never changes; None for a blank text
    folder        where `duplicate_of` was emitted, when in an earlier output (`against`)

    At most one of `duplicate_of` and `supersedes` is set, and the next three only with them.
    """

    id: str
    duplicate_of: str | None = None
    supersedes: str | None = None
    relation: Relation | None = None
    similarity: float | None = None
    containment: float | None = None
    cluster_id: str | None = None
    folder: str | None = None
