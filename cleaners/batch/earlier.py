"""Earlier outputs: told apart from scrapes; looked into where their documents count as known.

A run sees an earlier output as it was when the run was planned.  What is noted of it then is in
the plan and in the manifest, so that a run that was interrupted ends like one that was not, even
if the earlier output has grown meanwhile.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from cleaners.batch.ledger import NAME, has_index, read_ledger
from cleaners.deduplicating import Source, check_parameters, last_document, text_reader
from cleaners.errors import RunError, UsageError
from cleaners.reading.remote import is_there, is_url
from cleaners.settings import Duplicates

_FIRST_MANIFEST: Final = "runs/000001.json"


def is_output(folder: str, names: Collection[str]) -> bool:
    """Whether a folder with these `names` in it is an output folder, or the place of its files.

    What is emitted looks like records: what was removed would come back as pages.
    """
    if NAME in names:
        return True
    manifest = f"{folder.rstrip('/')}/{_FIRST_MANIFEST}"
    there = is_there if is_url(folder) else os.path.isfile
    return "runs" in names and there(manifest)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier output as a run sees it.

    `last` and `document` are the number and the id of the last document that its index knew when
    the run was planned; 0 and empty if there was none.
    """

    folder: str
    last: int
    document: str


def note_earlier(folders: Sequence[str], out: Path, settings: Duplicates) -> list[dict[str, Any]]:
    """What a plan has to hold of earlier outputs, as plain JSON values; in the order given.

    Raises `UsageError` for a folder that cannot be looked into, and `IndexMismatchError` for an
    index that was made with other parameters.
    """
    if folders and not settings.enabled:
        raise UsageError("--against needs the duplicate index; leave out --no-dedup")
    noted = []
    for folder in dict.fromkeys(folders):
        _check_folder(folder, out)
        with read_ledger(Path(folder)) as ledger:
            _check_index(ledger, folder, settings)
            noted.append(asdict(Earlier(folder, *last_document(ledger))))
    return noted


@contextmanager
def open_earlier(
    noted: Sequence[dict[str, Any]], out: Path, settings: Duplicates
) -> Iterator[list[Source]]:
    """The earlier outputs of a plan, as they were when it was made.

    Raises `RunError` if one of them is not the same any more.
    """
    with ExitStack() as held:
        sources = []
        for earlier in (Earlier(**one) for one in noted):
            folder = Path(earlier.folder)
            _check_folder(earlier.folder, out)
            ledger = held.enter_context(read_ledger(folder))
            _check_index(ledger, earlier.folder, settings)
            if last_document(ledger, earlier.last) != (earlier.last, earlier.document):
                raise RunError(
                    f"{earlier.folder}: its index was made anew after this run was planned; "
                    f"remove {out}/.work and run again: what is done stays done"
                )
            sources.append(Source(ledger, text_reader(folder), earlier.folder, earlier.last))
        yield sources


def _check_folder(folder: str, out: Path) -> None:
    if not (Path(folder) / NAME).is_file():
        raise UsageError(
            f"{folder}: is no output folder ({NAME} is missing); name one that `winnow clean` made"
        )
    if Path(folder).resolve() == out.resolve():
        raise UsageError(f"{folder}: is the output folder itself; leave it out of --against")


def _check_index(ledger: sqlite3.Connection, folder: str, settings: Duplicates) -> None:
    if not has_index(ledger):
        raise UsageError(
            f"{folder}: has no duplicate index, it was made with --no-dedup; "
            f"run `winnow index rebuild {folder}`"
        )
    check_parameters(ledger, settings.shingle_tokens, folder)
