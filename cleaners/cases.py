"""Cases: small pages with all that should go from them, as `tests/cases` and the report write them.

A file holds a list of objects with `about`, `language`, `text` or `lines`, `removed` (what goes, in
reading order, as `text` and `kind`), and maybe `url`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from cleaners.cleaning import DEFAULT, clean_page
from cleaners.errors import UsageError
from cleaners.records import KINDS, Page
from cleaners.settings import Settings
from cleaners.templating.storing import templates_for

Case: TypeAlias = dict[str, Any]
KEYS: Final = frozenset({"about", "language", "lines", "text", "url", "removed"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What went from a case's page, and how that differs from what should have gone."""

    removed: list[dict[str, str]]
    missing: list[dict[str, str]]
    """What should have gone and did not, or not as this kind."""
    extra: list[dict[str, str]]
    """What should have stayed, or gone as another kind."""
    holds: bool
    """Whether just that went which should, in the same order."""


def read_cases(path: Path) -> list[Case]:
    """The cases of a file.

    Raises `UsageError` for a file that cannot be read or holds something else than cases.
    """
    try:
        cases = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise UsageError(f"{path}: not valid JSON: {error}") from error
    if not isinstance(cases, list):
        raise UsageError(f"{path}: write a list of cases")
    for number, case in enumerate(cases, start=1):
        if problem := _problem(case):
            raise UsageError(f"{path}: case {number}: {problem}")
    return cases


def _problem(case: object) -> str | None:
    if not isinstance(case, dict) or not case.keys() <= KEYS:
        return f"write an object with {', '.join(sorted(KEYS))}"
    lines = case.get("lines", ())
    if ("lines" in case) == ("text" in case):
        return "needs either lines or text"
    told = (case.get("about"), case.get("text", ""), case.get("url") or "", *lines)
    if not isinstance(lines, list | tuple) or not all(isinstance(one, str) for one in told):
        return "about, url, text and lines must be texts"
    removed = case.get("removed")
    if not isinstance(removed, list) or not all(map(_is_piece, removed)):
        return 'removed must be a list of {"text": ..., "kind": one of the kinds}'
    return None


def _is_piece(piece: object) -> bool:
    return (
        isinstance(piece, dict)
        and piece.keys() == {"text", "kind"}
        and isinstance(piece["text"], str)
        and piece["kind"] in KINDS
    )


def check_case(case: Case, settings: Settings = DEFAULT) -> Outcome:
    """Clean the case's page as flattened text."""
    text = case["text"] if "text" in case else "\n\n".join(case["lines"])
    page = Page(text, media="text", url=case.get("url"))
    document = clean_page(page, settings, templates_for(settings))
    removed = [
        {"text": document.blocks[r.block].text[r.start : r.end].strip(), "kind": str(r.kind)}
        for r in document.removals
    ]
    wanted = case["removed"]
    return Outcome(removed, _less(wanted, removed), _less(removed, wanted), removed == wanted)


def _less(pieces: list[dict[str, str]], others: list[dict[str, str]]) -> list[dict[str, str]]:
    """The pieces that are not among the others."""
    spare = Counter((piece["kind"], piece["text"]) for piece in others)
    left = []
    for piece in pieces:
        key = (piece["kind"], piece["text"])
        if spare[key]:
            spare[key] -= 1
        else:
            left.append(piece)
    return left
