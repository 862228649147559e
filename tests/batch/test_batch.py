"""What a batch promises: nothing lost, nothing done twice, the same bytes every time."""

import gzip
import json
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest
import xxhash

from cleaners.batch import (
    Plan,
    clean_shard,
    commit_shard,
    finish_run,
    plan_shards,
    run_batch,
    sharding,
)
from cleaners.batch import plan as planning
from cleaners.batch.parts import open_part
from cleaners.batch.rebuilding import rebuild_ledger
from cleaners.batch.retrying import failed_inputs
from cleaners.batch.verify import verify
from cleaners.cli.reporting import Silence
from cleaners.deduplicating import IndexMismatchError, Sketches, sketch
from cleaners.errors import UsageError
from cleaners.settings import Duplicates, Settings
from cleaners.working.results import records
from tests.corpus import article, fill, html, manifest, rows, tree


@pytest.fixture
def scrapes(tmp_path, monkeypatch):
    """A filled folder, named as a user would, relative to where they are."""
    monkeypatch.chdir(tmp_path)
    return Path("scrapes"), fill(Path("scrapes"))


def run(out, *paths, settings=None, **options):
    return run_batch(
        [str(path) for path in paths],
        Path(out),
        settings or Settings(),
        reporter=Silence(),
        **options,
    )


def test_every_scrape_ends_in_exactly_one_place(scrapes):
    folder, count = scrapes
    run("out", folder)
    ends = [
        row["source"]
        for kind in ("documents", "duplicates", "failures")
        for row in rows("out", kind)
    ]
    assert len(ends) == len(set(ends)) == count
    assert {row["source"] for row in rows("out", "duplicates")} == {"scrapes/deep/0000.html"}
    assert {row["source"]: row["error"] for row in rows("out", "failures")} == {
        "scrapes/blank.html": "NoTextError",
        "scrapes/empty.html": "EmptyError",
        "scrapes/image.html": "BinaryError",
        "scrapes/records.jsonl#6": "MalformedError",
    }


def test_the_manifest_adds_up_and_describes_the_files(scrapes):
    folder, count = scrapes
    run("out", folder)
    (folder / "new.html").write_text(html("new"))
    run("out", folder)
    for number, expected in ((1, count), (2, count + 1)):
        told = manifest("out", number)
        counts = told["counts"]
        ends = ("documents", "duplicates", "failures", "skipped")
        assert counts["scrapes"] == expected == sum(counts[name] for name in ends)
        for file in told["files"]:
            data = (Path("out") / file["path"]).read_bytes()
            assert file["bytes"] == len(data)
            assert file["lines"] == data.count(b"\n")
            assert file["digest"] == xxhash.xxh3_128_hexdigest(data)
        lines = Path("out", f"documents/00000{number}-00000.jsonl").read_text().splitlines()
        emitted = [json.loads(line) for line in lines]
        assert counts["documents"] == len(emitted)
        assert counts["words"] == sum(document["words"] for document in emitted)
        kinds = [row["kind"] for row in rows("out", "removed")]
    assert sum(kinds.count(kind) for kind in set(kinds)) == sum(
        sum(manifest("out", number)["counts"]["removed"].values()) for number in (1, 2)
    )
    assert manifest("out", 2)["counts"]["skipped"] == count


def test_any_number_of_workers_gives_the_same_bytes(scrapes, monkeypatch):
    monkeypatch.setattr(sharding, "SHARD_PAGES", 7)
    folder, _ = scrapes
    run("small", folder)
    monkeypatch.setattr(planning, "_SMALL_RUN", 0)
    run("one", folder, workers=1)
    run("three", folder, workers=3)
    assert tree("small") == tree("one") == tree("three")
    assert len(rows("small", "documents")) > 7


def test_what_was_done_is_skipped_and_leaves_no_trace(scrapes):
    folder, count = scrapes
    run("out", folder)
    before = tree("out")
    (finished,) = run("out", folder)
    assert finished["run"] is None
    assert finished["counts"]["skipped"] == finished["counts"]["scrapes"] == count
    assert tree("out") == before


def test_a_changed_file_is_a_new_scrape(scrapes):
    folder, count = scrapes
    run("out", folder)
    (folder / "plain.txt").write_text("\n\n".join(article("changed")))
    run("out", folder)
    assert manifest("out", 2)["counts"]["documents"] == 1
    assert manifest("out", 2)["counts"]["skipped"] == count - 1


def test_again_emits_everything_again_in_the_new_run(scrapes):
    folder, _ = scrapes
    run("out", folder)
    run("out", folder, redo="everything")
    first, second = manifest("out", 1), manifest("out", 2)
    assert second["counts"] == first["counts"]
    for kind in ("documents", "duplicates", "removed", "failures"):
        one, two = (Path("out", kind, f"00000{n}-00000.jsonl").read_bytes() for n in (1, 2))
        assert one == two


