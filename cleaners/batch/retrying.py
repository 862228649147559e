"""What failed, as paths that can be cleaned again."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from cleaners.batch.ledger import NAME, failed_sources, open_ledger
from cleaners.errors import UsageError
from cleaners.reading import file_of

_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class FailedInputs:
    """`paths` hold all scrapes that failed and are still there; `gone`: sources that are not."""

    number: int
    paths: tuple[str, ...]
    gone: tuple[str, ...]


def failed_inputs(out: Path) -> FailedInputs:
    """The files of all sources of which the last that came was a failure.

    Raises `UsageError` if `out` is no output folder.
    """
    check_output(out)
    with open_ledger(out) as ledger:
        failed = list(failed_sources(ledger))
    paths = {source: path_of(source) for source in failed}
    there = dict.fromkeys(path for path in paths.values() if path is not None)
    gone = tuple(source for source, path in paths.items() if path is None)
    return FailedInputs(len(failed), tuple(there), gone)


def check_output(out: Path) -> None:
    """Raise `UsageError` for a folder that nothing was cleaned into."""
    if not (out / NAME).is_file():
        raise UsageError(f"{out}: nothing was cleaned into this folder; name an output folder")


def path_of(source: str) -> str | None:
    """The file that holds what a source names, if it is there; see `reading.file_of`."""
    for name in (source, _unescaped(source)):
        if (path := file_of(name)) is not None:
            return path
    return None


def _unescaped(name: str) -> str:
    """The path of a file whose name is no UTF-8, see `printable`."""
    data = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), name.encode())
    return os.fsdecode(data)
