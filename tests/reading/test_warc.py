"""WARC files: pages with what server and crawler said; a damaged record costs one failure."""

import gzip
import io
import random
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from fastwarc.warc import WarcRecord, WarcRecordType

from cleaners.errors import TooLargeError, UnreadableError
from cleaners.reading import find_scrapes, read_page, read_source

LIMIT = 1_000_000
HTML = "<html><p>Reading {} is a pleasure.</p></html>"


def find(path, limit=LIMIT):
    return list(find_scrapes([str(path)], page_bytes=limit))


def read(scrape, limit=LIMIT):
    return read_page(scrape, page_bytes=limit)


def outcome(scrape):
    try:
        return read(scrape).text
    except (UnreadableError, TooLargeError) as error:
        return f"{type(error).__name__}: {error}"


def record(number, body=None, *, http=b"", status=b"200 OK", kind=b"text/html", **fields):
    """A response, written by hand so that it can also be written wrongly."""
    body = HTML.format(number).encode() if body is None else body
    payload = b"HTTP/1.1 %s\r\nContent-Type: %s\r\n%s\r\n%s" % (status, kind, http, body)
    head = {
        "WARC-Type": "response",
        "WARC-Target-URI": f"https://example.org/{number}",
        "WARC-Date": f"2024-05-{number:02d}T10:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(payload)),
    } | {key.replace("_", "-"): value for key, value in fields.items()}
    lines = [b"WARC/1.0", *(f"{key}: {value}".encode() for key, value in head.items())]
    return b"\r\n".join(lines) + b"\r\n\r\n" + payload + b"\r\n\r\n"


def written(path, data):
    path.write_bytes(data)
    return path


PACK = {
    "a.warc": b"".join,
    "a.warc.gz": lambda records: b"".join(map(gzip.compress, records)),
    "b.warc.gz": lambda records: gzip.compress(b"".join(records)),
    "a.warc.zst": lambda records: b"".join(map(zstandard.ZstdCompressor().compress, records)),
}


@pytest.mark.parametrize("name", PACK)
def test_responses_are_pages(name, tmp_path):
    records = [
        record(1),
        record(2, WARC_Type="request"),
        record(3, kind=b"image/png"),
        record(4, status=b"404 Not Found"),
        record(5, kind=b"text/plain; charset=utf-8", body="Wörter".encode()),
    ]
    path = written(tmp_path / name, PACK[name](records))
    scrapes = find(path)
    assert [scrape.source for scrape in scrapes] == [f"{path}#1", f"{path}#5"]
    first, last = map(read, scrapes)
    assert (first.text, first.media) == (HTML.format(1), "html")
    assert (first.url, first.fetched_at) == ("https://example.org/1", "2024-05-01T10:00:00Z")
    assert (last.text, last.media) == ("Wörter", "text")
    assert read_source(f"{path}#5", page_bytes=LIMIT) == last


def test_a_file_that_fastwarc_wrote(tmp_path):
    out = io.BytesIO()
    for number in range(3):
        made = WarcRecord()
        made.init_headers(WarcRecordType.response)
        made.headers["WARC-Target-URI"] = f"https://example.org/{number}"
        made.headers["Content-Type"] = "application/http; msgtype=response"
        page = HTML.format(number).encode()
        made.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page)
        made.write(out)
    scrapes = find(written(tmp_path / "a.warc", out.getvalue()))
    assert [read(scrape).text for scrape in scrapes] == [HTML.format(n) for n in range(3)]


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        (b"text/html; charset=koi8-r", "koi8-r"),
        (b'text/html; charset="Windows-1251"', "cp1251"),
        (b"Text/HTML;charset=Shift_JIS", "shift_jis"),
    ],
)
def test_the_charset_of_the_server_is_believed(kind, encoding, tmp_path):
    text = "日本のニュース" if encoding == "shift_jis" else "Новости дня и погода"
    path = written(tmp_path / "a.warc", record(1, body=text.encode(encoding), kind=kind))
    assert read(*find(path)).text == text


