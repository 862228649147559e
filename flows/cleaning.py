"""The flow `clean-scrapes`: what `winnow clean` does, as Prefect tasks.

    plan-shards -> clean-shard, mapped -> commit-shard, in shard order -> finish-run

Between tasks go paths, counts and times, never page texts.  Every task can be done again without
harm: `clean-shard` finds its part file, `commit-shard` asks the ledger, and a run that was killed
is finished by the next one from the plan it left.  The part file is the result of `clean-shard`;
it lies beside the plan, which holds the shard and the settings, so Prefect need not keep one.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.task_runners import TaskRunner
from prefect.tasks import Task, exponential_backoff

from cleaners.batch import (
    Plan,
    Redo,
    Reporter,
    Silence,
    commit_shard,
    cores,
    finish_run,
    output_lock,
    plan_shards,
)
from cleaners.errors import BusyError, UsageError
from cleaners.reading import check_paths
from cleaners.report.building import build_report
from cleaners.settings import Settings
from flows.artifacts import Progress, publish_run
from flows.facts import REPORT, CleanedShard, CommittedShard, gather_facts, slowest_pages
from flows.parameters import Against, Cluster, FormSettings, Out, Paths, Runner, Workers
from flows.runners import ShardCleaner, check_cluster, shard_tasks

_SILENCE: Final = Silence()
reporter_of_run: ContextVar[Reporter] = ContextVar("reporter_of_run")
"""Who else is told how a run goes: the command line's progress bar."""

DEFAULT: Final = Settings()
_NO_FOLDERS: Final[list[str]] = []
_RETRIES: Final = 3
_FIRST_RETRY: Final = 2  # seconds; each further one waits twice as long


