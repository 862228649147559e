"""An index is made again from nothing but an output folder."""

import json
import sqlite3

import pytest

from cleaners.deduplicating import (
    Entry,
    Location,
    check,
    clusters,
    read_documents,
    read_duplicates,
    rebuild,
    similar,
    text_reader,
)
from cleaners.errors import RunError
from tests.deduplicating.corpus import Output, edited, text


def write(out, folder):
    """The files that a run would have written, a shard a batch."""
    files = {}
    for entry in out.entries.values():
        verdict = out.verdicts[entry.id]
        told = {
            "id": entry.id,
            "url": entry.url,
            "site": entry.site,
            "date": entry.date,
            "confidence": entry.confidence,
            "cluster_id": verdict.cluster_id,
        }
        judged = told | {
            "relation": verdict.relation,
            "similarity": verdict.similarity,
            "containment": verdict.containment,
        }
        if verdict.duplicate_of is not None:
            record = judged | {"duplicate_of": verdict.duplicate_of}
            files.setdefault("duplicates", []).append(record)
            continue
        files.setdefault("documents", []).append(told | {"text": entry.text})
        if verdict.supersedes is not None:
            record = judged | {"supersedes": verdict.supersedes}
            files.setdefault("supersedes", []).append(record)
    for name, records in files.items():
        (folder / name).mkdir(parents=True)
        half = len(records) // 2 or 1
        for number, some in enumerate((records[:half], records[half:])):
            lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in some)
            (folder / name / f"000001-0000{number}.jsonl").write_text(lines, encoding="utf-8")


@pytest.fixture
def out(tmp_path):
    made = Output(keep="longest")
    made.add_entries(
        [Entry(f"é{n}", text(n, 100), f"https://x.example/{n}", "x.example") for n in range(40)]
    )
    made.add(*(edited(text(n, 100), 0.02) for n in range(15)), "", "Ünïcode 🚀 中文")
    made.add(text(30, 60), text(31, 100) + text(99, 300))
    write(made, tmp_path)
    return made


def test_a_folder_gives_the_index_back(out, tmp_path):
    connection = sqlite3.connect(":memory:")
    documents, duplicates = read_documents(tmp_path), read_duplicates(tmp_path)
    fetch = text_reader(tmp_path)
    rebuild(connection, out.settings, documents, duplicates, fetch)
    assert check(connection) == []
    told = [
        [
            (cluster.id, cluster.kept, {(m.id, m.url, m.similarity) for m in cluster.members})
            for cluster in clusters(made)
        ]
        for made in (connection, out.connection)
    ]
    assert sorted(told[0], key=str) == sorted(told[1], key=str)
    # Older texts are read where they stand.
    [found] = similar(connection, out.settings, fetch, Entry("new", edited(text(33, 100), 0.02)))
    assert (found.id, found.relation, found.site) == ("é33", "copy", "x.example")


def test_a_broken_line_is_named(tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "000001-00000.jsonl").write_text('{"id": "a"}\n{broken\n')
    with pytest.raises(RunError, match=r"000001-00000.jsonl:1: 'text' is missing"):
        list(read_documents(tmp_path))
    (tmp_path / "documents" / "000001-00000.jsonl").write_text("{broken\n")
    with pytest.raises(RunError, match=r"000001-00000.jsonl:1: not JSON"):
        list(read_documents(tmp_path))
    (tmp_path / "documents" / "000001-00000.jsonl").write_text("5\n")
    with pytest.raises(RunError, match=r"000001-00000.jsonl:1: not a record"):
        list(read_documents(tmp_path))


def test_a_text_that_is_gone_is_named(tmp_path):
    with pytest.raises(RunError, match=r"gone.jsonl: an emitted document is missing"):
        text_reader(tmp_path)(Location("gone.jsonl", 0, 10))
