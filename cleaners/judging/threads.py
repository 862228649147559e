"""One thread for numpy's matrix products.

The products of a page are small.  OpenBLAS, which numpy's wheels hold, starts a thread a core for
them all the same, and threads that wait for work spin: a page took twice its processor time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


@contextmanager
def one_thread() -> Iterator[None]:
    """Do the products inside in one thread, and leave the number of threads as it was.

    It is a number of the whole process: while one thread is inside, products of others take one
    thread, too.
    """
    with _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> ThreadpoolController:
    """The libraries of matrix products that are loaded; numpy's is, wherever this is called."""
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - half a millisecond, once

    return ThreadpoolController()
