"""Parquet files: a page a row, from columns that are called as the settings say."""

import datetime as dt
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaners.errors import EmptyError, MalformedError, TooLargeError, UnreadableError
from cleaners.formats import Columns
from cleaners.reading import find_scrapes, read_page, read_source

LIMIT = 1_000_000


def find(path, limit=LIMIT, **options):
    return list(find_scrapes([str(path)], page_bytes=limit, **options))


def read(scrape, limit=LIMIT):
    return read_page(scrape, page_bytes=limit)


def written(path, columns, **options):
    pq.write_table(pa.table(columns), path, **options)
    return path


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli"])
def test_rows_are_pages(compression, tmp_path):
    columns = {
        "url": ["https://example.org/1", None, "https://example.org/3"],
        "html": ["<p>One</p>", None, ""],
        "text": [None, "Two", "Three"],
        "fetched_at": ["2024-05-01", None, "yesterday"],
        "other": [1, 2, 3],
    }
    path = written(tmp_path / "p.parquet", columns, compression=compression, row_group_size=2)
    scrapes = find(path)
    assert [scrape.source for scrape in scrapes] == [f"{path}#{n}" for n in (1, 2, 3)]
    pages = [read(scrape) for scrape in scrapes]
    assert [(page.media, page.text) for page in pages] == [
        ("html", "<p>One</p>"),
        ("text", "Two"),
        ("text", "Three"),
    ]
    assert [page.url for page in pages] == columns["url"]
    assert [page.fetched_at for page in pages] == columns["fetched_at"]
    assert read_source(f"{path}#3", page_bytes=LIMIT) == pages[2]


def test_columns_may_be_called_otherwise(tmp_path):
    time = dt.datetime(2024, 5, 1, 10, tzinfo=dt.UTC)
    columns = {"content": ["<p>One</p>"], "uri": ["https://example.org/"], "when": [time]}
    path = written(tmp_path / "p.parquet", columns)
    names = Columns(html="content", url="uri", fetched_at="when")
    page = read(*find(path, columns=names))
    assert (page.text, page.url) == ("<p>One</p>", "https://example.org/")
    assert page.fetched_at == "2024-05-01T10:00:00+00:00"


def test_without_a_column_of_pages_the_file_is_a_failure_that_names_what_is_there(tmp_path):
    path = written(tmp_path / "p.parquet", {"content": ["x"], "id": [1]})
    with pytest.raises(MalformedError, match="'content', 'id'; name it in"):
        read(*find(path))


def test_bytes_are_decoded_like_a_file(tmp_path):
    text = '<meta charset="koi8-r"><p>Новости дня</p>'
    path = written(tmp_path / "p.parquet", {"html": [text.encode("koi8-r")]})
    assert read(*find(path)).text == text


def test_text_is_not_decoded_twice(tmp_path):
    text = '<meta charset="iso-2022-jp"><p>~{ and \u001b$B stay</p>'
    path = written(tmp_path / "p.parquet", {"html": [text]})
    assert read(*find(path)).text == text.replace("\u001b", "")


def test_rows_without_a_page_are_failures(tmp_path):
    columns = {"html": ["<p>One</p>", None, "  ", "x" * 2000], "url": ["a", "b", "c", "d"]}
    path = written(tmp_path / "p.parquet", columns)
    good, missing, blank, large = find(path, limit=1000)
    assert read(good).text == "<p>One</p>"
    with pytest.raises(MalformedError, match="row 2: neither 'html' nor 'text'"):
        read(missing)
    with pytest.raises(EmptyError, match="row 3"):
        read(blank)
    with pytest.raises(TooLargeError, match="row 4"):
        read(large)


def test_other_types_are_failures(tmp_path):
    (number,) = find(written(tmp_path / "b.parquet", {"html": [7]}))
    with pytest.raises(MalformedError, match="row 1: a page must be text or bytes, not int"):
        read(number)
    (url,) = find(written(tmp_path / "c.parquet", {"html": ["x"], "url": [7]}))
    with pytest.raises(MalformedError, match="'url' must be text"):
        read(url)


@pytest.mark.parametrize("cut", [0, 10, -20])
def test_a_damaged_file_is_a_failure(cut, tmp_path):
    path = written(tmp_path / "p.parquet", {"html": ["<p>One</p>"] * 100})
    path.write_bytes(path.read_bytes()[:cut])
    (scrape,) = find(path)
    assert scrape.source == str(path)
    with pytest.raises(UnreadableError, match="not a valid Parquet file"):
        read(scrape)


def test_a_bomb_is_not_unpacked(tmp_path):
    path = written(
        tmp_path / "p.parquet",
        {"html": ["\0" * 40_000_000]},
        compression="zstd",
        use_dictionary=False,
    )
    (scrape,) = find(path, limit=50_000_000)
    with pytest.raises(TooLargeError, match="unpack_ratio"):
        read(scrape)
    assert len(find(path, limit=50_000_000, unpack_ratio=100_000)[0].to_keep) > 1000


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "p.parquet"
    page = "word " * 20_000
    schema = pa.schema({"html": pa.string()})
    with pq.ParquetWriter(path, schema, compression="none", use_dictionary=False) as writer:
        for group in range(10):
            pages = [f"{page}{group}-{row}" for row in range(50)]
            writer.write_table(pa.table({"html": pages}, schema))
    tracemalloc.start()
    before = pa.total_allocated_bytes()
    most = count = 0
    for _ in find_scrapes([str(path)], page_bytes=LIMIT):
        count += 1
        most = max(most, pa.total_allocated_bytes() - before)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 500
    assert path.stat().st_size > 40_000_000
    assert peak + most < 20_000_000
