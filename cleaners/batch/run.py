"""A whole batch in one process and its workers: what `winnow clean` does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from cleaners.batch.clean import Cleaner, clean_shards
from cleaners.batch.commit import Committer, finish_run
from cleaners.batch.ledger import Counts
from cleaners.batch.lock import Waiting, output_lock
from cleaners.batch.plan import Plan, Redo, cleaning_of, plans
from cleaners.batch.workers import Workers
from cleaners.errors import RunError
from cleaners.reading import Scrape, check_paths
from cleaners.settings import Settings
from cleaners.templating.records import NO_TEMPLATES
from cleaners.working.process import Process


class Reporter(Protocol):
    """Is told how a batch goes."""

    def planned(self, plan: Plan) -> None: ...

    def cleaned(self) -> None:
        """One more page is through, whatever became of it."""

    def committed(self, shard: Path, counts: Counts) -> None: ...

    def finished(self, manifest: dict[str, Any]) -> None: ...


class Silence:
    """The reporter that says nothing."""

    def planned(self, plan: Plan) -> None: ...

    def cleaned(self) -> None: ...

    def committed(self, shard: Path, counts: Counts) -> None: ...

    def finished(self, manifest: dict[str, Any]) -> None: ...


def run_batch(  # noqa: PLR0913 - the options of the command
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    *,
    workers: int | None = None,
    redo: Redo = "nothing",
    against: Sequence[str] = (),
    waiting: Waiting | None = None,
    spares: list[Process] | None = None,
    reporter: Reporter,
) -> list[dict[str, Any]]:
    """Clean everything new below `paths` into `out`; returns the manifest of every run.

    An interrupted run is finished first, with the settings it was begun with.  `workers` is
    the number of processes, by default one a core.  `against`: earlier outputs, see
    `plan_shards`.  `waiting`: wait for another run to end, see `output_lock`.  `spares`: workers
    that were started already, see `Workers`.  Raises `UsageError` and `RunError`.
    """
    check_paths(paths)
    manifests = []
    with output_lock(out, waiting), _faults_of(out):
        for plan in plans(paths, out, settings, redo=redo, against=against):
            reporter.planned(plan)
            count = workers or cores()
            with _cleaner(plan, count, reporter, spares) as cleaner, Committer(out) as commit:
                for part in clean_shards(plan.shards, cleaner):
                    reporter.committed(part, commit(part))
            manifests.append(finish_run(plan))
            reporter.finished(manifests[-1])
    return manifests


def cores() -> int:
    """The cores that this process may use; a container has often fewer than the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _faults_of(out: Path) -> Iterator[None]:
    """Say in one line what the file system refused: no space, no permission, ..."""
    try:
        yield
    except BrokenPipeError:  # whoever read the progress has gone; that is no fault of the disk
        raise
    except OSError as error:
        where = error.filename or out
        raise RunError(
            f"{where}: {error.strerror or error}; see to that and run the same command again"
        ) from error


@contextmanager
def _cleaner(
    plan: Plan, workers: int, reporter: Reporter, spares: list[Process] | None
) -> Iterator[Cleaner]:
    """Pages are always cleaned in processes that can be killed; they start when there is a page."""
    cleaning = cleaning_of(plan.shards[0].parent) if plan.shards else (Settings(), NO_TEMPLATES)
    with Workers(1 if plan.small else workers, *cleaning, spares=spares) as cleaner:
        yield _counted(cleaner, reporter)


def _counted(cleaner: Cleaner, reporter: Reporter) -> Cleaner:
    def clean(scrapes: Iterable[Scrape]) -> Iterator[bytes]:
        for line in cleaner(scrapes):
            reporter.cleaned()
            yield line

    return clean
