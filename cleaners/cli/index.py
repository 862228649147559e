"""`winnow index`: is the duplicate index sound, and make it again from the output."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from cleaners.cli.options import (
    Subparsers,
    add_command,
    add_output,
    add_settings,
    add_wait,
    read_settings,
    waiting,
)
from cleaners.errors import UsageError

if TYPE_CHECKING:
    from cleaners.settings import Duplicates

_EPILOG: Final = """\
`check` looks at the whole index and exits with 1, and a line for each problem, if it is not
sound.  `rebuild` makes it again from the emitted documents and the records of duplicates; nothing
is judged anew.  With `--ledger` it makes all of winnow.sqlite again, when that was lost or damaged,
and keeps the old file beside it.

examples:
  winnow index check               of clean/
  winnow index rebuild corpus
  winnow index rebuild corpus --ledger
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "index", help="check the duplicate index, or make it again", epilog=_EPILOG
    )
    parser.add_argument("action", choices=["check", "rebuild"], help="what to do")
    add_output(parser)
    parser.add_argument(
        "--ledger",
        action="store_true",
        help="rebuild what was done, too, from the output: winnow.sqlite is lost or damaged",
    )
    add_wait(parser)
    add_settings(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.ledger import open_ledger, transaction
    from cleaners.batch.lock import output_lock
    from cleaners.batch.retrying import check_output
    from cleaners.deduplicating import (
        check,
        read_documents,
        read_duplicates,
        rebuild,
        text_reader,
    )

    settings = read_settings(args).duplicates
    if args.ledger:
        return _rebuild_ledger(args, settings)
    check_output(args.out)
    with output_lock(args.out, waiting(args)), open_ledger(args.out) as ledger:
        if args.action == "rebuild":
            with transaction(ledger):
                known = rebuild(
                    ledger,
                    settings,
                    read_documents(args.out),
                    read_duplicates(args.out),
                    text_reader(args.out),
                )
            print(f"{args.out}: the index knows {known:,} documents")
            return 0
        problems = check(ledger)
    for problem in problems:
        print(problem)
    if not problems:
        print(f"{args.out}: the index is sound")
    return 1 if problems else 0


def _rebuild_ledger(args: argparse.Namespace, duplicates: Duplicates) -> int:
    from cleaners.batch.lock import output_lock
    from cleaners.batch.rebuilding import rebuild_ledger

    if args.action != "rebuild":
        raise UsageError("--ledger goes with rebuild")
    if not args.out.is_dir():
        raise UsageError(f"{args.out}: no such folder; name an output folder")
    with output_lock(args.out, waiting(args)):
        known, kept = rebuild_ledger(args.out, duplicates)
    beside = f"; the old file is kept as {kept.name}" if kept else ""
    print(f"{args.out}: the ledger knows {known:,} scrapes{beside}")
    return 0
