"""From paths to pages: what is listed, in which order, and what each turns out to be."""

import gzip
import io
import json
import os
import random
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.errors import (
    BinaryError,
    ChangedError,
    EmptyError,
    MalformedError,
    TooLargeError,
    UnreadableError,
    UsageError,
)
from cleaners.formats import Columns
from cleaners.reading import find_scrapes, page_from_bytes, read_page, read_source
from cleaners.reading.jsonl import digest, lines
from cleaners.reading.media import guess_media

LIMIT = 1_000_000


def find(*paths, limit=LIMIT):
    return list(find_scrapes([str(path) for path in paths], page_bytes=limit))


def read(scrape, limit=LIMIT):
    return read_page(scrape, page_bytes=limit)


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_folders_are_listed_by_name_whatever_made_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = [f"in/{folder}{name}.html" for folder in ("", "b/", "B/c/") for name in "xYz10"]
    random.Random(1).shuffle(names)
    for name in names:
        write(Path(name), name)
    write(Path("in/README.rst"), "no scrape")
    found = [scrape.source for scrape in find("in")]
    assert sorted(found) == sorted(names)
    assert found == [scrape.source for scrape in find("in")]
    top = [name for name in found if name.count("/") == 1]
    assert top == ["in/0.html", "in/1.html", "in/Y.html", "in/x.html", "in/z.html"]


def test_nothing_is_listed_twice(tmp_path):
    page = write(tmp_path / "in/page.html", "x")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "other").symlink_to(tmp_path / "in")
    assert len(find(tmp_path / "in", page, tmp_path / "other", page)) == 1


def test_no_folder_of_the_output_is_listed(tmp_path):
    for name in ("a.html", "out/b.html", "files/documents/000001-00000.jsonl"):
        write(tmp_path / name, "<p>x</p>")
    avoid = [str(tmp_path / "out"), "s3://bucket/files", str(tmp_path / "files")]
    found = find_scrapes([str(tmp_path)], page_bytes=LIMIT, avoid=avoid)
    assert [scrape.source for scrape in found] == [str(tmp_path / "a.html")]


def test_two_folders_that_link_to_each_other_end(tmp_path):
    write(tmp_path / "a/one.html", "1")
    write(tmp_path / "b/two.html", "2")
    (tmp_path / "a/to_b").symlink_to(tmp_path / "b")
    (tmp_path / "b/to_a").symlink_to(tmp_path / "a")
    assert {Path(scrape.path).name for scrape in find(tmp_path / "a")} == {"one.html", "two.html"}


def test_a_pipe_in_a_folder_is_passed_over_and_by_name_is_misuse(tmp_path):
    os.mkfifo(tmp_path / "pipe.html")
    assert find(tmp_path) == []
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        find(tmp_path / "pipe.html")


def test_what_is_named_is_read_whatever_its_suffix(tmp_path):
    path = write(tmp_path / "page.aspx", "<html><p>Words</p></html>")
    assert read(*find(path)).media == "html"


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.html", "just words", "html"),
        ("a.XHTML", "just words", "html"),
        ("a.md", "<p>a</p><p>b</p><p>c</p>", "text"),
        ("a.txt", "just words", "text"),
        ("a.txt", "<!DOCTYPE html><p>words", "html"),
        ("a.txt", "<!-- saved -->\n<html lang=de><p>words", "html"),
        ("a.txt", "<div><p>A fragment</p><p>of a page</p></div>", "html"),
        ("a.txt", "Write <p> for a paragraph. " + "More words follow. " * 30, "text"),
        ("a.txt", "if a <b and c> d then", "text"),
        ("", "<html><body>", "html"),
    ],
)
def test_the_media_is_told_by_name_then_by_content(name, content, media):
    assert page_from_bytes(content.encode(), name=name).media == media


def test_packed_pages_read_like_plain_ones(tmp_path):
    text = "<p>Größe</p>" * 9
    write(tmp_path / "a.html", text)
    write(tmp_path / "b.html.gz", gzip.compress(text.encode()))
    plain, packed = (read(scrape) for scrape in find(tmp_path))
    assert plain.text == packed.text
    assert plain.media == packed.media == "html"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n1 0 obj",
        b"GIF89a\x01\x00\x01\x00\x80",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"RIFF\x24\x00\x00\x00WEBPVP8 ",
        b"PK\x03\x04\x14\x00\x00\x00",
        gzip.compress(b"packed but not named so", mtime=0),
        bytes(range(256)) * 8,
        random.Random(1).randbytes(5000),
    ],
)
def test_binary_data_is_no_page(data):
    with pytest.raises(BinaryError, match="not a page"):
        page_from_bytes(data, name="page.html")


