"""The development parts of three public benchmarks, read from a folder beside the repository.

None of their text is part of this project.  The folder holds `<set>/truth.jsonl` and
`<set>/html/<id>.html.gz`; see `benchmarks/README.md`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SETS: Final = ("wcxb-dev", "aeb-dev", "traf-dev")

# Relative to the repository, because no machine's layout belongs into it.
FOLDER: Final = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"


class DatasetError(Exception):
    """The benchmark folder or one of its sets is not there."""


@dataclass(frozen=True, slots=True)
class Example:
    """One page and what is known to be right about it.

    `text` is the page's main text (WCXB, AEB); `wanted` and `unwanted` are snippets that belong
    or do not belong to it (WCXB, TRAF).  `type` is WCXB's page type, "article" elsewhere.
    """

    set: str
    id: str
    path: Path
    url: str | None
    type: str
    text: str | None
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    title: str | None
    author: str | None
    date: str | None

    def read(self) -> bytes:
        """The page's bytes as crawled: UTF-8 in WCXB and AEB, mixed in TRAF."""
        return gzip.decompress(self.path.read_bytes())


def load(name: str, folder: Path = FOLDER) -> list[Example]:
    """All examples of a set, in the order of its truth file.

    Raises `DatasetError` where the set is not there.
    """
    truth = folder / name / "truth.jsonl"
    if not truth.is_file():
        raise DatasetError(f"{truth}: not found; put the benchmark sets there or pass --data")
    with truth.open(encoding="utf-8") as lines:
        return [_example(name, truth.parent, json.loads(line)) for line in lines]


def _example(name: str, folder: Path, row: Mapping[str, Any]) -> Example:
    url = row.get("url") or None
    return Example(
        set=name,
        id=row["id"],
        path=folder / "html" / f"{row['id']}.html.gz",
        # TRAF names some pages by their file, not by an address.
        url=url if url and url.startswith(("http://", "https://")) else None,
        type=row.get("type") or "article",
        text=row.get("text"),
        wanted=tuple(row.get("with") or ()),
        unwanted=tuple(row.get("without") or ()),
        title=row.get("title") or None,
        author=row.get("author") or None,
        date=row.get("date") or None,
    )


def sample(examples: Sequence[Example], size: int | None) -> list[Example]:
    """`size` examples, the same ones on every machine, in their own order; all for None."""
    if size is None or size >= len(examples):
        return list(examples)
    chosen = {example.id for example in sorted(examples, key=_lot)[:size]}
    return [example for example in examples if example.id in chosen]


def _lot(example: Example) -> str:
    return hashlib.sha256(f"{example.set}/{example.id}".encode()).hexdigest()
