"""Where shards are cleaned: in worker processes of this machine, or on a Dask or Ray cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, Protocol, Self

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from cleaners.batch import Plan, clean_shard, clean_shards
from cleaners.batch.plan import cleaning_of
from cleaners.batch.workers import Workers
from cleaners.errors import UsageError
from cleaners.extras import extra

_HOST: Final = r"([^\s/:\[\]]+|\[[0-9a-fA-F:.]+\]):\d{1,5}"
_ADDRESSES: Final = {
    "dask": (re.compile(rf"((tcp|tls|ucx|wss?)://)?{_HOST}"), "tcp://HOST:8786"),
    "ray": (re.compile(rf"auto|(ray://)?{_HOST}"), "ray://HOST:10001"),
}
"""The shape of each cluster's addresses, and one to go by."""


class ShardCleaner(Protocol):
    """Cleans a planned shard; gives its part file."""

    def __call__(self, shard: Path) -> Path: ...


def check_cluster(runner: str, cluster: str | None) -> None:
    """Raise `UsageError` if the runner's extra is missing, or for an address that is of no use."""
    if runner == "threads":
        if cluster is not None:
            raise UsageError(
                f"{cluster} is the address of a cluster, and shards are cleaned on this machine; "
                "choose the runner dask or ray"
            )
        return
    shape, example = _ADDRESSES[runner]
    if cluster is not None and not shape.fullmatch(cluster):
        raise UsageError(
            f"{cluster!r} is no address of a {runner.capitalize()} cluster; write it as {example}"
        )
    _library(runner)


def _library(runner: str) -> Any:
    return extra(f"prefect_{runner}", runner, f"to clean shards on {runner.capitalize()}")


@contextmanager
def shard_tasks(
    runner: str, plan: Plan, workers: int, cluster: str | None
) -> Iterator[tuple[TaskRunner[Any], ShardCleaner]]:
    """A task runner that is started, and how its tasks clean a shard."""
    if runner != "threads":
        make = _dask if runner == "dask" else _ray
        with make(workers, cluster) as started:
            yield started, clean_shard
        return
    # One task at a time has the worker processes, which are busy with the next shard, too.
    with (
        ShardStream(plan.shards, workers) as stream,
        ThreadPoolTaskRunner[Any](max_workers=1) as started,
    ):
        yield started, stream


def _dask(workers: int, address: str | None) -> TaskRunner[Any]:
    options: dict[str, Any] = {"address": address}
    if address is None:
        options = {"cluster_kwargs": {"n_workers": workers, "threads_per_worker": 1}}
    made: TaskRunner[Any] = _library("dask").DaskTaskRunner(**options)
    return made


def _ray(workers: int, address: str | None) -> TaskRunner[Any]:
    own: dict[str, Any] = {"num_cpus": workers, "include_dashboard": False}
    # Without an address Ray would join any cluster that it finds on this machine.
    made: TaskRunner[Any] = _library("ray").RayTaskRunner(
        address=address or "local",
        # What workers print would fill the terminal; Prefect has their logs.
        init_kwargs={"log_to_driver": False} | (own if address is None else {}),
    )
    return made


class ShardStream:
    """Cleans shards in their order with one set of worker processes; in a `with` statement.

    To start workers for every shard would cost a twentieth of the time.  After a failure it
    begins anew with the shard that is asked for next.
    """

    def __init__(self, shards: Sequence[Path], workers: int) -> None:
        self._shards, self._workers = shards, workers
        self._open = ExitStack()
        self._parts: Iterator[Path] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def __call__(self, shard: Path) -> Path:
        try:
            if self._parts is None:
                workers = Workers(self._workers, *cleaning_of(shard.parent))
                rest = self._shards[self._shards.index(shard) :]
                self._parts = clean_shards(rest, self._open.enter_context(workers))
            return next(self._parts)
        except BaseException:
            self._parts = None
            self._open.close()
            raise
