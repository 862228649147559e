"""`winnow duplicates`: which documents are copies of which."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from cleaners.cli.options import Subparsers, add_command, add_output

if TYPE_CHECKING:
    from cleaners.deduplicating import Cluster

_EPILOG: Final = """\
Lists every cluster of two documents or more, the one to keep first, marked with *.

examples:
  winnow duplicates            of clean/
  winnow duplicates corpus | less
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "duplicates", help="list which documents are copies of which", epilog=_EPILOG
    )
    add_output(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.ledger import has_index, read_ledger
    from cleaners.batch.retrying import check_output
    from cleaners.deduplicating import clusters

    check_output(args.out)
    with read_ledger(args.out) as ledger:
        found = 0
        for cluster in clusters(ledger) if has_index(ledger) else ():
            found += 1
            print("\n".join(lines(cluster)))
    print(f"{args.out}: {found:,} clusters")
    return 0


def lines(cluster: Cluster) -> list[str]:
    """A cluster, to be read: its name, then a line for each document."""
    told = [f"cluster {cluster.id}"]
    for member in sorted(cluster.members, key=lambda member: member.id != cluster.kept):
        mark = "*" if member.id == cluster.kept else " "
        partner = member.duplicate_of or member.supersedes
        verb = "supersedes" if member.supersedes else member.relation
        likeness = "" if member.similarity is None else f" {verb} {partner} {member.similarity:.2f}"
        told.append(f"  {mark} {member.id} {member.url or member.site or ''}{likeness}".rstrip())
    return told
