"""`winnow template`: learn which lines the pages of each site share."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Final

from cleaners.cli.options import Subparsers, add_command, add_output
from cleaners.errors import UsageError

_EPILOG: Final = """\
Reads the documents of an output folder and writes, one JSON object a line, what recurs in those of
each site: text, on how many pages of how many.  Copies of a story count once.  Look the file
through, take out what should stay, and clean with it:

examples:
  winnow clean scrapes/ --out draft
  winnow template draft -o templates.jsonl
  winnow clean scrapes/ --out clean --templates templates.jsonl
  winnow template draft -o templates.jsonl --pages 20 --share 0.2    for large sites
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "template", help="learn which lines the pages of a site share", epilog=_EPILOG
    )
    add_output(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("templates.jsonl"),
        metavar="FILE",
        help="where to write (default: templates.jsonl)",
    )
    parser.add_argument(
        "--pages",
        type=int,
        default=5,
        metavar="N",
        help="stories of a site that must have a line (5)",
    )
    parser.add_argument(
        "--share",
        type=float,
        default=0.5,
        metavar="S",
        help="share of a site's stories that must have it (0.5)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.retrying import check_output
    from cleaners.templating.learning import Thresholds, learn
    from cleaners.templating.storing import write_standings

    if args.pages < 2 or not 0 < args.share <= 1:
        raise UsageError("--pages must be 2 or more, and --share above 0 and at most 1")
    check_output(args.out)
    found = list(learn(args.out, Thresholds(args.pages, args.share)))
    write_standings(args.output, found)
    sites = Counter(standing.site for standing in found)
    for site, lines in sites.items():
        print(f"{lines:>6,}  {site or '(pages without a url)'}")
    print(f"{args.output}: {len(found):,} lines of {len(sites):,} sites")
    return 0
