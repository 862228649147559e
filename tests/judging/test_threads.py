"""Matrix products of a page run in one thread, and others as before."""

import time

import numpy as np
from threadpoolctl import threadpool_info

from cleaners.judging.threads import one_thread


def threads():
    """How many threads each library of matrix products would take."""
    return [
        library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"
    ]


def test_the_number_of_threads_is_as_before_afterwards():
    before = threads()
    assert before
    with one_thread(), one_thread():
        assert set(threads()) == {1}
    assert threads() == before


def test_a_product_inside_takes_no_more_processor_time_than_time():
    left, right = np.ones((2000, 700), np.float32), np.ones((700, 700), np.float32)
    with one_thread():
        left @ right
        took, cpu = time.perf_counter(), time.process_time()
        for _ in range(20):
            left @ right
        assert time.process_time() - cpu <= (time.perf_counter() - took) * 1.2 + 0.02
