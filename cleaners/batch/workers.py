"""Worker processes that can be killed: each costs the page it was at, and nothing else.

A worker is sent scrapes and sends back result lines, in order, over a socket of its own.  Nothing
is shared, so that one that dies (or is killed because its page took too long) can leave no lock
behind, as it can in pools that share queues.
"""

from __future__ import annotations

import queue
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Final, Self, TypeAlias

from cleaners.errors import PageError, RunError, TimeLimitError, WorkerDiedError
from cleaners.reading import Scrape
from cleaners.settings import Settings
from cleaners.stops import stops_wait
from cleaners.templating.records import NO_TEMPLATES, Templates
from cleaners.working.process import FAULT, Process, end, start
from cleaners.working.results import failure_line

_QUEUED: Final = 2
"""Scrapes a worker holds: the one it cleans, and the next, so that it never waits."""
_AHEAD: Final = 128
"""Scrapes begun but not yet taken by the caller, for each worker."""
_TICK: Final = 0.05
_START_SECONDS: Final = 600.0
"""By the clock: a worker needs a second of processor time to start, but a busy machine may let it
wait for minutes.  One that dies while it starts is told at once; this ends one that hangs.
"""
_PATIENCE: Final = 4.0
"""A worker stops itself after `page_seconds` of processor time, however busy the machine is; one
that waits for something else is stopped when that many times as long has passed by the clock."""

_Numbered: TypeAlias = tuple[int, Scrape]


@dataclass(slots=True)
class _Worker:
    """`since`: when it began with the first of its scrapes, or was started if not `ready`."""

    running: Process
    scrapes: deque[_Numbered] = field(default_factory=deque)
    since: float = field(default_factory=time.monotonic)
    ready: bool = False


class Workers:
    """A cleaner with worker processes; use it in a `with` statement, for one stream of scrapes.

    `spares`: workers that were started already and wait for their settings; those that are needed
    are taken out of it.
    """

    def __init__(
        self,
        count: int,
        settings: Settings,
        templates: Templates = NO_TEMPLATES,
        *,
        spares: list[Process] | None = None,
    ) -> None:
        self._count, self._settings, self._templates = count, settings, templates
        self._spares = [] if spares is None else spares
        self._workers: list[_Worker] = []
        self._scrapes: Iterator[_Numbered] = iter(())
        self._exhausted = False
        self._again: deque[_Numbered] = deque()
        self._suspects: set[int] = set()
        self._finished: dict[int, bytes] = {}
        self._lines: queue.SimpleQueue[bytes | BaseException | None] = queue.SimpleQueue()
        self._room = threading.Semaphore(_AHEAD * count)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def __call__(self, scrapes: Iterable[Scrape]) -> Iterator[bytes]:
        """The result lines of `scrapes`, in their order."""
        self._scrapes = enumerate(scrapes)
        # The workers are looked after in a thread, so that they are busy while the caller is.
        with stops_wait():  # a thread half started can be neither joined nor left
            self._thread = threading.Thread(target=self._look_after, daemon=True)
            self._thread.start()
        while (got := self._lines.get()) is not None:
            if isinstance(got, BaseException):
                raise got
            self._room.release()
            yield got

    def _look_after(self) -> None:
        try:
            self._work()
            self._lines.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where the caller waits
            self._lines.put(error)
        finally:
            for worker in self._workers:
                end(worker.running)

    def _work(self) -> None:
        given = 0
        self._hand_out()
        while not self._stopped.is_set() and not self._is_done():
            ready = wait([worker.running.connection for worker in self._workers], _TICK)
            for worker in list(self._workers):
                if worker.running.connection in ready:
                    self._receive(worker)
                else:
                    self._check_time(worker)
            while given in self._finished:
                self._lines.put(self._finished.pop(given))
                given += 1
            self._hand_out()

    def _is_done(self) -> bool:
        held = self._again or any(worker.scrapes for worker in self._workers)
        return self._exhausted and not held

    def _next(self) -> _Numbered | None:
        """The next scrape to clean, if there is one and room for what it gives."""
        if self._again:
            return self._again.popleft()
        if self._exhausted or not self._room.acquire(blocking=False):
            return None
        scrape = next(self._scrapes, None)
        if scrape is None:
            self._exhausted = True
        return scrape

    def _hand_out(self) -> None:
        """Give every worker what it can hold; start a worker where one is missing."""
        for number in range(self._count):
            worker = self._workers[number] if number < len(self._workers) else None
            while (worker is None or len(worker.scrapes) < _QUEUED) and (scrape := self._next()):
                if worker is None:
                    worker = self._start()
                    self._workers.append(worker)
                if worker.ready and not worker.scrapes:
                    worker.since = time.monotonic()
                worker.scrapes.append(scrape)
                with suppress(OSError):  # it is dead: `_receive` sees to that
                    worker.running.connection.send(scrape[1])

    def _start(self) -> _Worker:
        running = self._spares.pop() if self._spares else start()
        with suppress(OSError):  # it is dead: `_receive` sees to that
            running.connection.send((self._settings, self._templates))
        return _Worker(running)

    def _receive(self, worker: _Worker) -> None:
        try:
            data = worker.running.connection.recv_bytes()
        except (EOFError, OSError):
            self._died(worker)
            return
        if data.startswith(FAULT):
            fault = data.removeprefix(FAULT).decode()
            raise RunError(f"{fault}; see to that and run the same command again")
        worker.since = time.monotonic()
        if worker.ready:
            number, _ = worker.scrapes.popleft()
            self._finished[number] = data
        worker.ready = True

    def _died(self, worker: _Worker) -> None:
        """Clean its page once more: it may have been killed for another page's sake."""
        with suppress(subprocess.TimeoutExpired):  # let it end by itself, to see how
            worker.running.process.wait(1)
        code = end(worker.running)
        ended = f"signal {-code}" if code < 0 else f"exit code {code}"
        if not worker.ready:
            raise RunError(f"a worker process could not start ({ended}); see its message above")
        if code == -signal.SIGXCPU:
            self._replace(worker, self._too_slow())
        elif worker.scrapes and worker.scrapes[0][0] not in self._suspects:
            self._suspects.add(worker.scrapes[0][0])
            self._replace(worker)
        else:
            reason = f"the process that cleaned it died twice ({ended}); look at this page"
            self._replace(worker, WorkerDiedError(reason))

    def _check_time(self, worker: _Worker) -> None:
        if not worker.scrapes:
            return
        patience = _PATIENCE * self._settings.limits.page_seconds
        limit = patience if worker.ready else _START_SECONDS
        if time.monotonic() - worker.since <= limit:
            return
        end(worker.running)
        if not worker.ready:
            raise RunError(
                f"a worker process did not start within {_START_SECONDS:.0f} s; "
                "see what it waits for and run the same command again"
            )
        self._replace(worker, self._too_slow())

    def _too_slow(self) -> TimeLimitError:
        limit = self._settings.limits.page_seconds
        return TimeLimitError(
            f"took longer than limits.page_seconds ({limit:g} s); raise it to clean this page"
        )

    def _replace(self, worker: _Worker, error: PageError | None = None) -> None:
        """Take its scrapes back; with an `error`, the first has failed."""
        if error is not None and worker.scrapes:
            number, scrape = worker.scrapes.popleft()
            self._finished[number] = failure_line(scrape, "clean", error)
        self._again.extendleft(reversed(worker.scrapes))
        self._workers.remove(worker)
