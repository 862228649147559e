"""The texts of the artifacts; no server is needed for them."""

import base64
import dataclasses
from pathlib import Path

from cleaners.batch import Counts, Plan
from flows.facts import CommittedShard, RunFacts, SlowPage
from flows.summary import chart, shard_rows, summary


def counts(documents, duplicates=0, failures=0, skipped=0, removed=None):
    return {
        "scrapes": documents + duplicates + failures + skipped,
        "documents": documents,
        "duplicates": duplicates,
        "failures": failures,
        "skipped": skipped,
        "words": 10 * documents,
        "removed": removed or {},
    }


def facts(told, *, failures=(), previous=None, shards=()):
    plan = Plan(Path("out"), "000002", (Path("00000.shard"),), 0, told["scrapes"], small=False)
    manifest = {"run": "000002", "cleaned_by": "winnow 1 abcd", "counts": told, "files": []}
    before = None if previous is None else {"counts": previous}
    return RunFacts(plan, tuple(shards), manifest, tuple(failures), before)


def row(text, name):
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_shares_are_of_the_new_pages_and_compared_with_the_run_before():
    told = counts(70, duplicates=20, failures=10, skipped=900)
    text = summary(facts(told, previous=counts(90, duplicates=10)))
    assert "**70 clean documents** from 100 new pages; 20.0% were duplicates; 10 could" in text
    assert row(text, "duplicates") == ["duplicates", "20", "20.0%", "10.0%", "+10.0 points"]
    assert row(text, "skipped, done before")[1] == "900"


def test_a_first_run_has_nothing_to_compare_with():
    text = summary(facts(counts(1)))
    assert "run before" not in text
    assert row(text, "documents") == ["documents", "1", "100.0%"]
    assert "Nothing was removed" in text
    assert "## Failures\n\nNone." in text


def test_a_run_in_which_all_pages_failed_divides_by_nothing():
    text = summary(facts(counts(0, failures=2, removed={}), previous=counts(0)))
    assert row(text, "failures") == ["failures", "2", "100.0%", "", ""]


def test_names_and_messages_cannot_break_the_table():
    bad = {"source": "a|b`c\n.html", "error": "EmptyError", "message": "x | y\nz"}
    text = summary(facts(counts(1, failures=30), failures=[bad] * 30))
    assert "30 x EmptyError" in text
    assert text.count("| `a\\|b'c .html` | EmptyError | x \\| y z |") == 10
    assert "... and 20 more in `failures/`" in text


def test_the_slowest_pages_are_those_of_all_shards():
    shards = [
        CommittedShard(f"000002-{n}", Counts(documents=1), 1.25, (SlowPage(n, f"{n}.html"),))
        for n in range(8)
    ]
    text = summary(facts(counts(8), shards=shards))
    slowest = text.partition("## Slowest pages")[2]
    assert [f"{n}.html" in slowest for n in range(8)] == [False] * 3 + [True] * 5
    assert slowest.index("7.html") < slowest.index("6.html")
    assert shard_rows(shards)[0] == {
        "shard": "000002-0",
        "pages": 1,
        "documents": 1,
        "duplicates": 0,
        "failures": 0,
        "words": 0,
        "seconds": 1.2,
    }


def test_the_chart_is_a_picture_with_a_bar_a_kind():
    kind, _, data = chart({"ad": 10, "related": 1000}).partition(",")
    assert kind == "data:image/svg+xml;base64"
    svg = base64.b64decode(data).decode()
    assert svg.index(">related<") < svg.index(">ad<")
    assert svg.count("<rect") == 3  # the paper, too
    assert "1,000" in svg
    assert len(data) < 10_000
    assert chart({}).startswith("data:image/svg+xml")


def test_the_report_is_linked_where_there_is_one():
    run = facts(counts(1))
    assert "`winnow report out`" in summary(run)
    text = summary(dataclasses.replace(run, report=Path("/data/my clean/report/index.html")))
    assert "](file:///data/my%20clean/report/index.html)" in text
    assert "`/data/my clean/report/index.html`" in text
    assert "winnow report" not in text
