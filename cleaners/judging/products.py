"""Matrix products that stay in the thread that asks for them.

The products of a page are small.  OpenBLAS, which numpy's wheels hold, starts a thread a core for
them all the same from a certain size on.  Threads that wait for work spin, so a page took twice
its processor time; and another number of threads gives other last digits.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

_TOGETHER: Final = 250_000
"""Multiplications at once.  OpenBLAS takes one thread for up to 262,144 (4 times its
`SMP_THRESHOLD_MIN`, interface/gemm.c)."""


def product(left: Floats, right: Floats) -> Floats:
    """`left @ right` of two matrices, some rows at a time."""
    rows = max(2, _TOGETHER // max(right.size, 1))  # a single row would be another routine's work
    result: Floats = np.empty((len(left), right.shape[1]), np.result_type(left, right))
    for start in range(0, len(left), rows):
        np.matmul(left[start : start + rows], right, out=result[start : start + rows])
    return result


def weighted(rows: Floats, weights: Floats) -> Floats:
    """(n,) the sum of each row, times `weights`."""
    sums: Floats = np.einsum("nk,k->n", rows, weights)
    return sums
