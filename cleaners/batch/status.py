"""What an output folder holds and whether anything is unfinished; nothing is changed or locked."""

from __future__ import annotations

import json
import shlex
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cleaners.batch.ledger import NAME, Counts, has_index, read_ledger
from cleaners.batch.lock import holder_of
from cleaners.batch.plan import request_of
from cleaners.batch.retrying import check_output
from cleaners.writing.emitted import FOLDERS, emitted_of

_FAILURES: Final = 5


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that was interrupted; `command` finishes it."""

    run: str
    done: int
    shards: int
    command: str


@dataclass(frozen=True, slots=True)
class Status:
    """`runs` in their order; `failures`: the last of them; `indexed`: documents known to the
    duplicate index; `sizes`: bytes on disk; `writer`: the process of a run that is under way.
    """

    runs: tuple[tuple[str, Counts], ...]
    failures: tuple[dict[str, Any], ...]
    indexed: int
    sizes: dict[str, int]
    unfinished: Unfinished | None
    writer: str | None

    @property
    def total(self) -> Counts:
        return sum((counts for _, counts in self.runs), Counts())


def status_of(out: Path) -> Status:
    """Raises `UsageError` if `out` is no output folder, `RunError` if its ledger is damaged."""
    check_output(out)
    with read_ledger(out) as ledger:
        runs: dict[str, Counts] = {}
        for run, counts in ledger.execute("SELECT run, counts FROM shards ORDER BY run, shard"):
            runs[run] = runs.get(run, Counts()) + Counts(**json.loads(counts))
        indexed = 0
        if has_index(ledger):
            indexed = ledger.execute("SELECT count(*) FROM index_documents").fetchone()[0]
    parts = (*FOLDERS, "runs", ".work", NAME)
    return Status(
        runs=tuple(runs.items()),
        failures=tuple(_last_failures(out)),
        indexed=indexed,
        sizes={part: size for part in parts if (size := _size(out, part))},
        unfinished=_unfinished(out),
        writer=holder_of(out),
    )


def _last_failures(out: Path) -> Iterator[dict[str, Any]]:
    emitted = emitted_of(out)
    if files := emitted.names("failures"):
        last = deque(emitted.records(files[-1]), maxlen=_FAILURES)
        yield from (record for _, _, record in last)


def _size(out: Path, part: str) -> int:
    if part in FOLDERS:
        return emitted_of(out).place.size(part)
    path = out / part
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _unfinished(out: Path) -> Unfinished | None:
    planned = sorted(path for path in (out / ".work").glob("*") if path.name.isdigit())
    if not planned:
        return None
    work = planned[0]
    shards = list(work.glob("*.shard"))
    done = sum(part.stat().st_size == 0 for part in work.glob("*.part"))
    return Unfinished(work.name, done, len(shards), command_of(work))


def command_of(work: Path) -> str:
    """The command that goes on with the run whose working folder this is.

    The run itself goes on as it was planned; options that are not named here, such as --settings
    and --against, hold for what is new since, and are to be given again.
    """
    asked, out = request_of(work), str(work.parent.parent)
    if asked["redo"] == "failures":
        return shlex.join(["winnow", "retry", out])
    flags = {"everything": ["--again"], "outdated": ["--upgrade"]}.get(asked["redo"], [])
    return shlex.join(["winnow", "clean", *asked["inputs"], "--out", out, *flags])
