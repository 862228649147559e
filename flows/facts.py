"""What the tasks hand on: paths, counts and times, never page texts."""

from __future__ import annotations

import heapq
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cleaners.batch import Counts, Plan
from cleaners.batch.parts import open_part
from cleaners.working.results import records
from cleaners.writing.emitted import emitted_of

REPORT: Final = "report"
"""Where in the output folder a run puts its report."""
_SLOWEST: Final = 5
_FAILURES: Final = 1_000


@dataclass(frozen=True, slots=True, order=True)
class SlowPage:
    """A page and the seconds it took to read and clean."""

    seconds: float
    source: str


@dataclass(frozen=True, slots=True)
class CleanedShard:
    """A shard that waits for being committed: its part file, and how long it took."""

    part: Path
    seconds: float
    slowest: tuple[SlowPage, ...]

    @property
    def name(self) -> str:
        """Run and shard, as the output files are named."""
        return shard_name(self.part)


@dataclass(frozen=True, slots=True)
class CommittedShard:
    """A row of the table of shards; `seconds` is the time its pages took to clean."""

    name: str
    counts: Counts
    seconds: float
    slowest: tuple[SlowPage, ...]


@dataclass(frozen=True, slots=True)
class RunFacts:
    """All that the artifacts of a run tell.

    `failures` are rows of `failures/`, at most a thousand; `previous` is the manifest of the
    run before, if there was one; `report` the page of a report in the output folder's `report/`.
    """

    plan: Plan
    shards: tuple[CommittedShard, ...]
    manifest: dict[str, Any]
    failures: tuple[dict[str, Any], ...]
    previous: dict[str, Any] | None
    report: Path | None = None

    @property
    def slowest(self) -> list[SlowPage]:
        """The slowest pages of the run, slowest first."""
        return heapq.nlargest(_SLOWEST, (page for shard in self.shards for page in shard.slowest))


def shard_name(path: Path) -> str:
    """Run and shard of a shard file or part file, as the output files are named."""
    return f"{path.parent.name}-{path.stem}"


def slowest_pages(part: Path) -> tuple[SlowPage, ...]:
    """The slowest pages of a part file; a page whose worker was killed has no time."""
    with open_part(part) as lines:
        pages = (
            SlowPage(record["seconds"], record["source"])
            for record in records(lines)
            if "seconds" in record
        )
        return tuple(heapq.nlargest(_SLOWEST, pages))


def gather_facts(
    plan: Plan, shards: tuple[CommittedShard, ...], manifest: dict[str, Any]
) -> RunFacts:
    """The facts of a finished run, read from its output folder."""
    page = plan.out / REPORT / "index.html"
    report = page.resolve() if page.exists() else None
    return RunFacts(plan, shards, manifest, _failures(plan.out, manifest), _previous(plan), report)


def _failures(out: Path, manifest: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    rows: list[dict[str, Any]] = []
    for file in manifest.get("files", ()):
        if file["path"].startswith("failures/") and len(rows) < _FAILURES:
            rows += (json.loads(line) for line in emitted_of(out).lines(file["path"]))
    return tuple(rows[:_FAILURES])


def _previous(plan: Plan) -> dict[str, Any] | None:
    earlier = [path for path in (plan.out / "runs").glob("*.json") if path.stem < plan.run]
    if not earlier:
        return None
    manifest: dict[str, Any] = json.loads(max(earlier).read_bytes())
    return manifest
