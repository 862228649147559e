"""`winnow serve`: clean on a schedule and on announcement, watched by a Prefect server."""

from __future__ import annotations

import argparse
from typing import Final

from cleaners.cli.options import (
    Subparsers,
    add_command,
    add_flow,
    add_new,
    check_out,
    cluster_of,
    read_settings,
)

_EPILOG: Final = """\
Puts three deployments on the Prefect server and runs them from here until stopped:

  nightly          by a cron line, everything new
  incremental      every few minutes, ends at once if nothing is new
  on-new-scrapes   when `winnow announce PATH` says that scrapes have landed

The server is the one of PREFECT_API_URL, or http://127.0.0.1:4200/api (`prefect server start`).

examples:
  winnow serve scrapes/ --out corpus
  winnow serve scrapes/ --nightly "30 3 * * *" --timezone Europe/Berlin --every 60
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "serve", help="clean on a schedule and on announcement", epilog=_EPILOG
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument(
        "--nightly", default="0 2 * * *", metavar="CRON", help="cron line (0 2 * * *)"
    )
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="its time zone (UTC)")
    parser.add_argument(
        "--every",
        default=15,
        type=int,
        metavar="MINUTES",
        help="between two incremental runs (15); 0 for none",
    )
    add_new(parser)
    add_flow(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from flows.serving import serve_deployments
    from flows.timetable import Timetable

    check_out(args.paths, args.out)
    serve_deployments(
        args.paths,
        args.out,
        read_settings(args),
        Timetable(nightly=args.nightly, timezone=args.timezone, incremental=args.every),
        workers=args.workers,
        against=args.against,
        runner=args.runner,
        cluster=cluster_of(args),
        upgrade=args.upgrade,
        report=args.report,
    )
    return 0
