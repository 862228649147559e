"""Matrix products of a page run in one thread, and others as before."""

import time

import numpy as np
import pytest

from cleaners.judging import threads
from cleaners.judging.threads import one_thread


def test_the_number_of_threads_is_as_before_afterwards():
    found = threads._threads()
    if found is None:
        pytest.skip("numpy was built on another library")
    before = found.asked()
    with one_thread(), one_thread():
        assert found.asked() == 1
    assert found.asked() == before


def test_a_product_inside_takes_no_more_processor_time_than_time():
    left, right = np.ones((2000, 700), np.float32), np.ones((700, 700), np.float32)
    with one_thread():
        left @ right
        took, cpu = time.perf_counter(), time.process_time()
        for _ in range(20):
            left @ right
        assert time.process_time() - cpu <= (time.perf_counter() - took) * 1.2 + 0.02


def test_builds_on_other_libraries_are_left_alone(monkeypatch):
    monkeypatch.setattr(threads, "_BUILDS", ("no_such_{}_function",))
    threads._threads.cache_clear()
    try:
        with one_thread():
            assert threads._threads() is None
    finally:
        threads._threads.cache_clear()
