"""Pages that nobody vetted end in a document or a failure, within the limits of one page."""

import gzip
import os
from encodings.aliases import aliases
from pathlib import Path

import pytest
import xxhash

from cleaners.batch import run_batch
from cleaners.batch.verify import verify
from cleaners.batch.workers import Workers
from cleaners.cli.reporting import Silence
from cleaners.reading import Scrape, page_from_bytes
from cleaners.settings import Limits, Settings
from cleaners.working.results import read_line
from cleaners.working.scrapes import clean_scrape
from tests.corpus import html, rows, thorough

WORDS = "Some plain words that a reader could read. "
ARTICLE = f"<p>{WORDS * 20}</p>"

QUICK = {
    "one byte": b"<",
    "entities": b"<p>" + b"&amp;" * 200_000,
    "character references": b"<p>" + b"&#x41;&#1114112;&#xD800;" * 50_000,
    "open comments": b"<!--" * 100_000 + ARTICLE.encode(),
    "open brackets": b"<" * 500_000,
    "body closed in the middle": f"{ARTICLE}</body></html>{ARTICLE}".encode(),
    "script like text": f"<script>{WORDS * 50}</script>{ARTICLE}".encode(),
    "nested spans": b"<span>" * 100_000 + WORDS.encode() * 20,
    "nested json-ld": b"<script type='application/ld+json'>"
    + b"[" * 100_000
    + b"</script>"
    + ARTICLE.encode(),
    "one attribute": b"<p title='" + b"x" * 5_000_000 + b"'>" + WORDS.encode() * 20,
    "one line": b"<p>" + WORDS.encode() * 50_000,
    "one word": b"<p>" + b"x" * 1_000_000,
    "nul bytes": b"<p>" + b"\0".join([WORDS.encode() * 4] * 5),
    "right to left and zero width": (
        "<p>\u202b\u05e9\u05dc\u05d5\u05dd \u200f\u202e\u200b\u200d\u2066 " + WORDS * 20
    ).encode(),
    "lone surrogates": f"<p>{WORDS * 20}\ud800 \udfff</p>".encode("utf-8", "surrogatepass"),
    "utf-7": b"<meta charset=utf-7><p>" + b"+ADw-script+AD4-" * 20,
    "mixed encodings": f"<p>{WORDS * 20}".encode()
    + "é".encode("latin-1")
    + "日本".encode("euc-jp"),
}
QUICK |= {
    "utf-16 of an odd length": "<p>".encode("utf-16") + WORDS.encode("utf-16") * 20 + b"x",
    "utf-32 without a mark": ARTICLE.encode("utf-32-be"),
    "half a mark": b"\xff" + ARTICLE.encode(),
    "a mark and nothing": b"\xef\xbb\xbf",
    "an element of 100,000 attributes": b"<p " + b"b=2 " * 100_000 + b">" + WORDS.encode() * 20,
    "an attribute that never ends": ARTICLE.encode() + b"<p title='" + WORDS.encode() * 20_000,
    "a tag name of 1 MB": b"<" + b"x" * 1_000_000 + b">" + ARTICLE.encode(),
    "a comment that never ends": ARTICLE.encode() + b"<!--" + WORDS.encode() * 20_000,
    "a script that never ends": ARTICLE.encode() + b"<script>" + WORDS.encode() * 20_000,
    "doctypes": b"<!doctype html>" * 100_000 + ARTICLE.encode(),
    "nested tables": b"<table><tr><td>" * 3_000 + ARTICLE.encode(),
    "nested lists": b"<ul><li>" * 3_000 + ARTICLE.encode(),
    "misnested emphasis": b"<b><p><i>" * 2_000 + ARTICLE.encode(),
    "json-ld of 5 MB": b'<script type=\'application/ld+json\'>{"text": "'
    + b"\\u0041\\t " * 600_000
    + b'"}</script>'
    + ARTICLE.encode(),
    "json-ld with half a pair": b"<script type='application/ld+json'>"
    b'{"@type": "Article", "headline": "\\ud800", "author": "\\udfff \\u0000"}</script>'
    + ARTICLE.encode(),
    "zero-width words": ("<p>" + "\u200b\u200c\u200d\u2060\ufeff" * 100_000 + WORDS * 20).encode(),
    "combining marks": ("<p>a" + "\u0301" * 200_000 + WORDS * 20).encode(),
    "line separators": "\u2028\u2029\x85\x0c\x1c".join([WORDS * 2] * 2_000).encode(),
    "svg and math": b"<svg><math><desc>" * 2_000 + ARTICLE.encode(),
    "frames": b"<frameset><frame src=a><noframes>" + ARTICLE.encode(),
    "plain text that never ends": b"<plaintext>" + WORDS.encode() * 1_000,
}
TEXTS = {
    "empty lines": b"\n" * 2_000_000 + WORDS.encode() * 20,
    "bullets": "• \n".encode() * 50_000 + WORDS.encode() * 20,
    "list items": b"- item\n" * 20_000,
    "open fences": b"```\n" * 50_001 + WORDS.encode() * 20,
    "one line": WORDS.encode() * 50_000,
    "wrapped lines": (WORDS.encode() + b"\n") * 20_000,
    "bars": b"| " * 500_000,
    "hashes": b"#" * 500_000 + b"\n" + WORDS.encode() * 20,
    "carriage returns": WORDS.encode() * 4 + b"\r" * 500_000 + WORDS.encode() * 20,
    "prices": b"+1.23% $4.56\n" * 20_000,
    "dates": b"May 3, 2024 | 3 min read\n" * 20_000,
    "a title again and again": b"Harbour fees rise again\n" * 20_000,
    "one word": b"x" * 2_000_000,
    "han": "一".encode() * 500_000,
}
RECORDS = {
    "deep": b"[" * 200_000,
    "deep objects": b'{"a":' * 200_000,
    "a number of 10,000 digits": b'{"text": "x", "fetched_at": ' + b"9" * 10_000 + b"}",
    "a number without end": b'{"text": "x", "fetched_at": 1e999}',
    "no number": b'{"text": "x", "fetched_at": NaN}',
    "half a pair": b'{"url": "\\ud800", "text": "' + WORDS.encode() * 20 + b'\\udfff"}',
    "an address of 1 MB": b'{"url": "https://' + b"x" * 1_000_000 + b'", "html": "<p>x"}',
    "an address of control characters": b'{"url": "\\u0000\\u001b[31m", "text": "words"}',
    "keys twice": b'{"text": "one", "text": "' + WORDS.encode() * 20 + b'"}',
    "not utf-8": b'{"text": "\xff\xfe"}',
    "utf-16": '{"text": "words"}'.encode("utf-16"),
    "nul bytes": b"\0" * 1_000,
}
SLOW = {
    "a deep page": b"<div>" * 100_000 + ARTICLE.encode(),
    "tiny blocks": b"<p>some words</p>" * 1_000_000,
    "tiny items": b"<ul>" + b"<li>an item" * 300_000,
    "tiny cells": b"<table>" + b"<tr><td>1<td>2" * 150_000,
    "one large attribute": b"<p title='" + b"x" * 49_000_000 + b"'>" + WORDS.encode() * 20,
    "one long line": b"<p>" + WORDS.encode() * 1_000_000,
    "one line of 100 MB": b"<p>" + WORDS.encode() * 2_400_000,
    "entities": b"<p>" + b"&amp;" * 9_000_000,
    "tables in tables": b"<table><tr><td>" * 100_000 + ARTICLE.encode(),
    "open formatting": b"<b><i><p>" * 30_000 + ARTICLE.encode(),
}


