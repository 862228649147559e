"""Pages in Parquet files: one a row, read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from cleaners.errors import MalformedError, PageError, TooLargeError, UnreadableError
from cleaners.extras import extra
from cleaners.formats import Columns
from cleaners.reading.envelopes import Envelope
from cleaners.reading.unpacking import HARMLESS, too_large

_ROWS: Final = 16
"""Rows decoded at once: a page of 50 MB in each of them is what memory must hold."""
_BUFFER: Final = 1 << 20


def rows(
    file: BinaryIO, columns: Columns, *, page_bytes: int, ratio: float
) -> Iterator[tuple[int, Envelope]]:
    """Number (from 1) and page of every row.

    Raises `MalformedError` for a file without a column of pages, and `UnreadableError` for one that
    is damaged.
    """
    parquet = extra("pyarrow.parquet", "parquet", "to read Parquet files")
    arrow = extra("pyarrow", "parquet", "to read Parquet files")
    try:
        with parquet.ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER) as table:
            wanted = _wanted(table.schema_arrow.names, columns)
            _check_ratio(table.metadata, wanted, ratio)
            number = 0
            for batch in table.iter_batches(_ROWS, columns=wanted, use_threads=False):
                for place in range(batch.num_rows):
                    number += 1
                    yield number, _page(batch, place, columns, f"row {number}", page_bytes)
    except (arrow.ArrowException, OSError) as error:
        said = " ".join(str(error).split())[:200]
        raise UnreadableError(f"not a valid Parquet file: {said}") from error


def _wanted(names: list[str], columns: Columns) -> list[str]:
    if columns.html not in names and columns.text not in names:
        raise MalformedError(
            f"this Parquet file has no column {columns.html!r} or {columns.text!r}, but "
            f"{', '.join(map(repr, names[:20]))}; name it in [columns] or with --columns"
        )
    known = (columns.html, columns.text, columns.url, columns.fetched_at)
    return [name for name in dict.fromkeys(known) if name in names]


def _check_ratio(metadata: Any, wanted: list[str], ratio: float) -> None:
    """A column that claims to unpack to a bomb is not touched."""
    for group in range(metadata.num_row_groups):
        for place in range(metadata.num_columns):
            column = metadata.row_group(group).column(place)
            size, packed = column.total_uncompressed_size, column.total_compressed_size
            if column.path_in_schema in wanted and size > max(HARMLESS, ratio * packed):
                raise TooLargeError(
                    f"column {column.path_in_schema!r} unpacks to more than limits.unpack_ratio "
                    f"({ratio:g}) times its size; raise it if this is no bomb"
                )


def _page(batch: Any, place: int, columns: Columns, where: str, page_bytes: int) -> Envelope:
    def value(name: str) -> Any:
        return batch.column(name)[place].as_py() if name in batch.schema.names else None

    try:
        # The markup says more, so it goes first.
        html, text = value(columns.html), value(columns.text)
        content = html or text
        if content is None:
            content = html
        if content is None:
            raise MalformedError(f"neither {columns.html!r} nor {columns.text!r} has a value")
        if not isinstance(content, str | bytes):
            raise MalformedError(f"a page must be text or bytes, not {type(content).__name__}")
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if len(data) > page_bytes:
            raise TooLargeError(too_large(page_bytes))
        url, fetched_at = value(columns.url), value(columns.fetched_at)
        if not isinstance(url, str | None):
            raise MalformedError(f"{columns.url!r} must be text, not {type(url).__name__}")
    except (PageError, ValueError) as error:
        kind = type(error) if isinstance(error, PageError) else MalformedError
        return Envelope(where=where, problem=kind(f"{where}: {error}"))
    return Envelope(
        content=data,
        media="html" if html else "text",
        decoded=isinstance(content, str),
        url=url or None,
        fetched_at=None if fetched_at is None else _time(fetched_at),
        where=where,
    )


def _time(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
