"""`winnow automations`: what should happen by itself, set up on a Prefect server."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, cast
from uuid import UUID

from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events import EventTrigger, Posture
from prefect.events.actions import ChangeFlowRunState, SendNotification
from prefect.events.schemas.automations import AutomationCore

ZOMBIES: Final = "winnow: end zombie runs"
FAILURES: Final = "winnow: tell of failed runs"
_WEBHOOK: Final = "winnow-failures"
_SILENCE: Final = timedelta(seconds=90)
"""Three heartbeats."""

_FLOW: Final[dict[str, str | list[str]]] = {
    "prefect.resource.role": "flow",
    "prefect.resource.name": "clean-scrapes",
}
_ENDED: Final = ("Completed", "Failed", "Crashed", "Cancelled", "Skipped", "NothingNew")


def automate(webhook: str | None = None) -> list[str]:
    """Create the automations, or bring those of an earlier call up to date; returns their names.

    `webhook` is an address that takes `{"text": ...}`, as Slack, Mattermost and many others do;
    without, nobody is told of failures.
    """
    wanted = [zombie_automation()]
    if webhook is not None:
        wanted.append(_failure_automation(webhook))
    with get_client(sync_client=True) as client:
        for automation in wanted:
            for old in client.read_automations_by_name(automation.name):
                client.delete_automation(old.id)
            client.create_automation(automation)
    return [automation.name for automation in wanted]


def zombie_automation(silence: timedelta = _SILENCE) -> AutomationCore:
    """Ends runs whose process is gone without a word: they send no heartbeats.

    When a machine goes down with its worker or with `winnow serve`, nobody is left to report the
    run, which would stay *Running* and keep its deployment's next runs from starting.
    """
    return AutomationCore(
        name=ZOMBIES,
        description="Runs of clean-scrapes that send no heartbeats any more are Crashed.",
        trigger=EventTrigger(
            posture=Posture.Proactive,
            after={"prefect.flow-run.heartbeat"},
            expect={
                "prefect.flow-run.heartbeat",
                *(f"prefect.flow-run.{name}" for name in _ENDED),
            },
            match={"prefect.resource.id": "prefect.flow-run.*"},
            match_related=_FLOW,
            for_each={"prefect.resource.id"},
            threshold=1,
            within=silence,
        ),
        actions=[
            ChangeFlowRunState(
                name="Crashed",
                state=StateType.CRASHED,
                message="no heartbeat: its process is gone",
                force=False,
            )
        ],
    )


def _failure_automation(webhook: str) -> AutomationCore:
    """Tells of failed and crashed runs."""
    block = CustomWebhookNotificationBlock(
        name=_WEBHOOK,
        url=webhook,
        json_data={"text": "{{subject}}: {{body}}"},
        headers=None,
        cookies=None,
    )
    return AutomationCore(
        name=FAILURES,
        description="Tells a webhook of failed and crashed runs of clean-scrapes.",
        trigger=EventTrigger(
            posture=Posture.Reactive,
            expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            match_related=_FLOW,
        ),
        actions=[
            SendNotification(
                # Prefect types it for coroutines, too.
                block_document_id=cast("UUID", block.save(_WEBHOOK, overwrite=True)),
                subject="{{ flow.name }} {{ flow_run.state.name }}",
                body="{{ flow_run.name }}: {{ flow_run.state.message }}",
            )
        ],
    )
