"""What Prefect's pages show of a run: summary, shards, chart, and a bar while it goes on.

Keys begin with the output folder's name, so that each folder has its own history of artifacts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Self, cast
from uuid import UUID

from prefect.artifacts import (
    create_image_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from cleaners.batch import Plan
from flows.facts import CommittedShard, RunFacts
from flows.summary import chart, shard_rows, summary


def artifact_key(plan: Plan, what: str) -> str:
    """A key of the letters Prefect allows: lower case, digits, dashes."""
    folder = re.sub(r"[^a-z0-9]+", "-", plan.out.resolve().name.lower()).strip("-")
    return f"{folder}-{what}" if folder else what


class Progress:
    """A progress bar; in a `with` statement."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._artifact: UUID | None = None
        self._shown = 0.0

    def __enter__(self) -> Self:
        # Prefect types it for coroutines, too.
        self._artifact = cast(
            "UUID",
            create_progress_artifact(
                progress=0.0,
                key=artifact_key(self._plan, "progress"),
                description=f"run {self._plan.run}: {len(self._plan.shards)} shards",
            ),
        )
        return self

    def __exit__(self, *_: object) -> None:
        """What was shown last stays."""

    def show(self, committed: Sequence[CommittedShard]) -> None:
        """A step is at least one percent: each costs a call to the server."""
        share = 100 * len(committed) / len(self._plan.shards)
        if self._artifact is not None and (share - self._shown >= 1 or share == 100):
            update_progress_artifact(self._artifact, progress=share)
            self._shown = share


def publish_run(facts: RunFacts) -> None:
    """Publish summary, table and chart of a finished run."""
    run = f"run {facts.plan.run}"
    create_markdown_artifact(
        summary(facts), key=artifact_key(facts.plan, "summary"), description=run
    )
    create_table_artifact(
        shard_rows(facts.shards),
        key=artifact_key(facts.plan, "shards"),
        description=f"{run}: its shards",
    )
    create_image_artifact(
        chart(facts.manifest["counts"]["removed"]),
        key=artifact_key(facts.plan, "removed"),
        description=f"{run}: removed pieces by kind",
    )
