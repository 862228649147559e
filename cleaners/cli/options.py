"""Options that several commands share."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from cleaners.errors import UsageError
from cleaners.formats import FORMATS, Columns
from cleaners.settings import MOST_WORKERS, Settings, load_settings

# argparse has no public name for it.
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
HelpFormatter: Final = argparse.RawDescriptionHelpFormatter

DEFAULT_OUT: Final = Path("clean")
"""This very object stands for an output folder that was not named."""
_DEFAULT_FILE: Final = Path("winnow.toml")


def add_settings(parser: argparse.ArgumentParser) -> None:
    # A default would overwrite what was given before the command's name.
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="settings file (default: ./winnow.toml if it is there)",
    )


def add_batch(parser: argparse.ArgumentParser) -> None:
    """The options of every command that cleans what is new, now."""
    parser.add_argument(
        "--again", action="store_true", help="clean scrapes that were done before, too"
    )
    add_new(parser)
    add_wait(parser)
    add_quiet(parser)


def add_new(parser: argparse.ArgumentParser) -> None:
    """The options of every command that cleans what is new, now or later."""
    parser.add_argument(
        "--out",
        type=Path,
        default=DEFAULT_OUT,
        metavar="DIR",
        help="output folder (default: clean)",
    )
    parser.add_argument(
        "--upgrade",
        action="store_true",
        help="clean scrapes again that were done with other settings or another version",
    )
    add_cleaning(parser)


def add_cleaning(parser: argparse.ArgumentParser) -> None:
    """The options of every command that cleans a batch."""
    parser.add_argument(
        "--workers",
        type=_workers,
        metavar="N",
        help="processes that clean pages (default: one a core); the output is the same",
    )
    parser.add_argument(
        "--no-dedup", action="store_true", help="neither look for duplicates nor remember texts"
    )
    add_templates(parser)
    parser.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="DIR",
        help="an earlier output folder: what it has is a duplicate here; can be given repeatedly",
    )
    parser.add_argument(
        "--columns",
        type=_columns,
        metavar="NAMES",
        help="columns of Parquet files and keys of records, as html=content,url=uri",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="how documents are written (default: jsonl)",
    )
    parser.add_argument(
        "--files",
        metavar="PLACE",
        help="folder or URL for the emitted files (default: the output folder)",
    )
    add_settings(parser)


def add_quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")


def add_flow(parser: argparse.ArgumentParser) -> None:
    """The options of every command that cleans by the Prefect flow."""
    parser.add_argument(
        "--runner",
        choices=["threads", "dask", "ray"],
        default="threads",
        help="where shards are cleaned: here, or on a cluster that sees the same paths",
    )
    # One of the two: a run has one cluster.
    for cluster, what in (("dask", "scheduler of the Dask"), ("ray", "head of the Ray")):
        parser.add_argument(
            f"--{cluster}-address",
            metavar="ADDRESS",
            help=f"{what} cluster (default: a cluster on this machine for each run)",
        )
    parser.add_argument(
        "--report",
        action="store_true",
        help="make the report in the output folder's report/, linked in a run's summary",
    )


def cluster_of(args: argparse.Namespace) -> str | None:
    """The address of the cluster; raises `UsageError` for that of another runner's."""
    addresses = {"dask": args.dask_address, "ray": args.ray_address}
    address: str | None = addresses.pop(args.runner, None)
    for runner, other in addresses.items():
        if other is not None:
            raise UsageError(f"--{runner}-address goes with --runner {runner}; add that")
    return address


def check_out(paths: Sequence[str], out: Path) -> None:
    """Refuse to clean what is in the output folder: it is never read."""
    folder = out.resolve()
    for path in paths:
        resolved = Path(path).resolve()
        if folder == resolved or folder in resolved.parents:
            raise UsageError(
                f"{path}: is in the output folder {out}, which is never read; "
                "name another folder with --out"
            )


def add_templates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--templates",
        metavar="FILE",
        help="lines that sites repeat, as `winnow template` or `winnow repeats` wrote them",
    )


def add_wait(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wait",
        action="store_true",
        help="if another run is writing to the output folder, wait until it ends",
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """The output folder of a command that looks at one."""
    parser.add_argument(
        "out",
        nargs="?",
        type=Path,
        default=Path("clean"),
        metavar="DIR",
        help="output folder (default: clean)",
    )


def waiting(args: argparse.Namespace) -> Callable[[str], None] | None:
    """What `output_lock` should do about another run."""
    if not args.wait:
        return None

    def tell(holder: str) -> None:
        print(f"winnow: waiting for process {holder} to end", file=sys.stderr, flush=True)

    return tell


def read_settings(args: argparse.Namespace) -> Settings:
    """The settings file, then flags."""
    path: Path | None = getattr(args, "settings", None)
    if path is None and _DEFAULT_FILE.exists():
        path = _DEFAULT_FILE
    settings = Settings() if path is None else load_settings(path)
    if getattr(args, "no_dedup", False):
        off = dataclasses.replace(settings.duplicates, enabled=False)
        settings = dataclasses.replace(settings, duplicates=off)
    named = {key: value for key in ("format", "files") if (value := getattr(args, key, None))}
    output = dataclasses.replace(settings.output, **named)
    columns = dataclasses.replace(settings.columns, **(getattr(args, "columns", None) or {}))
    settings = dataclasses.replace(settings, output=output, columns=columns)
    if templates := getattr(args, "templates", None):
        cleaning = dataclasses.replace(settings.cleaning, templates=templates)
        settings = dataclasses.replace(settings, cleaning=cleaning)
    return settings


def add_command(subparsers: Subparsers, name: str, **texts: Any) -> argparse.ArgumentParser:
    """A subcommand whose help keeps its line breaks; `help` serves as description."""
    summary = texts["help"]
    return subparsers.add_parser(
        name,
        formatter_class=HelpFormatter,
        description=f"{summary[0].upper()}{summary[1:]}.",
        **texts,
    )


def _columns(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(",")]
    known = [field.name for field in dataclasses.fields(Columns)]
    for name, _, column in pairs:
        if name not in known or not column:
            raise argparse.ArgumentTypeError(
                f"{name!r}: write html=COLUMN,url=COLUMN with names of {', '.join(known)}"
            )
    return {name: column for name, _, column in pairs}


def _workers(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) < 9 else 0
    if not 1 <= number <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{text!r}: use a whole number from 1 to {MOST_WORKERS}")
    return number
