"""`winnow announce`: tell Prefect that scrapes have landed.

A scraper can do the same without Winnow, with any way of posting JSON to the server's `/events`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from cleaners.errors import RunError
from cleaners.reading import check_paths
from cleaners.reading.remote import is_url
from flows.environment import check_server, prepare_environment

LANDED: Final = "scrapes.landed"
RESOURCE: Final = "winnow.scrapes"


def announce(paths: Sequence[str]) -> list[str]:
    """Send a `scrapes.landed` event that names the paths; returns them as sent, absolute.

    Raises `UsageError` if a path is missing or no server answers.
    """
    check_paths(paths)
    prepare_environment()
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - reads the environment
    from prefect.exceptions import PrefectException, PrefectHTTPStatusError  # noqa: PLC0415

    check_server(needed=True)
    absolute = [path if is_url(path) else str(Path(path).resolve()) for path in paths]
    event = {
        "id": str(uuid4()),
        "occurred": datetime.now(UTC).isoformat(),
        "event": LANDED,
        "resource": {"prefect.resource.id": RESOURCE},
        "payload": {"paths": absolute},
    }
    try:
        with get_client(sync_client=True) as client:
            client.request("POST", "/events", json=[event]).raise_for_status()
    except (PrefectException, PrefectHTTPStatusError) as error:
        raise RunError(f"the server did not take the event: {error}") from error
    return absolute
