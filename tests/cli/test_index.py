"""The duplicate index by the command: asked, checked, made again."""

import json
import sqlite3

import pytest

from tests.corpus import article, html, rows, start, winnow


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (folder / f"{name}.html").write_text(html(seed))
    assert winnow("clean", folder, "--out", tmp_path / "out").returncode == 0
    return tmp_path / "out"


def test_duplicates_lists_clusters_with_the_kept_one_first(out):
    (duplicate,) = rows(out, "duplicates")
    done = winnow("duplicates", out)
    assert done.returncode == 0, done.stderr
    cluster, kept, copy, summary = done.stdout.splitlines()
    assert cluster == f"cluster {duplicate['cluster_id']}, 2 documents"
    assert kept.startswith(f"  * {duplicate['duplicate_of']}")
    assert copy.startswith(f"    {duplicate['id']}")
    assert "copy" in copy
    assert summary.endswith(": 1 cluster")


def test_duplicates_and_similar_are_told_as_json(tmp_path):
    lines = [
        {"url": f"https://{site}.example/{n}", "text": "\n\n".join(article(n)), "fetched_at": None}
        for site, n in (("one", 1), ("two", 1), ("one", 2))
    ]
    path, out = tmp_path / "in.jsonl", tmp_path / "out"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    winnow("clean", path, "--out", out)
    [told] = map(json.loads, winnow("duplicates", out, "--json").stdout.splitlines())
    (duplicate,) = rows(out, "duplicates")
    assert (told["id"], told["kept"]) == (duplicate["cluster_id"], duplicate["duplicate_of"])
    assert told["sites"] == ["one.example", "two.example"]
    first, second = told["members"]
    assert (first["emitted"], second["emitted"]) == (True, False)
    assert (second["id"], second["relation"], second["similarity"]) == (
        duplicate["id"], "copy", 1.0,
    )  # fmt: skip
    [alike] = map(
        json.loads, winnow("similar", f"{path}#1", "--out", out, "--json").stdout.split("\n")[:-1]
    )
    assert (alike["id"], alike["relation"], alike["numbers"]) == (first["id"], "copy", 1.0)


def test_similar_names_what_a_page_resembles_and_writes_nothing(out, tmp_path):
    before = (out / "winnow.sqlite").read_bytes()
    done = winnow("similar", tmp_path / "in/c.html", "--out", out)
    known = {row["source"]: row["id"] for row in rows(out, "documents")}
    assert done.stdout.startswith(f"{known[f'{tmp_path}/in/c.html']} copy: similarity 1.00")
    (tmp_path / "new.html").write_text(html("new"))
    assert "resembles nothing" in winnow("similar", tmp_path / "new.html", "--out", out).stdout
    assert (out / "winnow.sqlite").read_bytes() == before


def test_a_damaged_index_is_told_and_made_again(out):
    assert "sound" in winnow("index", "check", out).stdout
    with sqlite3.connect(out / "winnow.sqlite") as ledger:
        ledger.execute("DELETE FROM index_segments")
    ledger.close()
    told = winnow("index", "check", out)
    assert told.returncode == 1
    assert "not filed" in told.stdout
    assert winnow("verify", out).returncode == 1
    done = winnow("index", "rebuild", out)
    assert done.returncode == 0, done.stderr
    assert "knows 3 documents" in done.stdout
    assert winnow("index", "check", out).returncode == 0
    verified = winnow("verify", out)
    assert verified.returncode == 0, verified.stdout


def test_scrapes_without_a_url_are_named_by_their_files(out, tmp_path):
    _, kept, copy, _ = winnow("duplicates", out).stdout.splitlines()
    assert kept.endswith(f" {tmp_path}/in/a.html")
    assert copy.endswith(f" {tmp_path}/in/b.html")
    told = json.loads(winnow("duplicates", out, "--json").stdout)
    assert [one["source"] for one in told["members"]] == [f"{tmp_path}/in/{n}.html" for n in "ab"]
    assert winnow("similar", tmp_path / "in/c.html", "--out", out).stdout.endswith("/in/c.html\n")


def test_a_reader_that_pauses_keeps_no_run_from_committing(tmp_path):
    (tmp_path / "in").mkdir()
    with (tmp_path / "in/copies.jsonl").open("w") as file:  # clusters that fill more than a pipe
        for number in range(1_200):
            (text,) = article(number // 2, paragraphs=1)
            file.write(json.dumps({"url": f"https://example.org/{number}", "text": text}) + "\n")
    winnow("clean", tmp_path / "in", "--out", tmp_path / "out", "--quiet")
    listing = start("duplicates", tmp_path / "out")
    try:
        assert listing.stdout.readline().startswith("cluster ")
        with sqlite3.connect(tmp_path / "out/winnow.sqlite", timeout=0) as ledger:
            ledger.execute("DELETE FROM whole")
    finally:
        listing.kill()
        listing.communicate()
