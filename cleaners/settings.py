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
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

import xxhash

from cleaners.errors import SettingsError
from cleaners.formats import FORMATS, Columns, Output
from cleaners.locating import line_of
from cleaners.userrules import CueRule, KeepRule, Locate, read_cue_rules, read_keep_rules

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
    templates: str = ""
    """A file of lines that sites repeat, as `winnow template` writes it; empty for none."""


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
    unpack_ratio: float = 200.0
    """How many times its size something may unpack to, once that is more than 10 MB."""
    worker_bytes: int = 8_000_000_000
    """Address space of a worker process; a page that wants more fails."""


@dataclass(frozen=True, slots=True)
class Settings:
    cleaning: Cleaning = field(default_factory=Cleaning)
    duplicates: Duplicates = field(default_factory=Duplicates)
    limits: Limits = field(default_factory=Limits)
    columns: Columns = field(default_factory=Columns)
    output: Output = field(default_factory=Output)
    cues: tuple[CueRule, ...] = ()
    """Phrases of your own that give boilerplate away."""
    keep: tuple[KeepRule, ...] = ()
    """Texts that must stay, whatever the rules say."""

    @property
    def digest(self) -> str:
        """Eight hex digits that change whenever a setting that shapes documents changes.

        Evidence does not, and where there are no rules of the user, that there could be.
        """
        shaping: dict[str, Any] = {
            "cleaning": _given(dataclasses.asdict(self.cleaning)),
            "duplicates": dataclasses.asdict(self.duplicates),
        }
        for name, rules in (("cues", self.cues), ("keep", self.keep)):
            if rules:
                shaping[name] = [dataclasses.asdict(rule) | {"evidence": ""} for rule in rules]
        return xxhash.xxh3_64_hexdigest(json.dumps(shaping, sort_keys=True).encode())[:8]


BOUNDS: Final[dict[str, tuple[float, float]]] = {
    "review_share": (0, 1),
    "review_confidence": (0, 1),
    "min_words": (0, 1_000_000),
    "threshold": (0.1, 1),
    "containment": (0.1, 1),
    "shingle_tokens": (1, 20),
    "repeat_stories": (2, 1_000_000),
    "page_seconds": (0.1, 86_400),
    "page_bytes": (1, 100_000_000_000),
    "unpack_ratio": (1, 1_000_000_000),
    "worker_bytes": (500_000_000, 1_000_000_000_000),
}
"""The smallest and the largest value of each number."""

MOST_WORKERS: Final = 256
"""Each takes memory, and one of the 1,024 files that a process may have open."""

_CHOICES: Final[dict[str, tuple[str, ...]]] = {"keep": get_args(Keep), "format": FORMATS}

_Section = TypeVar("_Section", Cleaning, Duplicates, Limits, Columns, Output)


def load_settings(path: Path) -> Settings:
    """Read a settings file.

    Raises `SettingsError` for a file that cannot be read, is not TOML, or has a key or value
    that Winnow does not know; it names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    return settings_from(tables, where=str(path), text=text)


def settings_from(tables: Mapping[str, Any], *, where: str, text: str = "") -> Settings:
    """Settings from parsed TOML; `where` names the file in errors, `text` is what it holds."""

    def locate(table: str, number: int, key: str, value: object) -> str:
        line = line_of(text, table, number, key, value)
        return f"{where}:{line}" if line else where

    known = [f.name for f in dataclasses.fields(Settings)]
    made: dict[str, Any] = {}
    for name, table in tables.items():
        if name == "cues":
            made[name] = read_cue_rules(table, locate)
        elif name == "keep":
            made[name] = read_keep_rules(table, locate)
        elif name not in known:
            at = locate(name, 0, "", None)
            shown = name if name.isprintable() else ascii(name)
            raise SettingsError(f"{at}: unknown table [{shown}]{_closest(name, known)}")
        elif not isinstance(table, Mapping):
            at = locate("", 0, name, None)
            raise SettingsError(f"{at}: {name} must be a table: write [{name}]")
        else:
            made[name] = _section(_SECTIONS[name], name, table, locate)
    return Settings(**made)


_SECTIONS: Final[dict[str, Any]] = {
    "cleaning": Cleaning(),
    "duplicates": Duplicates(),
    "limits": Limits(),
    "columns": Columns(),
    "output": Output(),
}


def _section(default: _Section, name: str, table: Mapping[str, Any], locate: Locate) -> _Section:
    known = {f.name for f in dataclasses.fields(default)}
    for key, value in table.items():
        if key not in known:
            at = locate(name, 0, key, None)
            raise SettingsError(f"{at}: [{name}]: unknown key {key!r}{_closest(key, known)}")
        problem = _problem(getattr(default, key), key, value)
        if problem:
            at = locate(name, 0, key, None)
            raise SettingsError(f"{at}: [{name}]: {key} = {value!r}: {problem}")
    return dataclasses.replace(default, **table)


def _problem(default: object, key: str, value: object) -> str | None:
    """What is wrong with a value, judged by the type and meaning of its default."""
    if choices := _CHOICES.get(key):
        return None if value in choices else f"use {', '.join(choices[:-1])} or {choices[-1]}"
    if isinstance(default, str):
        named = isinstance(value, str) and bool(value or not default)
        return None if named else "use a text"
    if isinstance(default, bool):
        return None if isinstance(value, bool) else "use true or false"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "use a number"
    if isinstance(default, int) and not isinstance(value, int):
        return "use a whole number"
    low, high = BOUNDS[key]
    # Not a number is neither more nor less than anything.
    return None if low <= value <= high else f"use {_written(low)} to {_written(high)}"


def _written(bound: float) -> str:
    """A bound as it can be written in TOML."""
    return f"{bound:_}"


def _given(section: dict[str, Any]) -> dict[str, Any]:
    """A section without the texts that are empty: where there are none, that there could be."""
    return {key: value for key, value in section.items() if value != ""}


def _closest(name: str, known: Collection[str]) -> str:
    match = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {match[0]!r}?" if match else f"; known: {', '.join(sorted(known))}"