def scrape(path, content):
    path.write_bytes(content)
    digest = xxhash.xxh3_128_hexdigest(content)
    return Scrape(path.name, str(path), digest, length=len(content))


def end_of(line):
    """The words of a document, or the class of a failure."""
    record = read_line(line).record
    return record["document"]["words"] if "document" in record else record["failure"]["error"]


def test_hostile_pages_end_within_a_few_seconds(tmp_path):
    """All by one worker of little memory, so that what one leaves behind would hurt the next."""
    pages = {f"{name}.html": data for name, data in QUICK.items()}
    pages |= {f"{name}.txt": data for name, data in TEXTS.items()}
    scrapes = [scrape(tmp_path / name, data) for name, data in pages.items()]
    with Workers(1, Settings(limits=Limits(page_seconds=20.0, worker_bytes=2_000_000_000))) as all_:
        ends = dict(zip(pages, map(end_of, all_(iter(scrapes))), strict=True))
    failed = {name: end for name, end in ends.items() if not isinstance(end, int)}
    refused = ("one byte", "open comments", "a mark and nothing", "svg and math", "frames")
    assert set(failed.values()) <= {"NoTextError", "EmptyError", "BinaryError"}, failed
    assert {name.rpartition(".")[0] for name in failed} <= set(refused), failed


def test_hostile_records_end_as_documents_or_failures(tmp_path):
    (tmp_path / "records.jsonl").write_bytes(b"\n".join(RECORDS.values()) + b"\n")
    run_batch([str(tmp_path / "records.jsonl")], tmp_path / "out", Settings(), reporter=Silence())
    out = tmp_path / "out"
    emitted = rows(out, "documents") + rows(out, "duplicates")
    ends = {row["source"].rpartition("#")[2]: row for row in emitted}
    ends |= {row["source"].rpartition("#")[2]: row["error"] for row in rows(out, "failures")}
    assert set(ends) == {str(number) for number in range(1, len(RECORDS) + 1)}
    told = dict(zip(RECORDS, (ends[str(n)] for n in range(1, len(RECORDS) + 1)), strict=True))
    for name in ("deep", "deep objects", "a number of 10,000 digits", "not utf-8", "nul bytes"):
        assert told[name] == "MalformedError", name
    for name in ("half a pair", "an address of 1 MB", "an address of control characters"):
        assert told[name]["words"] > 0, name
    assert told["keys twice"]["words"] == 160
    assert list(verify(out)) == []


