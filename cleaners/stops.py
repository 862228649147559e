"""Steps that Ctrl-C and SIGTERM do not come between.

Python raises `KeyboardInterrupt` between any two instructions of the main thread.  Most of Winnow
is written so that this does no harm; a few steps of Python itself are not.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_STOPS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stops_wait() -> Iterator[None]:
    """A stop that comes within is told when it is left.

    Threads and processes that are started within hold stops back, too.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def stops_come() -> None:
    """Let stops come again, in a process whose parent held them back."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
