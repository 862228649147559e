"""`winnow clean`: a batch into an output folder, or one page from stdin to stdout."""

from __future__ import annotations

import argparse
import gc
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn

from cleaners.cli.options import (
    DEFAULT_OUT,
    Subparsers,
    add_batch,
    add_command,
    check_out,
    read_settings,
    waiting,
)
from cleaners.errors import UsageError
from cleaners.stops import stops_wait

if TYPE_CHECKING:
    from cleaners.batch import Redo

_EPILOG: Final = """\
PATH is a page (.html .htm .xhtml .txt .md), a file of records (.jsonl: one object a line with
`url`, `html` or `text`, and maybe `fetched_at`; .parquet: the same as columns; .warc), an archive
of pages (.zip .tar .tgz), any of these with .gz or .zst, a folder of them, or a URL of such.
`-` reads one page from stdin and writes its JSON line to stdout.

What was done before is skipped; a run that was interrupted is finished first.

examples:
  winnow clean scrapes/                      into clean/documents, clean/removed, ...
  winnow clean scrapes/ --out corpus --workers 8
  winnow clean crawl.jsonl.gz --no-dedup     keep near-copies
  winnow clean s3://bucket/crawl/ --format parquet --files s3://bucket/clean/
  winnow clean pages.parquet --columns html=content,url=uri
  winnow clean july/ --out july-clean --against june-clean
  winnow clean scrapes/ --again              do everything once more
  winnow clean scrapes/ --upgrade            do what was done with other settings once more
  winnow clean - < page.html | jq -r .text   one page, nothing written
"""
_OF_FILES: Final = ("format", "files", "against", "again", "upgrade")
"""Flags that say something of an output folder."""


def add(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers, "clean", help="clean scrapes into an output folder", epilog=_EPILOG
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders; - for stdin")
    add_batch(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from cleaners.cli.pages import clean_one
    from cleaners.reading import check_paths
    from cleaners.writing.jsonl import line

    settings = read_settings(args)
    if "-" in args.paths:
        if args.paths != ["-"]:
            raise UsageError("- (stdin) goes alone; clean the other paths in a second command")
        _check_flags_of_stdin(args)
        document = clean_one("-", settings)
        sys.stdout.buffer.write(line(document.as_record()))
        return 0
    check_out(args.paths, args.out)
    check_paths(args.paths)
    return clean_batch(args, args.paths, redo="everything" if args.again else _redo(args))


def _check_flags_of_stdin(args: argparse.Namespace) -> None:
    given = {"out": args.out is not DEFAULT_OUT} | {name: getattr(args, name) for name in _OF_FILES}
    if flag := next((name for name, value in given.items() if value), None):
        raise UsageError(
            f"- writes its document to standard output; leave --{flag} away, and send it to a file "
            "with > if you like"
        )


def _redo(args: argparse.Namespace) -> Redo:
    return "outdated" if args.upgrade else "nothing"


def clean_batch(args: argparse.Namespace, paths: Sequence[str], redo: Redo) -> int:
    """Clean `paths` as the flags say, until it is done or somebody stops it."""
    from cleaners.working.process import started

    settings = read_settings(args)
    signal.signal(signal.SIGTERM, _stop)
    with started() as worker:  # it loads the judges while this process loads the rest and plans
        # Python forgets the exit code after a stop within what `dataclass` compiles.
        with stops_wait():
            from cleaners.batch import run_batch
            from cleaners.cli.reporting import reporter_for

        gc.freeze()  # what was imported stays, and needs no looking at, shard after shard
        with reporter_for(args.out, quiet=args.quiet) as reporter:
            manifests = run_batch(
                paths,
                args.out,
                settings,
                workers=args.workers,
                redo=redo,
                against=args.against,
                waiting=waiting(args),
                spares=[worker],
                reporter=reporter,
            )
    return exit_code(manifests, args)


def exit_code(manifests: list[dict[str, Any]], args: argparse.Namespace) -> int:
    """1 if there was something to clean and all of it failed."""
    failed = sum(manifest["counts"]["failures"] for manifest in manifests)
    cleaned = sum(
        manifest["counts"]["documents"] + manifest["counts"]["duplicates"] for manifest in manifests
    )
    if failed and not cleaned:
        print(
            f"winnow: no page could be cleaned; {args.out}/failures says why of each; "
            f"once that is mended, or a limit raised: winnow retry {args.out}",
            file=sys.stderr,
        )
        return 1
    return 0


def _stop(*_: object) -> NoReturn:
    """End like Ctrl-C does, so that whatever is under way is put back."""
    raise KeyboardInterrupt
