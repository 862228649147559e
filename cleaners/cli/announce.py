"""`winnow announce`: say that scrapes have landed, so that `on-new-scrapes` cleans them."""

from __future__ import annotations

import argparse
from typing import Final

from cleaners.cli.options import Subparsers, add_command

_EPILOG: Final = """\
Sends the event `scrapes.landed` to the Prefect server of PREFECT_API_URL, or to
http://127.0.0.1:4200/api.

example:
  winnow announce scrapes/2026-11-22/
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "announce", help="say that scrapes have landed", epilog=_EPILOG
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders that landed")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from flows.announcing import announce

    for path in announce(args.paths):
        print(f"announced {path}")
    return 0
