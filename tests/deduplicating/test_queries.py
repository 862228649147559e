"""What the index tells of its clusters, and of what a page resembles."""

import sqlite3

import pytest

from cleaners.deduplicating import Cluster, Entry, IndexMismatchError, Member, clusters, similar
from tests.deduplicating.corpus import Output, edited, text


def test_clusters_tell_their_members_sites_and_dates():
    out = Output()
    out.add(text(1), text(2))
    copy = text(1, 290)
    out.add_entries(
        [Entry("copy", copy, url="https://b.example/x", site="b.example", date="2026-01-02")]
    )
    [cluster] = clusters(out.connection)
    first = Member("d0", None, None, None, 1, None, None, None, None, None)
    verdict = out.verdicts["copy"]
    second = Member(
        "copy",
        "https://b.example/x",
        "b.example",
        "2026-01-02",
        0,
        "d0",
        None,
        "copy",
        verdict.similarity,
        1.0,
    )
    assert cluster == Cluster("d0", "d0", (first, second))
    assert cluster.sites == ("b.example",)


def test_clusters_name_the_document_to_keep():
    out = Output(keep="longest")
    out.add(text(1, 290))
    out.add(text(1, 300))
    [cluster] = clusters(out.connection)
    assert (cluster.id, cluster.kept) == ("d0", "d1")
    assert [member.supersedes for member in cluster.members] == [None, "d0"]
    assert [member.emitted for member in cluster.members] == [1, 1]


def test_without_duplicates_there_are_no_clusters():
    out = Output()
    out.add(text(1), text(2), "")
    assert list(clusters(out.connection)) == []


def test_similar_tells_what_a_page_resembles_and_how():
    out = Output()
    numbers = " ".join(str(n * 7919 % 9000) for n in range(12))
    out.add(text(1), text(2, 400), text(3), f"{numbers} {text(4, 200)}")
    before = list(out.connection.iterdump())
    page = Entry("page", f"{edited(text(1), 0.02)}\n\n{text(2, 400)}")
    found = similar(out.connection, out.settings, out.fetch, page)
    assert [(one.id, one.relation) for one in found] == [
        ("d1", "contained_in"),
        ("d0", "contained_in"),
    ]
    assert found[0].containment > 0.95
    other = " ".join(str(n * 104729 % 9000) for n in range(12))
    [templated] = similar(
        out.connection, out.settings, out.fetch, Entry("p", f"{other} {text(4, 200)}")
    )
    assert (templated.id, templated.relation, templated.templated) == ("d3", None, True)
    assert templated.similarity > 0.7
    assert templated.numbers < 0.5
    assert similar(out.connection, out.settings, out.fetch, Entry("p", text(9))) == []
    assert similar(out.connection, out.settings, out.fetch, Entry("p", " ")) == []
    assert list(out.connection.iterdump()) == before


def test_similar_needs_an_index():
    empty = sqlite3.connect(":memory:")
    with pytest.raises(IndexMismatchError, match="winnow index rebuild"):
        similar(empty, Output().settings, lambda _: "", Entry("p", "text"))
