"""Part files: a shard that was cleaned and waits to be committed, one result line a scrape.

The first line says what the part is a result of: a digest of the shard file, of the settings and
of Winnow's version.  A part that another run left is used only if all of them are the same.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import xxhash

from cleaners.settings import Settings
from cleaners.version import __version__
from cleaners.writing.jsonl import line

_AHEAD: Final = 1 << 18  # a line is as long as all that was removed from a page


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
    with part.open("rb", buffering=_AHEAD) as lines:
        next(lines, None)
        yield lines


def part_of(shard: Path) -> Path:
    """Where a shard's cleaned pages wait for being committed."""
    return shard.with_suffix(".part")


def sketches_of(part: Path) -> Path:
    """Where the sketches of a part's documents are."""
    return part.with_suffix(".sketches")
