"""`winnow status`: what an output folder holds, and whether anything is unfinished."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from cleaners.cli.options import Subparsers, add_command, add_output
from cleaners.cli.streams import on_a_line

if TYPE_CHECKING:
    from cleaners.batch.status import Status

_EPILOG: Final = """\
Changes nothing and waits for nobody: it can be asked while a run is under way.

examples:
  winnow status            of clean/
  winnow status corpus
"""
_RUNS: Final = 5


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "status", help="say what an output folder holds", epilog=_EPILOG
    )
    add_output(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.status import status_of

    print("\n".join(lines(status_of(args.out))))
    return 0


def lines(status: Status) -> list[str]:
    """The status, to be read."""
    told = [f"runs         {len(status.runs):,}"]
    for name, counts in status.runs[-_RUNS:]:
        told.append(
            f"  {name}     {counts.documents:,} documents, {counts.duplicates:,} duplicates, "
            f"{counts.failures:,} failures"
        )
    total = status.total
    told += [
        f"documents    {total.documents:,}",
        f"duplicates   {total.duplicates:,}",
        f"failures     {total.failures:,}",
        f"index        {status.indexed:,} documents",
        f"disk         {sum(status.sizes.values()):,} bytes",
        *(f"  {name:<14}{size:>16,}" for name, size in status.sizes.items()),
    ]
    if status.failures:
        told.append("last failures")
    failed = (f"{row['source']}: {row['error']}: {row['message']}" for row in status.failures)
    told += [f"  {on_a_line(failure)}" for failure in failed]
    if status.writer:
        told.append(f"process {status.writer} is writing to it now")
    if status.unfinished:
        left = status.unfinished
        told.append(f"run {left.run} is unfinished: {left.done} of {left.shards} shards committed")
        if not status.writer:
            told.append("  goes on, with the options given then (--settings, --against, ...):")
            told.append(f"  {left.command}")
    return told
