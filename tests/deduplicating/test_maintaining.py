"""Is the index sound, and is one that was made again as good as the first?"""

import sqlite3

import numpy as np
import pytest

from cleaners.deduplicating import (
    Entry,
    IndexMismatchError,
    Location,
    Verdict,
    check,
    clusters,
    rebuild,
)
from cleaners.settings import Duplicates
from tests.deduplicating.corpus import Output, edited, text


@pytest.fixture
def out():
    made = Output(keep="longest")
    made.add(*(text(n, 100) for n in range(60)))
    made.add(*(edited(text(n, 100), 0.02) for n in range(20)), "", "🚀")
    made.add(*(text(n, 60) for n in range(20, 30)), text(30, 100) + text(99, 300))
    return made


def test_a_sound_index_has_no_problems(out):
    assert check(out.connection) == []
    assert check(Output().connection) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("DELETE FROM index_documents WHERE number = 5", "documents that are not known"),
        ("DELETE FROM index_documents WHERE number = 1", "center is missing"),
        ("UPDATE index_documents SET center = 62 WHERE number = 65", "center is missing"),
        ("UPDATE index_documents SET kept = 9 WHERE number = 10", "not of their cluster"),
        ("DELETE FROM index_places WHERE number = 7", "does not say where"),
        ("DELETE FROM index_files", "places are of documents or in files"),
        ("DELETE FROM index_segments", "digests are not filed"),
        ("UPDATE index_documents SET signature = x'00' WHERE number = 3", "wrong size"),
        ("UPDATE index_segments SET postings = substr(postings, 2)", "cut off"),
    ],
)
def test_damage_is_told(out, damage, told):
    out.connection.execute(damage)
    assert any(told in problem for problem in check(out.connection))


def test_postings_out_of_order_are_told(out):
    number, data = out.connection.execute("SELECT * FROM index_segments").fetchone()
    turned = np.frombuffer(data, np.uint64)[::-1].tobytes()
    out.connection.execute(
        "UPDATE index_segments SET postings = ? WHERE number = ?", (turned, number)
    )
    assert any("out of order" in problem for problem in check(out.connection))


def emitted(out):
    for (file, offset), body in sorted(out.texts.items()):
        number = int(file.split("/")[1].split(".")[0]) + offset
        verdict = out.verdicts[f"d{number}"]
        entry = out.entries[f"d{number}"]
        assert entry.text == body
        yield entry, Location(file, offset, len(body)), verdict


def redundant(out):
    for name, verdict in out.verdicts.items():
        if verdict.duplicate_of is not None:
            yield Entry(name, "", url=out.entries[name].url), verdict


def in_order(out):
    numbered = {name: n for n, name in enumerate(out.entries)}
    return sorted(emitted(out), key=lambda item: numbered[item[0].id])


def made_again(out, connection=None):
    connection = connection or sqlite3.connect(":memory:")
    rebuild(connection, out.settings, in_order(out), redundant(out), out.fetch)
    fresh = Output(connection, keep=out.settings.keep)
    fresh.texts = out.texts
    fresh.entries = dict(out.entries)
    return fresh


def by_member(connection):
    return {
        cluster.id: (cluster.kept, {(m.id, m.duplicate_of, m.supersedes) for m in cluster.members})
        for cluster in clusters(connection)
    }


def test_a_rebuilt_index_is_sound_and_has_the_same_clusters(out):
    again = made_again(out)
    assert check(again.connection) == []
    assert by_member(again.connection) == by_member(out.connection)
    assert len(by_member(out.connection)) == 31


def test_a_rebuilt_index_judges_as_the_first_did(out):
    again = made_again(out)
    later = [edited(text(n, 100), 0.03, 7) for n in range(60)] + [text(n, 70) for n in range(40)]
    later += [text(n, 90) for n in range(100, 110)] + ["", "🚀"]
    assert again.add(*later) == out.add(*later)


def test_a_page_that_was_emitted_twice_is_placed_twice_again():
    """Cleaned again with `--again`, a page is emitted once more, with the id that it had."""
    page = Entry("d0", text(1))
    texts = {("first", 0): page.text, ("again", 0): page.text}
    documents = [
        (page, Location(file, 0, 1), Verdict("d0", cluster_id="d0")) for file in ("first", "again")
    ]
    connection = sqlite3.connect(":memory:")
    fetch = lambda location: texts[location.file, location.offset]  # noqa: E731
    rebuild(connection, Duplicates(), documents, [], fetch)
    assert check(connection) == []


def test_rebuilding_mends_an_index_made_with_other_parameters(out):
    out.connection.execute("UPDATE index_meta SET value = '0' WHERE name = 'normaliser'")
    with pytest.raises(IndexMismatchError):
        Output(out.connection)
    assert check(made_again(out, out.connection).connection) == []


def test_a_document_whose_center_is_lost_stands_alone():
    out = Output()
    lost = Verdict("d1", duplicate_of="d0", cluster_id="d0", relation="copy", similarity=0.9)
    superseding = Verdict("d2", supersedes="d0", cluster_id="d0")
    entry = Entry("d2", text(1))
    out.texts["f", 0] = entry.text
    documents = [(entry, Location("f", 0, 1), superseding)]
    assert (
        rebuild(out.connection, out.settings, documents, [(Entry("d1", ""), lost)], out.fetch) == 2
    )
    assert check(out.connection) == []
