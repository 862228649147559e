"""`winnow run`: one run of the flow, without any set-up.

With `PREFECT_API_URL` set (in the environment or in Prefect's profile) the run is tracked by that
server.  Without, Prefect starts a server of its own that lives as long as the run; what it
remembers goes to Prefect's home, or, where nobody has used Prefect yet, into the output folder.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from cleaners.batch import Reporter
from cleaners.errors import RunError, UsageError, WinnowError
from cleaners.reading import check_paths
from cleaners.settings import Settings

_SERVER_SECONDS: Final = 5.0
"""How long a server may take to say that it is there."""

_QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # Prefect's own logs go to the server; on the terminal are progress and errors.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    # On a busy machine the server takes longer than the 20 s that Prefect allows.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def run_tracked(  # noqa: PLR0913 - the flags of the command
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    *,
    workers: int | None = None,
    again: bool = False,
    runner: str = "threads",
    dask_address: str | None = None,
    reporter: Reporter,
) -> list[dict[str, Any]]:
    """Run the flow as `run_batch` runs a batch: same output, same manifests, same errors.

    Raises `UsageError` if the API address is dead.
    """
    check_paths(paths)
    prepare_environment(out)
    from flows.cleaning import clean_scrapes, reporter_of_run  # noqa: PLC0415 - reads the above

    check_server()
    token = reporter_of_run.set(reporter)
    try:
        state = clean_scrapes(
            list(paths),
            str(out),
            settings,
            again,
            workers,
            runner,
            dask_address,
            return_state=True,
        )
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


def prepare_environment(out: Path) -> None:
    """Make Prefect quiet and keep its files where they are expected; before it is imported.

    What the user has set stays.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    if not Path("~/.prefect").expanduser().is_dir():
        os.environ.setdefault("PREFECT_HOME", str(out.resolve() / ".prefect"))


def check_server(*, needed: bool = False) -> str | None:
    """Ask the configured server whether it is there; its address, None if none is configured.

    Raises `UsageError` if it does not answer, or if one is `needed` and none is configured.
    """
    import httpx  # noqa: PLC0415 - Prefect's; `winnow clean` does without
    from prefect.settings import get_current_settings  # noqa: PLC0415 - see run_tracked

    address = get_current_settings().api.url
    if address is None:
        if needed:
            raise UsageError(
                "no Prefect server is configured; start one with `prefect server start` and set "
                "PREFECT_API_URL=http://127.0.0.1:4200/api"
            )
        return None
    try:
        answer = httpx.get(f"{address.rstrip('/')}/health", timeout=_SERVER_SECONDS)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise UsageError(
            f"PREFECT_API_URL={address}: no Prefect server answers there ({error}); "
            "start it, correct the address, or unset it to run without a server"
        ) from error
    return address
