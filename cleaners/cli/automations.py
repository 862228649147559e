"""`winnow automations`: what a Prefect server should do by itself."""

from __future__ import annotations

import argparse
from typing import Final

from cleaners.cli.options import Subparsers, add_command

_EPILOG: Final = """\
Creates on the Prefect server, or brings up to date:

  winnow: end zombie runs        a run that sends no heartbeats for 90 s is Crashed
  winnow: tell of failed runs    with --notify: posts {"text": ...} to a webhook

The deployment on-new-scrapes brings its own automation.

examples:
  winnow automations
  winnow automations --notify https://hooks.example.org/winnow
"""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "automations", help="set up what Prefect does by itself", epilog=_EPILOG
    )
    parser.add_argument("--notify", metavar="URL", help="webhook that is told of failed runs")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from flows.environment import check_server, prepare_environment

    prepare_environment()
    check_server(needed=True)
    from flows.automating import automate

    for name in automate(args.notify):
        print(name)
    return 0
