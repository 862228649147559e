"""What runs in a worker process: `python -m cleaners.working FD`, see `process`."""

from __future__ import annotations

import gc
import math
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from cleaners.cleaning import clean_page
from cleaners.errors import WinnowError
from cleaners.reading import Scrape
from cleaners.records import Page
from cleaners.settings import Settings
from cleaners.templating.records import Templates
from cleaners.working.process import FAULT
from cleaners.working.scrapes import clean_scrape

_PAGE = Page(text="<p>Winnow cleans pages.</p>")


def main(handle: int) -> None:
    """Clean the scrapes that come in until the other end is closed."""
    _die_with_parent()
    connection = Connection(handle)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a page that takes too long is no crash
    settings: Settings
    templates: Templates
    try:
        # Imports and tables that the first page would otherwise pay for out of its time; most of
        # them need no settings, and are there before somebody knows these.
        clean_page(_PAGE)
        settings, templates = connection.recv()
        _limit_memory(settings.limits.worker_bytes)
        clean_page(_PAGE, settings, templates)
        gc.collect()
        gc.freeze()  # what was imported needs no looking at, page after page
        connection.send_bytes(b"")
        while (scrape := _next(connection)) is not None:
            _limit_time(settings.limits.page_seconds)
            connection.send_bytes(clean_scrape(scrape, settings, templates))
    except EOFError:  # nobody needed it
        return
    except (OSError, WinnowError) as error:
        # Where the run itself has ended, nobody listens any more, and it has said why.
        with suppress(ConnectionError):
            connection.send_bytes(FAULT + str(error).encode())


def _next(connection: Connection[Any, Any]) -> Scrape | None:
    try:
        scrape: Scrape = connection.recv()
    except EOFError:
        return None
    return scrape


def _die_with_parent() -> None:
    """Ask Linux to kill this process when its parent is killed, even within a page."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only there

        parent_death_signal = 1
        ctypes.CDLL(None).prctl(parent_death_signal, signal.SIGKILL)


def _limit_time(seconds: float) -> None:
    """Let the kernel end this process (SIGXCPU) after so much more processor time.

    Unlike a clock it does not make a page fail because other work is done on the machine, and
    unlike a timer it ends C code, too.
    """
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = math.ceil(time.process_time() + seconds)
    allowed = allowed if most == resource.RLIM_INFINITY else min(allowed, most)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, most))


def _limit_memory(size: int) -> None:
    """Let allocations fail beyond `size` bytes of address space.

    There is no limit for memory in use, and elsewhere than on Linux none that can be relied on.
    """
    if sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = size if most == resource.RLIM_INFINITY else min(size, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))


if __name__ == "__main__":
    main(int(sys.argv[1]))
    # Libraries' threads and finalizers have nothing left to do that anybody waits for.
    os._exit(0)
