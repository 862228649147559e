"""Rows of the output as Parquet: the fields of the JSON lines, as columns of fixed types."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from cleaners.extras import extra
from cleaners.writing.jsonl import line

_ROWS: Final = 64

_TYPES: Final = {
    **dict.fromkeys(("words", "block", "start", "end", "at"), "whole"),
    **dict.fromkeys(
        ("removed_share", "confidence", "similarity", "containment", "score"), "number"
    ),
    **dict.fromkeys(("whole", "layout"), "truth"),
    "removed": "counts",
    "flags": "texts",
}
"""Types of the columns that are not text."""


def to_parquet(lines: Iterable[bytes]) -> bytes:
    """A file with rows of one kind, at least one; the same rows give the same bytes."""
    arrow = extra("pyarrow", "parquet", "to write Parquet files")
    parquet = extra("pyarrow.parquet", "parquet", "to write Parquet files")
    records = [json.loads(data) for data in lines]
    columns = {name: _TYPES.get(name, "text") for name in records[0]}
    schema = arrow.schema([(name, _type(arrow, kind)) for name, kind in columns.items()])
    arrays = [
        arrow.array([_value(record[name], kind) for record in records], schema.field(name).type)
        for name, kind in columns.items()
    ]
    out = io.BytesIO()
    table = arrow.Table.from_arrays(arrays, schema=schema)
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def from_parquet(data: bytes) -> Iterator[bytes]:
    """The rows as the lines of JSON that they were made of."""
    parquet = extra("pyarrow.parquet", "parquet", "to read Parquet files")
    with parquet.ParquetFile(io.BytesIO(data)) as file:
        for batch in file.iter_batches(_ROWS, use_threads=False):
            for row in batch.to_pylist():
                if "removed" in row:
                    row["removed"] = dict(row["removed"])
                yield line(row)


def _type(arrow: Any, kind: str) -> Any:
    return {
        "text": arrow.string(),
        "texts": arrow.list_(arrow.string()),
        "whole": arrow.int64(),
        "number": arrow.float64(),
        "truth": arrow.bool_(),
        "counts": arrow.map_(arrow.string(), arrow.int64()),
    }[kind]


def _value(value: Any, kind: str) -> Any:
    return list(value.items()) if kind == "counts" else value
