"""What a batch says of itself: lines or a bar while it runs, and a table at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cleaners.batch import Counts, Plan, Reporter, Silence
from cleaners.batch.manifests import most_first
from cleaners.cli.streams import on_a_line
from cleaners.errors import RunError
from cleaners.writing.emitted import emitted_of

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@contextmanager
def reporter_for(out: Path, *, quiet: bool) -> Iterator[Reporter]:
    """The reporter that fits: none, a bar on a terminal, plain lines elsewhere."""
    if quiet:
        yield Silence()
    elif sys.stdout.isatty():
        with Bar(out) as bar:
            yield bar
    else:
        yield Lines(out)


class Lines(Silence):
    """One line for each thing that happened, and a table at the end of a run."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._started = time.monotonic()
        self._cleaned = 0

    def planned(self, plan: Plan) -> None:
        self._started = time.monotonic()
        self._cleaned = 0
        if plan.resumed:
            _say(f"run {plan.run} was interrupted; finishing it")
        for folder in plan.outputs:
            _say(f"passed over {on_a_line(folder)}: it is an output of Winnow, not scrapes")

    def cleaned(self) -> None:
        self._cleaned += 1

    def committed(self, shard: Path, counts: Counts) -> None:
        _say(
            f"{shard.parent.name}-{shard.stem}: {counts.documents} documents, "
            f"{counts.duplicates} duplicates, {counts.failures} failures"
        )

    def finished(self, manifest: dict[str, Any]) -> None:
        rate = self._cleaned / max(time.monotonic() - self._started, 1e-9)
        _say(table(manifest, self._out, rate))


def _say(text: str) -> None:
    """Print at once; a full disk behind standard output is not taken for the output folder's."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise RunError(
            f"standard output: {error.strerror or error}; see to that, or use --quiet, and run the "
            "same command again"
        ) from error


class Bar(Lines):
    """A progress bar, once a run takes long enough to want one."""

    def __init__(self, out: Path) -> None:
        super().__init__(out)
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def planned(self, plan: Plan) -> None:
        super().planned(plan)
        if plan.small or not plan.shards:
            return
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress = Progress(
            TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        )
        self._task = self._progress.add_task("cleaning", total=plan.pages - plan.skipped)
        self._progress.start()

    def cleaned(self) -> None:
        super().cleaned()
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)

    def committed(self, shard: Path, counts: Counts) -> None:
        """The bar says enough."""

    def finished(self, manifest: dict[str, Any]) -> None:
        self._close()
        super().finished(manifest)

    def _close(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


def table(manifest: dict[str, Any], out: Path, rate: float) -> str:
    """The closing table of a run."""
    counts = manifest["counts"]
    if manifest["run"] is None:
        told = f"nothing new: {counts['skipped']:,} pages were done before (--again cleans them)"
        return "\n".join([told, *_outdated(counts)])
    rows = [
        ("pages", f"{counts['scrapes']:,}"),
        *((name, f"{counts[name]:,}") for name in ("documents", "duplicates", "failures")),
        ("skipped", f"{counts['skipped']:,}"),
        ("removed", f"{sum(counts['removed'].values()):,}"),
        *((f"  {kind}", f"{number:,}") for kind, number in most_first(counts["removed"])),
        ("pages/s", f"{rate:.1f}"),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"run {manifest['run']} -> {out}"]
    lines += [f"  {name:<{width}}  {value:>10}" for name, value in rows]
    lines += [f"  {line}" for line in _outdated(counts)]
    if counts["failures"]:
        files = emitted_of(out).place.says(f"failures/{manifest['run']}-*")
        lines.append(f"  {files} says why pages failed")
        lines.append(f"  once that is mended, or a limit raised: winnow retry {out}")
    return "\n".join(lines)


def _outdated(counts: dict[str, Any]) -> list[str]:
    if not counts["outdated"]:
        return []
    told = (
        f"{counts['outdated']:,} of the skipped were cleaned with other settings or another "
        "version of Winnow (--upgrade cleans them)"
    )
    return [told]
