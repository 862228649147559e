"""Steps that Ctrl-C and SIGTERM do not come between.

Python raises `KeyboardInterrupt` between any two instructions of the main thread.  Most of Winnow
is written so that this does no harm; a few steps of Python itself are not.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_STOPS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stops_wait() -> Iterator[None]:
    """A stop that comes within is told when it is left.

    Handlers are changed, not the mask of signals: a mask is the thread's own, and the system gives
    a signal to any other thread that takes it.  No stop comes to another thread than the first.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {}
    try:
        for stop in _STOPS:
            handler = signal.getsignal(stop)
            if handler is not None:  # None is a handler that Python did not set
                before[stop] = handler
                signal.signal(stop, lambda number, _: held.append(number))
        yield
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)
        for number in held:
            signal.raise_signal(number)
