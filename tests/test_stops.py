"""Stops wait for steps that Python cannot be stopped in."""

import os
import signal
import subprocess
import sys

import pytest

from cleaners.stops import stops_come, stops_wait

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


def test_a_stop_within_is_told_behind():
    steps = []

    def work():
        with stops_wait():
            os.kill(os.getpid(), signal.SIGINT)
            steps.append("whole")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["whole"]


def test_a_process_started_within_can_still_be_stopped():
    code = "import cleaners.stops as s, time; s.stops_come(); print(flush=True); time.sleep(60)"
    with stops_wait():
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    process.stdout.readline()
    process.terminate()
    assert process.wait(30) == -signal.SIGTERM
    stops_come()  # changes nothing here, where nothing is held back
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & {signal.SIGINT, signal.SIGTERM}
