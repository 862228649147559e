"""A switch of the whole process that several threads may hold down at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

State = TypeVar("State")


class Switch(Generic[State]):
    """Turned by the first that comes in, turned back by the last that goes out.

    Were it turned by each, one that goes out would turn it back under those that are inside, and
    the last would restore what it had found turned.  `turn` gives what `turn_back` is to be told.
    """

    def __init__(self, turn: Callable[[], State], turn_back: Callable[[State], object]) -> None:
        self._turn, self._turn_back = turn, turn_back
        self._lock = threading.Lock()
        self._inside = 0
        self._found: list[State] = []

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._found.append(self._turn())
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._turn_back(self._found.pop())