def deflated(data):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": deflated,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
    "identity": bytes,
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("packed", [True, False])
def test_content_codings_are_undone_also_where_the_crawler_did(coding, packed, tmp_path):
    page = HTML.format(1).encode()
    body = CODINGS[coding](page) if packed else page
    http = f"Content-Encoding: {coding}\r\n".encode()
    path = written(tmp_path / "a.warc", record(1, body=body, http=http))
    assert read(*find(path)).text == HTML.format(1)


@pytest.mark.parametrize("marked", [True, False])
def test_chunks_are_joined_also_where_the_crawler_did(marked, tmp_path):
    page = HTML.format(1).encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (page[:9], page[9:]))
    body = chunks + b"0\r\n\r\n" if marked else page
    path = written(tmp_path / "a.warc", record(1, body, http=b"Transfer-Encoding: chunked\r\n"))
    assert read(*find(path)).text == HTML.format(1)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_packed_response_that_is_a_bomb_is_a_failure(coding, tmp_path):
    body = CODINGS[coding](bytes(3 * LIMIT))
    http = f"Content-Encoding: {coding}\r\n".encode()
    path = written(tmp_path / "a.warc", record(1, body, http=http) + record(2))
    bomb, good = find(path)
    with pytest.raises(TooLargeError, match=r"record 1: unpacked .* limits\.page_bytes"):
        read(bomb)
    assert read(good).text == HTML.format(2)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate", "br", "zstd"])
def test_a_packed_response_that_is_cut_off_is_a_failure(coding, tmp_path):
    body = CODINGS[coding](random.Random(1).randbytes(500).hex().encode())[:-20]
    http = f"Content-Encoding: {coding}\r\n".encode()
    path = written(tmp_path / "a.warc", record(1, body, http=http) + record(2))
    cut, good = map(outcome, find(path))
    assert cut.startswith("UnreadableError: record 1: ")
    assert "cut off" in cut or "the end is missing" in cut
    assert good == HTML.format(2)


@pytest.mark.parametrize("coding", ["deflate", "br"])
@pytest.mark.parametrize("charset", ["utf-16", "iso2022_jp", "shift_jis"])
def test_a_page_that_the_crawler_unpacked_is_read_in_any_encoding(coding, charset, tmp_path):
    body = f"<p>\u79cb\u306e\u6e2f {'x' * 99}</p>".encode(charset)
    http = f"Content-Encoding: {coding}\r\n".encode()
    kind = f"text/html; charset={charset}".encode()
    path = written(tmp_path / "a.warc", record(1, body, http=http, kind=kind))
    assert "\u79cb\u306e\u6e2f" in outcome(*find(path))


def test_the_failure_of_a_file_is_told_where_its_record_was_not_reached(tmp_path):
    packed = gzip.compress(record(1)) + gzip.compress(record(2))
    path = written(tmp_path / "a.jsonl.gz", packed[:-30])
    with pytest.raises(UnreadableError):
        read_source(f"{path}#99999", page_bytes=LIMIT)


def test_what_the_crawler_or_the_connection_cut_off_is_a_failure(tmp_path):
    records = [
        record(1, WARC_Truncated="length"),
        record(2, http=b"Content-Length: 9999\r\n"),
        record(3),
    ]
    by_crawler, by_connection, good = find(written(tmp_path / "a.warc", b"".join(records)))
    with pytest.raises(UnreadableError, match="record 1: the crawler cut it off"):
        read(by_crawler)
    with pytest.raises(UnreadableError, match="record 2: the page is cut off"):
        read(by_connection)
    assert read(good).text == HTML.format(3)


def test_a_record_that_is_too_large_is_passed_over(tmp_path):
    path = written(tmp_path / "a.warc", record(1, body=bytes(5_000_000)) + record(2))
    large, good = find(path)
    with pytest.raises(TooLargeError, match="record 1: larger than"):
        read(large)
    assert read(good).text == HTML.format(2)


def test_a_page_may_not_be_larger_than_allowed_by_what_its_headers_could_take(tmp_path):
    path = written(tmp_path / "a.warc", record(1, b"<p>" + b"word " * 100) + record(2, b"<p>Two"))
    large, small = find(path, limit=200)
    with pytest.raises(TooLargeError, match=r"record 1: larger than limits\.page_bytes"):
        read(large, limit=200)
    assert read(small, limit=200).text == "<p>Two"


