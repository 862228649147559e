"""Cleaning: shard after shard through a pool of workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from cleaners.batch.parts import is_cleaned, key_of, part_of, sketches_of
from cleaners.batch.plan import cleaning_of, scrapes_of, settings_of
from cleaners.batch.workers import Workers
from cleaners.reading import Scrape
from cleaners.working.results import records
from cleaners.writing.jsonl import write_whole


class Cleaner(Protocol):
    """Cleans scrapes one by one or in parallel; gives one result line each, in their order."""

    def __call__(self, scrapes: Iterable[Scrape]) -> Iterator[bytes]: ...


def clean_shard(shard: Path, *, workers: int = 1) -> Path:
    """Clean a planned shard in `workers` processes of its own; returns its part file.

    Doing it twice is harmless: a part that is there already, and is the result of this shard and
    these settings, is returned.
    """
    with Workers(workers, *cleaning_of(shard.parent)) as cleaner:
        return next(clean_shards([shard], cleaner))


def clean_shards(shards: Sequence[Path], cleaner: Cleaner) -> Iterator[Path]:
    """Clean shards in their order, giving each one's part file as soon as it is whole.

    The cleaner sees the scrapes of all shards as one stream, so that its workers go on with
    the next shard while the caller commits the last one.
    """
    missing = {shard for shard in shards if not is_cleaned(shard, settings_of(shard.parent))}
    lines = cleaner(scrape for shard in shards if shard in missing for scrape in scrapes_of(shard))
    for shard in shards:
        if shard in missing:
            _write_part(shard, list(islice(lines, _count(shard))))
        yield part_of(shard)


def _write_part(shard: Path, lines: list[bytes]) -> None:
    """The sketches first: a part that is there is complete."""
    part, settings = part_of(shard), settings_of(shard.parent)
    part.unlink(missing_ok=True)  # one that was a result of something else
    if settings.duplicates.enabled and (texts := _texts(lines)):
        from cleaners.deduplicating import sketch  # noqa: PLC0415 - numpy takes its time

        data = sketch(texts, settings.duplicates.shingle_tokens).to_bytes()
        write_whole(sketches_of(part), [data], scratch=shard.parent)
    write_whole(part, [key_of(shard, settings), *lines], scratch=shard.parent)


def _texts(lines: Iterable[bytes]) -> list[str]:
    """The documents' texts of a part, without the failures."""
    return [record["document"]["text"] for record in records(lines) if "document" in record]


def _count(shard: Path) -> int:
    with shard.open("rb") as lines:
        return sum(1 for _ in lines)
