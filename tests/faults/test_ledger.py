"""A ledger that was lost, cut off or scribbled over: told in a line, and made again."""

import contextlib
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from cleaners.batch import clean_shard, commit_shard, plan_shards, run_batch, sharding
from cleaners.batch.run import Silence
from cleaners.batch.verify import verify
from cleaners.settings import Settings
from tests.corpus import THOROUGH, fill, html, manifest, rows, tree, winnow

PAGE = 4096


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    """Cleaned in three runs, with some pages done twice; sources are relative."""
    folder = tmp_path_factory.mktemp("ledger")
    fill(folder / "scrapes", pages=3)
    with contextlib.chdir(folder):
        run()
        Path("scrapes/blank.html").write_text(html("no longer blank"))
        Path("scrapes/plain.txt").write_text("Another text, of a few words only.")
        run()
        run(redo="everything")
    return folder


def run(redo="nothing"):
    run_batch(["scrapes"], Path("out"), Settings(), redo=redo, reporter=Silence())


@pytest.fixture
def out(cleaned, tmp_path, monkeypatch):
    shutil.copytree(cleaned, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("out")


def ledger_of(out):
    """All that the ledger says of scrapes and shards, without times."""
    with contextlib.closing(sqlite3.connect(out / "winnow.sqlite")) as ledger:
        scrapes = ledger.execute("SELECT * FROM scrapes ORDER BY run, source, content").fetchall()
        shards = ledger.execute("SELECT run, shard, counts, files FROM shards").fetchall()
    return scrapes, sorted(shards)


def cut(size):
    def damage(path):
        with path.open("r+b") as file:
            file.truncate(size if size >= 0 else path.stat().st_size + size)

    return damage


DAMAGES = {
    "lost": Path.unlink,
    "emptied": cut(0),
    "cut off within its header": cut(50),
    "cut off behind a page": cut(PAGE),
    "cut off before the last page": cut(-PAGE),
    "scribbled over": lambda path: path.write_bytes(b"scribbled over" * 999),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_ledger_is_told_and_made_again_from_the_output(damage, out):
    emitted, known = tree(out), ledger_of(out)
    DAMAGES[damage](out / "winnow.sqlite")
    done = winnow("clean", "scrapes", "--out", out)
    assert done.returncode == 1
    assert "winnow.sqlite: " in done.stderr
    assert f"`winnow index rebuild {out} --ledger`" in done.stderr
    assert done.stderr.count("\n") == 1
    assert emitted == {name: data for name, data in tree(out).items() if ".work" not in name}

    rebuilt = winnow("index", "rebuild", out, "--ledger")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert ledger_of(out) == known
    assert list(verify(out)) == []
    assert "nothing new" in winnow("clean", "scrapes", "--out", out).stdout
    kept = [] if damage == "lost" else ["winnow.sqlite.old1"]
    assert sorted(set(tree(out)) - set(emitted)) == kept


@pytest.mark.slow
def test_noise_in_any_page_of_the_ledger_is_told_and_mended(out):
    """SQLite notices some at once and some when they are read; what was emitted stays."""
    emitted, sound = tree(out), (out / "winnow.sqlite").read_bytes()
    pages = range(len(sound) // PAGE)
    noise = random.Random(3)
    for page in pages if THOROUGH else noise.sample(pages, 5):
        at = page * PAGE
        damaged = sound[:at] + noise.randbytes(PAGE) + sound[at + PAGE :]
        (out / "winnow.sqlite").write_bytes(damaged)
        told = winnow("verify", out)
        assert told.returncode == 1, f"page {page}: {told.stdout}"
        assert "Traceback" not in told.stderr
        rebuilt = winnow("index", "rebuild", out, "--ledger")
        assert rebuilt.returncode == 0, rebuilt.stderr
        assert list(verify(out)) == []
        (out / "winnow.sqlite.old1").unlink()
        assert tree(out) == emitted


@pytest.mark.parametrize("renamed", [False, True], ids=["planned", "renamed"])
def test_an_interrupted_run_is_finished_with_a_ledger_that_was_made_again(
    renamed, tmp_path, monkeypatch
):
    """The first shard was committed; of the second, maybe files are there that do not count."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sharding, "SHARD_PAGES", 9)
    fill(Path("scrapes"), pages=6)
    run()
    shutil.move("out", "undisturbed")
    out = Path("out")
    out.mkdir()
    first, second, *_ = plan_shards(["scrapes"], out, Settings()).shards
    commit_shard(clean_shard(first))
    if renamed:
        part = clean_shard(second)
        waiting = {path: path.read_bytes() for path in (part, part.with_suffix(".sketches"))}
        commit_shard(part)
        for path, data in waiting.items():
            path.write_bytes(data)
    (out / "winnow.sqlite").write_bytes(b"scribbled over" * 999)

    assert winnow("clean", "scrapes", "--out", out).returncode == 1
    assert winnow("index", "rebuild", out, "--ledger").returncode == 0
    assert winnow("clean", "scrapes", "--out", out).returncode == 0
    assert list(verify(out)) == []
    (out / "winnow.sqlite.old1").unlink()
    assert tree(out) == tree("undisturbed")


def test_without_its_ledger_an_interrupted_run_emits_no_shard_as_empty(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sharding, "SHARD_PAGES", 9)
    fill(Path("scrapes"), pages=6)
    Path("out").mkdir()
    first, *_ = plan_shards(["scrapes"], Path("out"), Settings()).shards
    commit_shard(clean_shard(first))
    Path("out/winnow.sqlite").unlink()
    before = tree("out")
    told = winnow("clean", "scrapes", "--out", "out")
    assert told.returncode == 1
    assert "000001-00000" in told.stderr
    assert "`winnow index rebuild out --ledger`" in told.stderr
    assert before.items() <= tree("out").items()


def test_a_plan_that_was_lost_is_told_with_a_remedy(out):
    work = out / ".work/000004"
    work.mkdir(parents=True)
    told = winnow("clean", "scrapes", "--out", out)
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert f"{work}: what this run had to do cannot be read" in told.stderr
    assert "remove the folder" in told.stderr
    work.rmdir()
    assert "nothing new" in winnow("clean", "scrapes", "--out", out).stdout


@pytest.mark.parametrize("ledger", ["kept", "rebuilt", "damaged and rebuilt"])
def test_a_run_whose_working_folder_was_removed_ends_in_a_sound_folder(
    ledger, tmp_path, monkeypatch
):
    """Two shards were committed, and the third had its files in place, but did not count yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sharding, "SHARD_PAGES", 4)
    fill(Path("scrapes"), pages=20)
    run()
    expected = {row["source"] for kind in ("documents", "failures") for row in rows("out", kind)}
    shutil.move("out", "undisturbed")
    out = Path("out")
    out.mkdir()
    first, second, third, *_ = plan_shards(["scrapes"], out, Settings()).shards
    for shard in (first, second):
        commit_shard(clean_shard(shard))
    shutil.copy(out / "winnow.sqlite", "before")
    commit_shard(clean_shard(third))
    shutil.copy("before", out / "winnow.sqlite")
    shutil.rmtree(out / ".work")

    assert "run again" in winnow("verify", out).stdout
    if ledger == "damaged and rebuilt":
        (out / "winnow.sqlite").write_bytes(b"scribbled over" * 999)
    if ledger != "kept":
        rebuilt = winnow("index", "rebuild", out, "--ledger")
        assert rebuilt.returncode == 0, rebuilt.stderr
    done = winnow("clean", "scrapes", "--out", out)
    assert done.returncode == 0, done.stderr
    assert list(verify(out)) == []
    found = [row["source"] for kind in ("documents", "failures") for row in rows(out, kind)]
    assert sorted(found) == sorted(expected)
    assert manifest(out)["inputs"] == []
    manifests = [manifest(out, number)["counts"] for number in (1, 2)]
    assert manifests[1]["skipped"] == manifests[0]["scrapes"]


def test_a_ledger_is_not_made_of_nothing(tmp_path):
    told = winnow("index", "rebuild", tmp_path, "--ledger")
    assert told.returncode == 2
    assert "nothing was cleaned into this folder" in told.stderr
    assert winnow("index", "check", tmp_path, "--ledger").returncode == 2
    assert winnow("index", "rebuild", tmp_path / "none", "--ledger").returncode == 2


def test_no_index_is_made_where_none_is_wanted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fill(Path("scrapes"), pages=2)
    Path("winnow.toml").write_text("[duplicates]\nenabled = false\n")
    assert winnow("clean", "scrapes", "--out", "out").returncode == 0
    known = ledger_of(Path("out"))
    Path("out/winnow.sqlite").unlink()
    assert winnow("index", "rebuild", "out", "--ledger").returncode == 0
    assert ledger_of(Path("out")) == known
    assert list(verify(Path("out"))) == []
