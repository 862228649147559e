"""The disk fills up, inputs change, another run is there, the clock goes wrong: real processes."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time

import pytest

from cleaners.batch.verify import verify
from tests.corpus import article, fill, html, manifest, rows, start, tree, winnow

WINNOW = [sys.executable, "-m", "cleaners.cli"]

_ON_A_SMALL_DISK = """
mount -t tmpfs -o size=$SIZE tmpfs out || exit 77
"$@" 2>full; echo $? >code
mount -o remount,size=64m out
"$@" 2>again || exit 1
cp -r out result
"""


@pytest.mark.parametrize("size", ["64k", "112k", "160k"])
def test_a_full_disk_then_one_with_room(size, tmp_path):
    """A small file system of its own, in a namespace of its own."""
    fill(tmp_path / "scrapes")
    (tmp_path / "out").mkdir()
    command = ["clean", "scrapes", "--out", "out", "--quiet"]
    assert winnow(*command[:3], "undisturbed", cwd=tmp_path).returncode == 0
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare")
    script = ["unshare", "--mount", "sh", "-c", _ON_A_SMALL_DISK, "sh", *WINNOW, *command]
    done = subprocess.run(
        script, cwd=tmp_path, env=os.environ | {"SIZE": size}, capture_output=True, check=False
    )
    if done.returncode in (77, 1) and not (tmp_path / "code").exists():
        pytest.skip("no file system may be mounted here")
    assert done.returncode == 0, (tmp_path / "again").read_text()
    assert (tmp_path / "code").read_text() == "1\n"
    told = (tmp_path / "full").read_text()
    assert told.count("\n") == 1, told
    assert "run the same command again" in told
    assert "No space left on device" in told or "disk is full" in told
    assert tree(tmp_path / "result") == tree(tmp_path / "undisturbed")


def write_records(path, numbers, mode="w"):
    with path.open(mode) as file:
        for number in numbers:
            text = "\n\n".join(article(number, paragraphs=2))
            file.write(json.dumps({"url": f"https://example.org/{number}", "text": text}) + "\n")


def until(condition, process):
    end = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.002)


def changed_under_way(tmp_path, change):
    """Clean 700 records, and change their file as soon as it is planned."""
    records, out = tmp_path / "records.jsonl", tmp_path / "out"
    write_records(records, range(700))
    process = start("clean", records, "--out", out, "--workers", 1)
    until((out / ".work/000001").exists, process)
    change(records)
    _, errors = process.communicate(timeout=300)
    counts = manifest(out)["counts"]
    assert process.returncode == (0 if counts["documents"] else 1), errors
    assert counts["scrapes"] == 700
    assert list(verify(out)) == []
    return out, counts


def test_records_that_grow_while_they_are_read_are_taken_up_by_the_next_run(tmp_path):
    out, counts = changed_under_way(
        tmp_path, lambda records: write_records(records, range(700, 720), "a")
    )
    assert counts["failures"] == 0
    assert winnow("clean", tmp_path / "records.jsonl", "--out", out).returncode == 0
    assert manifest(out, 2)["counts"]["documents"] == 20
    assert manifest(out, 2)["counts"]["skipped"] == 700


def test_records_that_shrink_while_they_are_read_fail_one_by_one(tmp_path):
    size = 0

    def shrink(records):
        nonlocal size
        size = records.stat().st_size
        with records.open("r+b") as file:
            file.truncate(size // 2)

    out, counts = changed_under_way(tmp_path, shrink)
    assert counts["failures"] > 0
    assert {row["error"] for row in rows(out, "failures")} == {"ChangedError"}
    write_records(tmp_path / "records.jsonl", range(700))
    assert winnow("retry", out).returncode == 0
    assert manifest(out, 2)["counts"]["documents"] == counts["failures"]


def test_records_that_vanish_while_they_are_read_fail_one_by_one(tmp_path):
    out, counts = changed_under_way(tmp_path, os.unlink)
    assert counts["failures"] > 0
    assert {row["error"] for row in rows(out, "failures")} == {"UnreadableError"}


def test_a_page_that_grows_while_it_is_listed_and_read_is_told(tmp_path):
    """A writer appends all the time: what is read is never what was listed."""
    page, stop = tmp_path / "page.html", threading.Event()
    page.write_text(html(1))

    def grow():
        while not stop.wait(0.0005):
            with page.open("a") as file:
                file.write("<p>One more line.</p>")

    writer = threading.Thread(target=grow)
    writer.start()
    done = winnow("clean", page, "--out", tmp_path / "out")
    stop.set()
    writer.join()
    assert done.returncode == 1
    (failure,) = rows(tmp_path / "out", "failures")
    assert failure["error"] == "ChangedError"
    assert winnow("clean", page, "--out", tmp_path / "out").returncode == 0
    assert len(rows(tmp_path / "out", "documents")) == 1


def test_two_runs_at_once_one_goes_and_one_leaves_or_waits(tmp_path):
    write_records(tmp_path / "records.jsonl", range(700))
    command = ("clean", tmp_path / "records.jsonl", "--out")
    assert winnow(*command, tmp_path / "undisturbed").returncode == 0
    out = tmp_path / "out"
    first = start(*command, out)
    until((out / ".work/000001").exists, first)
    second, third = start(*command, out), start(*command, out, "--wait")
    _, told = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"another run (process {first.pid}) is writing there" in told
    assert told.count("\n") == 1
    first.communicate(timeout=120)
    said, told = third.communicate(timeout=120)
    assert (first.returncode, third.returncode) == (0, 0)
    assert told == f"winnow: waiting for process {first.pid} to end\n"
    assert "nothing new" in said
    assert tree(out) == tree(tmp_path / "undisturbed")


_WITH_THE_CLOCK_SET_BACK = """
import sys, time
now, now_ns = time.time, time.time_ns
time.time = lambda: now() - 86_400
time.time_ns = lambda: now_ns() - 86_400 * 10**9
from cleaners.cli import main
sys.exit(main(sys.argv[1:]))
"""


def with_the_clock_set_back(*args):
    command = [sys.executable, "-c", _WITH_THE_CLOCK_SET_BACK, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_clock_is_set_back_and_files_change_all_the_same(tmp_path):
    """Size and time of change as before: only the inode's time tells, and that nobody sets."""
    page, out = tmp_path / "page.html", tmp_path / "out"
    page.write_text(html(1))
    time.sleep(2.1)  # a file that was changed just now would not be believed anyway
    assert winnow("clean", page, "--out", out).returncode == 0
    before = page.stat()
    changed = html(1).replace("Report 1", "Report 2")
    page.write_text(changed)
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert page.stat().st_size == before.st_size
    done = with_the_clock_set_back("clean", page, "--out", out)
    assert done.returncode == 0, done.stderr
    assert manifest(out, 2)["counts"]["skipped"] == 0
    done = with_the_clock_set_back("clean", page, "--out", out)
    assert "nothing new" in done.stdout
    assert list(verify(out, inputs=True)) == []


def test_files_from_the_future_are_read_every_time(tmp_path):
    page, out = tmp_path / "page.html", tmp_path / "out"
    page.write_text(html(1))
    os.utime(page, (time.time() + 10**6, time.time() + 10**6))
    stat = page.stat()
    for number in range(3):
        page.write_text(html(1).replace("Report 1", f"Report {number}"))
        os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert with_the_clock_set_back("clean", page, "--out", out).returncode == 0
    assert manifest(out, 3)["counts"]["skipped"] == 0
    assert "nothing new" in winnow("clean", page, "--out", out).stdout
