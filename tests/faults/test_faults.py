"""Faults of the machine and of other processes: one page is lost, or a line says what to do."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import xxhash

from cleaners.batch import output_lock
from cleaners.batch.workers import Workers
from cleaners.reading import Scrape
from cleaners.settings import BOUNDS, Limits, Settings
from cleaners.working.results import read_line
from tests.corpus import fill, html, rows, tree, winnow


def scrape(path, content=None):
    """A scrape of a file; without content of a pipe, at which whoever reads it waits for ever."""
    if content is None:
        os.mkfifo(path)
        return Scrape(source=path.name, path=str(path), digest="0" * 32)
    path.write_text(content)
    digest = xxhash.xxh3_128_hexdigest(content.encode())
    return Scrape(path.name, str(path), digest, length=len(content))


def ends(lines):
    return [read_line(line).record.get("failure", {}).get("error") for line in lines]


def test_a_page_that_computes_too_long_costs_only_itself(tmp_path):
    scrapes = [scrape(tmp_path / f"{n}.html", html(n)) for n in range(3)]
    scrapes.insert(1, scrape(tmp_path / "endless.html", "<p>some words</p>" * 1_000_000))
    with Workers(1, Settings(limits=Limits(page_seconds=2.0))) as cleaner:
        assert ends(cleaner(iter(scrapes))) == [None, "TimeLimitError", None, None]
        assert not cleaner._suspects, "it was tried a second time"


def test_a_page_that_takes_too_long_costs_only_itself_in_a_small_run_too(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(html(number))
    (tmp_path / "1-endless.html").write_text("<p>some words</p>" * 300_000)
    (tmp_path / "winnow.toml").write_text("[limits]\npage_seconds = 1.0\n")
    done = winnow("clean", ".", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "out", "documents")) == 3
    (failure,) = rows(tmp_path / "out", "failures")
    assert (failure["source"], failure["error"]) == ("./1-endless.html", "TimeLimitError")


def test_a_page_that_waits_too_long_costs_only_itself(tmp_path):
    scrapes = [scrape(tmp_path / f"{n}.html", html(n)) for n in range(6)]
    scrapes.insert(2, scrape(tmp_path / "slow.html"))
    with Workers(2, Settings(limits=Limits(page_seconds=1.0))) as cleaner:
        lines = list(cleaner(iter(scrapes)))
    assert ends(lines) == [None, None, "TimeLimitError", None, None, None, None]
    assert [read_line(line).record["source"] for line in lines] == [s.source for s in scrapes]
    assert "limits.page_seconds (1 s)" in read_line(lines[2]).record["failure"]["message"]


def test_a_page_that_wants_too_much_memory_costs_only_itself(tmp_path):
    greedy = b"<p>" + b"word " * 30_000_000
    scrapes = [scrape(tmp_path / f"{n}.html", html(n)) for n in range(3)]
    scrapes.insert(1, scrape(tmp_path / "greedy.html", greedy.decode()))
    limits = Limits(worker_bytes=1_000_000_000, page_bytes=200_000_000)
    with Workers(1, Settings(limits=limits)) as cleaner:
        found = ends(cleaner(iter(scrapes)))
    assert found[1] in ("MemoryError", "WorkerDiedError")
    assert found[0] is found[2] is found[3] is None


def kill_while_at(cleaner, source, times, killed):
    """Kill the worker that holds this scrape, once for each time that it is taken up."""
    end = time.monotonic() + 30
    while len(killed) < times and time.monotonic() < end:
        for worker in list(cleaner._workers):
            at = next(iter(worker.scrapes), None)
            waiting = worker.ready and at and at[1].source == source
            if waiting and worker.running.process.pid not in killed:
                time.sleep(0.2)
                killed.append(worker.running.process.pid)
                worker.running.process.send_signal(signal.SIGKILL)
        time.sleep(0.01)


def test_a_page_whose_worker_dies_twice_costs_only_itself(tmp_path):
    scrapes = [scrape(tmp_path / f"{n}.html", html(n)) for n in range(5)]
    scrapes.insert(1, scrape(tmp_path / "deadly.html"))
    killed = []
    with Workers(1, Settings()) as cleaner:
        killer = threading.Thread(
            target=kill_while_at, args=(cleaner, "deadly.html", 2, killed), daemon=True
        )
        killer.start()
        lines = list(cleaner(iter(scrapes)))
        killer.join()
    assert ends(lines) == [None, "WorkerDiedError", None, None, None, None]
    assert "signal 9" in read_line(lines[1]).record["failure"]["message"]


def test_a_worker_killed_once_costs_nothing(tmp_path):
    scrapes = [scrape(tmp_path / f"{n}.html", html(n)) for n in range(4)]
    pipe = scrape(tmp_path / "pipe.html")
    killed = []

    def kill_then_feed(cleaner):
        kill_while_at(cleaner, "pipe.html", 1, killed)
        (tmp_path / "pipe.html").write_bytes(b"")  # blocks until the second worker reads

    with Workers(1, Settings()) as cleaner:
        helper = threading.Thread(target=kill_then_feed, args=(cleaner,), daemon=True)
        helper.start()
        lines = list(cleaner(iter([*scrapes, pipe])))
        helper.join()
    # It was read, by the second worker, and is not what was planned.
    assert ends(lines) == [None, None, None, None, "ChangedError"]
    assert len(killed) == 1


def test_a_second_run_names_the_first(tmp_path):
    (tmp_path / "a.html").write_text(html("a"))
    with output_lock(tmp_path / "out"):
        done = winnow("clean", tmp_path / "a.html", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert f"process {os.getpid()}" in done.stderr
    assert done.stderr.count("\n") == 1
    assert winnow("clean", tmp_path / "a.html", "--out", tmp_path / "out").returncode == 0


@pytest.mark.parametrize("limit", [300, 9_000, 40_000])
def test_no_space_left_then_space_again(limit, tmp_path):
    """A limit on file sizes stands for the full disk: writing fails in the same places."""
    fill(tmp_path / "scrapes")
    command = [sys.executable, "-m", "cleaners.cli", "clean", "scrapes", "--out"]

    def clean(out, **options):
        return subprocess.run(
            [*command, out], cwd=tmp_path, capture_output=True, text=True, check=False, **options
        )

    assert clean("undisturbed").returncode == 0
    full = clean(
        "out", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    assert full.returncode == 1
    assert "run the same command again" in full.stderr
    assert full.stderr.count("\n") == 1
    assert clean("out").returncode == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "undisturbed")


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("cut short")])
def test_a_file_that_changes_after_it_was_listed(change, tmp_path):
    listed = scrape(tmp_path / "a.html", html("a"))
    change(tmp_path / "a.html")
    with Workers(1, Settings()) as cleaner:
        (line,) = cleaner(iter([listed]))
    assert read_line(line).record["failure"]["error"] in ("UnreadableError", "ChangedError")


def test_the_least_memory_that_may_be_set_is_enough_for_a_page(tmp_path):
    limits = Limits(worker_bytes=int(BOUNDS["worker_bytes"][0]))
    with Workers(1, Settings(limits=limits)) as cleaner:
        assert ends(cleaner(iter([scrape(tmp_path / "a.html", html("a"))]))) == [None]
