"""Files of many pages: which they are, and the pages in them one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePath
from typing import BinaryIO, Final, Literal, TypeAlias

from cleaners.errors import BinaryError, PageError, UnreadableError
from cleaners.formats import Columns
from cleaners.reading.envelopes import Envelope
from cleaners.reading.unpacking import packing_of, unpacked_stream

Form: TypeAlias = Literal["page", "lines", "warc", "parquet", "tar", "zip"]

_FORMS: Final[dict[str, Form]] = {
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".txt": "page",
    ".md": "page",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".warc": "warc",
    ".parquet": "parquet",
    ".tar": "tar",
    ".tgz": "tar",
    ".tzst": "tar",
    ".zip": "zip",
}
SUFFIXES: Final = " ".join(_FORMS)
_PACKED_INSIDE: Final = ("parquet", "zip")
"""Forms that pack by themselves, and are not read when they are packed once more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read; see the settings of the same names."""

    page_bytes: int
    unpack_ratio: float = 200.0
    columns: Columns = field(default_factory=Columns)


def suffix_of(name: str) -> str:
    """The suffix that tells the form, lower case; that of a packing aside."""
    path = PurePath(name.lower())
    packed = path.suffix in (".gz", ".zst", ".zstd")
    return PurePath(path.stem).suffix if packed else path.suffix


def form_of(name: str) -> Form | None:
    """What a file of this name holds; None if the name does not say."""
    form = _FORMS.get(suffix_of(name))
    return None if form in _PACKED_INSIDE and packing_of(name) else form


def is_wanted(name: str) -> bool:
    """Whether a file of this name in a folder is a scrape or holds scrapes."""
    return form_of(name) is not None


def is_records(name: str) -> bool:
    """Whether a file of this name holds many records."""
    return form_of(name) not in (None, "page")


def envelopes(
    file: BinaryIO, name: str, form: Form, reading: Reading
) -> Iterator[tuple[str, int, Envelope]]:
    """What stands behind the file's name in the source of each page, its number, and the page.

    Raises a `PageError` where the rest of the file cannot be read.
    """
    # Most runs have none of these, and tarfile and zipfile take their time.
    from cleaners.reading import archives, parquet, warc  # noqa: PLC0415

    if form == "warc":
        read = partial(warc.responses, file, name)
        found = read(page_bytes=reading.page_bytes, ratio=reading.unpack_ratio)
        return ((f"#{number}", number, envelope) for number, envelope in found)
    if form == "parquet":
        rows = parquet.rows(
            file, reading.columns, page_bytes=reading.page_bytes, ratio=reading.unpack_ratio
        )
        return ((f"#{number}", number, envelope) for number, envelope in rows)
    if form == "zip":
        return _members(archives.zip_members, file, reading)
    if packing := packing_of(name):
        file = unpacked_stream(file, packing, ratio=reading.unpack_ratio)
    return _members(archives.tar_members, file, reading)


_Members: TypeAlias = Callable[..., Iterator[tuple[int, str, Envelope]]]


def _members(
    read: _Members, file: BinaryIO, reading: Reading
) -> Iterator[tuple[str, int, Envelope]]:
    members = read(
        file, wanted=is_wanted, page_bytes=reading.page_bytes, ratio=reading.unpack_ratio
    )
    for number, name, envelope in members:
        found = replace(envelope, where=f"member {number}")
        if form_of(name) not in ("page", None) and envelope.problem is None:
            problem = BinaryError("a file of many pages in an archive is not read; unpack it")
            found = replace(found, content=b"", problem=problem)
        yield f"/{readable(name)}#{number}", number, found


def readable(name: str) -> str:
    """A member's name as text that UTF-8 can carry."""
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace").decode()


def broken(error: PageError | OSError) -> Envelope:
    """In place of a file, or its rest, that cannot be read."""
    if isinstance(error, PageError):
        return Envelope(problem=error)
    return Envelope(problem=UnreadableError(f"cannot be read: {error.strerror or error}"))
