"""Where shards are cleaned: threads of this process, each with a worker process, or Dask."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from cleaners.errors import UsageError


def task_runner(name: str, workers: int, dask_address: str | None) -> TaskRunner[Any]:
    """The task runner of that name; it is started by a `with` statement.

    Raises `UsageError` if Dask is asked for and not installed.
    """
    if name == "threads":
        return ThreadPoolTaskRunner(max_workers=workers)
    try:
        from prefect_dask import (  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
            DaskTaskRunner,  # an extra that few need
        )
    except ImportError as error:
        raise UsageError(f"Dask is not installed ({error}): pip install 'winnow[dask]'") from error
    if dask_address is not None:
        there: TaskRunner[Any] = DaskTaskRunner(address=dask_address)
        return there
    here: TaskRunner[Any] = DaskTaskRunner(
        cluster_kwargs={"n_workers": workers, "threads_per_worker": 1}
    )
    return here
