"""Batches of files of many pages: each page is done once, whatever file holds it."""

import gzip
import io
import json
import random
import signal
import subprocess
import sys
import time
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.corpus import html, manifest, rows, tree, winnow


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def warc(pages):
    members = []
    for number, page in enumerate(pages):
        payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\n"
            f"Content-Length: {len(payload)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + payload + b"\r\n\r\n", mtime=0))
    return b"".join(members)


def fill(folder, pages=4):
    """Every kind of file of many pages, each with `pages` pages; the last two have a failure."""
    folder.mkdir()
    names = [f"../{n}.html" for n in range(pages)]
    (folder / "a.zip").write_bytes(zipped({name: html(f"zip {name}") for name in names}))
    columns = {"html": [html(f"row {n}") for n in range(pages)]}
    pq.write_table(pa.table(columns), folder / "b.parquet")
    lines = "".join(json.dumps({"html": html(f"line {n}")}) + "\n" for n in range(pages))
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(lines.encode() + b"{broken\n", mtime=0))
    (folder / "d.warc.gz").write_bytes(warc([html(f"warc {n}") for n in range(pages)])[:-20])
    return 4 * pages + 1


def clean(*args, cwd):
    done = winnow("clean", "in", "--out", "out", *args, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_they_are_done_once_and_again_when_they_change(tmp_path):
    count = fill(tmp_path / "in")
    clean(cwd=tmp_path)
    out = tmp_path / "out"
    assert manifest(out)["counts"]["scrapes"] == count
    assert manifest(out)["counts"]["failures"] == 2
    assert f"nothing new: {count} pages" in clean(cwd=tmp_path)

    members = {f"../{n}.html": html(f"zip ../{n}.html") for n in range(4)}
    members["../2.html"] = html("another page")
    (tmp_path / "in/a.zip").write_bytes(zipped(members))
    clean(cwd=tmp_path)
    assert [row["source"] for row in rows(out, "documents")][-1] == "in/a.zip/../2.html#3"
    assert manifest(out, 2)["counts"]["skipped"] == count - 1

    clean("--again", cwd=tmp_path)
    assert manifest(out, 3)["counts"]["documents"] == count - 2

    (tmp_path / "in/d.warc.gz").write_bytes(warc([html(f"warc {n}") for n in range(4)]))
    done = winnow("retry", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    counts = manifest(out, 4)["counts"]
    assert (counts["scrapes"], counts["documents"], counts["failures"]) == (2, 1, 1)
    done = winnow("verify", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_workers_and_kills_change_nothing(tmp_path):
    fill(tmp_path / "in", pages=12)
    clean("--workers", 1, cwd=tmp_path)
    expected = tree(tmp_path / "out")
    instants = random.Random(1)
    for attempt in range(3):
        out = f"out{attempt}"
        command = [sys.executable, "-m", "cleaners.cli", "clean", "in", "--out", out, "--quiet"]
        process = subprocess.Popen([*command, "--workers", "2"], cwd=tmp_path)
        time.sleep(instants.uniform(0.3, 3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        subprocess.run([*command, "--workers", "2"], cwd=tmp_path, check=True)
        assert tree(tmp_path / out) == expected


def test_a_bomb_costs_one_failure_and_little_memory(tmp_path):
    (tmp_path / "in").mkdir()
    members = {"bomb.html": bytes(200_000_000), "page.html": html("page")}
    (tmp_path / "in/a.zip").write_bytes(zipped(members))
    (tmp_path / "in/b.html.gz").write_bytes(gzip.compress(bytes(100_000_000), 9, mtime=0))
    (tmp_path / "winnow.toml").write_text("[limits]\npage_bytes = 1_000_000_000\n")
    code = (
        "import re, resource; from pathlib import Path; from cleaners.cli import main\n"
        "code = main(['clean', 'in', '--quiet'])\n"
        # Not ru_maxrss: it begins with what the process of the tests held when it forked.
        "status = Path('/proc/self/status').read_text()\n"
        "parent = int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024\n"
        "worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024\n"
        "print(code, parent, worker)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    code, parent, worker = map(int, done.stdout.split())
    assert code == 0
    assert parent < 150
    assert worker < 400
    errors = {row["source"]: row["error"] for row in rows(tmp_path / "clean", "failures")}
    assert errors == {"in/a.zip/bomb.html#1": "TooLargeError", "in/b.html.gz": "TooLargeError"}
    assert len(rows(tmp_path / "clean", "documents")) == 1


def test_keys_of_records_are_named_on_the_command_line(tmp_path):
    story = "# Berths\n\nThe ferry harbour at Lundvik will close for six weeks in spring."
    record = {"markdown": story, "metadata": {"sourceURL": "https://example.org/berths"}}
    (tmp_path / "crawl.jsonl").write_text(json.dumps(record) + "\n")
    named = ("--columns", "text=markdown,url=metadata.sourceURL")
    done = winnow("clean", "crawl.jsonl", *named, "--out", "o", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "o" / "documents").iterdir()
    document = json.loads(file.read_text())
    assert document["url"] == "https://example.org/berths"
    assert "six weeks" in document["text"]


def test_columns_are_named_on_the_command_line(tmp_path):
    (tmp_path / "in").mkdir()
    table = pa.table({"content": [html(1)], "uri": ["https://example.org/1"]})
    pq.write_table(table, tmp_path / "in/a.parquet")
    clean("--columns", "html=content,url=uri", cwd=tmp_path)
    assert rows(tmp_path / "out", "documents")[0]["url"] == "https://example.org/1"
    done = winnow("clean", "in", "--columns", "content=html", cwd=tmp_path)
    assert done.returncode == 2
    assert "'content': write html=COLUMN" in done.stderr


@pytest.mark.parametrize("files", [[], ["--files", "in/files"]])
def test_outputs_among_the_scrapes_are_no_scrapes(tmp_path, files):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_text(html("a"))
    earlier = winnow("clean", "in/a.html", "--out", "in/earlier", *files, cwd=tmp_path)
    assert earlier.returncode == 0, earlier.stderr
    told = clean(cwd=tmp_path)
    assert "passed over in/earlier: it is an output of Winnow" in told
    assert ("passed over in/files" in told) == bool(files)
    assert manifest(tmp_path / "out")["counts"]["scrapes"] == 1
    assert "passed over in/earlier" in clean(cwd=tmp_path)


def test_an_output_is_cleaned_once_more_where_its_documents_are_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_text(html("a"))
    clean(cwd=tmp_path)
    refused = winnow("clean", "out", "--out", "second", cwd=tmp_path)
    assert refused.returncode == 2
    assert "name out/documents to clean its documents once more" in refused.stderr
    named = winnow("clean", "out/documents", "--out", "second", cwd=tmp_path)
    assert named.returncode == 0, named.stderr
    first, second = (rows(tmp_path / folder, "documents") for folder in ("out", "second"))
    assert [row["text"] for row in first] == [row["text"] for row in second]


@pytest.mark.parametrize("name", ["runs", "documents/runs"])
def test_a_folder_that_is_called_like_a_part_of_an_output_is_read(tmp_path, name):
    (tmp_path / "in" / name).mkdir(parents=True)
    (tmp_path / "in" / name / "a.html").write_text(html("a"))
    assert "passed over" not in clean(cwd=tmp_path)
    assert manifest(tmp_path / "out")["counts"]["documents"] == 1
