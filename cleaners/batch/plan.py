"""Planning: list what the ledger has not seen, cut it into shards, and write that down.

A run is what its plan says.  The plan is put in place whole, in `.work/<run>/`, before anything
is cleaned, and stays there until the run is finished; a run that was interrupted is therefore
finished from the same plan, with the same shards, whoever finishes it.

    .work/000001/run.json           what was asked for, with which settings
    .work/000001/00000.shard        the scrapes of the first shard, one a line
    .work/000001/00000.spool        pages of files that cannot be read from the middle
    .work/000001/00000.part         the shard cleaned, waiting for its turn to be committed;
                                    then emptied, as a sign that it was
    .work/000001/00000.sketches     what the duplicate index wants to know of its documents
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from cleaners.batch.digests import Digests
from cleaners.batch.earlier import is_output, note_earlier
from cleaners.batch.ledger import has_failed, has_index, last_run, look_up, note_whole, open_ledger
from cleaners.batch.manifests import close_lost_runs
from cleaners.batch.sharding import write_shards
from cleaners.deduplicating import IndexMismatchError, check_parameters
from cleaners.errors import RunError, UsageError
from cleaners.reading import Scrape, check_paths, find_scrapes, printable
from cleaners.reading.containers import SUFFIXES, is_records
from cleaners.settings import Settings, settings_from
from cleaners.templating.records import Templates
from cleaners.templating.storing import pin, pinned
from cleaners.writing.emitted import check_format, note_place, wanted_place
from cleaners.writing.jsonl import sync_folder, write_whole

_SMALL_RUN: Final = 32
_SMALL_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: paths only, so that it can be handed to any process.

    `resumed`: the plan of an earlier run that was interrupted.  `answers`: nothing is left to
    plan when it is finished; otherwise plan once more.  `small`: few small pages, which one
    worker process has cleaned before a second one could start.  `outdated`: how many of the
    skipped were cleaned with other settings or by another version.  `outputs`: folders among the
    scrapes that were passed over, for what is in them was emitted by a run.
    """

    out: Path
    run: str
    shards: tuple[Path, ...]
    skipped: int
    pages: int
    small: bool
    resumed: bool = False
    answers: bool = True
    outdated: int = 0
    outputs: tuple[str, ...] = ()


Redo: TypeAlias = Literal["nothing", "outdated", "failures", "everything"]
"""What is cleaned beside what is new.  `outdated`: what other settings or another version gave;
`failures`: what failed, and then nothing else, not even what is new."""


def plan_shards(
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    *,
    redo: Redo = "nothing",
    against: Sequence[str] = (),
) -> Plan:
    """The next run: first the one that was interrupted, if any, then what is new below `paths`.

    The caller holds the output folder's lock.  Without anything new there are no shards, and
    no run is made.  `against` are earlier output folders whose documents count as known.  Raises
    `UsageError` if a path is missing, there is no scrape at all, or an earlier output cannot be
    looked into, and `IndexMismatchError` for a duplicate index of other parameters.
    """
    check_paths(paths)
    settings = pin(settings, out)
    request = {
        "inputs": [printable(path) for path in paths],
        "redo": redo,
        "against": note_earlier([printable(path) for path in against], out, settings.duplicates),
        "settings": dataclasses.asdict(settings),
    }
    work = _working_folder(out)
    if unfinished := sorted(work.iterdir()):
        return _resume(unfinished[0], request)
    with open_ledger(out) as ledger:
        _check_index(ledger, out, settings)
        return _new_plan(paths, out, settings, request, ledger)


def _working_folder(out: Path) -> Path:
    """The folder of plans, without drafts and what was left of finished runs."""
    work = out / ".work"
    work.mkdir(parents=True, exist_ok=True)
    for leftover in work.iterdir():
        if not leftover.name.isdigit():
            shutil.rmtree(leftover)
    return work


