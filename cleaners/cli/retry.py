"""`winnow retry`: the failures again."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from cleaners.cli.clean import clean_batch
from cleaners.cli.options import (
    Subparsers,
    add_cleaning,
    add_command,
    add_output,
    add_quiet,
    add_wait,
)
from cleaners.cli.streams import on_a_line
from cleaners.errors import UsageError

_EPILOG: Final = """\
Takes up every scrape whose last end was a failure, and nothing that is new.  Run it where the
scrapes were cleaned: paths are as they were given then.

examples:
  winnow retry                 the failures of clean/
  winnow retry corpus --settings patient.toml
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "retry", help="clean again what could not be cleaned", epilog=_EPILOG
    )
    add_output(parser)
    add_cleaning(parser)
    add_wait(parser)
    add_quiet(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.retrying import failed_inputs

    failed = failed_inputs(args.out)
    if failed.gone:
        some = on_a_line(", ".join(failed.gone[:3]))
        print(
            f"winnow: {len(failed.gone):,} of {failed.number:,} are not there any more: {some}",
            file=sys.stderr,
        )
    if failed.number and not failed.paths:
        raise UsageError(
            f"{args.out}: no scrape that failed is there; run it where they were cleaned"
        )
    if not failed.number:
        if not args.quiet:
            print("nothing failed")
        return 0
    return clean_batch(args, failed.paths, redo="failures")