@pytest.mark.parametrize("data", [b"", b"  \n\t", b"\xef\xbb\xbf"])
def test_nothing_is_no_page(data):
    with pytest.raises(EmptyError):
        page_from_bytes(data, name="page.html")


@pytest.mark.parametrize(
    "text",
    [
        "RIFF raff plays tonight.",
        "ID3 tags explained.",
        "BZh is no word.",
        "a\x00b" * 3 + "c" * 999,
    ],
)
def test_words_that_begin_like_a_format_are_a_page(text):
    assert page_from_bytes(text.encode(), name="a.txt").text == text.replace("\x00", "")


def test_a_page_larger_than_allowed(tmp_path):
    write(tmp_path / "a.html", "x" * 2000)
    with pytest.raises(TooLargeError, match=r"limits\.page_bytes"):
        read(*find(tmp_path), limit=1000)


def test_a_bomb_is_not_unpacked(tmp_path):
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(300):
            file.write(bytes(1_000_000))
    path = write(tmp_path / "bomb.html.gz", packed.getvalue())
    (scrape,) = find(path)
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="unpacked"):
        read(scrape)
    assert tracemalloc.get_traced_memory()[1] < 10 * LIMIT
    tracemalloc.stop()


@pytest.mark.parametrize("cut", [4, 15, -9])
def test_a_truncated_packed_page(cut, tmp_path):
    data = gzip.compress(random.Random(1).randbytes(500).hex().encode())
    with pytest.raises(UnreadableError, match="not valid gzip"):
        read(*find(write(tmp_path / "a.html.gz", data[:cut])))


def test_a_file_that_changed_or_went(tmp_path):
    path = write(tmp_path / "a.html", "one")
    (scrape,) = find(path)
    write(path, "two")
    with pytest.raises(ChangedError, match="run again"):
        read(scrape)
    path.unlink()
    with pytest.raises(UnreadableError, match="No such file"):
        read(scrape)


RECORDS = [
    {"url": "https://example.org/1", "html": "<p>One</p>", "fetched_at": "2024-05-01T10:00:00Z"},
    {"text": "Two\u2028lines"},
    {"url": None, "html": None, "text": "Three", "fetched_at": 1714557600},
    {"url": "https://example.org/4", "html": "", "text": "Four", "other": [1]},
]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_records_become_pages(pack, tmp_path):
    data = b"\xef\xbb\xbf" + b"\r\n\n".join(json.dumps(record).encode() for record in RECORDS)
    name = "r.jsonl" if pack is bytes else "r.jsonl.gz"
    scrapes = find(write(tmp_path / name, pack(data)))
    pages = [read(scrape) for scrape in scrapes]
    assert [page.source for page in pages] == [f"{tmp_path / name}#{n}" for n in (1, 3, 5, 7)]
    assert [page.media for page in pages] == ["html", "text", "text", "text"]
    assert [page.text for page in pages] == ["<p>One</p>", "Two\u2028lines", "Three", "Four"]
    assert [page.url for page in pages] == [RECORDS[0]["url"], None, None, RECORDS[3]["url"]]
    assert [page.fetched_at for page in pages] == [
        RECORDS[0]["fetched_at"],
        None,
        "1714557600",
        None,
    ]
    assert read_source(scrapes[2].source, page_bytes=LIMIT) == pages[2]


@pytest.mark.parametrize(
    ("line", "error", "part"),
    [
        ('{"html": "<p>', MalformedError, "line 2: not valid JSON"),
        ('["html"]', MalformedError, "line 2: a record must be a JSON object"),
        ('{"url": "https://example.org"}', MalformedError, "needs `html` or `text`"),
        ('{"html": 7}', MalformedError, "`html` must be a string"),
        ('{"html": "x", "url": ["u"]}', MalformedError, "`url` must be a string"),
        ('{"html": "x", "fetched_at": {}}', MalformedError, "`fetched_at` must be"),
        ('{"text": null}', MalformedError, "line 2: `text` is null"),
        ('{"text": x}', MalformedError, "line 2: not valid JSON: Expecting value (character 10)"),
        ("[" * 100_000, MalformedError, "line 2: not valid JSON: nested too deep"),
        ("1" * 5_000, MalformedError, "line 2: not valid JSON: a number is too long"),
        ('{"html": " "}', EmptyError, "line 2: `html` is empty"),
    ],
)
def test_broken_records_name_their_line_and_spare_the_others(line, error, part, tmp_path):
    good = json.dumps({"text": "good"})
    scrapes = find(write(tmp_path / "r.jsonl", f"{good}\n{line}\n{good}\n"))
    with pytest.raises(error) as raised:
        read(scrapes[1])
    assert part in str(raised.value)
    assert [read(scrapes[n]).text for n in (0, 2)] == ["good", "good"]


