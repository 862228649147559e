"""`winnow report`: a page where a person reads what went, and why."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cleaners.cli.options import Subparsers, add_command, add_output
from cleaners.errors import RunError

_EPILOG: Final = """\
DIR is an output folder of `winnow clean`.  The report is a folder of its own: open its index.html
in a browser, or copy the folder anywhere; it loads nothing from outside.

examples:
  winnow report                       of clean/, into report/
  winnow report corpus -o corpus-report
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "report", help="make a page to read the removals in", epilog=_EPILOG
    )
    add_output(parser)
    parser.add_argument(
        "-o",
        "--output",
        dest="report",
        type=Path,
        default=Path("report"),
        metavar="DIR",
        help="folder of the report (default: report); an older report there is replaced",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.report.building import build_report

    try:
        built = build_report(args.out, args.report.resolve())
    except OSError as error:
        raise RunError(f"{error.filename or args.report}: {error.strerror or error}") from error
    print(f"{built.entries:,} entries: open {args.report / built.index.name}")
    return 0
