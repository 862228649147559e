"""When the deployments of `winnow serve` run.  Imports no Prefect: the command checks it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cleaners.errors import UsageError

NIGHTLY: Final = "0 2 * * *"
INCREMENTAL: Final = 15


@dataclass(frozen=True, slots=True)
class Timetable:
    """When `nightly` (a cron line) and `incremental` (every so many minutes, 0 never) run.

    Raises `UsageError` for a cron line without five fields or an unknown time zone.
    """

    nightly: str = NIGHTLY
    timezone: str = "UTC"
    incremental: int = INCREMENTAL

    def __post_init__(self) -> None:
        if len(self.nightly.split()) != 5:
            raise UsageError(
                f"{self.nightly!r} is no cron line; write minute, hour, day, month, weekday, "
                f"such as {NIGHTLY!r}"
            )
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise UsageError(
                f"{self.timezone!r} is no time zone; use a name such as Europe/Berlin"
            ) from error
