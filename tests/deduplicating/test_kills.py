"""Killed in the middle of commits, the index opens, is sound, and the rerun comes out the same.

Set `WINNOW_KILLS=50` for as many kills as one has time for.
"""

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaners.deduplicating import check, clusters

_PROGRAM = Path(__file__).with_name("committing.py")
_SHARDS = 60
_KILLS = int(os.environ.get("WINNOW_KILLS", "4"))


def start(folder):
    folder.mkdir(exist_ok=True)
    command = [sys.executable, _PROGRAM, folder, str(_SHARDS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(folder):
    process = start(folder)
    process.communicate(timeout=300)
    assert process.returncode == 0


def outcome(folder):
    """What a user gets: files, clusters, and whatever the index holds, but not its layout."""
    files = {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}
    connection = sqlite3.connect(folder / "index.sqlite")
    tables = ("documents", "places", "files", "segments", "sizes", "meta")
    rows = [
        connection.execute(f"SELECT * FROM index_{name} ORDER BY 1").fetchall() for name in tables
    ]
    told = list(clusters(connection))
    connection.close()
    return files, rows, told


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    finish(folder)
    files, rows, told = outcome(folder)
    assert len(files) == _SHARDS
    assert len(told) > 100
    return files, rows, told


@pytest.mark.parametrize("number", range(_KILLS))
def test_a_killed_run_comes_out_the_same(number, tmp_path, undisturbed):
    rng = random.Random(number)
    folder = tmp_path / "killed"
    for kill in range(2):
        process = start(folder)
        if kill == 0 or rng.random() < 0.5:
            process.stdout.readline()  # the first commit of this process
        time.sleep(rng.uniform(0, 0.4))
        process.kill()
        process.communicate()
        if (folder / "index.sqlite").exists():
            connection = sqlite3.connect(folder / "index.sqlite")
            has_index = connection.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'index_sizes'"
            ).fetchone()
            assert not has_index or check(connection) == []
            connection.close()
    finish(folder)
    assert outcome(folder) == undisturbed
