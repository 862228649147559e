"""Damage of every kind is told, and nothing is told of a sound folder."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xxhash

from cleaners.batch import output_lock, plan_shards, run_batch
from cleaners.batch.retrying import path_of
from cleaners.batch.rows import FIELDS
from cleaners.batch.status import status_of
from cleaners.batch.verify import verify
from cleaners.cli.reporting import Silence
from cleaners.errors import UsageError
from cleaners.reading import printable
from cleaners.settings import Duplicates, Settings
from cleaners.writing.jsonl import line
from tests.conftest import ROOT
from tests.corpus import fill, html, winnow


def run(out, *paths, settings=None, **options):
    run_batch(
        [str(path) for path in paths], out, settings or Settings(), reporter=Silence(), **options
    )


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    """Cleaned once; sources are relative, so that a copy is as good."""
    folder = tmp_path_factory.mktemp("verify")
    fill(folder / "scrapes", pages=3)
    with contextlib.chdir(folder):
        run(Path("out"), "scrapes")
    return folder


@pytest.fixture
def out(cleaned, tmp_path, monkeypatch):
    """A cleaned folder of one's own, beside what was cleaned, named as a user would."""
    shutil.copytree(cleaned, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("out")


def test_sound_folders_have_no_problems(out):
    assert list(verify(out)) == []
    Path("scrapes/plain.txt").write_text("Something else entirely, and not long.")
    run(out, "scrapes", redo="everything")
    changed = Settings(duplicates=Duplicates(threshold=0.6, keep="longest"))
    run(out, "scrapes", settings=changed, redo="outdated")
    assert list(verify(out, inputs=True)) == []


@pytest.mark.usefixtures("out")
def test_a_folder_without_an_index_has_no_problems():
    run(Path("other"), "scrapes", settings=Settings(duplicates=Duplicates(enabled=False)))
    assert list(verify(Path("other"))) == []


def change(path, old, new):
    data = path.read_text()
    assert old in data
    path.write_text(data.replace(old, new, 1))


@pytest.mark.parametrize("folder", ["documents", "duplicates", "removed", "failures"])
def test_changed_and_missing_files_are_told(out, folder):
    (path,) = (out / folder).iterdir()
    change(path, '"source":"' if folder != "removed" else '"kind":"', '"":"')
    assert any(f"{folder}/000001-00000.jsonl: not as it was" in line for line in verify(out))
    path.unlink()
    (told,) = verify(out)
    assert told.startswith(f"{folder}/000001-00000.jsonl: No such file")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("DELETE FROM scrapes WHERE outcome = 'duplicate'", "the ledger does not have"),
        ("UPDATE scrapes SET document = 'x' WHERE outcome = 'document'", "the output has none"),
        (
            "INSERT INTO scrapes VALUES ('x.html', x'00', '', 'failure', NULL, '000001', '')",
            "the ledger has a failure of x.html",
        ),
        ("DELETE FROM shards", "a file that the ledger does not know"),
        ("DELETE FROM shards", "a run that the ledger does not know"),
        ("UPDATE shards SET counts = json_set(counts, '$.words', 1)", "words in its documents"),
        ("UPDATE shards SET counts = json_set(counts, '$.failures', 1)", "4 failures in its files"),
        ("UPDATE index_places SET offset = offset + 1", "not where it should be"),
        ("DELETE FROM index_documents", "is not in it"),
        ("DELETE FROM index_segments", "digests are not filed"),
    ],
)
def test_what_the_ledger_or_index_has_otherwise_is_told(out, damage, told):
    with sqlite3.connect(out / "winnow.sqlite") as ledger:
        ledger.execute(damage)
    ledger.close()
    assert any(told in line for line in verify(out))


def rewrite(out, folder, **changes):
    """Change the first row, and tell ledger and manifest that the file was written so."""
    (path,) = (out / folder).iterdir()
    first, rest = path.read_bytes().split(b"\n", 1)
    path.write_bytes(line(json.loads(first) | changes) + rest)
    data, name = path.read_bytes(), f"{folder}/{path.name}"
    files = [
        file
        if file["path"] != name
        else file | {"bytes": len(data), "digest": xxhash.xxh3_128_hexdigest(data)}
        for file in json.loads((out / "runs/000001.json").read_text())["files"]
    ]
    manifest = json.loads((out / "runs/000001.json").read_text()) | {"files": files}
    (out / "runs/000001.json").write_text(json.dumps(manifest))
    with sqlite3.connect(out / "winnow.sqlite") as ledger:
        ledger.execute("UPDATE shards SET files = ?", (json.dumps(files),))
    ledger.close()


