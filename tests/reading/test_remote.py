"""Pages that lie elsewhere: listed by name, fetched together, and read like those that lie here."""

import gzip
import io
import json
import zipfile

import fsspec
import pytest

from cleaners.batch.earlier import is_output
from cleaners.errors import EmptyError, TooLargeError, UnreadableError, UsageError
from cleaners.reading import check_paths, find_scrapes, read_page, read_source

LIMIT = 1_000_000


@pytest.fixture
def store():
    """A store in this process's memory, empty."""
    system = fsspec.filesystem("memory")
    system.rm("/", recursive=True)
    yield system
    system.rm("/", recursive=True)


def find(*paths, limit=LIMIT, **options):
    return list(find_scrapes(paths, page_bytes=limit, **options))


def read(scrape, limit=LIMIT):
    return read_page(scrape, page_bytes=limit)


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_folder_elsewhere_is_read_like_one_here(store, tmp_path):
    files = {
        "b.html": b"<p>B</p>",
        "a/z.html": b"<p>Z</p>",
        "a/deep/y.txt": b"Y",
        "packed.html.gz": gzip.compress(b"<p>packed</p>"),
        "records.jsonl": b"".join(json.dumps({"text": t}).encode() + b"\n" for t in "12"),
        "packed.jsonl.gz": gzip.compress(b'{"text": "3"}\n'),
        "pages.zip": zipped({"one.html": b"<p>one</p>", "two.html": b"<p>two</p>"}),
        "empty.html": b"",
        "notes.pdf": b"passed over",
    }
    for name, data in files.items():
        store.pipe_file(f"/in/{name}", data)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)

    def told(scrape):
        try:
            page = read(scrape)
        except EmptyError as error:
            return str(error)
        return page.media, page.text, page.url

    here, there = find(str(tmp_path)), find("memory://in")
    assert [s.source.removeprefix("memory://in") for s in there] == [
        s.source.removeprefix(str(tmp_path)) for s in here
    ]
    assert list(map(told, there)) == list(map(told, here))
    assert read_source("memory://in/a/z.html", page_bytes=LIMIT).text == "<p>Z</p>"
    assert read_source("memory://in/records.jsonl#2", page_bytes=LIMIT).text == "2"
    assert read_source("memory://in/pages.zip/two.html#2", page_bytes=LIMIT).text == "<p>two</p>"


def test_nothing_is_listed_twice_and_nothing_of_the_output(store):
    for name in ("a.html", "sub/b.html", "out/documents/000001-00000.jsonl"):
        store.pipe_file(f"/in/{name}", b"<p>x</p>")
    found = find("memory://in", "memory://in/sub", "memory://in", avoid=["memory://in/out"])
    assert [s.source for s in found] == ["memory://in/a.html", "memory://in/sub/b.html"]


def test_outputs_of_runs_are_told_from_scrapes(store):
    for name in ("a.html", "old/documents/000001-00000.jsonl", "old/runs/000001.json"):
        store.pipe_file(f"/in/{name}", b"<p>x</p>")
    store.pipe_file("/in/runs/b.html", b"<p>x</p>")
    found = find("memory://in", shunned=is_output)
    assert [s.source for s in found] == ["memory://in/a.html", "memory://in/runs/b.html"]


def test_what_is_too_large_is_not_fetched(store):
    store.pipe_file("/in/a.html", b"x" * 2000)
    store.pipe_file("/in/b.html", b"<p>B</p>")
    large, good = find("memory://in", limit=1000)
    assert len(large.line) < 500
    with pytest.raises(TooLargeError, match=r"limits\.page_bytes"):
        read(large)
    assert read(good).text == "<p>B</p>"


@pytest.mark.usefixtures("store")
def test_what_is_missing_or_unknown_is_misuse():
    with pytest.raises(UsageError, match=r"nowhere: no such file .*check the address"):
        check_paths(["memory://nowhere"])
    with pytest.raises(UsageError, match="no such file"):
        find("memory://nowhere")
    with pytest.raises(UsageError, match="nosuch://"):
        check_paths(["nosuch://bucket/x"])


def test_a_broken_archive_is_one_failure(store):
    store.pipe_file("/in/pages.zip", b"no zip")
    (scrape,) = find("memory://in")
    with pytest.raises(UnreadableError, match="zip"):
        read(scrape)


def test_many_pages_come_in_order(store):
    for number in range(100):
        store.pipe_file(f"/in/{number:03d}.html", f"<p>{number}</p>".encode())
    assert [read(scrape).text for scrape in find("memory://in")] == [
        f"<p>{number}</p>" for number in range(100)
    ]
