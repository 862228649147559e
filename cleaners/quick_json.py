"""orjson, imported so that no signal can meet its start.

It begins in C with imports of its own, and where Ctrl-C or SIGTERM raises in one of them, Python
ends with a segmentation fault in place of a message.  So signals wait until it is there.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_STOPPING: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _signals_wait() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


with _signals_wait():
    from orjson import JSONDecodeError, dumps, loads

__all__ = ["JSONDecodeError", "dumps", "loads"]