def _new_plan(
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    request: dict[str, Any],
    ledger: sqlite3.Connection,
) -> Plan:
    number, work, redo = _next_run(out, ledger), out / ".work", request["redo"]
    run = f"{number:06d}"
    close_lost_runs(out, ledger, run, scratch=work)
    place = wanted_place(out, settings.output.files, begun=number > 1)
    check_format(settings.output.format)
    digests = Digests(ledger, ask=redo in ("nothing", "outdated"))
    outputs = _Outputs()
    scrapes = find_scrapes(
        paths,
        page_bytes=settings.limits.page_bytes,
        unpack_ratio=settings.limits.unpack_ratio,
        columns=settings.columns,
        avoid=[str(out), *filter(None, [place])],
        shunned=outputs,
        digests=digests,
    )
    fresh = _Fresh(_to_the_end(scrapes, digests), ledger, settings.digest, redo)
    shards = _write_plan(fresh, request, place, work / f"draft-{run}", work / run)
    fresh.note_whole()
    if not shards:
        tidy_work(out)
    if not fresh.found:
        said = _nothing_failed(paths) if redo == "failures" else _nothing_found(paths, outputs.seen)
        raise UsageError(said)
    return Plan(
        out,
        run,
        shards,
        fresh.skipped,
        fresh.found,
        small=fresh.small,
        outdated=fresh.outdated,
        outputs=tuple(outputs.seen),
    )


def _to_the_end(scrapes: Iterator[Scrape], digests: Digests) -> Iterator[Scrape]:
    """Before the plan is in place: after that, only commits wait for readers of the ledger."""
    yield from scrapes
    digests.save()


def plans(
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    *,
    redo: Redo = "nothing",
    against: Sequence[str] = (),
) -> Iterator[Plan]:
    """Plan after plan until nothing is left; ask for the next when the last one is finished."""
    while True:
        plan = plan_shards(paths, out, settings, redo=redo, against=against)
        yield plan
        if plan.answers:
            return


def tidy_work(out: Path) -> None:
    """Take the working folder away when nothing is under way."""
    with suppress(OSError):  # another run's plan is in it
        (out / ".work").rmdir()


def request_of(work: Path) -> dict[str, Any]:
    """What was asked of the run whose working folder this is."""
    try:
        request: dict[str, Any] = json.loads((work / "run.json").read_bytes())
    except (OSError, ValueError) as error:
        raise RunError(
            f"{work}: what this run had to do cannot be read ({error}); remove the folder and run "
            "again: what was committed is kept, the rest is planned anew"
        ) from error
    return request


def settings_of(work: Path) -> Settings:
    """The settings of the run whose working folder this is."""
    return settings_from(request_of(work)["settings"], where=str(work / "run.json"))


def cleaning_of(work: Path) -> tuple[Settings, Templates]:
    """All that pages of the run are cleaned by whose working folder this is."""
    settings = settings_of(work)
    return settings, pinned(settings, work.parent.parent)


def scrapes_of(shard: Path) -> list[Scrape]:
    """The scrapes of a shard."""
    with shard.open("rb") as lines:
        return [Scrape(**json.loads(line)) for line in lines]


def _check_index(ledger: sqlite3.Connection, out: Path, settings: Settings) -> None:
    """Before a plan is in place, which no other settings could finish."""
    if settings.duplicates.enabled and has_index(ledger):
        check_parameters(ledger, settings.duplicates.shingle_tokens, str(out))


def _resume(work: Path, request: dict[str, Any]) -> Plan:
    asked = request_of(work)
    with open_ledger(work.parent.parent) as ledger:
        try:
            _check_index(ledger, work.parent.parent, settings_of(work))
        except IndexMismatchError as error:
            raise IndexMismatchError(
                f"{error}, those of the interrupted run, or remove {work}: what was committed is "
                "kept, the rest is planned anew"
            ) from error
    same = all(asked[key] == value for key, value in request.items())
    return Plan(
        out=work.parent.parent,
        run=work.name,
        shards=tuple(sorted(work.glob("*.shard"))),
        skipped=asked["skipped"],
        pages=asked["pages"],
        small=False,  # that was not written down
        resumed=True,
        # A second plan would do the same a second time; otherwise it picks up what is new since.
        answers=same and asked["redo"] in ("everything", "failures"),
        outdated=asked["outdated"],
    )


