"""The command `winnow`.

Each subcommand is a module with `add(subparsers)` and the function it runs, and imports what it
needs when it runs: `winnow --help` must not wait for parsers, numpy or Prefect.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from cleaners.cli import (
    announce,
    automations,
    clean,
    duplicates,
    explain,
    index,
    repeats,
    report,
    retry,
    run,
    serve,
    similar,
    status,
    template,
    verify,
)
from cleaners.cli.options import HelpFormatter, add_settings, read_settings
from cleaners.cli.streams import check_streams, on_a_line
from cleaners.errors import UsageError, WinnowError
from cleaners.version import __version__

_EPILOG: Final = """\
examples:
  winnow clean scrapes/                    clean a folder into clean/
  winnow clean dump.jsonl.gz --out corpus  records with url and html or text
  curl -s URL | winnow clean -             one page in, one JSON line out
  winnow explain scrapes/page.html         what goes, what stays, and why

`winnow COMMAND --help` tells more.  Exit codes: 0 done, 1 the run failed, 2 wrong usage,
130 stopped by Ctrl-C; run the same command again to go on.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    # No product here is worth a second thread, and starting them takes longer than all the rest.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        check_streams()
        args = _parser().parse_args(argv)
        code: int = args.run(args)
        sys.stdout.flush()
    except UsageError as error:
        return _fail(error, 2)
    except WinnowError as error:
        return _fail(error, 1)
    except KeyboardInterrupt:
        return _fail("stopped; nothing is half-written; run the same command again to go on", 130)
    except BrokenPipeError:
        # The reader (`| head`) has seen enough.  Python would complain again while exiting.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        return _fail(f"{error.filename or 'standard output'}: {error.strerror or error}", 1)
    return code


def _without_command(args: argparse.Namespace) -> int:
    if not args.version:
        raise UsageError("name a command, such as clean or explain; `winnow --help` tells more")
    print(f"winnow {__version__}, settings {read_settings(args).digest}")
    return 0


def _fail(message: object, code: int) -> int:
    print(f"winnow: {on_a_line(str(message))}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="winnow",
        description="Clean scraped web pages: main text in, boilerplate out, duplicates folded.",
        epilog=_EPILOG,
        formatter_class=HelpFormatter,
    )
    parser.set_defaults(run=_without_command)
    parser.add_argument(
        "--version", action="store_true", help="print the version and the digest of the settings"
    )
    add_settings(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in (
        clean,
        explain,
        report,
        status,
        verify,
        retry,
        duplicates,
        similar,
        repeats,
        template,
        index,
        run,
        serve,
        announce,
        automations,
    ):
        command.add(commands)
    return parser