def _is_worth_a_retry(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """Storage and machines have bad moments; what was asked for wrongly stays wrong."""
    return not isinstance(state.result(raise_on_failure=False), UsageError)


@task(name="plan-shards", task_run_name="plan-shards", cache_policy=NO_CACHE)
def plan(paths: list[str], out: Path, settings: Settings, against: list[str], redo: Redo) -> Plan:
    return plan_shards(paths, out, settings, redo=redo, against=against)


@task(
    name="clean-shard",
    task_run_name="clean-shard {shard.parent.name}-{shard.stem}",
    cache_policy=NO_CACHE,
    retries=_RETRIES,
    retry_delay_seconds=exponential_backoff(_FIRST_RETRY),
    retry_jitter_factor=0.2,
    retry_condition_fn=_is_worth_a_retry,
)
def clean(shard: Path, cleaner: ShardCleaner) -> CleanedShard:
    began = time.monotonic()
    part = cleaner(shard)
    return CleanedShard(part, time.monotonic() - began, slowest_pages(part))


@task(
    name="commit-shard",
    task_run_name="commit-shard {cleaned.name}",
    cache_policy=NO_CACHE,
)
def commit(cleaned: CleanedShard) -> CommittedShard:
    counts = commit_shard(cleaned.part)
    return CommittedShard(cleaned.name, counts, cleaned.seconds, cleaned.slowest)


@task(name="finish-run", task_run_name="finish-run", cache_policy=NO_CACHE)
def finish(planned: Plan) -> dict[str, Any]:
    return finish_run(planned)


@task(name="make-report", task_run_name="make-report", cache_policy=NO_CACHE)
def make_report(out: Path) -> None:
    build_report(out, out.resolve() / REPORT)


@flow(name="clean-scrapes", flow_run_name="clean-scrapes into {out}", persist_result=False)
def clean_scrapes(  # noqa: PLR0913, PLR0917 - each is a field of Prefect's run form
    paths: Paths,
    out: Out = "clean",
    again: bool = False,  # noqa: FBT001, FBT002 - Prefect passes parameters by name
    workers: Workers = None,
    settings: FormSettings = DEFAULT,
    runner: Runner = "threads",
    cluster: Cluster = None,
    against: Against = _NO_FOLDERS,
    report: bool = False,  # noqa: FBT001, FBT002 - see above
    upgrade: bool = False,  # noqa: FBT001, FBT002 - see above
    wait: bool = False,  # noqa: FBT001, FBT002 - see above
) -> State[list[dict[str, Any]]]:
    """Clean everything new below `paths` into the folder `out`.

    Ends as *Completed*; as *NothingNew* if all was done before; as *Skipped* if another run is
    writing to the folder, for that one does the work.  A page that cannot be cleaned is a line in
    `failures/` and fails nothing else.  The result is the list of the runs' manifests.

    Args:
        paths: Files, folders and URLs of scrapes, as the machine that runs the flow sees them:
            pages (.html .txt .md ...), records (.jsonl), WARC files (.warc), Parquet (.parquet),
            archives (.zip .tar), most of them packed (.gz .zst), too; URLs such as
            s3://bucket/folder. Absolute paths are safest.
        out: The folder for documents, duplicates, removals, failures and the ledger. Scrapes that
            were cleaned into this folder before are skipped.
        again: Clean scrapes that were done before, too.
        workers: How many processes clean pages; empty for one a core. The output is the same for
            any number.
        settings: How pages are cleaned and what counts as a duplicate; the same keys as in
            winnow.toml. The defaults are right for most.
        runner: Where shards are cleaned. threads: on this machine. dask, ray: on a Dask or Ray
            cluster that sees the same paths (needs the extra of that name).
        cluster: The address of the Dask scheduler or of the head of the Ray cluster; empty for a
            cluster on this machine that lives as long as the run.
        against: Earlier output folders; a page whose text one of them has is a duplicate here.
        report: Make a page in the output folder's report/ in which a person reads what went, and
            link it in the summary. It takes about as much space as the output.
        upgrade: Clean scrapes again that were done with other settings or another version.
        wait: If another run is writing to the folder, wait until it ends, in place of ending as
            Skipped.

    """
    # Absolute: workers of a cluster were started in other folders.
    folder, count = Path(out).absolute(), workers or cores()
    redo: Redo = "everything" if again else "outdated" if upgrade else "nothing"
    check_paths(paths)
    check_cluster(runner, cluster)
    with ExitStack() as held:
        try:
            held.enter_context(output_lock(folder, _told_waiting if wait else None))
        except BusyError as busy:
            return Completed(name="Skipped", message=str(busy), data=[])
        manifests = []
        while True:
            planned = plan(paths, folder, settings, against, redo)
            with shard_tasks(runner, planned, count, cluster) as (started, cleaner):
                committed = _clean_and_commit(planned, started, cleaner)
            manifests.append(_finish(planned, committed, report=report))
            if planned.answers:
                return _ended(manifests)


def _told_waiting(holder: str) -> None:
    get_run_logger().info("waiting for process %s, which writes to the folder, to end", holder)


def _clean_and_commit(
    planned: Plan, started: TaskRunner[Any], cleaner: ShardCleaner
) -> list[CommittedShard]:
    """Clean the shards of a plan in parallel, and commit each as soon as its turn comes."""
    log, reporter = get_run_logger(), reporter_of_run.get(_SILENCE)
    reporter.planned(planned)
    for folder in planned.outputs:
        log.warning("passed over %s: it is an output of Winnow, not scrapes", folder)
    if not planned.shards:
        return []
    log.info("run %s into %s, shards: %d", planned.run, planned.out, len(planned.shards))
    committed: list[CommittedShard] = []
    with Progress(planned) as progress:
        futures = [
            started.submit(clean, {"shard": shard, "cleaner": cleaner}) for shard in planned.shards
        ]
        for shard, future in zip(planned.shards, futures, strict=True):
            committed.append(commit(future.result()))
            counts = committed[-1].counts
            log.info(
                "shard %s: %d documents, %d duplicates, %d failures in %.1f s",
                committed[-1].name,
                counts.documents,
                counts.duplicates,
                counts.failures,
                committed[-1].seconds,
            )
            progress.show(committed)
            for _ in range(counts.pages):
                reporter.cleaned()
            reporter.committed(shard, counts)
    return committed


def _finish(planned: Plan, committed: list[CommittedShard], *, report: bool) -> dict[str, Any]:
    manifest = finish(planned)
    if planned.shards:
        if report:
            make_report(planned.out)
        publish_run(gather_facts(planned, tuple(committed), manifest))
    reporter_of_run.get(_SILENCE).finished(manifest)
    return manifest


def _ended(manifests: list[dict[str, Any]]) -> State[list[dict[str, Any]]]:
    """The flow's final state, whose message says in a line what came of it."""
    counts = [manifest["counts"] for manifest in manifests]
    documents, duplicates, failures, skipped = (
        sum(count[key] for count in counts)
        for key in ("documents", "duplicates", "failures", "skipped")
    )
    if all(manifest["run"] is None for manifest in manifests):
        message = f"nothing new: {skipped:,} pages were done before"
        return Completed(name="NothingNew", message=message, data=manifests)
    message = f"{documents:,} documents, {duplicates:,} duplicates, {failures:,} failures"
    return Completed(message=message, data=manifests)
