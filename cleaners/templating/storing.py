"""Templates as a file: one JSON object a line, to be read and edited by people.

Files can be joined (`cat a.jsonl b.jsonl`); where two lines are about the same text of the same
site, the later one holds.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import xxhash

from cleaners.characters import fold
from cleaners.errors import SettingsError, UsageError
from cleaners.records import KINDS
from cleaners.settings import Settings
from cleaners.templating.records import NO_TEMPLATES, Standing, Templates
from cleaners.writing.jsonl import line, write_whole

FOLDER: Final = "templates"
"""Where an output folder keeps those that its documents were cleaned with, named by digest."""


def read_templates(path: Path) -> Templates:
    """Read a file that `winnow template` or `winnow repeats` wrote.

    Raises `SettingsError` for a file that cannot be read or holds anything else; it names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}") from error
    sites: dict[str, dict[str, Standing]] = defaultdict(dict)
    for number, raw in enumerate(data.splitlines(), start=1):
        if raw.strip():
            standing = _standing(raw, f"{path}:{number}")
            sites[standing.site][fold(standing.text)] = standing
    return Templates(xxhash.xxh3_64_hexdigest(data), dict(sites))


def templates_for(settings: Settings) -> Templates:
    """The templates that settings name by a path; none if they name none."""
    path = settings.cleaning.templates
    return read_templates(Path(path)) if path else NO_TEMPLATES


def pin(settings: Settings, out: Path) -> Settings:
    """Keep the templates that settings name with the output; name them by their digest instead.

    So a run depends on what the file held when it was planned, and every document says by its
    settings which templates it was cleaned with.
    """
    templates = templates_for(settings)
    if not templates.digest:
        return settings
    kept = _kept(out, templates.digest)
    kept.parent.mkdir(exist_ok=True)
    data = Path(settings.cleaning.templates).read_bytes()
    if xxhash.xxh3_64_hexdigest(data) != templates.digest:
        raise UsageError(f"{settings.cleaning.templates}: changed while it was read; run again")
    write_whole(kept, [data], scratch=kept.parent)
    cleaning = dataclasses.replace(settings.cleaning, templates=templates.digest)
    return dataclasses.replace(settings, cleaning=cleaning)


def pinned(settings: Settings, out: Path) -> Templates:
    """The templates that the settings of a run name by their digest."""
    digest = settings.cleaning.templates
    if not digest:
        return NO_TEMPLATES
    templates = read_templates(_kept(out, digest))
    if templates.digest != digest:
        raise SettingsError(f"{_kept(out, digest)}: not as it was written; restore the file")
    return templates


def write_standings(path: Path, standings: Iterable[Standing]) -> int:
    """Write a file of templates; returns how many lines it has."""
    lines = [line(dataclasses.asdict(standing)) for standing in standings]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, lines, scratch=path.parent)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
    return len(lines)


def _kept(out: Path, digest: str) -> Path:
    return out / FOLDER / f"{digest}.jsonl"


_TYPES: Final[dict[str, type]] = {"site": str, "text": str, "pages": int, "of": int, "kind": str}


def _standing(raw: bytes, where: str) -> Standing:
    try:
        record: Any = json.loads(raw)
    except ValueError as error:
        raise SettingsError(f"{where}: not JSON: {error}") from error
    if not isinstance(record, dict) or record.keys() != _TYPES.keys():
        raise SettingsError(f"{where}: must be an object with {', '.join(_TYPES)}")
    for key, wanted in _TYPES.items():
        if type(record[key]) is not wanted:
            raise SettingsError(f"{where}: {key} must be {_NAMES[wanted]}")
    if record["kind"] not in KINDS:
        told = ", ".join(KINDS)
        raise SettingsError(f"{where}: kind {record['kind']!r} is not known; use one of {told}")
    if not record["text"].strip():
        raise SettingsError(f"{where}: text is blank; remove the line")
    return Standing(**record)


_NAMES: Final[dict[type, str]] = {str: "a text", int: "a whole number"}
