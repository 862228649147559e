"""`winnow explain`: a page block by block, what stays and what goes, and why."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cleaners.cli.options import Subparsers, add_command, add_settings, read_settings
from cleaners.errors import NoTextError, RunError

_EPILOG: Final = """\
Lines that begin with - are removed; below each stands its kind, the rule and the reason.  Where
only a part of a block goes, the part stands between [- and -].

examples:
  winnow explain scrapes/page.html
  winnow explain crawl.jsonl#17         record in line 17
  winnow explain page.txt | less -R
  winnow explain page.html --html look     a page for the browser: open look/index.html
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "explain", help="show what stays of a page, what goes, and why", epilog=_EPILOG
    )
    parser.add_argument("path", metavar="PATH", help="a page, or FILE.jsonl#LINE")
    parser.add_argument(
        "--html",
        type=Path,
        metavar="DIR",
        help="write a page for the browser into this folder instead",
    )
    add_settings(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.cleaning import clean_page
    from cleaners.cli.faults import told_in_a_line
    from cleaners.explaining import explain
    from cleaners.reading import read_source

    settings = read_settings(args)
    with told_in_a_line(args.path):
        page = read_source(args.path, page_bytes=settings.limits.page_bytes)
        document = clean_page(page, settings)
        if not document.blocks:
            raise NoTextError("the page has no text; was it rendered by a script?")
    if args.html is None:
        explain(document)
        return 0
    from cleaners.report.single import write_document

    try:
        written = write_document(document, args.html)
    except OSError as error:
        raise RunError(f"{error.filename or args.html}: {error.strerror or error}") from error
    print(f"open {written}")
    return 0
