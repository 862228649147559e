"""One thread for numpy's matrix products.

The products of a page are small.  OpenBLAS, which numpy's wheels hold, starts a thread a core for
them all the same, and threads that wait for work spin: a page took twice its processor time.
"""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final, NamedTuple

_BUILDS: Final = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads")
"""How numpy's builds name the functions."""
_MODULES: Final = ("numpy._core._multiarray_umath", "numpy.core._multiarray_umath")


class _Threads(NamedTuple):
    asked: Callable[[], int]
    limit: Callable[[int], object]


@contextmanager
def one_thread() -> Iterator[None]:
    """Do the products inside in one thread, and leave the number of threads as it was.

    Where numpy was built on another library, nothing changes.
    """
    threads = _threads()
    if threads is None or (before := threads.asked()) == 1:
        yield
        return
    threads.limit(1)
    try:
        yield
    finally:
        threads.limit(before)


@cache
def _threads() -> _Threads | None:
    library = _library()
    for build in _BUILDS:
        if library and hasattr(library, build.format("set")):
            return _Threads(
                getattr(library, build.format("get")), getattr(library, build.format("set"))
            )
    return None


def _library() -> ctypes.CDLL | None:
    """The part of numpy that is linked to its library of matrix products."""
    for name in _MODULES:  # numpy 2 has moved it
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        return ctypes.CDLL(module.__file__)
    return None
