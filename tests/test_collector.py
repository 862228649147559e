"""The collector is put back by the last page that is done, whoever comes and goes between."""

import gc
import threading

import pytest

from cleaners import Page, clean_page
from cleaners.collector import COLLECTOR_PAUSED


@pytest.fixture(autouse=True)
def as_before():
    before = gc.isenabled()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("running", [True, False])
def test_who_goes_out_first_leaves_it_paused_for_the_other(running):
    (gc.enable if running else gc.disable)()
    inside, out = threading.Event(), threading.Event()

    def other():
        with COLLECTOR_PAUSED:
            inside.set()
            out.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    inside.wait(10)
    with COLLECTOR_PAUSED:
        out.set()
        thread.join()
        assert not gc.isenabled()
    assert gc.isenabled() is running


def fail_inside():
    with COLLECTOR_PAUSED:
        raise ZeroDivisionError


def test_it_is_put_back_after_a_fault():
    gc.enable()
    with pytest.raises(ZeroDivisionError):
        fail_inside()
    assert gc.isenabled()


def test_pages_of_many_threads_leave_it_as_it_was():
    gc.enable()
    threads = [
        threading.Thread(target=clean_page, args=(Page(f"<p>Page {number}.</p>"),))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.isenabled()
