"""Result lines: what became of a scrape, as workers tell it and part files keep it.

A line is a JSON object, with `source`, `digest` and either `document` or `failure`.  Behind a
document, each after a record separator (which JSON never holds unescaped), come its rows of
`removed/` as they will be written: most of the output is encoded once, by the worker that
cleaned the page, and only copied by the one process that commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cleaners import quick_json
from cleaners.characters import tidy
from cleaners.reading import Scrape
from cleaners.writing.jsonl import line, lines

_SEPARATOR: Final = b"\x1e"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One result line: what was said of the scrape, and the rows of what was removed, as lines."""

    record: dict[str, Any]
    removed: bytes


def write_line(record: dict[str, Any], removed: Sequence[dict[str, Any]] = ()) -> bytes:
    """A result line."""
    data = line(record) + lines(removed)
    return data[:-1].replace(b"\n", _SEPARATOR) + b"\n"


def failure_line(scrape: Scrape, stage: str, error: Exception) -> bytes:
    """The result line of a scrape that failed: error class and a message of one line."""
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


def read_line(data: bytes) -> Cleaned:
    """What `write_line` wrote."""
    head, _, rows = data.partition(_SEPARATOR)
    return Cleaned(quick_json.loads(head), rows.replace(_SEPARATOR, b"\n"))


def records(results: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """What result lines say of their scrapes, without the rows of what was removed."""
    return (quick_json.loads(data.partition(_SEPARATOR)[0]) for data in results)
