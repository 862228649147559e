"""Worker processes that are slow to start."""

import os
import socket
import subprocess
import sys
import time
from multiprocessing.connection import Connection

import pytest

from cleaners.batch.workers import Workers
from cleaners.errors import RunError
from cleaners.reading import Scrape
from cleaners.settings import Settings
from cleaners.templating.records import NO_TEMPLATES
from cleaners.working.process import end

SCRAPE = Scrape(source="page", path="page", digest="")


def test_a_worker_that_starts_slowly_is_waited_for_and_one_that_hangs_is_not():
    """A machine under load may not let it start for minutes."""
    with Workers(1, Settings()) as pool:
        starting = pool._start()
        try:
            starting.scrapes.append((0, SCRAPE))
            starting.since = time.monotonic() - 300
            pool._check_time(starting)
            assert starting.running.process.poll() is None
            starting.since = time.monotonic() - 700
            with pytest.raises(RunError, match="did not start within 600 s"):
                pool._check_time(starting)
        finally:
            end(starting.running)


def test_a_worker_whose_run_has_ended_ends_without_a_word():
    """The run has said why it stopped; a traceback of its worker would only hide that."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        worker = subprocess.Popen(
            [sys.executable, "-m", "cleaners.working", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stderr=subprocess.PIPE,
            text=True,
        )
        theirs.close()
        connection = Connection(os.dup(ours.fileno()))
        connection.send((Settings(), NO_TEMPLATES))
        assert connection.poll(60)  # it is ready, which nobody reads: closing now resets it
        connection.close()
    _, said = worker.communicate(timeout=60)
    assert not said
