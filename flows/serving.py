"""`winnow serve`: keep the deployments running from this process, without a work pool."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from cleaners.reading import check_paths
from cleaners.settings import Settings
from flows.environment import check_server, prepare_environment
from flows.timetable import Timetable

_PATIENCE: Final = 60.0
"""A server that was started just before takes some seconds to listen, on a busy machine many."""


def serve_deployments(  # noqa: PLR0913 - the flags of the command
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    times: Timetable,
    *,
    workers: int | None = None,
    against: Sequence[str] = (),
    **options: Any,
) -> None:
    """Create the deployments on the server and run what it schedules, until stopped.

    `options` are further parameters of the flow.
    Raises `UsageError` if a path is missing, no server answers, or the cron line or time zone is
    not one.
    """
    check_paths(paths)
    prepare_environment(silent=False)
    from prefect import serve  # noqa: PLC0415 - reads the environment

    from flows.automating import automate  # noqa: PLC0415 - reads the environment
    from flows.deployments import deployments  # noqa: PLC0415 - reads the environment
    from flows.runners import check_cluster  # noqa: PLC0415 - reads the environment

    check_cluster(options.get("runner", "threads"), options.get("cluster"))
    made = deployments(paths, out, settings, workers, times, against, **options)
    check_server(needed=True, patience=_PATIENCE)
    automate()
    serve(*made)