CRAWLED = {
    "markdown": "# Berths\n\nTwo are closed.",
    "metadata": {"sourceURL": "https://example.org/berths", "crawledAt": "2026-11-20"},
    "page.url": "https://example.org/named-with-a-dot",
}


@pytest.mark.parametrize(
    ("url", "known"),
    [("metadata.sourceURL", "https://example.org/berths"), ("page.url", CRAWLED["page.url"])],
)
def test_keys_of_records_may_be_called_otherwise_and_stand_deeper(url, known, tmp_path):
    path = write(tmp_path / "r.jsonl", json.dumps(CRAWLED))
    columns = Columns(text="markdown", url=url, fetched_at="metadata.crawledAt")
    (scrape,) = find_scrapes([str(path)], page_bytes=LIMIT, columns=columns)
    page = read_page(scrape, page_bytes=LIMIT, columns=columns)
    assert (page.media, page.text) == ("text", CRAWLED["markdown"])
    assert (page.url, page.fetched_at) == (known, "2026-11-20")
    assert read_source(scrape.source, page_bytes=LIMIT, columns=columns) == page


def test_a_record_with_other_keys_says_which_and_the_remedy(tmp_path):
    path = write(tmp_path / "r.jsonl", json.dumps(CRAWLED))
    with pytest.raises(MalformedError, match=r"this one has 'markdown', 'metadata'.*--columns"):
        read(find(path)[0])


def test_records_that_are_no_utf8(tmp_path):
    path = write(tmp_path / "r.jsonl", b'{"text": "caf\xe9"}\n{"text": "caf\xc3\xa9"}\n')
    first, second = find(path)
    with pytest.raises(MalformedError):
        read(first)
    assert read(second).text == "café"


def test_a_line_longer_than_allowed_is_passed_over_in_pieces(tmp_path):
    long = json.dumps({"text": "x" * 5000})
    path = write(tmp_path / "r.jsonl", f'{{"text": "a"}}\n{long}\n{{"text": "b"}}\n')
    scrapes = find(path, limit=1000)
    assert [scrape.number for scrape in scrapes] == [1, 2, 3]
    with pytest.raises(TooLargeError, match="line 2"):
        read(scrapes[1], limit=1000)
    assert read(scrapes[2], limit=1000).text == "b"


def test_listing_a_large_file_of_records_takes_little_memory(tmp_path):
    path = tmp_path / "r.jsonl"
    line = json.dumps({"url": "https://example.org/", "text": "word " * 2000}) + "\n"
    path.write_text(line * 2000)
    tracemalloc.start()
    count = sum(1 for _ in find_scrapes([str(path)], page_bytes=LIMIT))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000
    assert path.stat().st_size > 20 * peak


def test_a_truncated_packed_file_gives_what_can_be_read_and_one_failure(tmp_path):
    texts = [random.Random(n).randbytes(300).hex() for n in range(90)]
    data = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    packed = gzip.compress(data.encode())
    scrapes = find(write(tmp_path / "r.jsonl.gz", packed[: len(packed) // 2]))
    assert len(scrapes) > 10
    assert all(read(scrape).text for scrape in scrapes[:-1])
    with pytest.raises(UnreadableError):
        read(scrapes[-1])


def test_a_page_scraped_again_without_change_is_the_same_scrape():
    record = {"url": "https://example.org/", "text": "words", "fetched_at": "2024-01-01"}
    later = record | {"fetched_at": "2025-01-01", "status": 200}

    def known(record):
        return digest(json.dumps(record).encode(), Columns())

    assert known(record) == known(later)
    for change in ({"url": None}, {"text": "others"}, {"html": "words"}):
        assert known(record) != known(record | change)


@given(st.lists(st.binary(max_size=40)), st.integers(1, 50))
def test_offsets_lead_back_to_the_lines(parts, limit):
    data = b"\n".join(parts)
    for _, offset, line in lines(io.BytesIO(data), limit=limit):
        assert data[offset : offset + len(line)] == line
        assert line.strip()
        assert len(line) <= limit + 1


def test_guessing_the_media_takes_no_time_to_speak_of():
    started = time.perf_counter()
    for text in ("<!-- a -->" * 6000, "<!--" * 16000, "<p" * 32000, "<?xml " * 9000, " " * 65000):
        guess_media(text)
    assert time.perf_counter() - started < 1.0


@given(st.text())
def test_any_text_has_a_media(text):
    assert guess_media(text) in ("html", "text")
