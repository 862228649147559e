"""Settings of what goes in and what comes out: names of columns, form and place of the output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

Format: TypeAlias = Literal["jsonl", "jsonl.zst", "parquet", "markdown"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of Parquet files and the keys of JSON records are called."""

    html: str = "html"
    text: str = "text"
    url: str = "url"
    fetched_at: str = "fetched_at"


@dataclass(frozen=True, slots=True)
class Output:
    """How documents are written, and where to.  It does not change what a document says."""

    format: Format = "jsonl"
    files: str = ""
    """Folder or URL that the emitted files go to; empty: the output folder itself."""
