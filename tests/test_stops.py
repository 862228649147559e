"""Stops wait for steps that Python cannot be stopped in."""

import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cleaners.stops import stops_wait

# The stop comes in the middle of the start of the batch's thread.
CODE = """
import os, signal, sys, threading
begin = threading._start_new_thread
def interrupted(*given):
    os.kill(os.getpid(), signal.{name})
    return begin(*given)
threading._start_new_thread = interrupted
from cleaners.cli import main
sys.exit(main(["clean", {folder!r}, "--out", {out!r}]))
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_stop_while_a_batch_starts_its_thread_ends_it_in_order(name, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/page.txt").write_text("The lake froze over night.\n")
    code = CODE.format(name=name, folder=str(tmp_path / "in"), out=str(tmp_path / "out"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 130, done.stderr
    assert done.stderr.startswith("winnow: stopped; nothing is half-written")


@pytest.fixture
def bystander():
    """Another thread, to which the system may give signals as well."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield thread
    done.set()
    thread.join()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_stop_within_is_told_behind_whichever_thread_it_meets(stop, elsewhere, bystander):
    def interrupt(*_):
        raise KeyboardInterrupt

    met = bystander if elsewhere else threading.main_thread()
    steps = []

    def work():
        with stops_wait():
            signal.pthread_kill(met.ident, stop)
            time.sleep(0.05)
            steps.append("whole")
        time.sleep(5)
        steps.append("not stopped")

    before = signal.signal(stop, interrupt)
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
        assert signal.getsignal(stop) is interrupt
    finally:
        signal.signal(stop, before)
    assert steps == ["whole"]


def test_where_no_stop_comes_nothing_changes():
    before = [signal.getsignal(stop) for stop in (signal.SIGINT, signal.SIGTERM)]
    with stops_wait(), stops_wait():
        pass
    assert [signal.getsignal(stop) for stop in (signal.SIGINT, signal.SIGTERM)] == before


def test_other_threads_may_use_it():
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: list(inside())).result() == ["whole"]


def inside():
    with stops_wait():
        yield "whole"


def test_a_process_started_within_can_be_stopped():
    code = "import time; print(flush=True); time.sleep(60)"
    with stops_wait():
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        process.stdout.readline()
        process.terminate()
        assert process.wait(30) == -signal.SIGTERM