def test_changed_settings_clean_again_only_when_asked(scrapes):
    folder, count = scrapes
    run("out", folder)
    before, changed = tree("out"), Settings(duplicates=Duplicates(threshold=0.6))
    (finished,) = run("out", folder, settings=changed)
    assert finished["counts"]["outdated"] == finished["counts"]["skipped"] == count
    assert tree("out") == before
    run("out", folder, settings=changed, redo="outdated")
    assert manifest("out", 2)["counts"] == manifest("out", 1)["counts"], "no own duplicates"
    (finished,) = run("out", folder, settings=changed, redo="outdated")
    assert finished["run"] is None
    assert finished["counts"]["outdated"] == 0


def test_another_version_is_told_and_cleans_again_only_when_asked(scrapes):
    folder, count = scrapes
    run("out", folder)
    with sqlite3.connect("out/winnow.sqlite") as ledger:
        ledger.execute("UPDATE scrapes SET version = '0.0.1' WHERE outcome != 'failure'")
    (finished,) = run("out", folder)
    assert finished["run"] is None
    assert finished["counts"]["outdated"] == count - 4
    run("out", folder, redo="outdated")
    assert manifest("out", 2)["counts"]["failures"] == 0
    assert manifest("out", 2)["counts"]["documents"] == manifest("out", 1)["counts"]["documents"]


def test_retry_takes_up_what_failed_and_nothing_else(scrapes):
    folder, _ = scrapes
    run("out", folder)
    (folder / "blank.html").write_text(html("mended"))
    (folder / "new.html").write_text(html("new"))
    run("out", *failed_inputs(Path("out")).paths, redo="failures")
    counts = manifest("out", 2)["counts"]
    assert (counts["documents"], counts["failures"], counts["scrapes"]) == (1, 3, 4)
    assert failed_inputs(Path("out")).number == 3