@pytest.mark.parametrize(
    ("folder", "changes", "told"),
    [
        ("documents", {"text": "Other words."}, "row 1: its id is not that of its url and text"),
        ("documents", {"words": 3}, "row 1: it has not the words that it counts"),
        ("documents", {"words": "3"}, "row 1: words is of another type"),
        ("documents", {"shoes": 3}, "row 1: shoes is missing or not known"),
        ("documents", {"removed_share": 0.9999}, "is not what the document says"),
        ("documents", {"digest": "0" * 32}, "the ledger does not have"),
        ("duplicates", {"relation": None}, "row 1: relation is of another type"),
        ("failures", {"digest": "0" * 32}, "the ledger does not have"),
        ("removed", {"text": "x"}, "row 1: its text is not as long as its place"),
        ("removed", {"at": 10**6}, "is not what the document says"),
        ("removed", {"kind": "ticker"}, "is not what the document says"),
    ],
)
def test_rows_that_break_a_law_are_told_though_the_digests_are_right(out, folder, changes, told):
    rewrite(out, folder, **changes)
    assert any(told in problem for problem in verify(out))


def test_rows_are_checked_as_the_schema_says():
    schema = json.loads((ROOT / "docs/output.schema.json").read_text())["$defs"]
    names = {
        "documents": "document",
        "duplicates": "duplicate",
        "supersedes": "superseding",
        "removed": "removed",
        "failures": "failure",
    }
    types = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    types |= {dict: "object", list: "array"}
    for folder, fields in FIELDS.items():
        properties = schema[names[folder]]["properties"]
        assert set(fields) == set(properties)
        for name, kinds in fields.items():
            told = properties[name].get("type", "string")  # an enumeration of strings
            mine = {types[kind] for kind in kinds} - ({"integer"} if float in kinds else set())
            assert mine == ({told} if isinstance(told, str) else set(told)), (folder, name)


def test_a_changed_manifest_is_told(out):
    change(out / "runs/000001.json", '"failures": 4', '"failures": 5')
    assert list(verify(out)) == ["runs/000001.json: its counts are not the sums of its shards"]
    (out / "runs/000001.json").write_text("{")
    assert len(list(verify(out))) == 1


def test_the_command_lists_problems_and_exits_with_1(out):
    sound = winnow("verify", out)
    assert (sound.returncode, sound.stderr) == (0, "")
    assert "all is well" in sound.stdout
    (out / "documents/000001-00000.jsonl").unlink()
    damaged = winnow("verify", out)
    assert damaged.returncode == 1
    assert "documents/000001-00000.jsonl: No such file" in damaged.stdout


@pytest.mark.parametrize("command", ["status", "verify", "retry"])
def test_a_folder_that_is_no_output_is_misuse_and_stays_as_it_is(command, tmp_path):
    done = winnow(command, tmp_path)
    assert done.returncode == 2
    assert "nothing was cleaned into this folder" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_status_tells_runs_failures_sizes_and_what_is_unfinished(out):
    status = status_of(out)
    assert (status.runs[0][0], status.total.failures, status.unfinished) == ("000001", 4, None)
    assert status.failures[-1]["error"] == "MalformedError"
    assert status.indexed == status.total.documents + status.total.duplicates
    assert status.sizes["winnow.sqlite"] == (out / "winnow.sqlite").stat().st_size
    Path("scrapes/a new one.html").write_text(html("new"))
    plan_shards(["scrapes/a new one.html"], out, Settings())
    said = winnow("status", out).stdout
    assert "run 000002 is unfinished: 0 of 1 shards committed" in said
    assert "with the options given then (--settings, --against, ...)" in said
    command = said.splitlines()[-1]
    assert command == "  winnow clean 'scrapes/a new one.html' --out out"
    with output_lock(out):
        assert f"process {os.getpid()} is writing" in winnow("status", out).stdout
    assert status_of(out).writer is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can lend the lock's file to another user")
