"""On which line of a TOML file a value stands: `tomllib` tells the values, but not the places."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable


def line_of(text: str, table: str, number: int, key: str, value: object = None) -> int | None:
    """The 1-based line of a key, or of a text within its value, of the table's entry `number`.

    The nearest that is found: the value, else the key, else the table's header.  An empty `table`
    stands for what is above all tables.  None where nothing is found.
    """
    lines = text.split("\n")
    header = _header(lines, table, number) if table else -1
    if header is None:  # written inline: `cues = [{...}]`
        at = _first(lines, range(len(lines)), lambda line: _is_key(line, table))
        return None if at is None else at + 1
    within = range(header + 1, _end(lines, header + 1))
    found = _first(lines, within, lambda line: _is_key(line, key)) if key else None
    if found is not None and isinstance(value, str) and value:
        forms = (value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])
        rest = range(found, within.stop)
        found = _first(lines, rest, lambda line: any(form in line for form in forms)) or found
    if found is None:
        return header + 1 if table else None
    return found + 1


def _header(lines: list[str], table: str, number: int) -> int | None:
    """The index of a table's header, the `number`-th of its name."""
    header = re.compile(rf"\s*\[\[?\s*[\"']?{re.escape(table)}[\"']?\s*\]")
    seen = 0
    for at, line in enumerate(lines):
        if header.match(line) and _is_outside(lines[:at]):
            if seen == number:
                return at
            seen += 1
    return None


def _end(lines: list[str], start: int) -> int:
    """The index of the next table's header."""
    for at in range(start, len(lines)):
        if lines[at].lstrip().startswith("[") and _is_outside(lines[:at]):
            return at
    return len(lines)


def _is_outside(before: list[str]) -> bool:
    """Whether a line that looks like a header is not one line of a longer text."""
    if not any('"""' in line or "'''" in line for line in before):
        return True
    try:
        tomllib.loads("\n".join(before))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _first(lines: list[str], indices: range, test: Callable[[str], bool]) -> int | None:
    return next((at for at in indices if test(lines[at])), None)


def _is_key(line: str, key: str) -> bool:
    return bool(re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line))