def _next_run(out: Path, ledger: sqlite3.Connection) -> int:
    """One more than the last run, even if the ledger or the manifests were lost."""
    named = [path.name[:6] for path in (out / "runs").glob("*.json")]
    return 1 + max([last_run(ledger), *(int(name) for name in named if name.isdigit())])


class _Outputs:
    """Passes over outputs among the scrapes, and remembers which."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, folder: str, names: Collection[str]) -> bool:
        if found := is_output(folder, names):
            self.seen.append(printable(folder))
        return found


class _Fresh:
    """The scrapes that are to be cleaned, with an account of those that are not."""

    def __init__(
        self, scrapes: Iterable[Scrape], ledger: sqlite3.Connection, settings: str, redo: Redo
    ) -> None:
        self._scrapes, self._ledger, self._settings = scrapes, ledger, settings
        self._redo = redo
        self.found = self.skipped = self.outdated = self._bytes = 0
        self._whole: dict[str, bool] = {}

    @property
    def small(self) -> bool:
        """Whether all that is to be cleaned is small, see `Plan`."""
        return self.found - self.skipped <= _SMALL_RUN and self._bytes <= _SMALL_BYTES

    def __iter__(self) -> Iterator[Scrape]:
        for scrape in self._scrapes:
            self._look_at_file(scrape)
            if self._redo == "failures" and not self._has_failed(scrape):
                continue
            self.found += 1
            if self._is_done(scrape):
                self.skipped += 1
                continue
            self._bytes += scrape.length
            yield scrape

    def note_whole(self) -> None:
        """Write down which files of many were read to their end; to be called at the end."""
        whole = [source for source, is_whole in self._whole.items() if is_whole]
        note_whole(self._ledger, whole, self._whole.keys() - whole)

    def _look_at_file(self, scrape: Scrape) -> None:
        """A file of many that cannot be read to its end is a scrape of its own, after its pages."""
        if scrape.form != "file" and is_records(scrape.path):
            self._whole[printable(scrape.path)] = scrape.number > 0

    def _has_failed(self, scrape: Scrape) -> bool:
        if has_failed(self._ledger, scrape.source):
            return True
        # Where a file of many failed as a whole, nobody has seen the pages behind its damage.
        whole = scrape.number > 0 and has_failed(self._ledger, printable(scrape.path))
        return whole and look_up(self._ledger, scrape, self._settings) is None

    def _is_done(self, scrape: Scrape) -> bool:
        if self._redo in ("everything", "failures"):
            return False
        seen = look_up(self._ledger, scrape, self._settings)
        if seen is None:
            return False
        if self._redo == "outdated":
            return seen.current
        self.outdated += not seen.current
        return True


def _write_plan(
    fresh: _Fresh, request: dict[str, Any], place: str | None, draft: Path, final: Path
) -> tuple[Path, ...]:
    """Write a plan to `draft` and put it in place as a whole; nothing if nothing is fresh."""
    draft.mkdir()
    try:
        shards = write_shards(fresh, draft, final=final)
        if shards:
            facts = {
                "skipped": fresh.skipped,
                "outdated": fresh.outdated,
                "pages": fresh.found,
            }
            write_whole(draft / "run.json", [json.dumps(request | facts).encode()], scratch=draft)
            note_place(draft.parents[1], place)
            draft.replace(final)
            sync_folder(final.parent)
    finally:
        if draft.exists():
            shutil.rmtree(draft)
    return tuple(final / shard.name for shard in shards)


def _nothing_failed(paths: Sequence[str]) -> str:
    names = ", ".join(printable(path) for path in paths)
    return f"{names}: holds nothing that failed any more; `winnow clean` takes up what is new there"


def _nothing_found(paths: Sequence[str], outputs: Sequence[str]) -> str:
    names = ", ".join(printable(path) for path in paths)
    if outputs:
        return (
            f"{names}: no pages found; {outputs[0]} is an output of Winnow and passed over; name "
            f"{outputs[0]}/documents to clean its documents once more"
        )
    return (
        f"{names}: no pages found; files of records have to hold some, and folders files named "
        f"{SUFFIXES}, packed (.gz, .zst) or not"
    )
