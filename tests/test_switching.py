"""A switch is turned by the first and turned back by the last, whoever comes and goes between."""

import gc
import threading

import pytest

from cleaners import Page, clean_page
from cleaners.switching import Switch


def test_the_first_turns_it_and_the_last_turns_it_back():
    turned = []
    switch = Switch(lambda: turned.append("on"), lambda _: turned.append("off"))
    first_in, second_in, first_out = (threading.Event() for _ in range(3))

    def first():
        with switch:
            first_in.set()
            second_in.wait(10)
        first_out.set()

    thread = threading.Thread(target=first)
    thread.start()
    first_in.wait(10)
    with switch:
        second_in.set()
        first_out.wait(10)
        assert turned == ["on"]
    thread.join()
    assert turned == ["on", "off"]
    with switch:
        pass
    assert turned == ["on", "off", "on", "off"]


def test_it_is_turned_back_after_a_fault():
    turned = []
    switch = Switch(lambda: "state", turned.append)
    with pytest.raises(ZeroDivisionError), switch:
        _ = 1 / 0
    assert turned == ["state"]


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_as_it_was_when_pages_are_cleaned(running):
    before = gc.isenabled()
    (gc.enable if running else gc.disable)()
    try:
        threads = [
            threading.Thread(target=clean_page, args=(Page(f"<p>Page {number}.</p>"),))
            for number in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()
