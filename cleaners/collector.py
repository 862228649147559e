"""Python's search for cyclic garbage, put off while pages are cleaned."""

from __future__ import annotations

import gc
import threading
from typing import Final


class _Paused:
    """Paused by the first that comes in, put back as it was by the last that goes out.

    The collector is the whole process's.  Were it paused by each, one thread that goes out would
    start it under those that are inside, and the last would leave it as it had found it: paused.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._ran = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._ran = gc.isenabled()
                gc.disable()
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._ran:
                gc.enable()


COLLECTOR_PAUSED: Final = _Paused()
"""A page makes tens of thousands of objects and no cycles among them: they go when they are no
longer needed, and looking through them again and again took a tenth of the page's time."""
