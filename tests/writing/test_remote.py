"""From a real S3 server and back to it: the same files as on disk, also after a kill."""

import random
import signal
import subprocess
import sys
import time

import fsspec
import pytest

from cleaners.batch import Silence, run_batch
from cleaners.formats import FORMATS, Output
from cleaners.settings import Settings
from cleaners.writing.emitted import MARK, emitted_of
from tests.corpus import fill, html, manifest, tree, winnow
from tests.s3 import serving, store

KINDS = ("documents", "duplicates", "removed", "failures")


@pytest.fixture(scope="module")
def s3():
    with serving() as environment:
        store(environment).mkdir("bucket")
        yield environment


@pytest.fixture(scope="module")
def files(s3, tmp_path_factory):
    """The same scrapes on disk and as objects; how many they are."""
    folder = tmp_path_factory.mktemp("scrapes")
    count = fill(folder / "in", pages=2)
    system = store(s3)
    for path in sorted((folder / "in").rglob("*")):
        if path.is_file():
            key = path.relative_to(folder).as_posix()
            system.pipe_file(f"bucket/scrapes/{key}", path.read_bytes())
    return folder, count


def objects(system, prefix):
    """Every object below a prefix, with its bytes."""
    found = system.find(prefix)
    return {path.removeprefix(f"{prefix}/"): system.cat_file(path) for path in found}


def without_runs(files):
    """Manifests name the inputs and settings, which differ."""
    return {name: data for name, data in files.items() if not name.startswith(("runs/", MARK))}


@pytest.mark.parametrize("name", FORMATS)
def test_output_in_a_store_is_the_output_on_disk(name, s3, files, tmp_path):
    folder, _ = files
    common = ("in", "--format", name, "--quiet")
    assert winnow("clean", *common, "--out", tmp_path / "here", cwd=folder).returncode == 0
    there = ("--out", tmp_path / "there", "--files", f"s3://bucket/{name}")
    done = winnow("clean", *common, *there, cwd=folder, env=s3)
    assert done.returncode == 0, done.stderr
    emitted = objects(store(s3), f"bucket/{name}")
    assert without_runs(emitted) == without_runs(tree(tmp_path / "here"))
    assert emitted["runs/000001.json"] == tree(tmp_path / "there")["runs/000001.json"]
    assert not any((tmp_path / "there" / kind).exists() for kind in KINDS)
    out = tmp_path / "there"
    for command in (
        ("status", out),
        ("index", "rebuild", out, "--ledger"),
        ("clean", "in", "--out", out, "--again", "--quiet"),
        ("verify", out),
        ("report", out, "-o", tmp_path / "report"),
    ):
        done = winnow(*command, cwd=folder, env=s3)
        assert done.returncode == 0, (command, done.stdout, done.stderr)


def test_input_from_a_store_gives_what_input_from_disk_gives(s3, files, tmp_path):
    folder, count = files
    out = tmp_path / "out"
    done = winnow("clean", "s3://bucket/scrapes/in", "--out", out, "--workers", 2, env=s3)
    assert done.returncode == 0, done.stderr
    assert winnow("clean", "in", "--out", tmp_path / "here", cwd=folder).returncode == 0
    assert manifest(out)["counts"] == manifest(tmp_path / "here")["counts"]
    assert manifest(out)["counts"]["scrapes"] == count
    done = winnow("clean", "s3://bucket/scrapes/in", "--out", out, env=s3)
    assert f"nothing new: {count} pages" in done.stdout
    done = winnow("retry", out, env=s3)
    assert manifest(out, 2)["counts"]["scrapes"] == manifest(out)["counts"]["failures"]
    done = winnow("explain", "s3://bucket/scrapes/in/records.jsonl#2", env=s3)
    assert done.returncode == 0, done.stderr
    assert winnow("verify", out, "--inputs", env=s3).returncode == 0


def test_what_the_store_refuses_is_told_in_a_line(s3, files, tmp_path):
    folder, _ = files
    done = winnow("clean", "s3://bucket/nothing", "--out", tmp_path / "a", env=s3)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no such file" in done.stderr
    there = ("--out", tmp_path / "b", "--files", "s3://no-such-bucket/x")
    done = winnow("clean", "in", *there, cwd=folder, env=s3)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "s3://no-such-bucket/x" in done.stderr
    dead = s3 | {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    done = winnow("clean", "s3://bucket/scrapes", "--out", tmp_path / "c", env=dead)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["jsonl", "markdown"])
def test_a_run_that_was_killed_ends_like_one_that_was_not(name, s3, tmp_path):
    scrapes = tmp_path / "in"
    scrapes.mkdir()
    for number in range(20):
        (scrapes / f"{number:03d}.html").write_text(html(number))
    system, instants = store(s3), random.Random(name)

    def command(out, prefix):
        place = ("--files", f"s3://bucket/{prefix}")
        flags = ("--out", out, "--format", name, "--workers", 1, "--quiet", *place)
        return [sys.executable, "-m", "cleaners.cli", "clean", "in", *map(str, flags)]

    subprocess.run(command(tmp_path / "calm", f"calm-{name}"), cwd=tmp_path, env=s3, check=True)
    expected = without_runs(objects(system, f"bucket/calm-{name}"))
    for attempt in range(3):
        out, prefix = tmp_path / f"killed{attempt}", f"killed-{name}-{attempt}"
        process = subprocess.Popen(command(out, prefix), cwd=tmp_path, env=s3)
        time.sleep(instants.uniform(0.5, 5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        subprocess.run(command(out, prefix), cwd=tmp_path, env=s3, check=True)
        assert without_runs(objects(system, f"bucket/{prefix}")) == expected
        assert winnow("verify", out, env=s3).returncode == 0


def test_files_may_lie_in_memory(tmp_path):
    system = fsspec.filesystem("memory")
    system.rm("/", recursive=True)
    for number in range(3):
        system.pipe_file(f"/in/{number}.html", html(number).encode())
    settings = Settings(output=Output(files="memory://emitted"))
    run_batch(["memory://in"], tmp_path / "a", settings, workers=1, reporter=Silence())
    rows = list(emitted_of(tmp_path / "a").lines("documents/000001-00000.jsonl"))
    assert len(rows) == 3
    assert system.exists("/emitted/runs/000001.json")
    system.rm("/", recursive=True)