def cut(data, size):
    return data[:-size]


@pytest.mark.parametrize(
    "second",
    [
        cut(record(2), 12),
        record(2)[:60],
        record(2, Content_Length="99999999"),
        record(2, Content_Length="1"),
        record(2, Content_Length="-7"),
        record(2, Content_Length="many"),
        record(2).replace(b"WARC/1.0", b"junk/1.0"),
    ],
)
def test_a_damaged_record_costs_at_most_its_neighbour(second, tmp_path):
    path = written(tmp_path / "a.warc", record(1) + second + record(3) + record(4))
    found = [outcome(scrape) for scrape in find(path)]
    pages = [text for text in found if text.startswith("<")]
    assert pages[-2:] == [HTML.format(3), HTML.format(4)]
    failed = [text for text in found if not text.startswith("<")]
    assert len(failed) == 1
    assert failed[0].startswith(("UnreadableError: record 1: ", "UnreadableError: record 2: "))


@pytest.mark.parametrize("damage", ["cut", "scribbled"])
def test_a_damaged_member_of_a_packed_file_costs_one_failure(damage, tmp_path):
    bodies = [random.Random(n).randbytes(5000).hex().encode() for n in range(4)]
    members = [gzip.compress(record(n + 1, body)) for n, body in enumerate(bodies)]
    middle = bytearray(members[1])
    if damage == "cut":
        middle = middle[:3000]
    else:
        middle[900:950] = b"\xff" * 50
    members[1] = bytes(middle)
    found = [outcome(scrape) for scrape in find(written(tmp_path / "a.warc.gz", b"".join(members)))]
    texts = [body.decode() for body in bodies]
    assert [texts.index(text) if text in texts else text[:15] for text in found] == [
        0,
        "UnreadableError",
        2,
        3,
    ]


@pytest.mark.parametrize("name", PACK)
def test_a_file_that_is_cut_off_ends_with_a_failure(name, tmp_path):
    bodies = [random.Random(n).randbytes(5000).hex().encode() for n in range(4)]
    data = PACK[name]([record(n + 1, body) for n, body in enumerate(bodies)])
    *good, last = find(written(tmp_path / name, data[: len(data) * 7 // 8]))
    texts = [body.decode() for body in bodies]
    assert [read(scrape).text for scrape in good] == texts[: len(good)]
    assert outcome(last).startswith("UnreadableError")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("data", [b"no WARC\r\n" * 9, random.Random(1).randbytes(3000)])
def test_what_is_no_warc_is_one_failure(name, data, tmp_path):
    (scrape,) = find(written(tmp_path / name, data))
    assert scrape.source == str(tmp_path / name)
    with pytest.raises(UnreadableError):
        read(scrape)


def test_memory_does_not_grow_with_the_file(tmp_path):
    body = random.Random(1).randbytes(50_000).hex().encode()
    with (tmp_path / "a.warc.gz").open("wb") as file:
        for number in range(200):
            file.write(gzip.compress(record(number % 28 + 1, body + b"%d" % number), 1))
    tracemalloc.start()
    count = sum(1 for _ in find_scrapes([str(tmp_path / "a.warc.gz")], page_bytes=LIMIT))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 200
    assert peak < 2_000_000


def test_a_packed_record_that_is_a_bomb_costs_one_failure(tmp_path):
    members = [gzip.compress(record(n, bytes(40_000_000) if n == 2 else None)) for n in (1, 2, 3)]
    first, bomb, last = find(written(tmp_path / "a.warc.gz", b"".join(members)), limit=50_000_000)
    assert [read(first).text, read(last).text] == [HTML.format(1), HTML.format(3)]
    with pytest.raises(TooLargeError, match="record 2: unpacks to more than"):
        read(bomb)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_damaged_first_record_costs_one_failure(name, tmp_path):
    pack = gzip.compress if name.endswith("gz") else bytes
    data = pack(record(1))[9:] + pack(record(2)) + pack(record(3))
    found = [outcome(scrape) for scrape in find(written(tmp_path / name, data))]
    assert found[0].startswith("UnreadableError: record 1")
    assert found[1:] == [HTML.format(2), HTML.format(3)]
