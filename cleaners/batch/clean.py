"""Cleaning: one scrape, one shard, or shard after shard through a pool of workers."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from cleaners.applying import places
from cleaners.batch.parts import (
    is_cleaned,
    key_of,
    part_of,
    records,
    sketches_of,
    write_line,
)
from cleaners.batch.plan import cleaning_of, scrapes_of, settings_of
from cleaners.errors import NoTextError, PageError, WinnowError
from cleaners.reading import Scrape, read_page, tidy
from cleaners.records import Document
from cleaners.settings import Settings
from cleaners.templating.records import NO_TEMPLATES, Templates
from cleaners.writing.jsonl import write_whole

FAULT: Final = b"!"
"""Begins a worker's message that the machine, not a page, has a fault; part lines begin with {."""


class Cleaner(Protocol):
    """Cleans scrapes one by one or in parallel; gives one part line each, in their order."""

    def __call__(self, scrapes: Iterable[Scrape]) -> Iterator[bytes]: ...


def clean_scrape(scrape: Scrape, settings: Settings, templates: Templates = NO_TEMPLATES) -> bytes:
    """Read and clean one scrape: the line of the part file, whatever the page is like.

    Raises `OSError` for a fault of the machine, such as no space for a library's own files, and
    `WinnowError` for one of the installation.
    """
    # A run's own process plans and writes; only its workers need the judges.
    from cleaners.cleaning import clean_page  # noqa: PLC0415

    started = time.perf_counter()
    try:
        limits = settings.limits
        page = read_page(scrape, page_bytes=limits.page_bytes, unpack_ratio=limits.unpack_ratio)
    except Exception as error:  # noqa: BLE001 - a fault in one page must not end the run
        return failure_line(scrape, "read", error)
    try:
        document = clean_page(page, settings, templates)
    except PageError as error:
        return failure_line(scrape, "clean", error)
    except (OSError, WinnowError):
        raise  # cleaning opens none of the page's files: the fault is not the page's
    except Exception as error:  # noqa: BLE001 - see above
        return failure_line(scrape, "clean", error)
    if not document.blocks:
        reason = NoTextError("the page has no text; was it rendered by a script?")
        return failure_line(scrape, "clean", reason)
    record = {
        "source": scrape.source,
        "digest": scrape.digest,
        "seconds": round(time.perf_counter() - started, 4),
        "document": document.as_record(),
    }
    return write_line(record, removed_rows(document))


def failure_line(scrape: Scrape, stage: str, error: Exception) -> bytes:
    """The part line of a scrape that failed: error class and a message of one line."""
    message = " ".join(tidy(str(error)).split()) or "no message"
    return write_line(
        {
            "source": scrape.source,
            "digest": scrape.digest,
            "failure": {
                "source": scrape.source,
                "stage": stage,
                "error": type(error).__name__,
                "message": message[:500],
            },
        }
    )


def removed_rows(document: Document) -> list[dict[str, Any]]:
    """The audit of a document: one row a removed span, in reading order."""
    stood = places(document.blocks, document.removals)
    return [
        {
            "id": document.id,
            "block": removal.block,
            "start": removal.start,
            "end": removal.end,
            "at": at,
            "whole": whole,
            "kind": removal.kind,
            "rule": removal.rule,
            "why": removal.why,
            "score": round(removal.score, 4),
            "layout": removal.layout,
            "text": document.blocks[removal.block].text[removal.start : removal.end],
        }
        for removal, (at, whole) in zip(document.removals, stood, strict=True)
    ]


def clean_shard(shard: Path, *, workers: int = 1) -> Path:
    """Clean a planned shard in `workers` processes of its own; returns its part file.

    Doing it twice is harmless: a part that is there already, and is the result of this shard and
    these settings, is returned.
    """
    from cleaners.batch.workers import Workers  # noqa: PLC0415 - it imports this module

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
