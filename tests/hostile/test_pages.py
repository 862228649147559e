"""Pages that nobody vetted end in a document or a failure, within the limits of one page."""

import gzip
import os
from encodings.aliases import aliases
from pathlib import Path

import pytest
import xxhash

from cleaners.batch import run_batch
from cleaners.batch.clean import clean_scrape
from cleaners.batch.parts import read_line
from cleaners.batch.workers import Workers
from cleaners.cli.reporting import Silence
from cleaners.reading import Scrape, page_from_bytes
from cleaners.settings import Limits, Settings
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
SLOW = {
    "a deep page": b"<div>" * 100_000 + ARTICLE.encode(),
    "tiny blocks": b"<p>some words</p>" * 1_000_000,
    "tiny items": b"<ul>" + b"<li>an item" * 300_000,
    "tiny cells": b"<table>" + b"<tr><td>1<td>2" * 150_000,
    "one large attribute": b"<p title='" + b"x" * 49_000_000 + b"'>" + WORDS.encode() * 20,
    "one long line": b"<p>" + WORDS.encode() * 1_000_000,
}


def scrape(path, content):
    path.write_bytes(content)
    digest = xxhash.xxh3_128_hexdigest(content)
    return Scrape(path.name, str(path), digest, length=len(content))


def end_of(line):
    """The words of a document, or the class of a failure."""
    record = read_line(line).record
    return record["document"]["words"] if "document" in record else record["failure"]["error"]


@pytest.mark.parametrize("page", QUICK)
def test_a_hostile_page_ends_within_a_few_seconds(page, tmp_path):
    with Workers(1, Settings(limits=Limits(page_seconds=20.0))) as cleaner:
        (line,) = cleaner(iter([scrape(tmp_path / "page.html", QUICK[page])]))
    assert isinstance(end_of(line), int) or end_of(line) in ("NoTextError", "EmptyError")


@pytest.mark.slow
@thorough
@pytest.mark.parametrize("page", SLOW)
def test_a_page_that_is_too_much_costs_its_limit_and_no_more(page, tmp_path):
    """Some of these take longer than the limit; then they fail, and the next page is cleaned."""
    scrapes = [scrape(tmp_path / "page.html", SLOW[page])]
    scrapes.append(scrape(tmp_path / "next.html", ARTICLE.encode()))
    with Workers(1, Settings(limits=Limits(page_seconds=3.0))) as cleaner:
        first, second = cleaner(iter(scrapes))
    assert isinstance(end_of(first), int) or end_of(first) in ("TimeLimitError", "MemoryError")
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
