"""Products of matrices: the same values as numpy's, in the thread that asks for them."""

import subprocess
import sys

import numpy as np
import pytest

from cleaners.judging.products import product, weighted

CODE = """
import hashlib
from cleaners.judging.products import product, weighted
import numpy as np
lot = np.random.default_rng(5)
left = lot.standard_normal((3000, 293), np.float32)
right = lot.standard_normal((293, 32), np.float32)
large = lot.standard_normal((677, 192), np.float32)
few = lot.standard_normal((200, 677), np.float32)
found = (product(left, right), product(few, large), weighted(left, right[:, 0]))
told = hashlib.sha256(b"".join(one.tobytes() for one in found))
print(told.hexdigest())
"""


@pytest.mark.parametrize("rows", [0, 1, 2, 27, 500])
@pytest.mark.parametrize(("inner", "columns"), [(7, 3), (293, 32), (677, 193), (600, 900)])
def test_it_is_the_product(rows, inner, columns):
    lot = np.random.default_rng(rows)
    left = lot.standard_normal((rows, inner)).astype(np.float32)
    right = lot.standard_normal((inner, columns)).astype(np.float32)
    found = product(left, right)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, left @ right, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(
        weighted(left, right[:, 0]), left @ right[:, 0], rtol=1e-4, atol=1e-4
    )


@pytest.mark.parametrize("threads", ["2", "5"])
def test_the_number_of_threads_changes_no_bit(threads):
    def told(number):
        environment = {"OPENBLAS_NUM_THREADS": number, "OMP_NUM_THREADS": number}
        done = subprocess.run(
            [sys.executable, "-c", CODE],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert told(threads) == told("1")
