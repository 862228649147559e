"""`winnow explain`: a page block by block, what stays and what goes, and why."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cleaners.cli.options import (
    Subparsers,
    add_command,
    add_settings,
    add_templates,
    read_settings,
)
from cleaners.errors import RunError, UsageError

if TYPE_CHECKING:
    from cleaners.records import Document
    from cleaners.settings import Settings

_EPILOG: Final = """\
Lines that begin with - are removed; below each stands its kind, the rule and the reason.  Where
only a part of a block goes, the part stands between [- and -].  T marks the title, which stands in
its own field and not in the text.

--case takes a file of cases, as the report writes them from marks made by hand, and says of each
whether just what it lists goes; the exit code is 1 if one does not hold.

examples:
  winnow explain scrapes/page.html
  winnow explain crawl.jsonl#17         record in line 17
  winnow explain page.txt | less -R
  curl -s URL | winnow explain -
  winnow explain page.html --html look     a page for the browser, look/index.html, which opens
  winnow explain --case known_failures.json --settings winnow.toml
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "explain", help="show what stays of a page, what goes, and why", epilog=_EPILOG
    )
    parser.add_argument("path", nargs="?", metavar="PATH", help="a page, FILE.jsonl#LINE, or -")
    parser.add_argument(
        "--html",
        type=Path,
        metavar="DIR",
        help="write a page for the browser into this folder instead, and open it",
    )
    parser.add_argument(
        "--no-open",
        action="store_true",
        help="with --html: print where the page is, as without a terminal or display",
    )
    parser.add_argument(
        "--case",
        type=Path,
        metavar="FILE",
        help="say of each case of this file whether it holds",
    )
    add_templates(parser)
    add_settings(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if (args.path is None) == (args.case is None):
        raise UsageError("name a page, or a file of cases with --case")
    if args.no_open and args.html is None:
        raise UsageError("--no-open goes with --html DIR")
    settings = read_settings(args)
    if args.case is not None:
        if args.html is not None:
            raise UsageError("--html shows a page; leave it away with --case")
        return _check_cases(args.case, settings)
    from cleaners.cli.pages import clean_one

    document = clean_one(args.path, settings)
    if args.html is None:
        from cleaners.explaining import explain

        explain(document)
    else:
        _write(document, args.html, opening=not args.no_open)
    return 0


def _write(document: Document, folder: Path, *, opening: bool) -> None:
    from cleaners.cli.opening import show
    from cleaners.report.single import write_document

    try:
        written = write_document(document, folder)
    except OSError as error:
        raise RunError(f"{error.filename or folder}: {error.strerror or error}") from error
    show(written, wanted=opening)


def _check_cases(path: Path, settings: Settings) -> int:
    from cleaners.cases import check_case, read_cases

    cases = read_cases(path)
    held = 0
    for case in cases:
        outcome = check_case(case, settings)
        held += outcome.holds
        print(f"{'holds' if outcome.holds else 'FAILS'}  {_one_line(case['about'], 90)}")
        for name, pieces in (("should go", outcome.missing), ("should stay", outcome.extra)):
            for piece in pieces:
                print(f"       {name}: {piece['kind']} · {_one_line(piece['text'], 70)}")
    print(f"{held} of {len(cases)} cases hold")
    return 0 if held == len(cases) else 1


def _one_line(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
