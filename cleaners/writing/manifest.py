"""The manifest of a run: what was asked, what came of it, and which files hold it.

It has no times in it, so that a run that is done again, or finished after a crash, gives the
same bytes; the ledger knows when each shard was committed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Final

from cleaners.settings import Settings
from cleaners.version import __version__
from cleaners.writing.jsonl import Written

_SHAPING: Final = ("selectolax", "trafilatura", "py3langid")
"""Packages whose version can change what a document says."""


def manifest(
    run: str,
    request: dict[str, Any],
    settings: Settings,
    counts: dict[str, Any],
    files: Sequence[Written],
) -> dict[str, Any]:
    """The manifest as plain JSON values; `scrapes` is the sum of the next four counts."""
    return {
        "run": run,
        "cleaned_by": f"winnow {__version__} {settings.digest}",
        "inputs": request["inputs"],
        "redo": request["redo"],
        "against": request["against"],
        "counts": counts,
        "files": [dataclasses.asdict(file) for file in files],
        "settings": request["settings"],
        "versions": {"winnow": __version__} | {name: version(name) for name in _SHAPING},
    }
