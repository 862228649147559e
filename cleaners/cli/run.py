"""`winnow run`: the same batch as a Prefect flow."""

from __future__ import annotations

import argparse
from typing import Final

from cleaners.cli.clean import exit_code
from cleaners.cli.options import (
    Subparsers,
    add_batch,
    add_command,
    add_flow,
    check_out,
    cluster_of,
    read_settings,
    waiting,
)
from cleaners.errors import UsageError

_EPILOG: Final = """\
The output is the same, byte for byte, as that of `winnow clean`.

examples:
  winnow run scrapes/ --out corpus           on a server that lives as long as the run
  PREFECT_API_URL=http://host:4200/api winnow run scrapes/
  winnow run scrapes/ --runner dask --dask-address tcp://host:8786
  winnow run scrapes/ --runner ray --ray-address ray://host:10001
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "run",
        help="clean scrapes as a Prefect flow that can be watched",
        epilog=_EPILOG,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    add_batch(parser)
    add_flow(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    check_out(args.paths, args.out)
    settings, cluster = read_settings(args), cluster_of(args)
    try:
        from flows.running import run_tracked  # Prefect takes a second to import
    except ImportError as error:
        raise UsageError(
            f"the flows cannot be imported ({error}); install Winnow with all its dependencies, "
            "or use `winnow clean`"
        ) from error
    from cleaners.cli.reporting import reporter_for

    with reporter_for(args.out, quiet=args.quiet) as reporter:
        manifests = run_tracked(
            args.paths,
            args.out,
            settings,
            workers=args.workers,
            again=args.again,
            upgrade=args.upgrade,
            against=args.against,
            waiting=waiting(args),
            runner=args.runner,
            cluster=cluster,
            report=args.report,
            reporter=reporter,
        )
    return exit_code(manifests, args)
