"""`winnow duplicates`: which documents are copies of which."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Final

from cleaners.cli.options import Subparsers, add_command, add_output
from cleaners.cli.streams import on_a_line

if TYPE_CHECKING:
    from cleaners.deduplicating import Cluster, Member

_EPILOG: Final = """\
Lists every cluster of two documents or more, the one to keep first, marked with *; with each its
date, its site, how it relates to its partner (similarity, share contained) and its url, or, where
it has none, the scrape.

examples:
  winnow duplicates            of clean/
  winnow duplicates corpus | less
  winnow duplicates --json | jq -r 'select(.sites | length > 1).id'    reposted elsewhere
"""
_HELD_BYTES: Final = 16_000_000


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "duplicates", help="list which documents are copies of which", epilog=_EPILOG
    )
    add_output(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object a cluster")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.ledger import has_index, read_ledger, source_finder
    from cleaners.batch.retrying import check_output
    from cleaners.deduplicating import clusters

    check_output(args.out)
    found = 0
    # A reader that pauses (`| less`) must not keep the ledger open: no run could commit.
    with SpooledTemporaryFile(_HELD_BYTES, "w+", encoding="utf-8") as told:
        with read_ledger(args.out) as ledger:
            source_of = source_finder(ledger)
            for cluster in clusters(ledger) if has_index(ledger) else ():
                found += 1
                sources = [source_of(member.id) for member in cluster.members]
                if args.json:
                    print(json.dumps(record(cluster, sources)), file=told)
                else:
                    print(*lines(cluster, sources), sep="\n", file=told)
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout)
    if not args.json:
        print(f"{args.out}: {found:,} cluster{'' if found == 1 else 's'}")
    return 0


def record(cluster: Cluster, sources: Sequence[str | None]) -> dict[str, Any]:
    """A cluster as plain JSON values; `sources` are the scrapes of its members."""
    members = [
        asdict(member) | {"emitted": bool(member.emitted), "source": source}
        for member, source in zip(cluster.members, sources, strict=True)
    ]
    sites = list(cluster.sites)
    return {"id": cluster.id, "kept": cluster.kept, "sites": sites, "members": members}


def lines(cluster: Cluster, sources: Sequence[str | None]) -> list[str]:
    """A cluster, to be read: its name and sites, then a line for each document."""
    sites = f" on {', '.join(cluster.sites)}" if cluster.sites else ""
    told = [f"cluster {cluster.id}, {len(cluster.members):,} documents{sites}"]
    known = zip(cluster.members, sources, strict=True)
    for member, source in sorted(known, key=lambda one: one[0].id != cluster.kept):
        mark = "*" if member.id == cluster.kept else " "
        partner = member.duplicate_of or member.supersedes
        verb = "supersedes" if member.supersedes else member.relation
        likeness = "" if member.similarity is None else f" {verb} {partner} {_figures(member)}"
        facts = f"{member.date or '-':<10} {member.site or '-'}{likeness}"
        where = on_a_line(member.url or source or "")
        told.append(f"  {mark} {member.id} {facts} {where}".rstrip())
    return told


def _figures(member: Member) -> str:
    return f"{member.similarity:.2f} ({member.containment:.2f} contained)"