def test_retry_takes_up_the_pages_behind_the_damage_of_a_mended_archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with tarfile.open("pages.tar", "w") as archive:
        for number in range(4):
            Path("page.html").write_text(html(f"number{number}"))
            archive.add("page.html", f"{number}.html")
    whole = Path("pages.tar").read_bytes()
    Path("pages.tar").write_bytes(whole[: len(whole) // 4])
    run("out", "pages.tar")
    done = manifest("out", 1)["counts"]["documents"]
    assert failed_inputs(Path("out")).paths == ("pages.tar",)
    Path("pages.tar").write_bytes(whole)
    run("out", "pages.tar", redo="failures")
    assert manifest("out", 2)["counts"]["documents"] == 4 - done
    with pytest.raises(UsageError, match=r"pages\.tar: holds nothing that failed any more"):
        run("out", "pages.tar", redo="failures")


def test_the_failure_of_a_file_of_many_is_forgotten_once_it_was_read_to_its_end(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    packed = gzip.compress("".join(f'{{"text": "{n} apples"}}\n' for n in range(9)).encode())
    records = Path("records.jsonl.gz")
    for done, failed in enumerate((0, 1, 0, 1)):
        records.write_bytes(packed[:-9] if failed else packed)
        run("out", "records.jsonl.gz")
        assert failed_inputs(Path("out")).number == failed, done
    assert failed_inputs(Path("out")).paths == ("records.jsonl.gz",)
    records.write_bytes(packed)
    with pytest.raises(UsageError, match="holds nothing that failed any more"):
        run("out", "records.jsonl.gz", redo="failures")
    assert failed_inputs(Path("out")).number == 0
    assert list(verify(Path("out"))) == []


def test_an_older_ledger_is_brought_up_to_date(scrapes):
    folder, count = scrapes
    run("out", folder)
    with sqlite3.connect("out/winnow.sqlite") as ledger:
        ledger.executescript(
            "ALTER TABLE scrapes DROP COLUMN version; DROP TABLE files; DROP TABLE whole; "
            "PRAGMA user_version = 1"
        )
    (finished,) = run("out", folder)
    assert finished["counts"]["skipped"] == finished["counts"]["outdated"] == count


def test_without_deduplication_copies_are_documents(scrapes):
    folder, _ = scrapes
    run("out", folder, settings=Settings(duplicates=Duplicates(enabled=False)))
    assert not Path("out/duplicates").exists()
    assert {row["cluster_id"] for row in rows("out", "documents")} == {None}


def test_the_same_record_twice_is_one_document_and_one_duplicate(tmp_path):
    record = json.dumps({"url": "https://example.org/a", "html": html("a")})
    (tmp_path / "two.jsonl").write_text(f"{record}\n{record}\n")
    run(tmp_path / "out", tmp_path / "two.jsonl")
    counts = manifest(tmp_path / "out")["counts"]
    assert (counts["documents"], counts["duplicates"]) == (1, 1)
    (duplicate,) = rows(tmp_path / "out", "duplicates")
    assert duplicate["source"].endswith("two.jsonl#2")
    assert duplicate["relation"] == "copy"


def test_duplicates_are_found_across_runs(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(html("same"))
        run(tmp_path / "out", tmp_path / f"{name}.html")
    (document,) = rows(tmp_path / "out", "documents")
    (duplicate,) = rows(tmp_path / "out", "duplicates")
    assert duplicate["duplicate_of"] == document["id"]
    assert duplicate["source"].endswith("b.html")


def test_the_output_folder_is_no_input(tmp_path):
    (tmp_path / "a.html").write_text(html("a"))
    out = tmp_path / "clean"
    run(out, tmp_path)
    run(out, tmp_path)
    assert [row["source"] for row in rows(out, "documents")] == [f"{tmp_path}/a.html"]


def test_an_empty_folder_is_misuse_and_leaves_nothing(tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="no pages found"):
        run(tmp_path / "out", tmp_path / "in")
    assert tree(tmp_path / "out") == {}
    assert not (tmp_path / "out" / ".work").exists()


def test_each_step_can_be_done_twice(scrapes, monkeypatch):
    monkeypatch.setattr(sharding, "SHARD_PAGES", 9)
    folder, _ = scrapes
    run("once", folder)
    Path("twice").mkdir()
    plan = plan_shards([str(folder)], Path("twice"), Settings())
    again = plan_shards([str(folder)], Path("twice"), Settings())
    assert isinstance(again, Plan)
    assert (again.run, again.shards, again.resumed) == (plan.run, plan.shards, True)
    for shard in again.shards:
        part = clean_shard(shard, workers=2)
        assert clean_shard(shard) == part
        assert commit_shard(part) == commit_shard(part)
    finish_run(again)
    assert tree("once") == tree("twice")


def test_an_interrupted_run_of_another_request_is_finished_first(scrapes):
    folder, count = scrapes
    Path("out").mkdir()
    plan_shards([str(folder / "deep")], Path("out"), Settings())
    run("out", folder)
    assert manifest("out", 1)["inputs"] == ["scrapes/deep"]
    assert manifest("out", 2)["inputs"] == ["scrapes"]
    assert manifest("out", 1)["counts"]["scrapes"] == manifest("out", 2)["counts"]["skipped"]
    assert manifest("out", 2)["counts"]["scrapes"] == count


def test_sketches_are_made_with_the_shingles_of_the_settings(tmp_path):
    """With another width than the index's, an edited copy would not be found."""
    (tmp_path / "scrapes").mkdir()
    text = " ".join(f"word{n} stands here." for n in range(120))
    (tmp_path / "scrapes" / "a.txt").write_text(text)
    (tmp_path / "scrapes" / "b.txt").write_text(text.replace("word60 ", "other "))
    settings = Settings(duplicates=Duplicates(shingle_tokens=2))
    plan = plan_shards([str(tmp_path / "scrapes")], tmp_path / "out", settings)
    part = clean_shard(plan.shards[0], workers=1)
    made = Sketches.from_bytes(part.with_suffix(".sketches").read_bytes())
    assert made.to_bytes() == sketch([row["document"]["text"] for row in _rows(part)], 2).to_bytes()


def test_settings_that_need_another_index_leave_no_plan_behind(scrapes):
    """A plan in place has to be finished first, and no settings could finish this one."""
    folder, count = scrapes
    wider = Settings(duplicates=Duplicates(shingle_tokens=5))
    run("out", folder / "copy.html")
    with pytest.raises(IndexMismatchError, match=r"^out: .*winnow index rebuild out"):
        run("out", folder, settings=wider)
    run("out", folder)
    assert manifest("out", 2)["counts"]["scrapes"] == count
    assert list(verify(Path("out"))) == []


def test_a_plan_for_another_index_names_the_way_on(scrapes):
    folder, _ = scrapes
    run("out", folder / "copy.html")
    plan_shards([str(folder)], Path("out"), Settings())
    wider = Settings(duplicates=Duplicates(shingle_tokens=5))
    rebuild_ledger(Path("out"), wider.duplicates)
    with pytest.raises(IndexMismatchError, match=r"remove out/\.work/000002"):
        run("out", folder)
    shutil.rmtree("out/.work/000002")
    run("out", folder, settings=wider)
    assert list(verify(Path("out"))) == []


def _rows(part):
    with open_part(part) as lines:
        return list(records(lines))
