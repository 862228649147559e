"""Starting a worker process and ending it.

A worker is a fresh Python with a socket of its own; nothing is shared, so that one that dies or
is killed can leave no lock behind.  It loads the judges before it is told its settings: started
first, it is ready by the time there is a plan.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final, TypeAlias

FAULT: Final = b"!"
"""Begins a worker's message that the machine, not a page, has a fault; result lines with {."""

Channel: TypeAlias = "Connection[object, object]"


@dataclass(frozen=True, slots=True)
class Process:
    """A running worker, and the socket to it."""

    process: subprocess.Popen[bytes]
    connection: Channel


def start() -> Process:
    """A worker that waits for its settings and templates, and then for scrapes.

    It ends when its socket is closed, which the kernel does for a parent that was killed.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - this Python and this package
            [sys.executable, "-P", "-m", "cleaners.working", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # Ctrl-C goes to the whole foreground group; ending workers is the parent's business.
            start_new_session=True,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            # One thread each: there are as many workers as cores.
            | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    return Process(process, Connection(ours.detach()))


def end(worker: Process) -> int:
    """Kill a worker if it lives; returns its exit code, negative for a signal."""
    worker.connection.close()
    worker.process.kill()
    return worker.process.wait()


@contextmanager
def started() -> Iterator[Process]:
    """A worker that is ended when nobody needs it any more; ending one twice is harmless."""
    worker = start()
    try:
        yield worker
    finally:
        end(worker)
