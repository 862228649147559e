"""Killed at any instant and run again, the output equals an undisturbed run's."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.corpus import THOROUGH, article, fill, is_running, manifest, rows, start, tree, winnow

pytestmark = pytest.mark.slow

_PAGES = 620  # more than a shard holds


@pytest.fixture(scope="module")
def scrapes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kills") / "scrapes"
    fill(folder, pages=2)
    with (folder / "many.jsonl").open("w") as file:
        for number in range(_PAGES):
            text = "\n\n".join(article(number % 600, paragraphs=2))
            file.write(json.dumps({"url": f"https://example.org/{number}", "text": text}) + "\n")
    return folder


@pytest.fixture(scope="module")
def undisturbed(scrapes, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    done = winnow("clean", scrapes, "--out", out, "--workers", 2)
    assert done.returncode == 0, done.stderr
    counts = manifest(out)["counts"]
    assert counts["duplicates"] >= 20
    assert len(list((out / "documents").iterdir())) == 2
    return tree(out)


def wait_for(condition, out, process, seconds=60):
    """Wait for something on disk; tight, since what comes next may take milliseconds."""
    end = time.monotonic() + seconds
    while not condition(out):
        assert process.poll() is None, f"ended too soon: {process.communicate()}"
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.0005)


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate()


def finish_and_compare(scrapes, out, undisturbed):
    done = winnow("clean", scrapes, "--out", out, "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert tree(out) == undisturbed
    # The ledger, too, knows everything: nothing is left to do.
    assert "nothing new" in winnow("clean", scrapes, "--out", out).stdout
    assert tree(out) == undisturbed


MOMENTS = {
    "planning": lambda out: any((out / ".work").glob("draft-*/*.shard")),
    "planned": lambda out: (out / ".work/000001").exists(),
    "first shard cleaned": lambda out: (out / ".work/000001/00000.part").exists(),
    "first shard renamed": lambda out: any((out / "documents").glob("*")),
    "second shard cleaned": lambda out: (out / ".work/000001/00001.part").exists(),
    "second shard renamed": lambda out: (out / "documents/000001-00001.jsonl").exists(),
    "manifest written": lambda out: any((out / "runs").glob("*.json")),
}


# Each costs two runs; the others are tried with WINNOW_THOROUGH=1.
_USUAL = ("planned", "first shard renamed")
_KILLS = int(os.environ.get("WINNOW_KILLS", "200" if THOROUGH else "4"))


@pytest.mark.parametrize("moment", MOMENTS if THOROUGH else _USUAL)
def test_killed_at_a_known_moment(moment, scrapes, undisturbed, tmp_path):
    out = tmp_path / "out"
    process = start("clean", scrapes, "--out", out, "--workers", 2)
    wait_for(MOMENTS[moment], out, process)
    kill(process)
    finish_and_compare(scrapes, out, undisturbed)


def test_killed_at_random_instants(scrapes, undisturbed, tmp_path):
    """Some time after a random moment, and each followed by a run that ends as if undisturbed.

    Instants counted from the start alone would seldom meet a commit, which takes milliseconds.
    """
    chance, states = random.Random(6), Counter()
    for number in range(_KILLS):
        out = tmp_path / str(number)
        process = start("clean", scrapes, "--out", out, "--workers", 2)
        if moment := chance.choice((None, *MOMENTS)):
            wait_for(MOMENTS[moment], out, process)
            time.sleep(chance.expovariate(1 / 0.03))
        else:
            time.sleep(chance.uniform(0, 3))
        kill(process)
        states[state(out)] += 1
        finish_and_compare(scrapes, out, undisturbed)
        shutil.rmtree(out)
    found = ", ".join(f"{count} {name}" for name, count in sorted(states.items()))
    # `pytest -rP` shows it.
    print(f"{_KILLS} kills: {found}")  # noqa: T201


def test_killed_again_and_again_before_it_ends(scrapes, undisturbed, tmp_path):
    out, chance = tmp_path / "out", random.Random(7)
    for _ in range(3):
        process = start("clean", scrapes, "--out", out, "--workers", 2)
        time.sleep(chance.uniform(0.3, 2.0))
        kill(process)
    finish_and_compare(scrapes, out, undisturbed)


def state(out):
    """How far a run had come when it was killed."""
    work = out / ".work/000001"
    if any((out / "runs").glob("*.json")):
        return "after the manifest"
    if not work.exists():
        return "before the plan was in place"
    done = sum(part.stat().st_size == 0 for part in work.glob("*.part"))
    if done:
        return f"after commit {done} of 2"
    if (out / "documents").exists():
        return "within the first commit"
    return "while the first shard was cleaned"


def test_killed_between_the_renames_and_the_commit(scrapes, undisturbed, tmp_path):
    """A reader of the ledger holds the commit up for as long as the kill needs."""
    out = tmp_path / "out"
    process = start("clean", scrapes, "--out", out, "--workers", 2)
    wait_for(MOMENTS["planned"], out, process)
    reader = sqlite3.connect(out / "winnow.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM scrapes").fetchone() == (0,)
    wait_for(lambda _: (out / "failures/000001-00000.jsonl").exists(), out, process)
    time.sleep(0.5)
    kill(process)
    assert rows(out, "documents")
    assert reader.execute("SELECT count(*) FROM scrapes").fetchone() == (0,)
    reader.close()
    finish_and_compare(scrapes, out, undisturbed)


def test_workers_end_with_a_killed_parent(scrapes, tmp_path):
    out = tmp_path / "out"
    process = start("clean", scrapes, "--out", out, "--workers", 2)
    wait_for(MOMENTS["planned"], out, process)
    wait_for(lambda _: len(children(process.pid)) == 2, out, process)
    workers = children(process.pid)
    kill(process)
    end = time.monotonic() + 10
    while any(is_running(pid) for pid in workers):
        assert time.monotonic() < end, "a worker outlived its parent"
        time.sleep(0.01)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_an_orderly_way(stop, scrapes, undisturbed, tmp_path):
    out = tmp_path / "out"
    process = start("clean", scrapes, "--out", out, "--workers", 2)
    # Much is still to be done at that moment, however fast the machine.
    wait_for(MOMENTS["planned"], out, process)
    process.send_signal(stop)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors == (
        "winnow: stopped; nothing is half-written; run the same command again to go on\n"
    )
    for name, data in tree(out).items():
        if not name.startswith(".work/"):
            assert data == undisturbed[name]
    finish_and_compare(scrapes, out, undisturbed)


def children(pid):
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in tasks for child in path.read_text().split()]


def seal(folder, on):
    """Make a folder read-only, for root, too; whether that is possible here."""
    if os.geteuid():
        for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            path.chmod(0o555 if on else 0o755)
        return True
    command = ["chattr", "-R", "+i" if on else "-i", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("moment", ["planned", "first shard renamed"])
def test_output_turned_read_only_and_writable_again(moment, scrapes, undisturbed, tmp_path):
    out = tmp_path / "out"
    process = start("clean", scrapes, "--out", out, "--workers", 2)
    wait_for(MOMENTS[moment], out, process)
    process.send_signal(signal.SIGSTOP)
    try:
        if not seal(out, on=True):
            pytest.skip("no folder can be made read-only here")
        process.send_signal(signal.SIGCONT)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 1
        assert str(out) in errors
        assert "run the same command again" in errors
        assert errors.count("\n") == 1
        told = winnow("clean", scrapes, "--out", out)
        assert told.returncode == 2
        assert f"{out}: cannot be written" in told.stderr
    finally:
        seal(out, on=False)
        process.kill()
    finish_and_compare(scrapes, out, undisturbed)
