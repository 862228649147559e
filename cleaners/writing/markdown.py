"""Documents as Markdown: a file each, all but the text in YAML front matter.

Every value of the front matter is JSON, which YAML includes, on one line; so a document can be
read back as it was.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

from cleaners.writing.jsonl import line

_SLUG_LETTERS: Final = 60
_SLUG_BYTES: Final = 150
_END: Final = "\n---\n\n"


def to_files(lines: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each document's file, in order; the number makes names different."""
    for number, data in enumerate(lines):
        record: dict[str, Any] = json.loads(data)
        slug = slug_of(record["title"] or "")
        name = f"{number:05d}-{slug}.md" if slug else f"{number:05d}.md"
        yield name, _written(record)


def from_file(data: bytes) -> bytes:
    """The document of a file as a line of JSON; raises `ValueError` if it is none."""
    head, end, text = data.decode().partition(_END)
    if not end or not head.startswith("---\n"):
        raise ValueError("no front matter")
    fields: dict[str, Any] = {}
    for said in head.removeprefix("---\n").split("\n"):
        key, _, value = said.partition(": ")
        fields[key] = json.loads(value)
    fields["text"] = text.removesuffix("\n")
    return line(fields)


def slug_of(title: str) -> str:
    """A title as part of a file name: letters and digits of any script, joined by hyphens."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", title).lower())
    cut = words.strip("-")[:_SLUG_LETTERS].encode()[:_SLUG_BYTES]
    return cut.decode("utf-8", "ignore").strip("-")


def _written(record: dict[str, Any]) -> bytes:
    # One line of JSON for each value, with the separators escaped that YAML takes for breaks.
    said = [f"{key}: {line(value)[:-1].decode()}" for key, value in record.items() if key != "text"]
    text: str = record["text"]
    return ("---\n" + "\n".join(said) + _END + text + "\n").encode()
