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

    Raises `UsageError` for a cron line without five fields, an unknown time zone or a time below 0.
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
        if self.incremental < 0:
            raise UsageError(
                f"every {self.incremental} minutes: use a number from 1, or 0 for none"
            )
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise UsageError(
                f"{self.timezone!r} is no time zone; use a name such as Europe/Berlin"
            ) from error