@pytest.mark.slow
@thorough
@pytest.mark.parametrize("page", SLOW)
def test_a_page_that_is_too_much_costs_its_limit_and_no_more(page, tmp_path):
    """Some of these take longer than the limit; then they fail, and the next page is cleaned."""
    scrapes = [scrape(tmp_path / "page.html", SLOW[page])]
    scrapes.append(scrape(tmp_path / "next.html", ARTICLE.encode()))
    limits = Limits(page_seconds=3.0, worker_bytes=3_000_000_000)
    with Workers(1, Settings(limits=limits)) as cleaner:
        first, second = cleaner(iter(scrapes))
    refused = ("TimeLimitError", "MemoryError", "TooLargeError", "WorkerDiedError")
    assert isinstance(end_of(first), int) or end_of(first) in refused
    assert end_of(second) == 160


def test_what_stands_in_hostile_pages_is_kept(tmp_path):
    kept = ("body closed in the middle", "nested json-ld", "one attribute", "nul bytes")
    for name in kept:
        line = clean_scrape(scrape(tmp_path / "page.html", QUICK[name]), Settings())
        assert WORDS.strip() in read_line(line).record["document"]["text"], name
    line = clean_scrape(scrape(tmp_path / "page.html", QUICK["script like text"]), Settings())
    assert end_of(line) == 160


def test_a_bomb_is_refused_before_all_of_it_is_unpacked(tmp_path):
    bomb = gzip.compress(b"x" * 60_000_000, 9)
    line = clean_scrape(scrape(tmp_path / "bomb.html.gz", bomb), Settings())
    assert end_of(line) == "TooLargeError"


def test_files_of_any_name_are_cleaned(tmp_path):
    folder = tmp_path / "in"
    names = (b"two\nlines.html", b"\xff\xfe.html", b"a\x01b.html", b"...html")
    folder.mkdir()
    for number, name in enumerate(names):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(html(number))
    (folder / "loop").symlink_to(folder)
    (folder / "itself.html").symlink_to("itself.html")
    run_batch([str(folder)], tmp_path / "out", Settings(), reporter=Silence())
    failures = rows(tmp_path / "out", "failures")
    ends = {row["source"].rpartition("/")[2] for row in rows(tmp_path / "out", "documents")}
    assert ends == {"two\nlines.html", "\\xff\\xfe.html", "a\x01b.html", "...html"}
    (failure,) = failures
    assert (failure["source"], failure["error"]) == (f"{folder}/itself.html", "UnreadableError")


CODECS = sorted(
    set(aliases.values()) | set(aliases) | {"idna", "punycode", "unicode_escape", "utf-7"}
)


def test_every_codec_that_python_knows_may_be_declared():
    """None may raise, unpack or run anything; what is ASCII is read whatever is claimed."""
    for name in CODECS:
        data = f'<meta charset="{name}">{ARTICLE}'.encode()
        page = page_from_bytes(data, name="page.html")
        assert WORDS.strip() in page.text, name


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_encodings_with_and_without_a_mark(codec):
    page = page_from_bytes(ARTICLE.encode(codec), name="page.html")
    assert page.text == ARTICLE


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("gb18030", "市场今天小幅上涨，投资者等待央行的决定。"),
        ("shift_jis", "市場は本日小幅に上昇し、投資家は決定を待つ。"),
        ("big5", "市場今天小幅上漲，投資者等待央行的決定。"),
        ("euc-kr", "시장은 오늘 소폭 상승했고 투자자들은 결정을 기다린다."),
        ("koi8-r", "Рынок сегодня немного вырос, инвесторы ждут решения."),
        ("windows-1251", "Рынок сегодня немного вырос, инвесторы ждут решения."),
        ("windows-1250", "Trh dnes mírně vzrostl, investoři čekají na rozhodnutí."),
        ("windows-1253", "Η αγορά ανέβηκε σήμερα και οι επενδυτές περιμένουν."),
        ("windows-1254", "Piyasa bugün yükseldi, yatırımcılar kararı bekliyor."),
        ("windows-1255", "השוק עלה היום מעט והמשקיעים ממתינים להחלטה."),
        ("windows-1256", "ارتفع السوق اليوم قليلا وينتظر المستثمرون القرار."),
    ],
)
def test_what_was_declared_comes_back(codec, text):
    data = f'<meta charset="{codec}"><p>{text}</p>'.encode(codec)
    assert text in page_from_bytes(data, name="page.html").text
