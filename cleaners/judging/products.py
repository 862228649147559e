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


_ROWS: Final = 16
_COLUMNS: Final = 16
"""Columns at once where the whole would leave fewer than `_ROWS` rows: 677 by 192 weights left two,
so that they were read from memory for every two lines, which took two and a half times as long."""


def product(left: Floats, right: Floats) -> Floats:
    """`left @ right` of two matrices, some rows and columns at a time."""
    inner, columns = right.shape
    width = columns if columns * inner * _ROWS <= _TOGETHER else _COLUMNS
    rows = max(2, _TOGETHER // max(inner * width, 1))  # a single row would be another routine's
    result: Floats = np.empty((len(left), columns), np.result_type(left, right))
    for first in range(0, columns, width or 1):
        some = slice(first, first + width)
        for start in range(0, len(left), rows):
            part = slice(start, start + rows)
            np.matmul(left[part], right[:, some], out=result[part, some])
    return result


def weighted(rows: Floats, weights: Floats) -> Floats:
    """(n,) the sum of each row, times `weights`."""
    sums: Floats = np.einsum("nk,k->n", rows, weights)
    return sums
