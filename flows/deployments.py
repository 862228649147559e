"""The deployments `nightly`, `incremental` and `on-new-scrapes`, for `winnow serve`.

`prefect.yaml` describes the same three for a work pool; a test holds them together.

Runs of a deployment never overlap, and none waits: one that would is cancelled, since the run
that is under way, or the next, does its work.  Runs of different deployments into one folder are
kept apart by the folder's lock (see `flows.cleaning`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.events import DeploymentEventTrigger
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from cleaners.errors import UsageError
from cleaners.reading.remote import is_url
from cleaners.settings import Settings
from flows.announcing import LANDED, RESOURCE
from flows.cleaning import clean_scrapes
from flows.timetable import Timetable

ONE_AT_A_TIME: Final = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)
ANNOUNCED_PATHS: Final = {
    "paths": {
        "__prefect_kind": "json",
        "value": {
            "__prefect_kind": "jinja",
            "template": "{{ event.payload.paths | tojson }}",
        },
    }
}
"""The flow's parameter `paths`, taken from the event."""


def deployments(  # noqa: PLR0913, PLR0917 - what a deployment is asked for
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    workers: int | None,
    times: Timetable,
    against: Sequence[str] = (),
    **options: Any,
) -> list[RunnerDeployment]:
    """The deployments; paths are made absolute, since a run starts in a folder of its own.

    `options` are further parameters of the flow.
    """
    parameters = {
        "paths": [_absolute(path) for path in paths],
        "out": str(out.resolve()),
        "settings": dataclasses.asdict(_with_absolute_paths(settings)),
        "workers": workers,
        "against": [str(Path(folder).resolve()) for folder in against],
        **options,
    }
    try:
        nightly = Cron(times.nightly, timezone=times.timezone)
    except ValueError as error:
        raise UsageError(f"{times.nightly!r} is no cron line: a field is out of range") from error
    made = [_deployment("nightly", parameters, nightly)]
    if times.incremental:
        interval = Interval(timedelta(minutes=times.incremental), timezone=times.timezone)
        made.append(_deployment("incremental", parameters, interval))
    trigger = DeploymentEventTrigger(
        name="winnow: new scrapes",
        description="Runs on-new-scrapes on what was announced.",
        expect={LANDED},
        match={"prefect.resource.id": RESOURCE},
        parameters=ANNOUNCED_PATHS,
    )
    return [*made, _deployment("on-new-scrapes", parameters, None, [trigger])]


def _with_absolute_paths(settings: Settings) -> Settings:
    templates, files = settings.cleaning.templates, settings.output.files
    cleaning = dataclasses.replace(settings.cleaning, templates=_absolute(templates))
    output = dataclasses.replace(settings.output, files=_absolute(files))
    return dataclasses.replace(settings, cleaning=cleaning, output=output)


def _absolute(path: str) -> str:
    return path if not path or is_url(path) else str(Path(path).resolve())


def _deployment(
    name: str,
    parameters: dict[str, Any],
    schedule: Schedule | None,
    triggers: list[DeploymentEventTrigger] | None = None,
) -> RunnerDeployment:
    made = clean_scrapes.to_deployment(
        name,
        parameters=parameters,
        schedule=schedule,
        triggers=list(triggers or ()),
        concurrency_limit=ONE_AT_A_TIME,
        description=DESCRIPTIONS[name],
        tags=["winnow"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast("RunnerDeployment", made)  # Prefect types it for coroutines, too


DESCRIPTIONS: Final = {
    "nightly": "Cleans everything new, at night.",
    "incremental": "Cleans what is new since the last run; ends at once if nothing is.",
    "on-new-scrapes": "Cleans the paths that a scrapes.landed event names.",
}
