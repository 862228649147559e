"""`winnow duplicates`: which documents are copies of which."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from cleaners.cli.options import Subparsers, add_command, add_output

if TYPE_CHECKING:
    from cleaners.deduplicating import Cluster, Member

_EPILOG: Final = """\
Lists every cluster of two documents or more, the one to keep first, marked with *; with each its
date, its site, how it relates to its partner (similarity, share contained) and its url.

examples:
  winnow duplicates            of clean/
  winnow duplicates corpus | less
  winnow duplicates --json | jq -r 'select(.sites | length > 1).id'    reposted elsewhere
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "duplicates", help="list which documents are copies of which", epilog=_EPILOG
    )
    add_output(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object a cluster")
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
            told = json.dumps(record(cluster)) if args.json else "\n".join(lines(cluster))
            print(told)
    if not args.json:
        print(f"{args.out}: {found:,} cluster{'' if found == 1 else 's'}")
    return 0


def record(cluster: Cluster) -> dict[str, Any]:
    """A cluster as plain JSON values."""
    members = [asdict(member) | {"emitted": bool(member.emitted)} for member in cluster.members]
    sites = list(cluster.sites)
    return {"id": cluster.id, "kept": cluster.kept, "sites": sites, "members": members}


def lines(cluster: Cluster) -> list[str]:
    """A cluster, to be read: its name and sites, then a line for each document."""
    sites = f" on {', '.join(cluster.sites)}" if cluster.sites else ""
    told = [f"cluster {cluster.id}, {len(cluster.members):,} documents{sites}"]
    for member in sorted(cluster.members, key=lambda member: member.id != cluster.kept):
        mark = "*" if member.id == cluster.kept else " "
        partner = member.duplicate_of or member.supersedes
        verb = "supersedes" if member.supersedes else member.relation
        likeness = "" if member.similarity is None else f" {verb} {partner} {_figures(member)}"
        facts = f"{member.date or '-':<10} {member.site or '-'}{likeness}"
        told.append(f"  {mark} {member.id} {facts} {member.url or ''}".rstrip())
    return told


def _figures(member: Member) -> str:
    return f"{member.similarity:.2f} ({member.containment:.2f} contained)"
