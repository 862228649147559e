"""`winnow verify`: whether an output folder is as it must be."""

from __future__ import annotations

import argparse
from typing import Final

from cleaners.cli.options import Subparsers, add_command, add_output, add_wait, waiting

_EPILOG: Final = """\
Reads all of the output: files against their digests, counts against lines, the ledger against
both, the duplicate index against the documents.  Exit code 1, and a line for each problem, if
anything is wrong.

examples:
  winnow verify                of clean/
  winnow verify corpus --inputs
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "verify", help="check an output folder against itself", epilog=_EPILOG
    )
    add_output(parser)
    parser.add_argument(
        "--inputs",
        action="store_true",
        help="also read the pages that a run would not read because they seem unchanged",
    )
    add_wait(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.lock import output_lock
    from cleaners.batch.retrying import check_output
    from cleaners.batch.verify import verify

    check_output(args.out)
    problems = 0
    with output_lock(args.out, waiting(args)):
        for problem in verify(args.out, inputs=args.inputs):
            problems += 1
            print(problem)
    found = "1 problem" if problems == 1 else f"{problems:,} problems"
    print(f"{args.out}: {found if problems else 'all is well'}")
    return 1 if problems else 0
