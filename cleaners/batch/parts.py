"""Part files: a shard that was cleaned and waits to be committed, one line a scrape, in order.

A line is a JSON object, with `source`, `digest` and either `document` or `failure`.  Behind a
document, each after a record separator (which JSON never holds unescaped), come its rows of
`removed/` as they will be written: most of the output is encoded once, by the worker that
cleaned the page, and only copied by the one process that commits.

The first line says what the part is a result of: a digest of the shard file, of the settings and
of Winnow's version.  A part that another run left is used only if all of them are the same.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xxhash

from cleaners.settings import Settings
from cleaners.version import __version__
from cleaners.writing.jsonl import line

_SEPARATOR: Final = b"\x1e"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One line of a part file: what was said of the scrape, and the rows of what was removed."""

    record: dict[str, Any]
    removed: tuple[bytes, ...]


def write_line(record: dict[str, Any], removed: Sequence[dict[str, Any]] = ()) -> bytes:
    """A line of a part file."""
    return _SEPARATOR.join([line(row)[:-1] for row in (record, *removed)]) + b"\n"


def read_line(data: bytes) -> Cleaned:
    """What `write_line` wrote; the rows end with their line breaks."""
    head, *rows = data[:-1].split(_SEPARATOR)
    return Cleaned(json.loads(head), tuple(row + b"\n" for row in rows))


def records(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """What the lines of a part say of their scrapes, without the rows of what was removed."""
    return (json.loads(data.partition(_SEPARATOR)[0]) for data in lines)


def key_of(shard: Path, settings: Settings) -> bytes:
    """The first line of the part that cleaning this shard with these settings gives."""
    key = xxhash.xxh3_128(shard.read_bytes())
    told = json.dumps(dataclasses.asdict(settings), sort_keys=True)
    key.update(f"{__version__} {told}".encode())
    return line({"result_of": key.hexdigest()})


def is_cleaned(shard: Path, settings: Settings) -> bool:
    """Whether a shard's part is there and is what cleaning it would give again.

    An empty part is that of a shard that was committed, which is never cleaned again.
    """
    try:
        with part_of(shard).open("rb") as lines:
            first = lines.readline()
    except FileNotFoundError:
        return False
    return not first or first == key_of(shard, settings)


@contextmanager
def open_part(part: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a part, one a scrape."""
    with part.open("rb") as lines:
        next(lines, None)
        yield lines


def part_of(shard: Path) -> Path:
    """Where a shard's cleaned pages wait for being committed."""
    return shard.with_suffix(".part")


def sketches_of(part: Path) -> Path:
    """Where the sketches of a part's documents are."""
    return part.with_suffix(".sketches")