def test_a_writer_of_another_user_is_alive(out):
    (out / ".lock").write_text("1\n")
    (out / ".lock").chmod(0o644)
    Path.cwd().chmod(0o755)
    asked = (
        "import os; from pathlib import Path; from cleaners.batch.lock import holder_of;"
        "holder_of(Path('out')); os.setuid(65534); print(holder_of(Path('out')))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_retry_by_the_command(out):
    Path("scrapes/blank.html").write_text(html("mended"))
    Path("scrapes/image.html").unlink()
    done = winnow("retry", out)
    assert done.returncode == 0, done.stderr
    assert "1 of 4 are not there any more" in done.stderr
    assert json.loads((out / "runs/000002.json").read_text())["counts"]["documents"] == 1
    assert list(verify(out)) == []


def test_waiting_for_another_run(out):
    command = [sys.executable, "-m", "cleaners.cli", "clean", "scrapes"]
    with output_lock(out):
        process = subprocess.Popen(
            [*command, "--out", str(out), "--wait"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr.readline() == f"winnow: waiting for process {os.getpid()} to end\n"
        assert process.poll() is None
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "nothing new" in said


def test_sources_of_any_name_lead_back_to_their_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("plain.html", "two\nlines.html", os.fsdecode(b"not \xff utf-8.html"), "a#1"):
        Path(name).write_text("words")
        assert path_of(printable(name)) == name
        assert path_of(f"{printable(name)}#12") == name
    assert path_of("gone.html") is None


def test_an_unchanged_file_is_not_read_again(tmp_path):
    """Told by what is read: a page whose digest is believed stays done, whatever it holds."""
    page, out = tmp_path / "page.html", tmp_path / "out"
    page.write_text(html("a"))
    time.sleep(2.1)  # a file that was changed just now is not believed
    run(out, page)
    with sqlite3.connect(out / "winnow.sqlite") as ledger:
        (path,) = ledger.execute("SELECT path FROM files").fetchone()
        assert path == os.fsencode(page)
        ledger.execute("UPDATE files SET content = zeroblob(16)")
    ledger.close()
    assert list(verify(out)) == []
    (told,) = verify(out, inputs=True)
    assert "changed, though its times did not" in told
    run(out, page, redo="everything")
    assert list(verify(out, inputs=True)) == [], "--again believes nothing, and learns"
    stat = page.stat()
    page.write_text(html("b"))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    run(out, page)
    assert len(list((out / "documents").iterdir())) == 3, "its ctime tells that it changed"


def test_a_file_changed_just_now_is_not_believed(tmp_path):
    (tmp_path / "page.html").write_text(html("a"))
    run(tmp_path / "out", tmp_path / "page.html")
    with sqlite3.connect(tmp_path / "out/winnow.sqlite") as ledger:
        assert ledger.execute("SELECT count(*) FROM files").fetchone() == (0,)
    ledger.close()


def test_nothing_to_verify_is_misuse(tmp_path):
    with pytest.raises(UsageError):
        next(verify(tmp_path))


def twice(folder):
    """A file that holds one record twice; something will be removed from it."""
    story = " ".join(f"Keeper {n} walked up the hill at dusk to light the lamp." for n in range(9))
    record = json.dumps({"url": "https://example.org/a", "text": f"{story}\n\nAdvertisement"})
    (folder / "same.jsonl").write_text(f"{record}\n{record}\n")
    near = {"url": "https://example.org/b", "text": f"{story} Nobody saw them go."}
    (folder / "near.jsonl").write_text(json.dumps(near))
    return folder / "same.jsonl", folder / "near.jsonl"


def test_a_record_that_came_twice_is_sound_and_later_copies_find_it(tmp_path):
    (same, near), out = twice(tmp_path), tmp_path / "out"
    run(out, same)
    assert list(verify(out)) == []
    run(out, near)
    (copy,) = map(json.loads, (out / "duplicates/000002-00000.jsonl").read_text().splitlines())
    (kept,) = map(json.loads, (out / "documents/000001-00000.jsonl").read_text().splitlines())
    assert copy["duplicate_of"] == kept["id"]
    run(out, same, near, redo="everything")
    assert list(verify(out)) == []


def test_two_documents_with_one_id_are_no_fault(tmp_path):
    (same, _), out = twice(tmp_path), tmp_path / "out"
    run(out, same, settings=Settings(duplicates=Duplicates(enabled=False)))
    first, second = map(json.loads, (out / "documents/000001-00000.jsonl").read_text().splitlines())
    assert first["id"] == second["id"]
    assert first["removed"], "something was removed, so that it is counted twice"
    assert list(verify(out)) == []
