"""Prefect's environment and server, before and beside the flow."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

from cleaners.errors import UsageError

DEFAULT_SERVER: Final = "http://127.0.0.1:4200/api"
"""Where `prefect server start` listens unless told otherwise."""

_SERVER_SECONDS: Final = 5.0
"""How long a server may take to say that it is there."""

_PAUSE: Final = 0.5

_QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "RAY_USAGE_STATS_ENABLED": "0",
    # On a busy machine the server takes longer than the 20 s that Prefect allows.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # A run that stops sending them is found out by the automation for zombie runs.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
}
_SILENT: Final = {
    # Prefect's own logs go to the server; on the terminal are progress and errors.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
}


def prepare_environment(home: Path | None = None, *, silent: bool = True) -> None:
    """Set what Prefect reads when it is imported; what the user has set stays.

    `home` is where Prefect keeps its files if nobody has used it yet; without, they go where
    Prefect puts them.  Raises `UsageError` if it cannot be made.
    """
    for name, value in (_QUIET | (_SILENT if silent else {})).items():
        os.environ.setdefault(name, value)
    used = "PREFECT_HOME" in os.environ or Path("~/.prefect").expanduser().is_dir()
    if home is not None and not used:
        try:
            home.mkdir(parents=True, exist_ok=True)  # Prefect makes no parents
        except OSError as error:
            raise UsageError(
                f"{home}: cannot be written: {error.strerror}; choose another --out"
            ) from error
        os.environ["PREFECT_HOME"] = str(home)


def check_server(*, needed: bool = False, patience: float = 0.0) -> None:
    """Ask the configured server whether it is there.

    Where one is `needed` and none is configured, the one on this machine is taken.  `patience`:
    seconds that a server may have been started ago and not listen yet.  Raises `UsageError` if
    there is no answer.
    """
    from prefect.context import refresh_global_settings_context  # noqa: PLC0415 - reads it, too
    from prefect.settings import get_current_settings  # noqa: PLC0415 - reads the environment

    address = get_current_settings().api.url
    if address is not None:
        if problem := _wait_for(address, patience):
            raise UsageError(
                f"PREFECT_API_URL={address}: no Prefect server answers there ({problem}); "
                "start it, correct the address, or unset it to run without a server"
            )
    elif needed:
        if _wait_for(DEFAULT_SERVER, patience):
            raise UsageError(
                f"no Prefect server at {DEFAULT_SERVER}; start one with `prefect server start`, "
                "or set PREFECT_API_URL to where one is"
            )
        os.environ["PREFECT_API_URL"] = DEFAULT_SERVER
        refresh_global_settings_context()


def share_server() -> None:
    """Start a server for this process and its children, if none is configured; it ends with them.

    Prefect starts one by itself, but one for each process: every worker of a cluster would have
    its own.
    """
    from prefect.context import refresh_global_settings_context  # noqa: PLC0415 - see above
    from prefect.server.api.server import SubprocessASGIServer  # noqa: PLC0415 - see above
    from prefect.settings import get_current_settings  # noqa: PLC0415 - reads the environment

    if get_current_settings().api.url is None:
        # Stopped when Python exits, after Prefect has sent what it still held.
        server = SubprocessASGIServer()
        server.start()
        os.environ["PREFECT_API_URL"] = server.api_url
        refresh_global_settings_context()


def _wait_for(address: str, patience: float) -> str | None:
    """What is wrong with the server at `address`, once it has had its time to start."""
    end = time.monotonic() + patience
    problem = _problem(address)
    if problem and patience:
        sys.stderr.write(f"waiting up to {patience:.0f} s for a server at {address}\n")
    while problem and time.monotonic() < end:
        time.sleep(_PAUSE)
        problem = _problem(address)
    return problem


def _problem(address: str) -> str | None:
    import httpx  # noqa: PLC0415 - Prefect's; `winnow clean` does without

    try:
        answer = httpx.get(f"{address.rstrip('/')}/health", timeout=_SERVER_SECONDS)
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return str(error)
    return None
