"""`winnow run`: one run of the flow, without any set-up.

With `PREFECT_API_URL` set (in the environment or in Prefect's profile) the run is tracked by that
server.  Without, Prefect starts a server of its own that lives as long as the run; what it
remembers goes to Prefect's home, or, where nobody has used Prefect yet, into the output folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cleaners.batch import Reporter, output_lock
from cleaners.batch.lock import Waiting
from cleaners.errors import RunError, WinnowError
from cleaners.reading import check_paths
from cleaners.settings import Settings
from flows.environment import check_server, prepare_environment, share_server


def run_tracked(  # noqa: PLR0913 - the flags of the command
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    *,
    workers: int | None = None,
    again: bool = False,
    upgrade: bool = False,
    against: Sequence[str] = (),
    waiting: Waiting | None = None,
    runner: str = "threads",
    cluster: str | None = None,
    report: bool = False,
    reporter: Reporter,
) -> list[dict[str, Any]]:
    """Run the flow as `run_batch` runs a batch: same output, same manifests, same errors.

    Raises `UsageError` if the API address is dead, `RunError` if Prefect or the flow fails.
    """
    check_paths(paths)
    prepare_environment(home=out.resolve() / ".prefect")
    from flows.cleaning import clean_scrapes, reporter_of_run  # noqa: PLC0415 - see environment
    from flows.runners import check_cluster  # noqa: PLC0415 - see environment

    check_cluster(runner, cluster)
    check_server()
    with output_lock(out, waiting):
        pass  # a folder that cannot be used is told before a server is started
    token = reporter_of_run.set(reporter)
    try:
        if runner != "threads":
            share_server()
        state = clean_scrapes(
            list(paths),
            out=str(out),
            again=again,
            upgrade=upgrade,
            wait=waiting is not None,
            against=list(against),
            workers=workers,
            settings=settings,
            runner=runner,
            cluster=cluster,
            report=report,
            return_state=True,
        )
    except Exception as error:  # whatever Prefect raises, where the flow itself has not failed
        raise RunError(f"Prefect failed: {type(error).__name__}: {error}") from error
    finally:
        reporter_of_run.reset(token)
    if state.name == "Skipped":
        raise RunError(state.message or "another run is writing there")
    result: Any = state.result(raise_on_failure=False)
    if isinstance(result, WinnowError):
        raise result
    if isinstance(result, BaseException):
        raise RunError(f"the flow failed: {type(result).__name__}: {result}") from result
    manifests: list[dict[str, Any]] = result
    return manifests
