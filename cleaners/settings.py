"""All settings, in one frozen record.

`Settings()` is the default.  `load_settings` reads a `winnow.toml`; flags override it with
`dataclasses.replace`.  Only what changes a document's content takes part in `digest`, which
together with the version says what a document was cleaned by.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar

import xxhash

from cleaners.errors import SettingsError

Keep: TypeAlias = Literal["first", "longest", "best"]


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How a page is cleaned."""

    review_share: float = 0.8
    """Share of a page's words; a document that lost more is flagged `review`."""
    review_confidence: float = 0.5
    """A document whose confidence is below this is flagged `review`."""
    min_words: int = 25
    """A document with fewer words left is flagged `short`."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What counts as a duplicate."""

    enabled: bool = True
    threshold: float = 0.7
    """Jaccard similarity of word 3-grams from which two documents are copies."""
    containment: float = 0.8
    """Share of the shorter document found in the longer one from which it is contained in it."""
    keep: Keep = "first"
    """Which of several copies stays: the first seen, the longest, or the most confident."""
    shingle_tokens: int = 3
    """Tokens in a shingle; another number makes another index."""
    repeats: bool = False
    """Whether to count the long paragraphs that different stories share."""
    repeat_stories: int = 5
    """Stories that must share a long paragraph before it is told of as `repeat`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost.  Limits do not change what a document says."""

    page_seconds: float = 30.0
    """Processor time."""
    page_bytes: int = 50_000_000
    worker_bytes: int = 8_000_000_000
    """Address space of a worker process; a page that wants more fails."""


@dataclass(frozen=True, slots=True)
class Settings:
    cleaning: Cleaning = field(default_factory=Cleaning)
    duplicates: Duplicates = field(default_factory=Duplicates)
    limits: Limits = field(default_factory=Limits)

    @property
    def digest(self) -> str:
        """Eight hex digits that change whenever a setting that shapes documents changes."""
        shaping = {
            "cleaning": dataclasses.asdict(self.cleaning),
            "duplicates": dataclasses.asdict(self.duplicates),
        }
        return xxhash.xxh3_64_hexdigest(json.dumps(shaping, sort_keys=True).encode())[:8]


_Section = TypeVar("_Section")


def load_settings(path: Path) -> Settings:
    """Read a settings file.

    Raises `SettingsError` for a file that cannot be read, is not TOML, or has a key or value
    that Winnow does not know.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    return settings_from(tables, where=str(path))


def settings_from(tables: dict[str, Any], *, where: str) -> Settings:
    """Settings from parsed TOML; `where` names the file in errors."""
    sections = {f.name: f.default_factory for f in dataclasses.fields(Settings)}
    made: dict[str, Any] = {}
    for name, table in tables.items():
        if name not in sections:
            raise SettingsError(f"{where}: unknown table [{name}]{_closest(name, sections)}")
        if not isinstance(table, dict):
            raise SettingsError(f"{where}: {name} must be a table: write [{name}]")
        made[name] = _section(sections[name](), table, where=f"{where}: [{name}]")  # type: ignore[operator]
    return Settings(**made)


def _section(default: _Section, table: dict[str, Any], *, where: str) -> _Section:
    known = {f.name for f in dataclasses.fields(default)}  # type: ignore[arg-type]
    for key, value in table.items():
        if key not in known:
            raise SettingsError(f"{where}: unknown key {key!r}{_closest(key, known)}")
        problem = _problem(getattr(default, key), key, value)
        if problem:
            raise SettingsError(f"{where}: {key} = {value!r}: {problem}")
    return dataclasses.replace(default, **table)  # type: ignore[type-var]


def _problem(default: object, key: str, value: object) -> str | None:  # noqa: PLR0911
    """What is wrong with a value, judged by the type and meaning of its default."""
    if key == "keep":
        return None if value in ("first", "longest", "best") else "use first, longest or best"
    if isinstance(default, bool) or isinstance(value, bool):
        return (
            None if isinstance(default, bool) and isinstance(value, bool) else "use true or false"
        )
    if isinstance(default, int) and not isinstance(value, int):
        return "use a whole number"
    if not isinstance(value, int | float):
        return "use a number"
    if isinstance(default, float) and key != "page_seconds" and not 0 <= value <= 1:
        return "use a share between 0 and 1"
    if key in ("shingle_tokens", "repeat_stories"):
        return None if value >= 1 else "use a whole number from 1 up"
    return None if value >= 0 else "use a number that is not negative"


def _closest(name: str, known: Collection[str]) -> str:
    match = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {match[0]!r}?" if match else f"; known: {', '.join(sorted(known))}"
