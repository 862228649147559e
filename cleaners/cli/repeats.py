"""`winnow repeats`: long paragraphs that different stories share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from cleaners.cli.options import Subparsers, add_command, add_output, add_settings, read_settings
from cleaners.errors import UsageError

_EPILOG: Final = """\
Lists the paragraphs of 27 words or more that stories share, whatever their sites: an agency's
notice, an "about us".  They are counted only by runs with `repeats = true` under [duplicates] in
winnow.toml.  With -o they are written as a file that `winnow clean --templates` takes.

examples:
  winnow repeats                          of clean/, those of 5 stories or more
  winnow repeats corpus --stories 20
  winnow repeats draft -o repeats.jsonl   look it through, then:
  winnow clean scrapes/ --out clean --templates repeats.jsonl
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "repeats", help="list long paragraphs that stories share", epilog=_EPILOG
    )
    add_output(parser)
    parser.add_argument(
        "--stories",
        type=int,
        metavar="N",
        help="how many stories must have a paragraph (duplicates.repeat_stories, 5)",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write them as a file of templates"
    )
    add_settings(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.batch.ledger import has_index, read_ledger
    from cleaners.batch.retrying import check_output
    from cleaners.deduplicating import list_repeats, text_reader
    from cleaners.templating.records import ANY, Standing
    from cleaners.templating.storing import write_standings

    least = read_settings(args).duplicates.repeat_stories if args.stories is None else args.stories
    if least < 2:
        raise UsageError("--stories must be 2 or more")
    check_output(args.out)
    standings: list[Standing] = []
    told: list[str] = []
    with read_ledger(args.out) as ledger:
        fetch = text_reader(args.out)
        for shared in list_repeats(ledger, fetch, least) if has_index(ledger) else ():
            standings.append(Standing(ANY, shared.text, shared.stories, 0, "repeat"))
            told.append(f"{shared.stories:>6,}  {shared.first}  {' '.join(shared.text.split())}")
    # Not while the ledger is open: a reader that pauses would keep runs from committing.
    print(*told, sep="\n", end="\n" if told else "")
    print(f"{args.out}: {len(standings):,} paragraphs of {least:,} stories or more")
    if args.output is not None:
        write_standings(args.output, standings)
    return 0
