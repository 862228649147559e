"""`winnow similar`: which emitted documents does a page resemble?"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

from cleaners.cli.options import (
    Subparsers,
    add_command,
    add_settings,
    add_templates,
    read_settings,
)
from cleaners.cli.streams import on_a_line

_EPILOG: Final = """\
Cleans one page as `winnow clean` would, and compares it with what was emitted; writes nothing.

examples:
  winnow similar page.html                 to the documents of clean/
  winnow similar crawl.jsonl#17 --out corpus
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "similar", help="list the emitted documents a page resembles", epilog=_EPILOG
    )
    parser.add_argument("path", metavar="PATH", help="a page, FILE.jsonl#LINE, or - for stdin")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("clean"),
        metavar="DIR",
        help="output folder (default: clean)",
    )
    parser.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="DIR",
        help="an earlier output folder to look into as well; can be given repeatedly",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a document")
    add_templates(parser)
    add_settings(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.earlier import note_earlier, open_earlier
    from cleaners.batch.ledger import has_index, read_ledger, source_finder
    from cleaners.batch.retrying import check_output
    from cleaners.cli.pages import clean_one
    from cleaners.deduplicating import Entry, similar, text_reader

    check_output(args.out)
    settings = read_settings(args)
    document = clean_one(args.path, settings)
    entry = Entry(id=document.id, text=document.text, url=document.url, site=document.site)
    duplicates = settings.duplicates
    noted = note_earlier(args.against, args.out, duplicates)
    with read_ledger(args.out) as ledger, open_earlier(noted, args.out, duplicates) as earlier:
        fetch = text_reader(args.out)
        known = has_index(ledger)
        alike = similar(ledger, duplicates, fetch, entry, earlier) if known else []
        source_of = source_finder(ledger)
        sources = [source_of(one.id) if one.folder is None else None for one in alike]
    for one, source in zip(alike, sources, strict=True):
        if args.json:
            print(json.dumps(asdict(one) | {"source": source}))
            continue
        verdict = one.relation or ("same template" if one.templated else "alike, not a copy")
        where = on_a_line(" ".join(filter(None, (one.url or source, one.folder))))
        print(
            f"{one.id} {verdict}: similarity {one.similarity:.2f}, containment "
            f"{one.containment:.2f} {where}".rstrip()
        )
    if not alike and not args.json:
        print(f"{args.path}: resembles nothing in {args.out}")
    return 0
